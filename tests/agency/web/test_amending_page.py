"""A releasing officer corrects or takes back on the request's page; a mistake stays at its field."""

from __future__ import annotations

from samverkan.domain.statement import Prop
from tests.agency.model import ANNA, DEBTS, POLICE
from tests.agency.test_amending import NEW, answered, due, say
from tests.agency.web.conftest import Opening
from tests.agency.world import World

__all__ = ["answered"]
OFFICER, RELEASER = "Elin Falk", "Robert Lund"


def _path(world: World) -> str:
    return f"/requests/{world.request(DEBTS, ANNA, POLICE).id}"


def test_a_correction_is_offered_when_the_register_says_otherwise(
    answered: World, browse: Opening
) -> None:
    browser, path = browse(answered, DEBTS).sign_in(RELEASER), _path(answered)
    assert f'action="{path}/correct"' not in browser.get(path).text
    say(answered, Prop.STREET, NEW)
    assert f'action="{path}/correct"' in browser.get(path).text
    assert browser.send(f"{path}/correct", {"reason": ""}).status_code == 422
    sent = browser.send(f"{path}/correct", {"reason": "corrected-at-source"})
    assert sent.status_code == 303
    assert due(answered) == []


def test_fields_are_taken_back_with_a_reason(answered: World, browse: Opening) -> None:
    browser, path = browse(answered, DEBTS).sign_in(RELEASER), _path(answered)
    nothing = browser.send(f"{path}/recall", {"reason": "wrong-person"})
    assert (nothing.status_code, 'id="props-error"' in nothing.text) == (422, True)
    unreasoned = browser.send(f"{path}/recall", {"props": ["street"], "reason": "mood"})
    assert (unreasoned.status_code, 'id="reason-error"' in unreasoned.text) == (422, True)
    assert browser.send(
        f"{path}/recall", {"props": ["street"], "reason": "wrong-person"}
    ).is_redirect
    page = browser.get(path).text
    assert "<s>" in page
    ticks = page.split(f'action="{path}/recall"', 1)[1]
    assert 'value="street"' not in ticks


def test_who_does_not_answer_cannot_amend(answered: World, browse: Opening) -> None:
    browser, path = browse(answered, DEBTS).sign_in(OFFICER), _path(answered)
    form = {"props": ["street"], "reason": "wrong-person"}
    assert browser.send(f"{path}/recall", form).status_code == 404
    assert browser.send(f"{path}/correct", form).status_code == 404
