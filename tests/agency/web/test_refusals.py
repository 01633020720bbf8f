"""What is refused says one sentence in the reader's language and its code; what was written stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.domain.pack import Direction, Pack
from samverkan.kernel.ids import PartyId
from samverkan.shell.texts import HERE, Language, load
from tests.agency.model import ANNA, BASIS, DEBTS, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, RELEASER, COUNCIL = "Karin Lindqvist", "Johan Bergström", "Annika Hedlund"


def _sentence(code: str, language: Language = Language.SV) -> str:
    return load(HERE)[language].entries[f"refusal.{code}"]


def _says(page: str, code: str, language: Language = Language.SV) -> bool:
    """The sentence and the code, both."""
    known = load(HERE)[language]
    return _sentence(code, language) in page and known("error.code", code=code) in page


def _past(world: World) -> None:
    """The day after the scope's last one."""
    until = date.fromisoformat(world.scope.draft.until)
    world.clock.advance(until - world.clock().date() + timedelta(days=1))


def _rule(**changed: Any) -> dict[str, Any]:
    return {
        "query": "worksites",
        "receivers": [DEBTS],
        "test": "Vägt och funnet.",
        "until": "2027-01-31",
        **changed,
    }


def test_a_cooperation_that_has_run_out_takes_no_rule(founded: World, browse: Opening) -> None:
    scope = founded.scope.id
    _past(founded)
    browser = browse(founded).sign_in(RELEASER)
    for answer in (
        browser.get(f"/cooperations/{scope}/rule?query=worksites"),
        browser.send(f"/cooperations/{scope}/rule", _rule()),
    ):
        assert answer.status_code == 409
        assert _says(answer.text, "cooperation_ended")


def test_a_basis_that_needs_the_cooperation_falls_with_it(asked: World, browse: Opening) -> None:
    hit = asked.hit(POLICE, ANNA, DEBTS)
    chair = browse(asked).sign_in(COUNCIL)
    chair.send(f"/cooperations/{asked.scope.id}/end", {"understood": "yes"})
    asked.house.settle()
    browser = browse(asked).sign_in(OFFICER)
    page = browser.get(f"/hits/{hit.id}/ask").text
    assert f'value="{BASIS}"' not in page  # one that stands alone is left
    form = {
        "case": asked.case(),
        "props": ["street"],
        "basis": BASIS,
        "need": "identify",
        "need_text": "Behövs.",
        "days": "14",
    }
    answer = browser.send(f"/hits/{hit.id}/ask", form)
    assert answer.status_code == 422
    assert _says(answer.text, "cooperation_ended")
    assert 'id="basis-error"' in answer.text
    assert ">Behövs.</textarea>" in answer.text


@pytest.mark.parametrize("language", list(Language))
def test_a_refusal_speaks_the_readers_language(
    language: Language, founded: World, browse: Opening
) -> None:
    scope = founded.scope.id
    _past(founded)
    browser = browse(founded).sign_in(RELEASER)
    browser.send("/language", {"language": language.value, "back": "/"})
    page = browser.get(f"/cooperations/{scope}/rule?query=worksites").text
    assert _says(page, "cooperation_ended", language)
    assert f'<html lang="{language}">' in page


def test_who_has_no_mandate_left_is_told_so_on_the_first_page(
    founded: World, browse: Opening
) -> None:
    founded.clock.advance(timedelta(days=800))
    browser = browse(founded).sign_in(OFFICER)
    assert _says(browser.get("/").text, "no_mandate")
    assert _says_absent(browser.get("/hits").text)


def _says_absent(page: str) -> bool:
    known = load(HERE)[Language.SV]
    return known("error.title.h404") in page and known("error.code", code="not_found") in page


def _receiving_only(pack: Pack, party: str) -> Pack:
    """As a prosecutor stands: may receive, may not disclose (2016:775 § 3)."""
    one = pack.parties[PartyId(party)]
    standing = tuple(replace(s, may=(Direction.RECEIVE,)) for s in one.standing)
    return replace(pack, parties={**pack.parties, PartyId(party): replace(one, standing=standing)})


def test_a_party_that_may_only_receive_opens_no_record(founded: World, browse: Opening) -> None:
    node = founded.node(POLICE)
    node.pack = _receiving_only(node.pack, POLICE)
    browser = browse(founded).sign_in(RELEASER)
    answer = browser.send(f"/cooperations/{founded.scope.id}/rule", _rule())
    assert answer.status_code == 422
    assert _says(answer.text, "receives_only")
    assert 'id="receivers-error"' in answer.text
    assert _kept(answer.text)


def _kept(page: str) -> bool:
    """What was written stands there still."""
    return "Vägt och funnet." in page and 'value="2027-01-31"' in page


def test_a_receiver_outside_the_cooperation_is_refused_at_the_receivers(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(RELEASER)
    form = _rule(receivers=["fk"])
    answer = browser.send(f"/cooperations/{founded.scope.id}/rule", form)
    assert answer.status_code == 422
    assert _says(answer.text, "not_a_party")
    assert 'id="receivers-error"' in answer.text


def _summary(page: str) -> str:
    return page.split('id="error-summary"', 1)[1].split("</div>", 1)[0]


FORMS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "hours": (
        OFFICER,
        "/operations/{operation}/hours",
        {"hours_week": "vecka 48", "hours_level": "regional", "hours_count": "99999"},
        "vecka 48",
    ),
    "plan": (OFFICER, "/operations/{operation}/plan", {"plan_due": "2026-02-30"}, "2026-02-30"),
    "outcome": (
        OFFICER,
        "/operations/{operation}/outcome",
        {"effect_amount": "många", "effect_decided": "i går"},
        "många",
    ),
    "framework": (COUNCIL, "/cooperations/new", {"region": "bergslagen"}, 'value="bergslagen" sel'),
}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_every_mistake_is_in_the_summary_with_its_code_and_a_way_to_its_field(
    name: str, operating: World, browse: Opening
) -> None:
    who, path, form, written = FORMS[name]
    browser: Browser = browse(operating).sign_in(who)
    answer = browser.send(path.format(operation=operating.operation()), form)
    assert answer.status_code == 422
    summary = _summary(answer.text)
    fields = [part.split('"', 1)[0] for part in summary.split('href="#')[1:]]
    assert fields
    for field in fields:
        assert f'id="{field}"' in answer.text
        assert f'id="{field}-error"' in answer.text
    assert summary.count("Kod: ") == len(fields)
    assert "autofocus" in answer.text
    assert written in answer.text
    assert "<title>Fel: " in answer.text
