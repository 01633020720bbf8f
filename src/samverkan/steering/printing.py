"""What papers are printed with: names in one language, columns, sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samverkan.domain.pack import Pack
from samverkan.kernel.ids import PartyId
from samverkan.steering.ports import Cell, Column, Printer, Section, Sheet, Words


@dataclass(frozen=True, slots=True)
class Press:
    """What it takes to print: a printer, and words in the language of the pack's authorities."""

    printer: Printer
    words: Words
    language: str


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called in one language. A code that a later pack has dropped shows itself."""

    pack: Pack
    language: str

    def party(self, party: str) -> str:
        """A party's name."""
        found = self.pack.parties.get(PartyId(party))
        return party if found is None else found.names[self.language]

    def of(self, section: Mapping[str, object], code: str) -> str:
        """The name of a code in a section of the pack whose entries are named."""
        names: Mapping[str, str] = getattr(section.get(code), "names", {})
        return names.get(self.language, code)

    def amount(self, amount: int, unit: str) -> int | Decimal:
        """An amount as it is read: a unit of one decimal is counted in tenths, and so on."""
        found = self.pack.units.get(unit)
        decimals = 0 if found is None else found.decimals
        return Decimal(amount).scaleb(-decimals) if decimals else amount

    def unit(self, unit: str) -> str:
        """A unit's name."""
        return self.of(self.pack.units, unit)

    def region(self, region: str) -> str:
        """A region's name."""
        return self.of(self.pack.regions, region)

    def defined(self, indicator: str, version: int) -> str:
        """The words of a definition; nothing where the pack no longer has it."""
        found = self.pack.indicators.get(indicator)
        if found is None or not 1 <= version <= len(found.editions) + 1:
            return ""
        return found.defined(version)[self.language]

    def share(self, thousandths: int) -> str:
        """Thousandths in per cent."""
        whole, tenth = divmod(thousandths, 10)
        comma = "." if self.language == "en" else ","
        return f"{whole}{comma}{tenth} %" if tenth else f"{whole} %"

    def figure(
        self, indicator: str, version: int, stage: str, unit: str
    ) -> tuple[str, int, str, str]:
        """Indicator, version of its definition, stage and unit."""
        return (
            self.of(self.pack.indicators, indicator),
            version,
            self.of(self.pack.stages, stage),
            self.of(self.pack.units, unit),
        )


def columns(t: Words, *named: tuple[str, str]) -> list[Column]:
    """Columns by the name of their text and their kind."""
    return [Column(t(f"report.column.{name}"), kind) for name, kind in named]


def section(
    t: Words, name: str, heads: list[Column], rows: Sequence[Sequence[Cell]], *notes: str
) -> Section:
    """A part of the paper, whose heading and sheet are named in the texts."""
    sheet = Sheet(t(f"report.{name}.sheet"), heads, rows)
    return Section(t(f"report.{name}.heading"), notes, sheet, t("report.empty"))
