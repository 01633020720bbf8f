from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agency.facts import FiringNote
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.graph import Appraisal, Relevance
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import FiringId
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
        tag=b"t" * 8,
        conditions=["kfm:debt"],
        parties=["kfm", "polisen"],
        of=2,
    )


def test_a_firing_is_kept_for_each_subject_newest_first(party: SqlReading) -> None:
    party.firings.add(fired(1), subject(1), at=NOON)
    party.firings.add(fired(1), subject(2), at=NOON)
    party.firings.add(fired(2), subject(1), at=NOON + timedelta(hours=1))
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
    party.firings.add(fired(1), subject(1), at=NOON)
    notes = [
        FiringNote(Appraisal(number(1), relevance, USER, NOON), relevance.value)
        for relevance in (Relevance.RELEVANT, Relevance.WITHDRAWN)
    ]
    for note in notes:
        party.firings.assess(note)
    assert party.firings.notes(number(1)) == notes
    assert party.firings.notes(number(2)) == []
