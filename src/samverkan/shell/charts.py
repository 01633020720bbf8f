"""Bars, drawn as SVG on the server: one drawing serves the page, the print and the PDF.

Colours are attributes, so that no style is needed; numbers stand beside their bars, and a table
with the same numbers stands behind every chart. What has no number has no bar, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import ClassVar

OWN, OTHER = "#253494", "#41b6c4"
"""Two blues that colour-blind readers tell apart, in print too."""
_INK, _FAINT = "#1b2a33", "#9aa7ae"
_LABEL, _BAR, _VALUE, _ROW = 210, 330, 110, 26
_LETTERS = 30
"""How much of a label there is room for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its label, its number as people read it, and the number itself, if there is one."""

    label: str
    shown: str
    value: float | None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """A chart as a block of a page; `words` say what it shows, for those who do not see it."""

    block: ClassVar[str] = "chart"
    words: str
    bars: Sequence[Bar]
    source: str = ""

    @property
    def svg(self) -> str:
        """The drawing, whole: valid by itself."""
        width, height = _LABEL + _BAR + _VALUE, _ROW * len(self.bars) + 8
        most = max((bar.value for bar in self.bars if bar.value is not None), default=0.0)
        rows = "".join(_drawn(bar, _ROW * at + 4, most) for at, bar in enumerate(self.bars))
        frame = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        named = f'role="img" aria-label="{escape(self.words)}" font-family="Inter, sans-serif"'
        axis = f'<path d="M{_LABEL} 0 V{height}" stroke="{_FAINT}" stroke-width="1"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {frame} {named}>{axis}{rows}</svg>'


def _drawn(bar: Bar, y: int, most: float) -> str:
    text = f'font-size="13" fill="{_INK}" y="{y + 16}"'
    label = escape(bar.label if len(bar.label) <= _LETTERS else bar.label[: _LETTERS - 1] + "…")
    weight = ' font-weight="600"' if bar.own else ""
    parts = [f'<text {text} x="{_LABEL - 8}" text-anchor="end"{weight}>{label}</text>']
    long = 0.0
    if bar.value is not None and most > 0:
        long = max(0.0, bar.value) / most * _BAR
        fill = OWN if bar.own else OTHER
        box = f'x="{_LABEL}" y="{y + 3}" width="{long:.1f}" height="{_ROW - 10}"'
        parts.append(f'<rect {box} fill="{fill}"/>')
    parts.append(f'<text {text} x="{_LABEL + long + 6:.1f}"{weight}>{escape(bar.shown)}</text>')
    return "".join(parts)
