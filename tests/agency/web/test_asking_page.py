"""The form of a request offers the bases that bear it, and says of the others why they do not."""

from __future__ import annotations

from dataclasses import replace

from samverkan.agency import joining
from samverkan.domain.policy import Action
from tests.agency.model import ANNA, BASIS, CRIME, DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, DEBTS_OFFICER = "Karin Lindqvist", "Elin Falk"


def test_the_police_are_offered_every_basis_with_its_test(asked: World, browse: Opening) -> None:
    hit = asked.hit(POLICE, ANNA, DEBTS)
    page = browse(asked).sign_in(OFFICER).get(f"/hits/{hit.id}/ask").text
    for basis in (BASIS, "sfs-2025-170-4", "sfs-2025-170-5"):
        assert f'<option value="{basis}"' in page
    assert page.count("Ska besvaras") == 3
    assert (
        "Bara gatuadress, postnummer, kommun, telefon. En uppgift ska inte lämnas om synnerliga"
        in page
    )


def test_who_may_not_receive_under_a_rule_is_told_so_and_not_offered_it(
    asked: World, browse: Opening
) -> None:
    hit = asked.hit(DEBTS, ANNA, POLICE)
    page = browse(asked, DEBTS).sign_in(DEBTS_OFFICER).get(f"/hits/{hit.id}/ask").text
    assert f'<option value="{BASIS}"' in page
    assert '<option value="sfs-2025-170-5"' not in page
    assert page.count("Vår myndighet får inte ta emot enligt regeln.") == 5
    assert '<option value="osl-10-2"' not in page
    assert "Den ges utan att någon begär det" in page
    assert "Generalklausulen (U)" in page


def test_without_a_basis_there_is_no_form_but_the_reasons(asked: World, browse: Opening) -> None:
    hit, node = asked.hit(DEBTS, ANNA, POLICE), asked.node(DEBTS)
    kept = (BASIS, "sfs-2025-170-4", "sfs-2025-170-5", "osl-10-2")
    node.pack = replace(node.pack, bases={code: node.pack.bases[code] for code in kept})
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    page = browse(asked, DEBTS).sign_in(DEBTS_OFFICER).get(f"/hits/{hit.id}/ask").text
    assert 'name="need_text"' not in page
    assert "Den kräver en gällande samverkan där båda deltar." in page


def test_an_answer_has_its_sentence_for_the_journal(asked: World, browse: Opening) -> None:
    asked.play("answer")
    request = asked.request(POLICE, ANNA, DEBTS)
    page = browse(asked).sign_in(OFFICER).get(f"/requests/{request.id}").text
    assert "Till diariet" in page
    assert "Behov och intresseavvägning har prövats." in page
