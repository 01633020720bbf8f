from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from samverkan.agency.facts import FiringDisclosure, FiringNote
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.graph import Appraisal, Relevance
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import DisclosureId, FiringId
from samverkan.wire.matching import Fired
from tests.agency.sql.rows import SCOPE, USER, ident, said, subject
from tests.instruments import NOON


@pytest.fixture(autouse=True)
def _known(party: SqlReading) -> None:
    both = [said(1, Prop.CITY, "1885"), said(2, Prop.CITY, "1885")]
    party.register.add(both, party="polisen")


def number(at: int) -> FiringId:
    return FiringId(ident("fir", at))


def fired(at: int) -> Fired:
    return Fired(
        firing=number(at),
        scope=SCOPE,
        epoch=1,
        typology="pattern",
        handles=[b"h" * 8],
        conditions=["kfm:debt"],
        parties=["kfm", "polisen"],
        of=2,
        by="number",
    )


def test_a_firing_is_kept_for_each_subject_newest_first(party: SqlReading) -> None:
    party.firings.put(fired(1), subject(1), at=NOON)
    party.firings.put(fired(1), subject(2), at=NOON)
    party.firings.put(fired(2), subject(1), at=NOON + timedelta(hours=1))
    found = party.firings.all()
    assert [(one.id, one.subject) for one in found] == [
        (number(2), subject(1)),
        (number(1), subject(1)),
        (number(1), subject(2)),
    ]
    assert found[0].fired == fired(2)
    assert party.firings.get(number(1)) == found[1:]
    assert party.firings.get(number(3)) == []


def test_assessments_are_added_never_changed(party: SqlReading) -> None:
    party.firings.put(fired(1), subject(1), at=NOON)
    notes = [
        FiringNote(Appraisal(number(1), relevance, USER, NOON), relevance.value)
        for relevance in (Relevance.RELEVANT, Relevance.WITHDRAWN)
    ]
    for note in notes:
        party.firings.assess(note)
    assert party.firings.notes(number(1)) == notes
    assert party.firings.assessed() == {}, "withdrawn"
    again = FiringNote(Appraisal(number(1), Relevance.UNSURE, USER, NOON), "oklart")
    party.firings.assess(again)
    assert party.firings.assessed() == {number(1): again.appraisal}
    assert party.firings.notes(number(2)) == []


def test_what_is_told_again_takes_the_place_of_what_was_said_first(party: SqlReading) -> None:
    later = NOON + timedelta(days=1)
    party.firings.put(fired(1), subject(1), at=NOON)
    more = msgspec.structs.replace(fired(1), of=3)
    party.firings.put(more, subject(1), at=later)
    (found,) = party.firings.get(number(1))
    assert (found.fired, found.at) == (more, NOON)


def test_erasing_takes_a_firing_and_its_notes_and_leaves_the_journal(party: SqlReading) -> None:
    told = FiringDisclosure(
        id=DisclosureId(ident("dis", 1)),
        firing=number(1),
        scope=SCOPE,
        typology="pattern",
        subject=subject(1),
        conditions=("kfm:debt",),
        receivers=("fk", "polisen"),
        rule=ident("rul", 1),
        at=NOON,
    )
    silent = replace(told, id=DisclosureId(ident("dis", 2)), rule=None, at=NOON + timedelta(days=1))
    for at in (1, 2):
        party.firings.put(fired(at), subject(1), at=NOON)
        made = Appraisal(number(at), Relevance.UNSURE, USER, NOON)
        party.firings.assess(FiringNote(made, "oklart"))
    party.firings.disclose(told)
    party.firings.disclose(silent)
    party.firings.erase(number(1))
    assert [one.id for one in party.firings.all()] == [number(2)]
    assert (party.firings.notes(number(1)), len(party.firings.notes(number(2)))) == ([], 1)
    assert party.firings.disclosures() == [silent, told]
