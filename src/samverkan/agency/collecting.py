"""Public statistics that the party loads for its situation pictures: whole, with their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.agency.shelf import SeriesFacts
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statistics import Columns, Gazetteer, Origin, Series
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused, refuse

COUNTRY = "00"
"""The code that statistics give the whole country."""
LONGEST = 400


Faults = tuple[Refused, ...]
"""Everything that is wrong with a file, each with its row and column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read, and what its loader says of it.

    What a PC-Axis or JSON-stat file says of itself fills what is left open here.
    """

    path: Path
    columns: Columns | None = None
    title: str = ""
    source: str = ""
    licence: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that has been read: its name and digest, where it comes from, its figures."""

    file: str
    sha256: bytes
    origin: Origin
    series: Series


def gazetteer(pack: Pack) -> Gazetteer:
    """The areas that statistics speak of: country, counties, municipalities.

    A county called as a municipality is found by its code, or by its whole name.
    """
    language = pack.pack.languages[0]
    rules = pack.picture
    names = {code: place.name for code, place in pack.municipalities.items()}
    names |= {code: county.names[language] for code, county in pack.counties.items()}
    if rules is not None:
        names[COUNTRY] = rules.country[language]
    return Gazetteer(names, rules.endings if rules is not None else ())


def collect(work: Work, permit: Permit, loaded: Loaded) -> SeriesId | Refused:
    """Keep a series. The same bytes twice give the first one and change nothing."""
    require(permit, Action.DRAW_PICTURE)
    known = work.statistics.loaded(loaded.sha256)
    if known is not None:
        work.log(Entry("statistics.looked", permit.user, known.id))
        return known.id
    for name in ("title", "source", "licence"):
        written = getattr(loaded.origin, name).strip()
        if not written:
            return refuse(Code.FIELD_MISSING, field=name)
        if len(written) > LONGEST:
            return refuse(Code.FIELD_TOO_LONG, field=name)
    series, count = SeriesId.draw(work.randomness), len(loaded.series.figures)
    facts = SeriesFacts(
        id=series,
        sha256=loaded.sha256,
        file=loaded.file,
        origin=loaded.origin,
        measures=loaded.series.measures,
        figures=count,
        officer=permit.user,
        at=work.now,
    )
    work.statistics.add(facts, loaded.series)
    work.log(Entry("statistics.loaded", permit.user, series, codes=(permit.policy, f"n{count}")))
    return series


def discard(work: Work, permit: Permit, series: SeriesId) -> Refused | None:
    """Take a series away. Settled pictures keep what they quoted of it."""
    require(permit, Action.DRAW_PICTURE)
    if work.statistics.get(series) is None:
        return refuse(Code.NOT_FOUND)
    work.statistics.drop(series)
    work.log(Entry("statistics.discarded", permit.user, series, codes=(permit.policy,)))
    return None
