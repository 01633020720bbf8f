"""The permanent group's pages: by its members and by who names them; what waits shows in the inbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agency.localities import standing
from samverkan.kernel.outcome import Refused
from tests.agency.localities import at_work, begin, officer, seat
from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

GROUP, OFFICER, COUNCIL = "permanenta-gruppen", "Karin Lindqvist", "Annika Hedlund"


def name_of(world: World, party: str) -> str:
    return world.node(party).officers()[0].name


@pytest.fixture
def group(founded: World) -> World:
    for party in (POLICE, DEBTS):
        done = seat(founded, GROUP, party, since=founded.clock().date())
        assert not isinstance(done, Refused), done
    return founded


def test_a_question_goes_its_way_on_the_pages_and_waits_where_it_is_assigned(
    group: World, browse: Opening
) -> None:
    browser = browse(group).sign_in(name_of(group, POLICE))
    assert browser.send("/group/raise", {"text": "Vem skriver?"}).status_code == 303
    group.house.settle()
    with group.look(POLICE) as reading:
        (asked,) = standing(reading).questions
    page = f"/group/questions/{asked}"
    assigned = {"to": "kfm", "due": "2026-12-01"}
    assert browser.send(f"{page}/assign", assigned).status_code == 303
    group.house.settle()
    other = browse(group, DEBTS).sign_in(name_of(group, DEBTS))
    assert "Fråga som vi ska besvara" in other.get("/").text
    assert other.send(f"{page}/answer", {"text": "Vi skriver."}).status_code == 303
    group.house.settle()
    assert "Vi skriver." in browser.get(page).text
    assert browser.send(f"{page}/close", {}).status_code == 303
    group.house.settle()
    assert "/answer" not in browser.get(page).text
    assert "Avslutad" in browser.get("/group").text


def test_decisions_and_the_plan_are_entered_and_found_again(group: World, browse: Opening) -> None:
    browser = browse(group).sign_in(name_of(group, POLICE))
    decided = {"text": "Gemensam mall för överlämning.", "on": "2026-11-24"}
    assert browser.send("/group/decide", decided).status_code == 303
    planned = {"title": "Inriktningen", "month": "2027-03", "owner": "kfm"}
    assert browser.send("/group/plan", planned).status_code == 303
    group.house.settle()
    page = browser.get("/group?q=mallar").text
    assert page.count("Gemensam mall") == 2
    assert "2027-03" in browser.get("/group").text
    assert "Inget stämmer" in browser.get("/group?q=tulldeklaration").text
    assert browser.send("/group/plan", {**planned, "month": "mars"}).status_code == 422
    assert browser.send("/group/raise", {"text": "Ring 070-123 45 67"}).status_code == 422


def test_who_names_the_members_may_look_and_fill_a_seat_and_others_may_not(
    founded: World, browse: Opening
) -> None:
    council = browse(founded).sign_in(COUNCIL)
    assert council.get("/group").status_code == 200
    form = {
        "seat": "member",
        "user": officer(founded, POLICE, 1),
        "since": "2026-11-24",
        "until": "2027-06-30",
    }
    assert council.send("/group/delegate", form).status_code == 303
    founded.house.settle()
    assert council.send("/group/delegate", form).status_code == 422
    outside = browse(founded).sign_in("Peter Dahl")
    assert outside.get("/group").status_code == 404


def test_a_seat_is_handed_over_with_a_note_that_all_members_read(
    group: World, browse: Opening
) -> None:
    with group.look(DEBTS) as reading:
        held = next(
            e.body["delegation"]
            for e in reading.feed.all()
            if (e.party, e.kind) == (DEBTS, "seat.delegate")
        )
    council = browse(group, DEBTS).sign_in("Ingela Sjö")
    form = {"delegation": held, "until": "2026-12-31", "note": "Två frågor väntar."}
    assert council.send("/group/hand-over", form).status_code == 303
    group.house.settle()
    other = browse(group).sign_in(name_of(group, POLICE)).get("/group").text
    assert "Två frågor väntar." in other
    assert name_of(group, DEBTS) not in other


def test_local_work_waits_in_the_inbox_of_those_it_concerns(
    founded: World, browse: Opening
) -> None:
    begin(founded)
    assert (
        "Svara på inbjudan till lokalt organ"
        in browse(founded, DEBTS).sign_in("Ingela Sjö").get("/").text
    )
    assert "Svara på inbjudan" not in browse(founded, DEBTS).sign_in("Robert Lund").get("/").text


def test_a_meeting_within_a_week_and_a_delegation_that_ends_wait(
    founded: World, browse: Opening
) -> None:
    at_work(founded)
    sits = browse(founded, DEBTS).sign_in(name_of(founded, DEBTS))
    assert "Möte i lokalt organ" in sits.get("/").text
    council = browse(founded, DEBTS).sign_in("Ingela Sjö")
    assert "Delegationen går ut" not in council.get("/").text
    founded.clock.advance(timedelta(days=190))
    council = browse(founded, DEBTS).sign_in("Ingela Sjö")
    assert "Delegationen går ut" in council.get("/").text
