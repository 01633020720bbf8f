"""Stamps, and the words that every statement carries about why and how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

Clock = Callable[[], datetime]
"""Tells now, aware, in UTC. Injected everywhere."""


class Stamp(StrEnum):
    """What kind of data a pack, delivery or store holds. Stamps never mix."""

    SYNTHETIC = "synthetic"
    EVALUATION = "evaluation"
    LIVE = "live"


class Openness(StrEnum):
    """How an enrolled record shows to others (DESIGN section 5, Enrolment)."""

    OPEN = "open"
    SILENT = "silent"
