"""Stations of named areas: a file taken in, areas redrawn, split, merged, closed, listed and shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samverkan.agency import outlining
from samverkan.agency.areas import areas
from samverkan.agency.outlining import Read, Wish
from samverkan.domain.area import Area, Areas, Version, touched
from samverkan.domain.policy import Action
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.wire.territory import Outline

_LARGEST = 20_000_000
_BESIDE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True)
class Row:
    """One area on a day."""

    area: str
    name: str
    kind: str
    municipalities: tuple[str, ...]
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an area with its origin."""

    area: str
    name: str
    kind: str
    municipalities: tuple[str, ...]
    since: str
    until: str | None
    body: str
    source: str
    digest: str
    parents: tuple[str, ...]
    became: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: how it was understood, and the numbers of the areas that it became."""

    format: str
    system: str
    by: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """For which body an officer decides, and from which day."""

    body: str
    since: date


def add(seat: Seat, file: Path, wish: Wish, decision: Decision) -> Taken:
    """Define the areas of a file, all of them or none. Raises `RefusedError`."""
    read, before = _read(seat, file, wish), {*_known(seat)}
    _tell(seat, decision.body, outlining.define, outlines=read.outlines, since=decision.since)
    new = tuple(id_ for id_ in _known(seat) if id_ not in before)
    return Taken(read.format, read.system, read.by, new)


def revise(seat: Seat, area: str, file: Path, wish: Wish, decision: Decision) -> None:
    """Redraw an area by a file of one. Raises `RefusedError`."""
    read = _read(seat, file, wish)
    if len(read.outlines) != 1:
        raise RefusedError(refuse(Code.FORM_INVALID))
    _tell(
        seat,
        decision.body,
        outlining.revise,
        area=area,
        outline=read.outlines[0],
        since=decision.since,
    )


def split(seat: Seat, area: str, file: Path, wish: Wish, decision: Decision) -> Taken:
    """Split an area by a file of its parts. Raises `RefusedError`."""
    read = _read(seat, file, wish)
    _tell(
        seat,
        decision.body,
        outlining.split,
        area=area,
        into=read.outlines,
        since=decision.since,
    )
    return Taken(read.format, read.system, read.by, _known(seat)[area].became)


def merge(seat: Seat, ids: Sequence[str], *, name: str, source: str, decision: Decision) -> str:
    """Make one area of several, with their surface; gives its number. Raises `RefusedError`."""
    known = _known(seat)
    parts: list[Outline] = [known[id_].last.outline for id_ in ids if id_ in known]
    if len(parts) < len(ids):
        raise RefusedError(refuse(Code.NOT_FOUND))
    if len(parts) < 2:
        raise RefusedError(refuse(Code.FIELD_TOO_FEW, least="2"))
    whole = seat.node.territory.merged(parts, name=name, source=source)
    return str(
        _tell(seat, decision.body, outlining.merge, of=ids, outline=whole, since=decision.since)
    )


def close(seat: Seat, area: str, body: str, until: date) -> None:
    """Give an area its last day. Raises `RefusedError`."""
    _tell(seat, body, outlining.close, area=area, until=until)


def listed(seat: Seat, on: date | None) -> list[Row]:
    """The areas of a day, today's if none is asked for, by name."""
    day = on or seat.node.opened.store.clock().date()
    found = [(one, version) for one in _known(seat).values() if (version := one.on(day))]
    return [_row(one, version) for one, version in sorted(found, key=_by_name)]


def shown(seat: Seat, area: str) -> list[Shown]:
    """Every version of an area, newest first. Raises `RefusedError` (`NOT_FOUND`)."""
    one = _known(seat).get(area)
    if one is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return [
        Shown(
            *_cells(one, version),
            version.body,
            version.outline.source,
            version.outline.digest.hex(),
            one.parents,
            one.became,
        )
        for version in reversed(one.versions)
    ]


def touching(seat: Seat, municipalities: Sequence[str], on: date | None) -> list[Row]:
    """The areas that lie in any of the municipalities that day. Raises `RefusedError`."""
    for code in municipalities:
        if code not in seat.node.pack.municipalities:
            raise RefusedError(refuse(Code.AREA_UNKNOWN_PLACE, place=code))
    day = on or seat.node.opened.store.clock().date()
    found = touched(_known(seat), municipalities, on=day)
    return [_row(one, version) for one in found if (version := one.on(day))]


def _known(seat: Seat) -> Areas:
    seat.house.settle()
    with seat.look(Action.READ_INBOX, "areas") as reading:
        return areas(reading)


def _read(seat: Seat, file: Path, wish: Wish) -> Read:
    """A file, or a shapefile with the parts that lie beside it."""
    if not file.is_file():
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    files = [file]
    if file.suffix.lower() == ".shp":
        files = [each for suffix in _BESIDE if (each := file.with_suffix(suffix)).is_file()]
    if sum(each.stat().st_size for each in files) > _LARGEST:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE))
    content = {each.name: each.read_bytes() for each in files}
    return agreed(seat.node.territory.read(content, wish))


def _tell(seat: Seat, body: str, do: Callable[..., object], **named: object) -> object:
    """Decide, and wait for steering's word. Raises `RefusedError`."""
    means = seat.node.territory.means
    return seat.tell(
        Action.DECIDE_AREA, lambda work, permit: do(work, permit, means, **named), body
    )


def _by_name(pair: tuple[Area, Version]) -> str:
    return pair[1].outline.name.casefold()


def _row(area: Area, version: Version) -> Row:
    return Row(*_cells(area, version))


def _cells(area: Area, version: Version) -> tuple[str, str, str, tuple[str, ...], str, str | None]:
    drawn = version.outline
    until = version.until.isoformat() if version.until else None
    return (
        area.id,
        drawn.name,
        drawn.kind,
        tuple(drawn.municipalities),
        version.since.isoformat(),
        until,
    )
