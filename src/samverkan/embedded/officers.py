"""Scripted officers: they do, from what their own screens show, whatever waits for them.

Each duty is one kind of work of one mandate. It looks (logged), decides as the officer would, and
acts through the use cases that the pages call. A duty that finds nothing to do returns False, so
a run that was killed goes on where it was: nothing is remembered but what the stores hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from samverkan.agency.app import Node
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.outcome import Refused, RefusedError, SamverkanError


class Idle(SamverkanError):
    """An officer that the script needs does not exist, or may not do what the script wants."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the demo sets out to do. Lists of pack codes; nothing of the truth."""

    parties: tuple[str, ...]
    lead: str
    region: str
    body: str
    purpose: str
    grounds: tuple[str, ...]
    typologies: tuple[str, ...]
    basis: str
    size: str
    deliveries: Path


@dataclass(slots=True)
class Desk:
    """One party's node under the plan."""

    node: Node
    plan: Plan

    def permit(self, action: Action, body: str | None = None) -> Permit:
        """The permit of the first own officer who may do this. Raises `Idle`."""
        for officer in self.node.officers():
            found = self.node.permit(officer.user, action, body)
            if isinstance(found, Permit):
                return found
        raise Idle(action.value)

    def act(
        self, action: Action, do: Callable[..., object], *details: object, body: str | None = None
    ) -> None:
        """Do one thing in one transaction: a use case, called with work, permit and the details.

        Raises `RefusedError` if it is refused.
        """
        permit = self.permit(action, body)
        with self.node.write(permit) as work:
            answer = do(work, permit, *details)
            if isinstance(answer, Refused):
                raise RefusedError(answer)


Duty = Callable[[Desk], bool]
"""Does what waits, if anything; True if it did."""
