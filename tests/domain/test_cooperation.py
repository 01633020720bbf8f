"""No cooperation before every party has decided, none after it has ended, no scope without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from samverkan.domain.cooperation import (
    NEXT,
    Cooperation,
    ForgedStanding,
    InForce,
    State,
    Step,
    Terms,
    accept,
    draft,
    end,
    fits,
    in_force,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, PartyId, UserId
from samverkan.kernel.outcome import Refused
from tests.domain import packing
from tests.instruments import seeded

draw = seeded()
PACK = packing.small()
TAX, POLICE, STRANGER = PartyId("tax"), PartyId("police"), PartyId("stranger")
BOTH = frozenset({TAX, POLICE})
USER = UserId.draw(draw)
FRAME, SCOPE = CooperationId.draw(draw), CooperationId.draw(draw)
OTHERS = {"police": packing.party(agency="police")}
NOW = datetime(2026, 5, 5, 12, tzinfo=UTC)

FRAMEWORK_TERMS = Terms(
    id=FRAME,
    parent=None,
    purpose="crime",
    grounds=("serious",),
    region=None,
    parties=(TAX, POLICE),
    holders=(),
    threshold=0,
    operator=POLICE,
    typologies=(),
    key_types=(),
    sizes={},
    epoch=0,
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
)
SCOPE_TERMS = replace(
    FRAMEWORK_TERMS,
    id=SCOPE,
    parent=FRAME,
    region="north",
    holders=(TAX, POLICE),
    threshold=2,
    typologies=("paper",),
    key_types=("p1",),
    sizes={TAX: "s", POLICE: "s"},
    epoch=1,
)


def made(found: Cooperation | Refused) -> Cooperation:
    assert isinstance(found, Cooperation), found
    return found


def accepted(cooperation: Cooperation, framework: Cooperation | None = None) -> Cooperation:
    for party in cooperation.terms.parties:
        cooperation = made(accept(cooperation, party, user=USER, at=NOW, framework=framework))
    return cooperation


FRAMEWORK = accepted(made(draft(FRAMEWORK_TERMS, PACK, at=NOW)))


def refusal(found: object) -> Code:
    assert isinstance(found, Refused), found
    return found.code


def drafting(framework: Cooperation | None = FRAMEWORK, **change: Any) -> Cooperation | Refused:
    return draft(replace(SCOPE_TERMS, **change), PACK, at=NOW, framework=framework)


def scope() -> Cooperation:
    return accepted(made(drafting()), FRAMEWORK)


def test_it_is_in_force_when_every_party_has_accepted_and_not_before() -> None:
    cooperation = made(draft(FRAMEWORK_TERMS, PACK, at=NOW))
    one = made(accept(cooperation, TAX, user=USER, at=NOW))
    assert (one.state, one.awaited) == (State.DRAFTED, (POLICE,))
    assert refusal(in_force(one, at=NOW, parties=BOTH)) is Code.NO_COOPERATION
    both = made(accept(one, POLICE, user=USER, at=NOW))
    proof = in_force(both, at=NOW, parties=BOTH)
    assert isinstance(proof, InForce)
    assert proof.parties == BOTH


def test_a_party_accepts_once_and_a_stranger_never() -> None:
    one = made(accept(made(draft(FRAMEWORK_TERMS, PACK, at=NOW)), TAX, user=USER, at=NOW))
    assert refusal(accept(one, TAX, user=USER, at=NOW)) is Code.ALREADY_DECIDED
    assert refusal(accept(one, STRANGER, user=USER, at=NOW)) is Code.NOT_A_PARTY
    assert refusal(accept(FRAMEWORK, TAX, user=USER, at=NOW)) is Code.ALREADY_DECIDED


def test_it_ends_for_all_when_one_party_ends_it() -> None:
    over = made(end(FRAMEWORK, POLICE, at=NOW, reason="purpose-fulfilled"))
    assert over.state is State.ENDED
    assert refusal(in_force(over, at=NOW, parties=BOTH)) is Code.COOPERATION_ENDED
    assert refusal(end(over, TAX, at=NOW, reason="declined")) is Code.COOPERATION_ENDED
    assert refusal(accept(over, TAX, user=USER, at=NOW)) is Code.COOPERATION_ENDED
    assert refusal(end(FRAMEWORK, STRANGER, at=NOW, reason="declined")) is Code.NOT_A_PARTY


def test_a_party_that_declines_ends_the_draft() -> None:
    cooperation = made(draft(FRAMEWORK_TERMS, PACK, at=NOW))
    assert made(end(cooperation, TAX, at=NOW, reason="declined")).state is State.ENDED


def test_the_table_holds_every_step_that_there_is() -> None:
    possible = {(state, step) for state, step in product(State, Step) if (state, step) in NEXT}
    assert possible == set(NEXT)
    assert all(state is not State.ENDED for state, _ in NEXT)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 12, 31), Code.NO_COOPERATION),
        (date(2027, 1, 1), Code.COOPERATION_ENDED),
    ],
)
def test_outside_its_dates_it_is_not_in_force(day: date, code: Code) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert refusal(in_force(FRAMEWORK, at=at, parties=BOTH)) is code


def test_it_cannot_be_accepted_after_its_last_day() -> None:
    late = datetime(2027, 1, 1, tzinfo=UTC)
    cooperation = made(draft(FRAMEWORK_TERMS, PACK, at=NOW))
    assert refusal(accept(cooperation, TAX, user=USER, at=late)) is Code.COOPERATION_ENDED


def test_it_holds_for_its_own_parties_alone() -> None:
    found = in_force(FRAMEWORK, at=NOW, parties=frozenset({TAX, STRANGER}))
    assert refusal(found) is Code.NOT_A_PARTY


def test_a_scope_is_in_force_below_its_framework() -> None:
    assert isinstance(in_force(scope(), at=NOW, parties=BOTH, framework=FRAMEWORK), InForce)


def test_a_scope_without_its_framework_is_nothing() -> None:
    other = replace(FRAMEWORK, terms=replace(FRAMEWORK_TERMS, id=CooperationId.draw(draw)))
    for framework in (None, other, scope()):
        assert refusal(drafting(framework)) is Code.NO_COOPERATION
        found = in_force(scope(), at=NOW, parties=BOTH, framework=framework)
        assert refusal(found) is Code.NO_COOPERATION


def test_a_scope_falls_with_its_framework() -> None:
    over = made(end(FRAMEWORK, TAX, at=NOW, reason="replaced"))
    found = in_force(scope(), at=NOW, parties=BOTH, framework=over)
    assert refusal(found) is Code.COOPERATION_ENDED
    assert refusal(drafting(over)) is Code.COOPERATION_ENDED


def test_a_scope_waits_for_a_framework_that_is_only_drafted() -> None:
    drafted = made(draft(FRAMEWORK_TERMS, PACK, at=NOW))
    assert refusal(drafting(drafted)) is Code.NO_COOPERATION


def test_a_scopes_parties_are_among_its_frameworks() -> None:
    narrow = replace(FRAMEWORK, terms=replace(FRAMEWORK_TERMS, parties=(TAX,)))
    assert refusal(drafting(narrow)) is Code.NOT_A_PARTY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purpose": "taxation"}, Code.NO_BASIS),
        ({"purpose": "fun"}, Code.NO_BASIS),
        ({"grounds": ("group",)}, Code.NO_BASIS),
        ({"grounds": ()}, Code.NO_BASIS),
        ({"grounds": ("serious", "gossip")}, Code.NOT_IN_PACK),
        ({"parties": (TAX,)}, Code.NOT_A_PARTY),
        ({"parties": (TAX, TAX)}, Code.NOT_A_PARTY),
        ({"parties": (TAX, TAX, POLICE)}, Code.NOT_A_PARTY),
        ({"parties": (TAX, STRANGER)}, Code.NO_BASIS),
        ({"since": date(2026, 6, 1), "until": date(2026, 5, 1)}, Code.FIELD_NOT_A_DATE),
        ({"until": date(2027, 1, 1)}, Code.NO_COOPERATION),
        ({"since": date(2025, 12, 31)}, Code.NO_COOPERATION),
        ({"key_types": ("p1", "p99")}, Code.KEY_TYPE_UNKNOWN),
        ({"holders": (TAX, STRANGER)}, Code.NOT_A_PARTY),
        ({"holders": (TAX, TAX)}, Code.NOT_A_PARTY),
        ({"operator": STRANGER}, Code.NOT_A_PARTY),
        ({"threshold": 3}, Code.KEYGEN_FAILED),
        ({"threshold": 1}, Code.KEYGEN_FAILED),
        ({"epoch": -1}, Code.KEYGEN_FAILED),
        ({"sizes": {TAX: "s"}}, Code.FIELD_MISSING),
        ({"sizes": {}}, Code.FIELD_MISSING),
        ({"sizes": {TAX: "s", POLICE: "huge"}}, Code.NOT_IN_PACK),
        ({"typologies": ("fashion",)}, Code.NOT_IN_PACK),
        ({"region": "atlantis"}, Code.NOT_IN_PACK),
    ],
)
def test_terms_that_cannot_stand_are_refused(change: Mapping[str, Any], code: Code) -> None:
    assert refusal(drafting(**change)) is code


def test_a_party_without_standing_that_day_is_refused() -> None:
    early = replace(FRAMEWORK_TERMS, since=date(2019, 1, 1))
    assert refusal(draft(early, PACK, at=NOW)) is Code.NO_BASIS


def test_a_typology_needs_all_its_owners_at_the_table() -> None:
    pack = packing.read(parties={"tax": packing.party(), **OTHERS, "third": packing.party()})
    assert not isinstance(pack, tuple)
    third = PartyId("third")
    parties, sizes = (TAX, third), {TAX: "s", third: "s"}
    framework = replace(FRAMEWORK, terms=replace(FRAMEWORK_TERMS, parties=(*BOTH, third)))
    terms = replace(SCOPE_TERMS, parties=parties, sizes=sizes)
    assert refusal(draft(terms, pack, at=NOW, framework=framework)) is Code.NOT_A_PARTY


def test_a_neutral_holder_need_not_take_part() -> None:
    pack = packing.read(parties={"tax": packing.party(), **OTHERS, "third": packing.party()})
    assert not isinstance(pack, tuple)
    terms = replace(SCOPE_TERMS, holders=(TAX, POLICE, PartyId("third")))
    assert isinstance(draft(terms, pack, at=NOW, framework=FRAMEWORK), Cooperation)


def test_two_branches_of_one_agency_are_not_two_holders() -> None:
    pack = packing.read(parties={"tax": packing.party(), **OTHERS, "third": packing.party()})
    assert not isinstance(pack, tuple)
    terms = replace(SCOPE_TERMS, holders=(TAX, PartyId("third")))
    assert refusal(draft(terms, pack, at=NOW, framework=FRAMEWORK)) is Code.KEYGEN_FAILED


@pytest.mark.parametrize(
    ("party", "count", "code"),
    [
        (TAX, 10, None),
        (TAX, 11, Code.SIZE_CLASS_EXCEEDED),
        (STRANGER, 1, Code.NOT_A_PARTY),
    ],
)
def test_an_enrolment_stays_within_its_size_class(
    party: PartyId, count: int, code: Code | None
) -> None:
    refused = fits(SCOPE_TERMS, party, count, PACK)
    assert (refused and refused.code) == code


def test_proof_of_force_cannot_be_made_elsewhere() -> None:
    with pytest.raises(ForgedStanding):
        InForce(FRAMEWORK_TERMS, BOTH, NOW, object())
