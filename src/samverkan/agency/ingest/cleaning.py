"""Cells made clean, each text once: registers repeat places, names and days without end."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Generic, TypeVar

from samverkan.agency.ingest.mapping import DeliveryMapping
from samverkan.domain.normalise import Profile, clean, clean_date, last_name_first, words
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_NO_DAY = refuse(Code.FIELD_NOT_A_DATE)

MOST = 50_000
"""Texts remembered of a kind; then it begins anew, so that memory stays flat."""

UNIQUE = frozenset(
    {
        Prop.ID_NUMBER,
        Prop.REGISTRATION_NUMBER,
        Prop.DIRECTOR,
        Prop.PASSPORT,
        Prop.ACCOUNT,
        Prop.VEHICLE,
    }
)
"""Seldom the same twice: to remember them costs more than to clean them."""

V = TypeVar("V")


class Remembered(Generic[V]):
    """A function of a text that remembers what it gave."""

    def __init__(self, make: Callable[[str], V]) -> None:
        self._make = make
        self._known: dict[str, V] = {}

    def __call__(self, text: str) -> V:
        """What the function gives for this text."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[text] = self._make(text)
        return found


class Cleaner:
    """Cleans cells by property, for one delivery."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.names = Remembered(last_name_first)
        self.folded = Remembered(lambda text: " ".join(words(text, profile.forms)))
        self.of = {prop: self._cleaner(prop) for prop in Prop}
        """What cleans a cell, by the property that it states."""

    def _cleaner(self, prop: Prop) -> Callable[[str], str | Refused]:
        def make(text: str) -> str | Refused:
            return clean(prop, text, self.profile)

        return make if prop in UNIQUE else Remembered(make)


class Days:
    """When a row was said, and until when it may be kept, by the text of its day."""

    def __init__(self, mapping: DeliveryMapping, now: datetime) -> None:
        self._mapping = mapping
        self._today = now.date().isoformat()
        self.of = Remembered(self._read)
        self.now = (now, expiry(now.date(), mapping))

    def _read(self, text: str) -> tuple[datetime, date] | Refused:
        """A day to come is no day."""
        day = clean_date(text)
        if isinstance(day, Refused):
            return day
        if day > self._today:
            return _NO_DAY
        said = date.fromisoformat(day)
        return datetime.combine(said, time(), UTC), expiry(said, self._mapping)


def expiry(said_on: date, mapping: DeliveryMapping) -> date:
    """The last day a statement may be kept: so many months on, the day cut to the month's length."""
    start = date(said_on.year, 12, 31) if mapping.from_year_end else said_on
    years, month = divmod(start.month - 1 + mapping.retention_months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
