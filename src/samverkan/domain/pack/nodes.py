"""A parsed file with its lines, free of any file format: what a pack is read from.

`infra/packs` makes these from YAML. A scalar keeps its text as written, so that `no`, `2016:774`
and `018` mean what stands there, and the reader decides by what it expects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WHOLE = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_DECIMAL = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Plain = str | int | float | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
"""A value without lines, typed by the core schema of YAML 1.2."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text; `quoted` texts are never numbers or truth values."""

    text: str
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, with the line of the key."""

    key: str
    line: int
    value: Node


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping, its entries in the order written, doubled keys included."""

    entries: tuple[Entry, ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The first value under the key, or None."""
        return next((entry.value for entry in self.entries if entry.key == key), None)


Node = Scalar | Items | Mapped


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a pack, by its path inside the pack's folder."""

    file: str
    node: Node


def plain(node: Node) -> Plain:
    """The node as ordinary values. Of doubled keys the last one stays."""
    if isinstance(node, Mapped):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return node.text if node.quoted else _resolved(node.text)


def node_of(value: Plain) -> Node:
    """An ordinary value as nodes without lines of their own; null is left out of its mapping."""
    if isinstance(value, Mapping):
        entries = (Entry(key, 1, node_of(each)) for key, each in value.items() if each is not None)
        return Mapped(tuple(entries), 1)
    if isinstance(value, str):
        return Scalar(value, 1, quoted=True)
    if isinstance(value, Sequence):
        return Items(tuple(node_of(each) for each in value), 1)
    return Scalar(str(value).lower(), 1)


def _resolved(text: str) -> Plain:
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) and not text.startswith("0") else text
