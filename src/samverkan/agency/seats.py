"""Whom a party has delegated to which seat, which nobody else knows; and sealed papers of meetings."""

from __future__ import annotations

from typing import Protocol

from samverkan.domain.org import Mandate
from samverkan.kernel.ids import UserId
from samverkan.wire.meeting import Paper


class Seats(Protocol):
    """The person behind a delegation, the mandates that delegations give, papers as they came."""

    def name(self, delegation: str, officer: UserId) -> None:
        """Remember whom a delegation is for, until steering has heard it."""

    def named(self, delegation: str) -> UserId | None:
        """Whom it is for."""

    def grant(self, mandate: Mandate) -> None:
        """Give the mandate."""

    def shorten(self, mandate: Mandate) -> None:
        """Let the mandate of that officer, role, body and first day end on its `until`."""

    def keep(self, paper: Paper, *, party: str) -> None:
        """Keep a sealed paper as it came, or as it was sent; a known one is not kept twice."""

    def papers(self, item: str) -> list[tuple[str, Paper]]:
        """The papers of a point with the parties that wrote them, oldest first."""
