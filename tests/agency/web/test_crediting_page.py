"""An outcome's page: its stages and shares, the forms that are this party's, and nobody else's."""

from __future__ import annotations

from datetime import date

from samverkan.agency import acting
from samverkan.domain.policy import Action
from tests.agency.model import DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, DEBTS_OFFICER = "Karin Lindqvist", "Elin Falk"


def recorded(world: World) -> str:
    """The path of an outcome of the police in which the enforcement agency has 40 per cent."""
    effect = acting.Effect(
        None, "permits-revoked", "decided", 9, date(2026, 11, 24), {DEBTS: 400}, claim=10
    )
    made = world.act(POLICE, Action.RECORD_OUTCOME, acting.record, world.operation(), effect)
    world.house.settle()
    return f"/operations/{world.operation()}/outcomes/{made}"


def test_a_later_stage_is_told_and_a_mistake_stands_at_its_field(
    operating: World, browse: Opening
) -> None:
    path = recorded(operating)
    browser = browse(operating).sign_in(OFFICER)
    form = {"later_stage": "final", "later_amount": "8", "later_decided": "2026-11-24"}
    assert browser.send(f"{path}/stage", {**form, "later_amount": "x"}).status_code == 422
    assert browser.send(f"{path}/stage", form).status_code == 303
    operating.house.settle()
    page = browser.get(path).text
    assert "laga kraft" in page
    assert "later_stage" not in page, "it has come to its last stage"


def test_the_sharer_is_asked_in_its_inbox_and_answers(operating: World, browse: Opening) -> None:
    path = recorded(operating)
    assert (
        "obekräftad" in browse(operating).sign_in(OFFICER).get(path.rsplit("/outcomes", 1)[0]).text
    )
    browser = browse(operating, DEBTS).sign_in(DEBTS_OFFICER)
    assert path in browser.get("/").text
    assert browser.send(f"{path}/share", {"share_answer": "perhaps"}).status_code == 422
    assert browser.send(f"{path}/share", {"share_answer": "confirmed"}).status_code == 303
    operating.house.settle()
    assert path not in browser.get("/").text
    form = {"later_stage": "final", "later_amount": "8", "later_decided": "2026-11-24"}
    assert browser.send(f"{path}/stage", form).status_code == 404


def test_what_was_told_twice_is_asked_of_both_and_counts_once(
    operating: World, browse: Opening
) -> None:
    made = {}
    for party, indicator in ((POLICE, "permits-revoked"), (DEBTS, "distrained")):
        effect = acting.Effect(
            None, indicator, "decided", 9, date(2026, 11, 24), {}, number="U 1-26"
        )
        made[party] = operating.act(
            party, Action.RECORD_OUTCOME, acting.record, operating.operation(), effect
        )
        operating.house.settle()
    base = f"/operations/{operating.operation()}/outcomes"
    for party, name, other in ((POLICE, OFFICER, DEBTS), (DEBTS, DEBTS_OFFICER, POLICE)):
        browser, path = browse(operating, party).sign_in(name), f"{base}/{made[party]}"
        assert path in browser.get("/").text
        form = {"alike_other": made[other], "alike_verdict": "same"}
        assert browser.send(f"{path}/alike", form).status_code == 303
        operating.house.settle()
    later = max(made.values())
    party, name = next(
        (p, n) for p, n in ((POLICE, OFFICER), (DEBTS, DEBTS_OFFICER)) if made[p] == later
    )
    assert "Båda har sagt" in browse(operating, party).sign_in(name).get(f"{base}/{later}").text


def test_an_outcome_of_another_operation_is_not_there(operating: World, browse: Opening) -> None:
    path = recorded(operating)
    browser = browse(operating).sign_in(OFFICER)
    assert browser.get(f"{path[:-26]}{'0' * 26}").status_code == 404
    auditor = browse(operating).sign_in("Eva Norling")
    assert auditor.get(path).status_code == 404
