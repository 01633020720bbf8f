"""Stations of public statistics: load a file, list what is there, take a series away."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.agency import collecting
from samverkan.agency.app import statistics
from samverkan.agency.collecting import Asked
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.policy import Action, Permit
from samverkan.embedded.house import pack_folder
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused, SamverkanError


class Faulty(SamverkanError):
    """A file that gave nothing: every fault in it."""

    def __init__(self, faults: tuple[Refused, ...]) -> None:
        super().__init__(faults[0].code.value)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Shelved:
    """A series as a list shows it."""

    id: str
    title: str
    source: str
    licence: str
    dated: str
    measures: tuple[str, ...]
    figures: int


def load(seat: Seat, asked: Asked | str) -> str:
    """Load a file, or a series that comes with the pack by its name. Raises `Faulty`, `RefusedError`."""
    if isinstance(asked, str):
        asked = agreed(
            statistics.known(seat.house.pack, asked, pack_folder(seat.house.pack.pack.id))
        )
    kept = seat.node.load_statistics(seat.permit(Action.DRAW_PICTURE), asked)
    if isinstance(kept, tuple):
        raise Faulty(kept)
    return kept


def listed(seat: Seat) -> list[Shelved]:
    """Every series that the party has loaded, newest first."""
    with seat.look(Action.DRAW_PICTURE, "statistics") as reading:
        return [
            Shelved(
                one.id,
                one.origin.title,
                one.origin.source,
                one.origin.licence,
                one.origin.dated.isoformat(),
                tuple(measure.name for measure in one.measures),
                one.figures,
            )
            for one in reading.statistics.all()
        ]


def drop(seat: Seat, series: str) -> None:
    """Take a series away. Raises `RefusedError`."""

    def discard(work: SqlWork, permit: Permit) -> Refused | None:
        return collecting.discard(work, permit, SeriesId.parse(series))

    seat.act(Action.DRAW_PICTURE, discard)
