"""One party's view of a case: statements with their origin, and judgements that can be withdrawn.

There is no shared graph. What a party sees is what it holds itself and what it has lawfully
received, each edge with its source, restriction and clock. That two records are the same person
is a judgement somebody made, never a merge (STYLE: keep statements, derive things).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from samverkan.domain.disclosure import GUARDED
from samverkan.domain.statement import Prop, Statement
from samverkan.kernel.ids import SubjectId


class Verdict(StrEnum):
    """An officer's judgement of a hit; `withdrawn` takes the latest one back."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who judged the pair of own subject and a party's record, how, when."""

    subject: SubjectId
    party: str
    handle: bytes
    verdict: Verdict
    officer: str
    at: datetime


def standing(judgements: Iterable[Judgement]) -> Judgement | None:
    """The judgement in force of one pair: the latest, unless it was withdrawn."""
    latest = max(judgements, key=lambda j: j.at, default=None)
    return None if latest is None or latest.verdict is Verdict.WITHDRAWN else latest


class Relevance(StrEnum):
    """An officer's assessment of a firing; `withdrawn` takes the latest one back."""

    RELEVANT = "relevant"
    NOT_RELEVANT = "not_relevant"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Who assessed a firing, how, when. It says nothing of the other owners' records."""

    firing: str
    relevance: Relevance
    officer: str
    at: datetime


def in_force(appraisals: Iterable[Appraisal]) -> Appraisal | None:
    """The assessment in force of one firing: the latest, unless it was withdrawn."""
    made = sorted(appraisals, key=lambda one: one.at)  # of one moment, the last one said
    latest = made[-1] if made else None
    return None if latest is None or latest.relevance is Relevance.WITHDRAWN else latest


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the case view: what is said of whom, by which party, how long it may be kept."""

    subject: SubjectId
    prop: Prop
    values: tuple[str, ...]
    party: str
    source: str
    restriction: str
    said_on: date
    expires_on: date
    struck: bool = False


def edges(
    statements: Sequence[Statement],
    *,
    parties: dict[str, str],
    struck: Collection[tuple[str, str]] = (),
) -> list[Edge]:
    """The lines of a subject, by property, then origin; values of one source together.

    `parties` maps a source (delivery or disclosure) to the party that said it. `struck` are the
    fields of a source that its party has corrected or taken back since: they stay to be read.
    """
    found: dict[tuple[Prop, str], list[Statement]] = {}
    for said in statements:
        found.setdefault((said.prop, str(said.delivery)), []).append(said)
    order = {prop: place for place, prop in enumerate(Prop)}
    lines = [
        Edge(
            subject=group[0].subject,
            prop=prop,
            values=tuple(dict.fromkeys(s.value for s in group)),
            party=parties[source],
            source=source,
            restriction=group[0].classification,
            said_on=max(s.said_at for s in group).date(),
            expires_on=min(s.expires_on for s in group),
            struck=(source, prop.value) in struck,
        )
        for (prop, source), group in found.items()
    ]
    return sorted(lines, key=lambda e: (order[e.prop], e.party, e.source))


LINKING = (Prop.DIRECTOR, Prop.STREET, Prop.PHONE, Prop.ACCOUNT, Prop.PASSPORT, Prop.VEHICLE)
"""Properties whose value can be the same for two subjects and then ties them to each other. A
street ties together with its postcode: the same street name stands in many towns."""
_NUMBERS = (Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER)
"""They tie a person or company to whoever names them as director."""


SINGLE = (Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER, Prop.BIRTH_DATE)
"""Properties of which a subject has one: two values mean that somebody is wrong."""


def disputed(lines: Iterable[Edge]) -> list[Prop]:
    """The properties that can have one value alone and of which several are said."""
    said: dict[Prop, set[str]] = {}
    for line in lines:
        if not line.struck:
            said.setdefault(line.prop, set()).update(line.values)
    return [prop for prop in SINGLE if len(said.get(prop, ())) > 1]


class Part(StrEnum):
    """What a point of the case graph stands for."""

    SUBJECT = "subject"
    RECORD = "record"
    VALUE = "value"


class Behind(StrEnum):
    """By what another party's record is known of."""

    HIT = "hit"
    FIRING = "firing"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Record:
    """Another party's record: by what it is known, what was judged of it, what came out of it.

    `at` names the hit, or the request that a firing led to; `sources` are the disclosures that
    were made about this record.
    """

    at: str
    party: str
    verdict: Verdict | None = None
    sources: frozenset[str] = frozenset()
    behind: Behind = Behind.HIT


@dataclass(frozen=True, slots=True)
class Seen:
    """A subject of the case with all that this party holds of it."""

    subject: SubjectId
    lines: tuple[Edge, ...]
    records: tuple[Record, ...] = ()

    @property
    def protected(self) -> bool:
        """Whether anybody has said that its identity is protected."""
        return any(line.prop is Prop.PROTECTED and "true" in line.values for line in self.lines)

    def postcode(self, source: str) -> str:
        """The postcode that goes with a source's street, where there is exactly one."""
        found = {
            v for e in self.lines if (e.prop, e.source) == (Prop.POSTCODE, source) for v in e.values
        }
        return f", {next(iter(found))}" if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the graph: an own subject, another party's record, or a value that ties."""

    id: str
    part: Part
    subject: SubjectId | None = None
    record: Record | None = None
    prop: Prop | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie from a subject to a record (judged so or not yet) or to a value; `lines` carry it."""

    subject: str
    other: str
    lines: tuple[Edge, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Points and ties in a fixed order, and how many values of one subject alone were left out."""

    points: tuple[Point, ...]
    ties: tuple[Tie, ...]
    left_out: int = 0

    def of(self, part: Part) -> list[Point]:
        """The points of one kind."""
        return [point for point in self.points if point.part is part]


def graph(seen: Sequence[Seen], *, most: int) -> Graph:
    """The case as subjects, the records of others behind them, and the values that they share.

    Values of one subject alone are shown while all points are at most `most`; those that tie two
    subjects always are. A protected identity shows no address, phone, account or vehicle.
    """
    subjects = [Point(f"subject:{one.subject}", Part.SUBJECT, subject=one.subject) for one in seen]
    records = [(one, record) for one in seen for record in one.records]
    judged = [
        Point(f"record:{record.at}", Part.RECORD, one.subject, record) for one, record in records
    ]
    found = _values(seen)
    shared = {key for key, lines in found.items() if len({line.subject for line in lines}) > 1}
    room = most - len(subjects) - len(judged) - len(shared)
    alone = [key for key in found if key not in shared and key[0] in LINKING]
    kept = shared | set(alone if len(alone) <= room else [])
    values = [
        Point(_name(key), Part.VALUE, prop=Prop(key[0]), value=key[1])
        for key in found
        if key in kept
    ]
    ties = [*_judged(records), *_tied(found, kept)]
    return Graph((*subjects, *judged, *values), tuple(ties), len(set(alone) - kept))


Key = tuple[Prop, str]


def _values(seen: Sequence[Seen]) -> Mapping[Key, list[Edge]]:
    """Which lines say each value; a number counts as the director that others name."""
    named = {v for one in seen for e in one.lines if e.prop is Prop.DIRECTOR for v in e.values}
    found: dict[Key, list[Edge]] = {}
    for one in seen:
        for line in one.lines:
            for key in _keys(one, line, named):
                found.setdefault(key, []).append(line)
    return dict(sorted(found.items()))


def _keys(one: Seen, line: Edge, named: set[str]) -> Iterator[Key]:
    if line.prop in GUARDED and one.protected:
        return
    place = one.postcode(line.source) if line.prop is Prop.STREET else ""
    for value in line.values:
        if line.prop in LINKING:
            yield line.prop, value + place
        elif line.prop in _NUMBERS and value in named:
            yield Prop.DIRECTOR, value


def _judged(records: Iterable[tuple[Seen, Record]]) -> Iterator[Tie]:
    for one, record in records:
        lines = tuple(line for line in one.lines if line.source in record.sources)
        yield Tie(f"subject:{one.subject}", f"record:{record.at}", lines, record.verdict)


def _tied(found: Mapping[Key, list[Edge]], kept: set[Key]) -> Iterator[Tie]:
    for key, lines in found.items():
        if key in kept:
            for subject in dict.fromkeys(line.subject for line in lines):
                of = tuple(line for line in lines if line.subject == subject)
                yield Tie(f"subject:{subject}", _name(key), of)


def _name(key: Key) -> str:
    return f"{key[0].value}:{key[1]}"


def places(seen: Sequence[Seen]) -> dict[str, int]:
    """Of how many subjects each municipality is said, most first. A protected identity has no place.

    What its party has corrected or taken back since says nothing.
    """
    found: dict[str, int] = {}
    for one in seen:
        if not one.protected:
            said = (line for line in one.lines if line.prop is Prop.CITY and not line.struck)
            for code in dict.fromkeys(value for line in said for value in line.values):
                found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
