"""A way of working is written, looked through, decided by each member and followed, on the pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from samverkan.agency import proposing, varying
from samverkan.domain import adoption as rules
from samverkan.domain.policy import Action
from tests.agency.model import COUNCIL, DEBTS, POLICE, TAX, small_pack
from tests.agency.test_proposing import sketch
from tests.agency.test_varying import adopted, draft, held
from tests.agency.web.conftest import Opening
from tests.agency.web.test_pages import COUNCIL as MEMBER
from tests.agency.web.test_pages import OFFICER
from tests.agency.world import World

PACK = small_pack()
WAY = PACK.variants["bergslagen"]


def written(page: str) -> str:
    """The text of the editor."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return found[1].replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


def test_what_is_written_is_held_against_core_and_law_by_line(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(MEMBER)
    page = browser.get("/model/variants/new?from=bergslagen")
    text = written(page.text)
    assert 'hx-post="/model/variants/check"' in page.text
    drop = "drop: {process: disclosure, step: balance}"
    broken = text.replace("rhythm:\n      weeks: 2\n      weekday: 4", drop)
    assert drop in broken
    answer = browser.send("/model/variants/check", {"text": broken})
    assert answer.status_code == 200
    line = next(no for no, one in enumerate(broken.splitlines(), 1) if "drop:" in one)
    said = "tar bort intresseavvägningen, som SFS 2016:774 § 2 kräver"
    assert f"Rad {line}: {said}" in answer.text
    assert "/model/variants/send" not in answer.text


@pytest.mark.parametrize("text", ["{", "a: [", "- x", "", "id: own", "x" * 60_000])
def test_a_text_that_is_no_variant_is_told_and_kept_as_it_was(
    text: str, founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(MEMBER)
    answer = browser.send("/model/variants/check", {"text": text})
    assert answer.status_code == 200
    assert "Rad " in answer.text
    assert "/model/variants/send" not in answer.text


def test_a_sound_text_is_sent_and_decided_by_each_member(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(MEMBER)
    text = written(browser.get("/model/variants/new?from=bergslagen").text)
    sent = browser.send("/model/variants/send", {"text": text})
    assert sent.status_code == 303
    founded.house.settle()
    listed = browser.get("/model/variants").text
    found = re.search(r"/model/variants/(var-[a-z0-9]+)", listed)
    assert found is not None
    number = found[1]
    stood = browser.send(f"/model/variants/{number}/stand", {"kind": rules.ADOPT})
    assert stood.status_code == 303
    founded.house.settle()
    assert held(founded, PACK) == ()
    for party in (TAX, DEBTS):
        founded.act(party, Action.TAKE_POSITION, _stand, number, council=COUNCIL)
    founded.house.settle()
    assert held(founded, PACK) == (replace(WAY, example=False),)
    page = browser.get(f"/model/variants/{number}").text
    assert "var 2:e vecka, torsdag" in page
    assert "drar tillbaka vårt stöd" in page


def _stand(work: Any, permit: Any, number: str) -> Any:
    return varying.stand(work, permit, PACK, number, rules.ADOPT)


def test_a_stand_of_another_kind_and_of_nobodys_variant_is_refused(
    founded: World, browse: Opening
) -> None:
    number = draft(founded, PACK, WAY)
    browser = browse(founded).sign_in(MEMBER)
    assert browser.send(f"/model/variants/{number}/stand", {"kind": "x"}).status_code == 200
    absent = f"/model/variants/var-{'0' * 26}/stand"
    assert browser.send(absent, {"kind": rules.ADOPT}).status_code == 404
    officer = browse(founded).sign_in(OFFICER)
    forbidden = officer.send(f"/model/variants/{number}/stand", {"kind": rules.ADOPT})
    assert forbidden.status_code == 404


def test_the_process_of_a_body_shows_its_own_steps(founded: World, browse: Opening) -> None:
    adopted(founded, PACK, WAY)
    browser = browse(founded).sign_in(MEMBER)
    core = browser.get("/model/processes/proposal").text
    own = browser.get(f"/model/processes/proposal?body={COUNCIL}").text
    assert "Kontroll av angreppsyta" not in core
    assert "Kontroll av angreppsyta" in own
    assert "Eget steg" in own


def test_the_proposal_page_asks_for_the_bodys_own_step(asked: World, browse: Opening) -> None:
    adopted(asked, PACK, WAY)
    said: dict[str, Any] = {
        "answers": {"other-region": "yes"}, "criteria": {"harm": 3, "local-harm": 2},
    }  # fmt: skip
    made = asked.act(POLICE, Action.PROPOSE, proposing.propose, sketch(asked, **said))
    asked.house.settle()
    browser = browse(asked).sign_in(MEMBER)
    page = browser.get(f"/council/{made}").text
    assert "Inte gjort" in page
    assert "Lokal påverkan" in page
    assert "Vikt 2" in page
    assert "Är en annan polisregion tillfrågad?" in page
    odd = browser.send(f"/council/{made}/step", {"step": "nothing"})
    assert odd.status_code == 404
    assert browser.send(f"/council/{made}/step", {"step": "surface-check"}).status_code == 303
    asked.house.settle()
    page = browser.get(f"/council/{made}").text
    assert "Inte gjort" not in page


def test_the_proposal_form_asks_the_bodys_own_questions(asked: World, browse: Opening) -> None:
    adopted(asked, PACK, WAY)
    browser = browse(asked).sign_in(OFFICER)
    page = browser.get(f"/cases/{asked.case()}/propose").text
    assert "Är en annan polisregion tillfrågad?" in page
    assert "score.local-harm" in page
    form = {
        "body": COUNCIL, "target": "networks", "crime_area": "economic", "until": "2027-05-01",
        "measures": f"{POLICE}:seizure", "why": "Delta", "score.harm": "3", "score.reach": "2",
        "score.surface": "2", "score.capacity": "2", "score.local-harm": "2",
    }  # fmt: skip
    assert browser.send(f"/cases/{asked.case()}/propose", form).status_code == 422
    answered = form | {"answer.other-region": "yes"}
    assert browser.send(f"/cases/{asked.case()}/propose", answered).status_code == 303


def test_what_waits_is_a_variant_to_decide_and_then_a_step_to_take(
    asked: World, browse: Opening
) -> None:
    number = draft(asked, PACK, WAY)
    browser = browse(asked).sign_in(MEMBER)
    page = browser.get("/").text
    assert f'href="/model/variants/{number}"' in page
    assert "Besluta om ett arbetssätt" in page
    adopted(asked, PACK, WAY)
    said: dict[str, Any] = {"answers": {"other-region": "no"}}
    made = asked.act(POLICE, Action.PROPOSE, proposing.propose, sketch(asked, **said))
    asked.house.settle()
    assert "Gör ett av organets egna steg" in browser.get("/").text
    browser.send(f"/council/{made}/step", {"step": "surface-check"})
    asked.house.settle()
    assert "Gör ett av organets egna steg" not in browser.get("/").text


def test_the_page_of_a_body_shows_what_is_delegated_and_how_often_it_meets(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(OFFICER)
    core = browser.get(f"/model/bodies/{COUNCIL}").text
    assert "var 4:e vecka, onsdag" in core
    assert "Utmätning på plats" not in core
    adopted(founded, PACK, WAY)
    own = browser.get(f"/model/bodies/{COUNCIL}").text
    assert "var 2:e vecka, torsdag" in own
    assert "Utmätning på plats" in own
    assert "Är en annan polisregion tillfrågad?" in own
