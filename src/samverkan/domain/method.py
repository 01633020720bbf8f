"""Method (metod): what was tried where, in versions, who took it up, and what happened there.

The library grows by events: a new version never erases the older, a report stands beside those
before it. The pack may tell of methods of its own; they have one version and no owner here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from samverkan.domain.pack import Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import AdoptionId, MalformedId, MethodId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Event
from samverkan.wire.method import AdoptMethod, PublishMethod, ReportMethod
from samverkan.wire.v1 import from_body

PUBLISH, ADOPT, REPORT = "method.publish", "method.adopt", "method.report-back"
KINDS = frozenset({PUBLISH, ADOPT, REPORT})
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry, by the party that wrote it."""

    party: str
    at: str
    body: PublishMethod


@dataclass(frozen=True, slots=True)
class Told:
    """What a party reported back from where a method was adopted."""

    party: str
    at: str
    body: ReportMethod


@dataclass(frozen=True, slots=True)
class Adoption:
    """A body that works by a method since a day, and what happened there, oldest first."""

    party: str
    at: str
    body: AdoptMethod
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """All that has been published and adopted. `methods` are versions, oldest first, by id."""

    methods: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    adoptions: Mapping[str, Adoption] = field(default_factory=dict)

    def adopted(self, method: str) -> list[Adoption]:
        """Where a method was taken up, oldest first."""
        return [one for one in self.adoptions.values() if one.body.method == method]


def fold(events: Iterable[Event]) -> Library:
    """The library that the events tell of; other events are passed over. Raises `Malformed`."""
    methods: dict[str, tuple[Version, ...]] = {}
    adoptions: dict[str, Adoption] = {}
    for event in events:
        if event.kind == PUBLISH:
            body = from_body(event.body, PublishMethod)
            version = Version(event.party, event.at, body)
            methods[body.method] = (*methods.get(body.method, ()), version)
        elif event.kind == ADOPT:
            taken = from_body(event.body, AdoptMethod)
            adoptions[taken.adoption] = Adoption(event.party, event.at, taken)
        elif event.kind == REPORT:
            back = from_body(event.body, ReportMethod)
            old = adoptions.get(back.adoption)
            if old is not None:
                told = Told(event.party, event.at, back)
                adoptions[back.adoption] = replace(old, told=(*old.told, told))
    return Library(methods, adoptions)


def publish(
    library: Library, pack: Pack, party: str, command: PublishMethod, *, places: Collection[str]
) -> Refused | None:
    """Whether this version may stand: the next one, of the party that began the entry.

    `places` are the codes of the areas and bodies that it may be said of.
    """
    try:
        MethodId.parse(command.method)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    before = library.methods.get(command.method, ())
    if before and before[0].party != party:
        return refuse(Code.NOT_THE_OWNER)
    if command.version != len(before) + 1:
        return refuse(Code.ALREADY_DECIDED)
    if len(command.title) > LONGEST_TITLE:
        return refuse(Code.FIELD_TOO_LONG, field="title", max=str(LONGEST_TITLE))
    named = {place for place in (command.area, command.body) if place is not None}
    known = command.grade in pack.grades and set(command.agencies) <= set(pack.parties)
    return None if known and named <= set(places) else refuse(Code.NOT_IN_PACK)


def adopt(
    library: Library, pack: Pack, party: str, command: AdoptMethod, *, members: Collection[str]
) -> Refused | None:
    """Whether a body may take the version up: the sender sits there, and it has not been before.

    `members` are the parties of the body on that day; none if there is no such body then.
    """
    try:
        AdoptionId.parse(command.adoption)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    if not members:
        return refuse(Code.BODY_NOT_THERE)
    if party not in members:
        return refuse(Code.NOT_A_MEMBER)
    versions = 1 if command.method in pack.methods else len(library.methods.get(command.method, ()))
    if not 1 <= command.version <= versions:
        return refuse(Code.NOT_FOUND)
    taken = {(one.body.body, one.body.version) for one in library.adopted(command.method)}
    if command.adoption in library.adoptions or (command.body, command.version) in taken:
        return refuse(Code.ALREADY_DECIDED)
    return None


def report_back(
    library: Library, pack: Pack, command: ReportMethod, *, sits: bool, on: date
) -> Refused | None:
    """Whether this may be told of an adoption: by a party of its body, of a day since then."""
    adoption = library.adoptions.get(command.adoption)
    if adoption is None or not sits:
        return refuse(Code.NOT_FOUND)
    if not adoption.body.since <= command.on <= on.isoformat():
        return refuse(Code.FIELD_NOT_A_DATE, field="on")
    return None if command.grade in pack.grades else refuse(Code.NOT_IN_PACK)
