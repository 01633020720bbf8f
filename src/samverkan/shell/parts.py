"""What the parts in `shell/parts.html` are given: tables, steps, tags, links, pages.

A role fills these values; how they look and how they are read aloud is the template's matter.
Texts that a part shows are given as text keys, except what comes from the data itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a table cell is written and aligned."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    HOURS = "hours"
    DAY = "day"
    MOMENT = "moment"
    TAG = "tag"
    LINK = "link"


class Tone(StrEnum):
    """What a tag or notice conveys. The words carry it too; colour is never alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Tag:
    """A status: text key and tone; `n` for a text that counts something."""

    text: str
    tone: Tone = Tone.NEUTRAL
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page: the words to show and the path."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Several:
    """Several ways under one heading that the reader opens."""

    words: str
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Struck:
    """Words that no longer count: they stay to be read, struck through."""

    struck: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the rows, the text key of its heading, its kind."""

    key: str
    text: str
    kind: Kind = Kind.TEXT
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a table, as the address says it: `sent`, or `-sent` for the reverse."""

    key: str
    descending: bool = False

    @classmethod
    def read(cls, asked: str | None, columns: Sequence[Column], otherwise: Sort) -> Sort:
        """The order asked for, if such a column can be sorted."""
        key = (asked or "").removeprefix("-")
        known = any(column.key == key and column.sortable for column in columns)
        return cls(key, (asked or "").startswith("-")) if known else otherwise

    @property
    def word(self) -> str:
        """How the address says it."""
        return f"-{self.key}" if self.descending else self.key

    def next_for(self, key: str) -> str:
        """What a press on a heading asks for: ascending first, then the reverse."""
        return f"-{key}" if key == self.key and not self.descending else key


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page of how many (from 1), and how many rows in all."""

    number: int
    last: int
    rows: int

    @classmethod
    def read(cls, asked: str | None, rows: int, size: int) -> Pages:
        """The page asked for, kept within the pages that there are."""
        last = max(1, -(-rows // size))
        number = int(asked) if asked and asked.isascii() and asked.isdigit() else 1
        return cls(min(max(number, 1), last), last, rows)

    def near(self) -> list[int | None]:
        """The numbers to show: first, last and neighbours; None stands for a gap."""
        kept = sorted({1, self.last, *range(self.number - 1, self.number + 2)})
        shown: list[int | None] = []
        for number in (each for each in kept if 1 <= each <= self.last):
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: caption and empty sentence in words, rows by column key.

    The first column heads each row. `id` names the table on its page and its query parameters
    (`<id>-sort`, `<id>-page`), so that a page may hold several. In a `grouped` table a row head
    equal to the one above is not written out again for the eye.
    """

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    empty: str
    sort: Sort | None = None
    pages: Pages | None = None
    grouped: bool = False


class Progress(StrEnum):
    """Where a step of a chain stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a chain or timeline: words, where it stands, when, by whom, a remark."""

    words: str
    progress: Progress
    at: datetime | None = None
    by: str = ""
    remark: str = ""
    path: str = ""
