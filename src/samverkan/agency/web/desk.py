"""What the pages need of the party's node, and the officer who sits at it.

Every page asks for a permit first, then logs and looks; every act is one transaction of one use
case. A refusal of the policy shows as a page that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from samverkan.agency.blinding import Means
from samverkan.agency.collecting import Asked, Faults
from samverkan.agency.facts import DeliveryFacts
from samverkan.agency.outlining import Means as OutlineMeans
from samverkan.agency.outlining import Read, Wish
from samverkan.agency.ports import Reading, Work
from samverkan.agency.tracing import Sought, Trace
from samverkan.agency.web.names import Names
from samverkan.domain.directory import Pinned
from samverkan.domain.org import Officer, Role
from samverkan.domain.pack import Pack, PackError
from samverkan.domain.pack.nodes import Source
from samverkan.domain.paper import Paper
from samverkan.domain.policy import Action, Permit
from samverkan.domain.territory import Crosswalk
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import Id, MalformedId, PartyId, SeriesId, UserId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp
from samverkan.shell import pages
from samverkan.shell.formats import Formats
from samverkan.shell.maps import Box
from samverkan.shell.texts import Texts
from samverkan.shell.visit import AnyRequest, signed_in
from samverkan.wire.territory import Outline

T = TypeVar("T")
I = TypeVar("I", bound=Id)  # noqa: E741 - the identifier's own kind
Wanted = tuple[Action, str | None]
"""An act and the body in whose matters it is done."""


class LedgerVerdict(Protocol):
    """The outcome of a verification."""

    @property
    def ok(self) -> bool:
        """Whether the chain is whole."""

    @property
    def entries(self) -> int:
        """How many entries were checked."""

    @property
    def at(self) -> int:
        """The number of the entry at the first fault."""


class Traced(Protocol):
    """An outline as it is drawn."""

    @property
    def d(self) -> str:
        """An SVG path on the ground."""

    @property
    def box(self) -> Box:
        """West, north, east, south on the ground."""

    @property
    def degrees(self) -> Sequence[object]:
        """Its polygons in degrees."""


class Places(Protocol):
    """Territory as pages ask of it."""

    @property
    def crosswalk(self) -> Crosswalk:
        """Who holds a place, speaks there, covers it."""

    @property
    def means(self) -> OutlineMeans:
        """What decisions over areas are checked with."""

    def at(self, lat: float, lon: float) -> str | None:
        """The municipality of a point."""

    def read(self, files: Mapping[str, bytes], wish: Wish) -> Read | Refused:
        """The areas of a file."""

    def merged(self, outlines: Sequence[Outline], *, name: str, source: str) -> Outline:
        """The outline of several together."""

    def traced(self, drawn: Outline) -> Traced:
        """The outline as it is drawn."""


class Desk(Protocol):
    """A party's node as its pages see it. Found as `request.app.state["desk"]`."""

    @property
    def me(self) -> PartyId:
        """The own party."""

    @property
    def pack(self) -> Pack:
        """The national model."""

    @property
    def stamp(self) -> Stamp:
        """What kind of data the store holds."""

    @property
    def means(self) -> Means:
        """What enrolment is done with."""

    @property
    def territory(self) -> Places:
        """Places, areas and who answers for them."""

    @property
    def demo(self) -> bool:
        """Whether the sign-in page may list invented accounts."""

    def officers(self) -> list[Officer]:
        """Every officer of the party."""

    def officer(self, user: UserId) -> Officer | None:
        """The officer of this number."""

    def permit(
        self, user: UserId, action: Action, body: str | None = None, role: Role | None = None
    ) -> Permit | Refused:
        """Ask the policy, perhaps of mandates to one role alone."""

    def read(
        self, permit: Permit, subject: str, reason: str = "none"
    ) -> AbstractContextManager[Reading]:
        """Log the look with its reason, then look."""

    def write(self, permit: Permit) -> AbstractContextManager[Work]:
        """One transaction; a `RefusedError` raised inside leaves only its ledger entry."""

    def variant_text(self, text: str) -> Source | PackError:
        """A variant that somebody writes, as nodes with their lines; or why it is no YAML."""

    def pinned(self, permit: Permit) -> dict[str, Pinned]:
        """The keys in force of every address, as they are pinned here. Log the look first."""

    def propose_keys(self, permit: Permit, ask: tuple[str, ...]) -> None:
        """Draw the next keys and ask these parties to vouch for them. Raises `RefusedError`."""

    def take_in(self, permit: Permit, path: Path, kind: str) -> DeliveryFacts | Refused:
        """Read a delivery's file."""

    def load_statistics(self, permit: Permit, asked: Asked) -> SeriesId | Faults:
        """Read a file of public statistics into the store: whole, or every fault and nothing."""

    def print_paper(self, paper: Paper, made: datetime) -> bytes:
        """The paper as PDF; the same paper and moment give the same bytes."""

    def trace(
        self, permit: Permit, sought: Sought, *, limit: int, before: int | None, export: bool
    ) -> Trace:
        """Entries of the ledger, newest first, after this look and what it sought were logged."""

    def verify_ledger(self, permit: Permit) -> LedgerVerdict:
        """Walk the whole chain, after this look has been logged."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One request of a signed-in officer: the desk, who sits there, in which language."""

    request: AnyRequest
    desk: Desk
    user: UserId
    t: Texts
    f: Formats
    names: Names

    def may(
        self, action: Action, body: str | None = None, role: Role | None = None
    ) -> Permit | None:
        """The permit, or None."""
        permit = self.desk.permit(self.user, action, body, role)
        return permit if isinstance(permit, Permit) else None

    def permit(self, action: Action, body: str | None = None) -> Permit:
        """The permit. Raises `RefusedError`, which shows as a page that is not there."""
        permit = self.desk.permit(self.user, action, body)
        if isinstance(permit, Refused):
            raise RefusedError(permit)
        return permit

    def first(self, wanted: Iterable[Wanted]) -> Permit:
        """The permit of the first of these acts that is allowed. Raises `RefusedError`."""
        found = (self.may(action, body) for action, body in wanted)
        permit = next((one for one in found if one is not None), None)
        if permit is None:
            raise RefusedError(refuse(Code.NO_MANDATE))
        return permit

    def bodies(self, action: Action) -> list[str]:
        """The bodies in whose matters the officer may do this."""
        return [body for body in self.desk.pack.bodies if self.may(action, body) is not None]

    def attempt(self, permit: Permit, do: Callable[[Work, Permit], T | Refused]) -> T | Refused:
        """One act in one transaction. Refused: nothing is kept, and the form may say why."""
        try:
            with self.desk.write(permit) as work:
                return _agreed(do(work, permit))
        except RefusedError as error:
            if error.refused.code is Code.NOT_FOUND:
                raise
            return error.refused

    def who(self, user: str) -> str:
        """An own officer's name; of others only the number is known."""
        officer = self.desk.officer(UserId(user))
        return user if officer is None else officer.name


def _agreed(answer: T | Refused) -> T:
    """What a use case answers; its refusal is raised, so that the transaction keeps nothing."""
    if isinstance(answer, Refused):
        raise RefusedError(answer)
    return answer


def seat(request: AnyRequest) -> Seat:
    """The seat of the officer who asks. Raises `RefusedError` when nobody is signed in."""
    desk = desk_of(request)
    user = signed_in(request)
    t = pages.texts_of(request)
    f = Formats(t, request.app.state.site.frame.zone)
    return Seat(request, desk, user, t, f, Names(desk.pack, t.language.value))


def desk_of(request: AnyRequest) -> Desk:
    """The desk of this party."""
    desk: Desk = request.app.state["desk"]
    return desk


def identifier(kind: type[I], text: str) -> I:
    """The identifier in an address. What is none is not there. Raises `RefusedError`."""
    try:
        return kind.parse(text)
    except MalformedId:
        raise RefusedError(refuse(Code.NOT_FOUND)) from None


def found(thing: T | Refused | None) -> T:
    """The thing itself. Absent and refused raise `RefusedError`, and look the same."""
    if thing is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    if isinstance(thing, Refused):
        raise RefusedError(thing)
    return thing
