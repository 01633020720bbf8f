"""Scripted officers: they do, from what their own screens show, whatever waits for them.

Each duty is one kind of work of one mandate. It looks (logged), decides as the officer would, and
acts through the use cases that the pages call. A duty that finds nothing to do returns False, so
a run that was killed goes on where it was: nothing is remembered but what the stores hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from samverkan.agency.app import Node
from samverkan.agency.sql.work import SqlWork
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused, RefusedError, SamverkanError


class Idle(SamverkanError):
    """An officer that the script needs does not exist, or may not do what the script wants."""


@dataclass(frozen=True, slots=True)
class Sector:
    """One scope of the plan: its region, the body that decides, who takes part, what is sought."""

    region: str
    body: str
    parties: tuple[str, ...]
    typologies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the demo sets out to do. Lists of pack codes; nothing of the truth.

    `openings` says of each query that is enrolled to whom its records are open; nobody: silent.
    """

    lead: str
    purpose: str
    grounds: tuple[str, ...]
    basis: str
    holders: tuple[str, ...]
    sizes: Mapping[str, str]
    sectors: tuple[Sector, ...]
    openings: Mapping[str, tuple[str, ...]]
    deliveries: Path

    @property
    def parties(self) -> tuple[str, ...]:
        """Who takes part in any scope, and so in the framework above."""
        return tuple(dict.fromkeys(party for one in self.sectors for party in one.parties))

    def sector(self, region: str) -> Sector:
        """The scope of a region."""
        return next(one for one in self.sectors if one.region == region)

    def bodies(self, party: str) -> tuple[str, ...]:
        """The bodies before which the party's scopes come."""
        return tuple(one.body for one in self.sectors if party in one.parties)


Act = Callable[[SqlWork, Permit], object]
"""A use case with all its details: what one press of a button does."""


@dataclass(slots=True)
class Desk:
    """One party's node under the plan."""

    node: Node
    plan: Plan
    _able: dict[tuple[Action, str | None], UserId] = field(default_factory=dict)

    def permit(self, action: Action, body: str | None = None) -> Permit:
        """The permit of the first own officer who may do this. Raises `Idle`."""
        known = self._able.get((action, body))
        if known is not None:  # whose mandate is asked for anew each time
            found = self.node.permit(known, action, body)
            if isinstance(found, Permit):
                return found
        for officer in self.node.officers():
            found = self.node.permit(officer.user, action, body)
            if isinstance(found, Permit):
                self._able[action, body] = officer.user
                return found
        raise Idle(action.value)

    def act(self, action: Action, acts: Iterable[Act], *, body: str | None = None) -> bool:
        """Do these things in one transaction, if there are any; True if there were.

        Raises `RefusedError` if one is refused; then none of them is done.
        """
        waiting = list(acts)
        if not waiting:
            return False
        permit = self.permit(action, body)
        with self.node.write(permit) as work:
            for do in waiting:
                answer = do(work, permit)
                if isinstance(answer, Refused):
                    raise RefusedError(answer)
        return True


def using(do: Callable[..., object], *details: object, **named: object) -> Act:
    """A use case with its details."""

    def act(work: SqlWork, permit: Permit) -> object:
        return do(work, permit, *details, **named)

    return act


Duty = Callable[[Desk], bool]
"""Does what waits, if anything; True if it did."""
