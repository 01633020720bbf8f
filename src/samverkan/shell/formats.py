"""How dates, numbers, money and hours read in a language. Patterns stand in the catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from samverkan.shell.texts import Texts

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Formats:
    """Writes values for the reader's language, and moments in the party's own time zone."""

    texts: Texts
    zone: tzinfo

    def day(self, value: date) -> str:
        """A date as it stands in a table: ISO 8601, which Swedish writing uses too."""
        return value.isoformat()

    def weekday(self, value: date) -> str:
        """The day's name: `fredag`."""
        return self.texts(f"format.weekday.d{value.isoweekday()}")

    def date(self, value: date) -> str:
        """A date in running text: `3 december 2026`."""
        month = self.texts(f"format.month.m{value.month}")
        return self.texts("format.date", day=value.day, month=month, year=value.year)

    def local(self, value: datetime) -> datetime:
        """The same moment by the party's own clocks. Demands an aware moment."""
        return value.astimezone(self.zone)

    def clock(self, value: datetime) -> str:
        """The hour and minute by the party's own clocks, as the language writes them."""
        local = self.local(value)
        return self.texts("format.clock", hour=f"{local:%H}", minute=f"{local:%M}")

    def moment(self, value: datetime) -> str:
        """Date and clock to the minute, in the party's time zone. Demands an aware moment."""
        local = self.local(value)
        return f"{local:%Y-%m-%d %H:%M}"

    def number(self, value: Number, decimals: int = 0) -> str:
        """A number with the language's grouping and decimal sign; a real minus sign."""
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        grouped = f"{abs(exact):,.{decimals}f}"
        signs = {",": self.texts("format.group"), ".": self.texts("format.decimal")}
        body = "".join(signs.get(char, char) for char in grouped)
        return f"\u2212{body}" if exact < 0 else body

    def money(self, value: Number) -> str:
        """An amount in whole units of the national currency."""
        return self.texts("format.money", amount=self.number(value))

    def hours(self, value: Number) -> str:
        """Working time in hours, to the half hour's decimal."""
        return self.texts("format.hours", amount=self.number(value, 1))

    def share(self, value: Number) -> str:
        """A share between 0 and 1 as per cent, one decimal."""
        return self.texts("format.share", amount=self.number(Decimal(str(value)) * 100, 1))
