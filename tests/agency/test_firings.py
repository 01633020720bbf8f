from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import firings
from samverkan.agency.facts import FiringFacts
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Relevance
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import FiringId
from samverkan.kernel.outcome import Refused
from samverkan.wire.matching import Fired
from samverkan.wire.v1 import EXCHANGE, STEERING
from tests.agency.model import CRIME, DEBTS, DELTA, POLICE, TAX
from tests.agency.world import World

NEW = FiringId("fir-" + "1" * 26)


def firing(world: World, party: str = POLICE) -> FiringFacts:
    with world.look(party) as reading:
        (found,) = reading.firings.all()
    return found


def hear(world: World, body: Fired, sender: str = EXCHANGE) -> Any:
    return world.hear(POLICE, firings.fired, sender, body)


def forget(world: World) -> None:
    """Make the police forget the firing, so that it can be told anew."""

    def gone(work: Any) -> None:
        work.connection.execute(t.firing.delete())
        work.log(Entry("test.forgot", POLICE, POLICE))

    world.hear(POLICE, gone)


def assess(
    world: World, relevance: Relevance = Relevance.RELEVANT, note: str = "stämmer", **other: Any
) -> Any:
    number = other.get("number") or firing(world).id
    return world.act(POLICE, Action.JUDGE_HIT, firings.assess, number, relevance, note)


def test_all_who_are_told_know_the_firing_by_one_number_and_each_other(enrolled: World) -> None:
    ours, theirs = firing(enrolled), firing(enrolled, DEBTS)
    assert ours.id == theirs.id
    assert ours.fired.parties == theirs.fired.parties == sorted((POLICE, DEBTS))
    assert ours.subject == enrolled.subject(POLICE, DELTA)
    assert theirs.subject == enrolled.subject(DEBTS, DELTA)
    with enrolled.look(CRIME) as reading:
        assert reading.firings.all() == []


def test_each_hears_its_own_condition_alone(enrolled: World) -> None:
    assert firing(enrolled).fired.conditions == ["polisen:staff-seen-at-site"]
    assert firing(enrolled, DEBTS).fired.conditions == ["kfm:debt-over-100k"]


@pytest.mark.parametrize("sender", [DEBTS, STEERING, TAX])
def test_only_the_exchange_tells_of_firings(enrolled: World, sender: str) -> None:
    body = firing(enrolled).fired
    forget(enrolled)
    assert hear(enrolled, body, sender) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize(
    "change", [{"tag": bytes(8)}, {"typology": "paper-assistance"}, {"epoch": 2}]
)
def test_a_firing_on_an_unknown_tag_is_refused(enrolled: World, change: dict[str, object]) -> None:
    body = msgspec.structs.replace(firing(enrolled).fired, firing=NEW, **change)
    assert hear(enrolled, body) == Refused(Code.HIT_UNPROVEN)


def test_a_firing_is_taken_in_once(enrolled: World) -> None:
    body = firing(enrolled).fired
    assert hear(enrolled, body) == Refused(Code.MESSAGE_REPLAYED)
    forget(enrolled)
    assert hear(enrolled, body) is None
    assert firing(enrolled).fired == body


def test_a_firing_is_not_assessed_by_itself(enrolled: World) -> None:
    number = firing(enrolled).id
    with enrolled.look(POLICE) as reading:
        assert firings.assessment(reading, number) is None


def test_assessing_needs_its_own_permit(enrolled: World) -> None:
    number = firing(enrolled).id
    with pytest.raises(WrongPermit):
        enrolled.act(
            POLICE, Action.READ_HITS, firings.assess, number, Relevance.RELEVANT, "stämmer"
        )


def test_a_firing_that_is_not_there_cannot_be_assessed(enrolled: World) -> None:
    assert assess(enrolled, number=NEW) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize(
    ("relevance", "note", "refused"),
    [
        (Relevance.RELEVANT, "  ", Refused(Code.REASON_MISSING)),
        (Relevance.UNSURE, "x" * 2_001, Refused(Code.FIELD_TOO_LONG, {"field": "note"})),
        (Relevance.WITHDRAWN, "ånger", Refused(Code.WRONG_STATE)),
    ],
)
def test_an_assessment_is_refused(
    enrolled: World, relevance: Relevance, note: str, refused: Refused
) -> None:
    assert assess(enrolled, relevance, note) == refused


def test_the_latest_assessment_holds_and_all_notes_stay(enrolled: World) -> None:
    number = firing(enrolled).id
    assess(enrolled, Relevance.UNSURE, "oklart")
    enrolled.clock.advance(timedelta(minutes=1))
    assess(enrolled, Relevance.RELEVANT, "samma månader")
    with enrolled.look(POLICE) as reading:
        made = firings.assessment(reading, number)
        assert [one.note for one in reading.firings.notes(number)] == ["oklart", "samma månader"]
    assert made is not None
    assert made.relevance is Relevance.RELEVANT
    assert made.officer == enrolled.permit(POLICE, Action.JUDGE_HIT).user
    assert enrolled.entries(POLICE)[-1] == "firing.assessed"


def test_a_withdrawn_assessment_counts_as_none(enrolled: World) -> None:
    number = firing(enrolled).id
    assess(enrolled)
    enrolled.clock.advance(timedelta(minutes=1))
    assess(enrolled, Relevance.WITHDRAWN, "fel bolag")
    with enrolled.look(POLICE) as reading:
        assert firings.assessment(reading, number) is None
