"""Records are named one by one on pages: each with why, under a rule of their class or silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samverkan.domain.pack import Direction
from samverkan.kernel.ids import PartyId
from tests.agency.model import ANNA, BASIS, BO, CILLA, DELTA, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, SIGNER = "Karin Lindqvist", "Johan Bergström"
WHY = {"necessity": "single-subject", "rule": "silent"}


def test_a_list_is_enrolled_each_with_its_own_reason(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    path = f"/cooperations/{founded.scope.id}/list"
    assert 'name="records"' in browser.get(path).text
    lines = f"{ANNA}; scope-subjects\n\n{BO}\n"
    assert browser.send(path, WHY | {"records": lines}).status_code == 303
    with founded.look(POLICE) as reading:
        (made,) = reading.enrolments.all(founded.scope.id)
        members = reading.selections.members(made.id)
    assert members == {
        founded.subject(POLICE, ANNA): "scope-subjects",
        founded.subject(POLICE, BO): "single-subject",
    }
    page = browser.get(f"/cooperations/{founded.scope.id}/enrolments/{made.id}").text
    assert "Anna Alm" in page
    assert "Bo Berg" not in page  # a protected identity has no name in a list


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"records": ""}, "records"),
        ({"records": "19811111-1111"}, "records"),
        ({"records": f"{ANNA}; because"}, "records"),
        ({"records": ANNA, "rule": ""}, "rule"),
    ],
)
def test_a_list_that_cannot_be_taken_says_so_at_its_field(
    founded: World, browse: Opening, sent: dict[str, str], field: str
) -> None:
    browser = browse(founded).sign_in(OFFICER)
    answer = browser.send(f"/cooperations/{founded.scope.id}/list", WHY | sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with founded.look(POLICE) as reading:
        assert reading.enrolments.all(founded.scope.id) == []


def test_one_is_asked_about_with_a_case_number(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    path = f"/cooperations/{founded.scope.id}/ask"
    assert "30" in browser.get(path).text
    lacking = browser.send(path, WHY | {"record": ANNA})
    assert lacking.status_code == 422
    assert 'id="case-error"' in lacking.text
    sent = browser.send(path, WHY | {"record": ANNA, "case": "A-17"})
    assert sent.status_code == 303
    page = browser.get(sent.headers["location"].split("?")[0]).text
    assert "A-17" in page
    again = browser.send(path, WHY | {"record": ANNA, "case": "A-17"})
    assert 'id="record-error"' in again.text


def test_a_rule_for_those_named_one_by_one_is_signed_and_chosen(
    founded: World, browse: Opening
) -> None:
    scope = f"/cooperations/{founded.scope.id}"
    signer = browse(founded).sign_in(SIGNER)
    assert "Regeln gäller objekt som pekas ut" in signer.get(f"{scope}/rule?query=listed").text
    rule = {"query": "listed", "receivers": "kfm", "test": "Vägt.", "until": "2027-01-01"}
    assert signer.send(f"{scope}/rule", rule).status_code == 303
    with founded.look(POLICE) as reading:
        (signed,) = reading.enrolments.rules(founded.scope.id)
    officer = browse(founded).sign_in(OFFICER)
    assert str(signed.id) in officer.get(f"{scope}/list").text
    sent = WHY | {"records": CILLA, "rule": str(signed.id)}
    assert officer.send(f"{scope}/list", sent).status_code == 303
    wrong = WHY | {"record": DELTA, "case": "1", "rule": str(signed.id)}
    assert 'id="rule-error"' in officer.send(f"{scope}/ask", wrong).text


def test_who_may_only_receive_is_offered_no_rule_and_can_sign_none(
    founded: World, browse: Opening
) -> None:
    node = founded.node(POLICE)
    parties = dict(node.pack.parties)
    mine = parties[PartyId(POLICE)]
    held = tuple(
        replace(one, may=(Direction.RECEIVE,)) if one.basis == BASIS else one
        for one in mine.standing
    )
    parties[PartyId(POLICE)] = replace(mine, standing=held)
    node.pack = replace(node.pack, parties=parties)
    scope = f"/cooperations/{founded.scope.id}"
    signer = browse(founded).sign_in(SIGNER)
    page = signer.get(scope).text
    assert "Får bara ta emot" in page
    assert "/rule?query=" not in page
    rule = {"query": "listed", "receivers": "kfm", "test": "Vägt.", "until": "2027-01-01"}
    refused = signer.send(f"{scope}/rule", rule)
    assert refused.status_code == 422
    assert "Myndigheten får bara ta emot uppgifter här" in refused.text
