from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agency.facts import HitFacts, Note
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.graph import Judgement, Verdict
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import HitId
from tests.agency.sql.rows import SCOPE, USER, ident, said, subject, told
from tests.instruments import NOON

HANDLE = b"r" * 16


@pytest.fixture(autouse=True)
def _known(party: SqlReading) -> None:
    both = [said(1, Prop.CITY, "1885"), said(2, Prop.CITY, "1885")]
    party.register.add(both, party="polisen")


def _three(party: SqlReading) -> None:
    later = NOON + timedelta(hours=1)
    party.hits.add(told(1, weight=10), subject(1), HANDLE, at=NOON)
    party.hits.add(told(2, weight=30), subject(1), HANDLE, at=later)
    party.hits.add(told(3, weight=20), subject(2), HANDLE, at=NOON)


def pair(party: SqlReading, number: int) -> HitFacts:
    found = party.hits.get(HitId(ident("hit", number)))
    assert found is not None
    return found


def test_hits_of_one_pair_are_one_the_strongest_speaks_the_first_names_it(
    party: SqlReading,
) -> None:
    _three(party)
    found = pair(party, 2)
    assert (found.id, found.told.weight, found.blocks) == (ident("hit", 1), 30, 2)
    assert found == pair(party, 1)
    assert party.hits.get(HitId(ident("hit", 9))) is None


def test_pairs_stand_strongest_first(party: SqlReading) -> None:
    _three(party)
    assert [one.told.weight for one in party.hits.all()] == [30, 20]


def test_a_hit_counts_as_told_by_number_or_by_its_two_entries(party: SqlReading) -> None:
    _three(party)
    assert party.hits.told(told(1), subject(1), HANDLE)
    renamed = told(7, own_entry=told(2).own_entry, entry=told(2).entry)
    assert party.hits.told(renamed, subject(1), HANDLE)
    assert not party.hits.told(renamed, subject(2), HANDLE)
    assert not party.hits.told(told(8), subject(1), HANDLE)


def test_judgements_are_added_never_changed(party: SqlReading) -> None:
    _three(party)
    notes = [
        Note(Judgement(subject(1), "kfm", HANDLE, verdict, USER, NOON), verdict.value)
        for verdict in (Verdict.SAME, Verdict.WITHDRAWN)
    ]
    for note in notes:
        party.hits.judge(SCOPE, note)
    assert party.hits.notes(pair(party, 1)) == notes
    assert party.hits.notes(pair(party, 3)) == []


def test_the_judgement_in_force_is_told_of_every_pair_that_has_one(party: SqlReading) -> None:
    _three(party)
    first, other = pair(party, 1), pair(party, 3)
    same = Judgement(subject(1), "kfm", HANDLE, Verdict.SAME, USER, NOON)
    gone = Judgement(subject(2), "kfm", HANDLE, Verdict.SAME, USER, NOON)
    back = Judgement(
        subject(2), "kfm", HANDLE, Verdict.WITHDRAWN, USER, NOON + timedelta(minutes=1)
    )
    for one in (same, gone, back):
        party.hits.judge(SCOPE, Note(one, "x"))
    assert party.hits.judged() == {first.pair: same}
    assert other.pair not in party.hits.judged()
