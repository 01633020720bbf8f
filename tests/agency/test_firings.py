from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import firings
from samverkan.agency.facts import FiringDisclosure, FiringFacts
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.graph import Relevance
from samverkan.domain.policy import Action
from samverkan.exchange.sql.lists import SqlLists
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import FiringId, RuleId
from samverkan.kernel.outcome import Refused
from samverkan.wire.matching import Assessed, Fired
from samverkan.wire.v1 import EXCHANGE, STEERING, decode
from tests.agency.model import CRIME, DEBTS, DELTA, POLICE, TAX, TYPOLOGY
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
    "change",
    [
        {"handles": [bytes(8)]},
        {"typology": "paper-assistance"},
        {"epoch": 2},
        {"scope": "coo-" + "1" * 26},
        {"parties": [DEBTS, CRIME]},
    ],
)
def test_a_firing_on_nobody_of_ours_is_refused(enrolled: World, change: dict[str, object]) -> None:
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


def journal(world: World, party: str = POLICE) -> list[FiringDisclosure]:
    with world.look(party) as reading:
        return reading.firings.disclosures()


def test_each_owner_journals_what_a_firing_told_the_others_of_its_record(enrolled: World) -> None:
    for party, other in ((POLICE, DEBTS), (DEBTS, POLICE)):
        (told,) = journal(enrolled, party)
        one = firing(enrolled, party)
        assert (told.firing, told.subject, told.receivers) == (one.id, one.subject, (other,))
        assert told.conditions == tuple(one.fired.conditions)
        assert "disclosure.fired" in enrolled.entries(party)
        with enrolled.look(party) as reading:
            rules = {rule.id: rule.query for rule in reading.enrolments.rules(one.scope)}
        assert rules[RuleId(told.rule or "")].startswith(f"{TYPOLOGY}:")


def test_a_firing_told_again_to_more_parties_is_a_disclosure_to_those_alone(
    enrolled: World,
) -> None:
    before = firing(enrolled)
    more = msgspec.structs.replace(
        before.fired, of=3, parties=sorted([*before.fired.parties, CRIME])
    )
    assert hear(enrolled, more) is None
    assert (firing(enrolled).fired, firing(enrolled).at) == (more, before.at)
    assert {one.receivers for one in journal(enrolled)} == {(DEBTS,), (CRIME,)}


def test_a_firing_whose_number_is_another_typology_s_changes_nothing(enrolled: World) -> None:
    before = firing(enrolled)

    def elsewhere(work: Any) -> None:
        table = t.own_tag
        work.connection.execute(table.update().values(typology="paper-assistance"))
        work.log(Entry("test.moved", POLICE, POLICE))

    enrolled.hear(POLICE, elsewhere)
    other = msgspec.structs.replace(before.fired, typology="paper-assistance")
    assert hear(enrolled, other) == Refused(Code.HIT_UNPROVEN)
    assert firing(enrolled) == before


def test_the_exchange_hears_that_a_firing_was_assessed_and_not_how(enrolled: World) -> None:
    table = enrolled.node(POLICE).opened.store.tables.outbox
    assess(enrolled, Relevance.NOT_RELEVANT)
    enrolled.clock.advance(timedelta(minutes=1))
    assess(enrolled, Relevance.WITHDRAWN, "fel bolag")
    with enrolled.node(POLICE).opened.store.view() as connection:
        rows = connection.execute(table.select().where(table.c.kind == "firing.assessed")).all()
    said = [decode(row.body, Assessed) for row in rows]
    assert [(row.recipient, one.assessed) for row, one in zip(rows, said, strict=True)] == [
        (EXCHANGE, True),
        (EXCHANGE, False),
    ]


def test_a_firing_that_nobody_assessed_is_erased_after_90_days_everywhere(
    enrolled: World,
) -> None:
    exchange, police = enrolled.house.exchange, enrolled.node(POLICE)
    enrolled.clock.advance(timedelta(days=90))
    assert (police.lapse(), exchange.lapse()) == (False, False)
    enrolled.clock.advance(timedelta(days=1))
    assert (police.lapse(), exchange.lapse()) == (True, True)
    with enrolled.look(POLICE) as reading:
        assert reading.firings.all() == []
    assert len(journal(enrolled)) == 1, "what was told stays told"
    assert enrolled.entries(POLICE)[-1] == "firing.erased"
    with exchange.opened.store.view() as connection:
        assert SqlLists(connection, enrolled.clock()).told(enrolled.scope.id, 1, TYPOLOGY) == []


def test_an_assessed_firing_is_kept_by_who_assessed_it_and_by_the_exchange(
    enrolled: World,
) -> None:
    assess(enrolled)
    enrolled.house.settle()
    enrolled.clock.advance(timedelta(days=91))
    assert not enrolled.node(POLICE).lapse()
    assert not enrolled.house.exchange.lapse()
    assert enrolled.node(DEBTS).lapse(), "each owner assesses for itself"
    with enrolled.look(POLICE) as reading:
        assert len(reading.firings.all()) == 1
