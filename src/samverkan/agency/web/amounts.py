"""Amounts of indicators, with their own decimals and unit."""

from __future__ import annotations

from decimal import Decimal

from samverkan.agency.web.desk import Seat


def amount(at: Seat, indicator: str, value: int) -> str:
    """An amount of an indicator, with its unit."""
    pack = at.desk.pack
    known = pack.indicators.get(indicator)
    if known is None:
        return at.f.number(value)
    unit = pack.units[known.unit]
    words = at.f.number(Decimal(value).scaleb(-unit.decimals), unit.decimals)
    return f"{words}\u00a0{at.names.words(unit.names)}"
