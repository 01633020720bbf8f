"""Outlining: a body defines, redraws, splits, merges and closes named areas.

Every area counts in one chain, since what one may be depends on the others. Every party is told:
the map of areas is the same for all, and holds nobody.
"""

from __future__ import annotations

from samverkan.domain import area as areas
from samverkan.domain import bounding as rules
from samverkan.domain.bounding import Ground
from samverkan.domain.outline import Shapes
from samverkan.kernel.outcome import Refused
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact
from samverkan.wire.territory import CloseArea, DefineAreas, MergeAreas, ReviseArea, SplitArea
from samverkan.wire.v1 import Message


def define(hearing: Hearing, command: DefineAreas, *, shapes: Shapes) -> Answer:
    """New areas, all of them or none."""
    refused = rules.define(_ground(hearing, shapes), hearing.party, command)
    return _answer(hearing, refused, areas.DEFINE, command.batch, command)


def revise(hearing: Hearing, command: ReviseArea, *, shapes: Shapes) -> Answer:
    """An area lies otherwise from a day."""
    refused = rules.revise(_ground(hearing, shapes), hearing.party, command)
    return _answer(hearing, refused, areas.REVISE, command.area, command)


def split(hearing: Hearing, command: SplitArea, *, shapes: Shapes) -> Answer:
    """An area becomes several."""
    refused = rules.split(_ground(hearing, shapes), hearing.party, command)
    return _answer(hearing, refused, areas.SPLIT, command.area, command)


def merge(hearing: Hearing, command: MergeAreas, *, shapes: Shapes) -> Answer:
    """Several areas become one."""
    refused = rules.merge(_ground(hearing, shapes), hearing.party, command)
    return _answer(hearing, refused, areas.MERGE, command.area, command)


def close(hearing: Hearing, command: CloseArea, *, shapes: Shapes) -> Answer:
    """An area's last day."""
    refused = rules.close(_ground(hearing, shapes), hearing.party, command)
    return _answer(hearing, refused, areas.CLOSE, command.area, command)


def _ground(hearing: Hearing, shapes: Shapes) -> Ground:
    known = areas.fold(hearing.record.chain(areas.REGISTER))
    return Ground(hearing.pack, known, shapes, hearing.on)


def _answer(
    hearing: Hearing, refused: Refused | None, kind: str, subject: str, command: Message
) -> Answer:
    everybody = frozenset(hearing.pack.parties)
    return refused or [Fact(kind, subject, areas.REGISTER, command, everybody)]
