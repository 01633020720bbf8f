"""The method library as this party reads it: what parties have published, and what the pack tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverkan.agency.ports import Reading
from samverkan.domain import method as rules
from samverkan.domain.method import Library, Version
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.finding import found
from samverkan.domain.pack import Pack, Tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One version of a method, to be read. `party` is its author; the pack's own has none."""

    method: str
    version: int
    of: int
    since: str
    title: str
    problem: str
    approach: str
    organisation: str
    result: str
    agencies: tuple[str, ...]
    grade: str
    party: str | None = None
    unknown: str = ""
    sources: tuple[str, ...] = ()
    hours: int | None = None
    months: int | None = None
    area: str | None = None
    body: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What a search looks through besides the title."""
        return (self.problem, self.approach, self.organisation, self.result, self.unknown)


def library(reading: Reading) -> Library:
    """What has been published and adopted, as steering has told it."""
    return reading.feed.all().derived(rules.fold)


def entries(reading: Reading, pack: Pack, language: str) -> list[Entry]:
    """The newest version of every method: the pack's first, then the others, newest first."""
    own = [_tried(one, language) for one in pack.methods.values()]
    published = library(reading).methods.values()
    newest = sorted((all_[-1] for all_ in published), key=lambda one: one.at, reverse=True)
    return own + [_published(one, one.body.version) for one in newest]


def versions(reading: Reading, pack: Pack, language: str, method: str) -> list[Entry]:
    """All versions of one method, oldest first; none if there is no such method."""
    if method in pack.methods:
        return [_tried(pack.methods[method], language)]
    found_ = library(reading).methods.get(method, ())
    return [_published(one, len(found_)) for one in found_]


def search(among: Iterable[Entry], asked: str, pack: Pack) -> list[Entry]:
    """Those that answer the question, the best first; all of them if nothing is asked."""
    forms = forms_of(pack.writing)
    scored = [(found(asked, one.title, one.texts, forms), one) for one in among]
    hits = [pair for pair in scored if pair[0] > 0]
    return [one for _, one in sorted(hits, key=lambda pair: -pair[0])]


def _tried(one: Tried, language: str) -> Entry:
    return Entry(
        method=one.id,
        version=1,
        of=1,
        since=one.since.isoformat(),
        title=one.names[language],
        problem=one.problem[language],
        approach=one.approach[language],
        organisation=one.organisation[language],
        result=one.result[language],
        unknown=one.unknown[language],
        agencies=tuple(one.agencies),
        grade=one.grade,
        sources=one.sources,
        hours=one.hours,
        months=one.months,
        area=one.area,
    )


def _published(one: Version, of: int) -> Entry:
    body = one.body
    return Entry(
        method=body.method,
        version=body.version,
        of=of,
        since=one.at[:10],
        party=one.party,
        title=body.title,
        problem=body.problem,
        approach=body.approach,
        organisation=body.organisation,
        result=body.result,
        agencies=tuple(body.agencies),
        grade=body.grade,
        hours=body.hours,
        months=body.months,
        area=body.area,
        body=body.body,
    )
