"""What a use case needs to know and change of who is enrolled: one by one, taken back, run out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from samverkan.kernel.ids import EnrolmentId, RuleId, SubjectId, UserId


class Selections(Protocol):
    """Subjects enrolled one by one, and the endings of rules and enrolments."""

    def add_members(self, enrolment: EnrolmentId, members: Mapping[SubjectId, str]) -> None:
        """Note who enters one by one, each with its necessity."""

    def members(self, enrolment: EnrolmentId) -> dict[SubjectId, str]:
        """Who entered one by one, with its necessity."""

    def asked(self, officer: UserId, since: datetime) -> int:
        """How many subjects the officer has asked about since then."""

    def decide(self, enrolment: EnrolmentId, second: UserId, entries: int) -> None:
        """A second person lets a waiting enquiry go, with so many entries."""

    def withdraw(self, rule: RuleId) -> None:
        """The rule opens nothing any more."""

    def take_back(self, enrolment: EnrolmentId) -> None:
        """The enrolment stands no more: its entries, and what waits for holders, are forgotten."""

    def condition(self, enrolment: EnrolmentId) -> str | None:
        """The typology's condition whose tags the enrolment gave, if it gave any."""

    def drop_tags(self, scope: str, typology: str) -> None:
        """Forget the own tags of a typology."""

    def used_numbers(
        self, scope: str, key_type: str, subjects: Collection[SubjectId]
    ) -> set[bytes]:
        """Numbers of the subjects' own entries of a key type."""

    def refused(self, call: str, code: str) -> None:
        """A holder has refused this call: what it was for cannot become whole."""

    def refusals(self, scope: str) -> list[tuple[str, str]]:
        """Holders that have refused a call of a standing enrolment, each with its code."""

    def run_out(self, on: date) -> list[EnrolmentId]:
        """Standing enrolments whose rule's last day is before that day."""

    def matched_scopes(self) -> set[str]:
        """Scopes of which shares, entries or tags are kept here."""
