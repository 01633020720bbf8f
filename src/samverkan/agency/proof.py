"""What opens a party's store: an officer's permit, or a message that the postman has verified."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.domain.policy import Action, Permit
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.joining import By


class WrongPermit(SamverkanError):
    """A use case was given a permit for another act. A fault of ours."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A message of the wire whose signature the postman has checked. Made in `app` alone."""

    sender: str
    kind: str


def require(permit: Permit, *actions: Action) -> None:
    """The permit must be for one of these acts. Raises `WrongPermit`."""
    if permit.action not in actions:
        raise WrongPermit


def vouch(permit: Permit) -> By:
    """What the node tells steering of its officer: number, role, policy."""
    return By(user=permit.user, role=permit.role.value, policy=permit.policy)
