"""Refusal is a value, failure is an exception. The roots of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samverkan.kernel.codes import Code


class SamverkanError(Exception):
    """Root of the failures: something that should not happen did."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer no, with a stable code; `params` fill the text, and hold no person's data."""

    code: Code
    params: Mapping[str, str] = field(default_factory=dict)


class RefusedError(SamverkanError):
    """Carries a refusal through code that cannot return it (a transaction that must roll back)."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code.value)
        self.refused = refused


def refuse(code: Code, **params: str) -> Refused:
    """A refusal with the words that its text needs."""
    return Refused(code, params)
