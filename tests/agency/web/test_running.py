"""Councils and centres see running cases as headers: age, next review, and nobody in them."""

from __future__ import annotations

from datetime import timedelta

from samverkan.agency import casing
from samverkan.domain.policy import Action
from tests.agency.model import CRIME, DEBTS, POLICE, small_pack
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, COUNCIL, RELEASER = "Karin Lindqvist", "Annika Hedlund", "Johan Bergström"


def _name(world: World, party: str = POLICE) -> str:
    with world.look(party) as reading:
        opened = next(e for e in reading.feed.all() if e.kind == "case.opened")
    return small_pack().code_names[str(opened.body["name"])].names["sv"]


def test_a_council_member_reads_the_list_without_the_files(asked: World, browse: Opening) -> None:
    page = browse(asked).sign_in(COUNCIL).get("/cases/running").text
    assert _name(asked) in page
    assert f"/cases/joint/{asked.header()}" in page
    for word in ("Anna", "Delta", f"/cases/{asked.case()}"):
        assert word not in page


def test_age_and_next_review_stand_in_the_list(asked: World, browse: Opening) -> None:
    review = asked.clock().date() + timedelta(days=30)
    asked.clock.advance(timedelta(days=5))
    page = browse(asked, DEBTS).sign_in("Elin Falk").get("/cases/running").text
    assert review.isoformat() in page
    assert ">5<" in page.replace("\n", "").replace(" ", "")


def test_a_closed_case_leaves_the_list(asked: World, browse: Opening) -> None:
    close = {"kind": "case.close", "code": "handed-over"}
    asked.act(POLICE, Action.LEAD_CASE, casing.mark, small_pack(), asked.header(), **close)
    asked.house.settle()
    page = browse(asked).sign_in(COUNCIL).get("/cases/running").text
    assert _name(asked) not in page


def test_the_list_is_narrowed_and_shown_whole(asked: World, browse: Opening) -> None:
    browser, name = browse(asked).sign_in(OFFICER), _name(asked)
    assert name not in browser.get("/cases/running?state=paused").text.split("<tbody")[-1]
    assert name in browser.get("/cases/running?state=running").text.split("<tbody")[-1]
    whole = browser.get("/cases/running?whole=yes&priority=normal").text
    assert name in whole
    assert "whole=yes" not in whole.split("<table", 1)[1]


def test_who_neither_works_on_cases_nor_sits_anywhere_finds_no_list(
    asked: World, browse: Opening
) -> None:
    assert browse(asked).sign_in(RELEASER).get("/cases/running").status_code == 404


def test_each_party_sees_its_own_number_there(asked: World, browse: Opening) -> None:
    number = {"number": "a-2026-77"}
    asked.act(CRIME, Action.LEAD_CASE, casing.join, small_pack(), asked.header(), **number)
    asked.house.settle()
    page = browse(asked).sign_in(OFFICER).get("/cases/running").text
    assert "a-2026-77" not in page
    assert "a-2026-77" in browse(asked).sign_in(OFFICER).get(f"/cases/joint/{asked.header()}").text
