"""Reads lined nodes into the pack's dataclasses, collecting every fault on the way.

The dataclasses are the schema: a field's type says what its key may hold, and marks in
`Annotated` say the rest (`Form`, `Within`, `Spoken`, `Ref`). A broken part is left out, so that
one fault does not hide the next.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Protocol, Union, get_args, get_origin, get_type_hints

from samverkan.domain.pack.faults import Fault, PackError
from samverkan.domain.pack.nodes import Items, Mapped, Node, Scalar, plain
from samverkan.kernel.ids import MalformedId, PartyId

Path = tuple[str, ...]
"""Where in the pack a value stands: section, id, field."""

_BROKEN: Any = object()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = r"[a-z][a-z0-9]*(?:[:._-][a-z0-9]+){0,5}"


class Mark(Protocol):
    """Something more that a value must fulfil."""

    def fault(self, value: Any, reader: Reader) -> tuple[Fault, str] | None:
        """What is wrong with it, or None."""


@dataclass(frozen=True, slots=True)
class Form:
    """A text of this pattern and at most `longest` characters."""

    pattern: str
    longest: int = 64

    def fault(self, value: str, reader: Reader) -> tuple[Fault, str] | None:
        """`NOT_A_CODE` with the text."""
        right = len(value) <= self.longest and re.fullmatch(self.pattern, value)
        return None if right else (Fault.NOT_A_CODE, value)


@dataclass(frozen=True, slots=True)
class Within:
    """A number in a closed range."""

    least: float
    most: float

    def fault(self, value: float, reader: Reader) -> tuple[Fault, str] | None:
        """`OUT_OF_RANGE` with the number."""
        return None if self.least <= value <= self.most else (Fault.OUT_OF_RANGE, str(value))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text in every language of the pack and no other."""

    def fault(self, value: Mapping[str, str], reader: Reader) -> tuple[Fault, str] | None:
        """`LANGUAGE` with the languages that lack, or are too many."""
        odd = sorted(set(value) ^ set(reader.languages)) if reader.languages else []
        return (Fault.LANGUAGE, ", ".join(odd)) if odd else None


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of an entry of another section; looked up when all sections are read."""

    section: str


Id = Annotated[str, Form(_CODE)]
"""A code as ledger and wire carry it."""
Words = Annotated[Mapping[str, str], Spoken()]
"""A text per language."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One reference, and where it stands."""

    section: str
    id: str
    file: str
    line: int


@dataclass(slots=True)
class Reader:
    """Collects faults, mentions and the place of every key while it reads."""

    languages: tuple[str, ...] = ()
    errors: list[PackError] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    places: dict[Path, tuple[str, int]] = field(default_factory=dict)
    file: str = ""

    def wrong(self, line: int, fault: Fault, detail: str = "") -> Any:
        """Note a fault in the present file; gives the mark of a broken value."""
        self.errors.append(PackError(self.file, line, fault, detail))
        return _BROKEN

    def read(self, node: Node, hint: Any, path: Path) -> Any:
        """The value that the type hint asks for, or the mark of a broken one."""
        origin = get_origin(hint)
        if origin is Annotated:
            return self._marked(node, hint, path)
        if origin in (Union, types.UnionType):
            return self.read(node, next(t for t in get_args(hint) if t is not type(None)), path)
        if origin is tuple:
            return self._list(node, get_args(hint)[0], path)
        if origin is not None:
            return self._mapping(node, get_args(hint), path)
        if is_dataclass(hint):
            return self._record(node, hint, path, {})
        return plain(node) if hint is object else self._scalar(node, hint)

    def _marked(self, node: Node, hint: Any, path: Path) -> Any:
        base, *marks = get_args(hint)
        value = self.read(node, base, path)
        if value is _BROKEN:
            return _BROKEN
        for mark in marks:
            if isinstance(mark, Ref):
                self.mentions.append(Mention(mark.section, value, self.file, node.line))
            elif found := mark.fault(value, self):
                return self.wrong(node.line, *found)
        return value

    def _list(self, node: Node, each: Any, path: Path) -> Any:
        if not isinstance(node, Items):
            return self.wrong(node.line, Fault.NOT_A_LIST)
        read = [self.read(item, each, (*path, str(no))) for no, item in enumerate(node.items)]
        return tuple(value for value in read if value is not _BROKEN)

    def _entries(self, node: Node) -> Iterator[tuple[str, int, Node]]:
        if not isinstance(node, Mapped):
            self.wrong(node.line, Fault.NOT_A_MAPPING)
            return
        seen: set[str] = set()
        for entry in node.entries:
            if entry.key in seen:
                self.wrong(entry.line, Fault.DOUBLED, entry.key)
            else:
                seen.add(entry.key)
                yield entry.key, entry.line, entry.value

    def _mapping(self, node: Node, kinds: tuple[Any, Any], path: Path) -> Any:
        key, each = kinds
        found: dict[Any, Any] = {}
        for name, line, value in self._entries(node):
            self.places[*path, name] = (self.file, line)
            id_ = self.read(Scalar(name, line, quoted=True), key, path)
            if is_dataclass(each):
                shape: Any = each
                known = {"id": id_} if "id" in _hints(shape) else {}
                read = self._record(value, each, (*path, name), known)
            else:
                read = self.read(value, each, (*path, name))
            if id_ is not _BROKEN and read is not _BROKEN:
                found[id_] = read
        return found if isinstance(node, Mapped) else _BROKEN

    def _record(self, node: Node, shape: Any, path: Path, known: dict[str, Any]) -> Any:
        hints = {name: hint for name, hint in _hints(shape).items() if name not in known}
        read = dict(known)
        for name, line, value in self._entries(node):
            self.places[*path, name] = (self.file, line)
            if name in hints:
                read[name] = self.read(value, hints[name], (*path, name))
            else:
                self.wrong(line, Fault.UNKNOWN_KEY, name)
        lacking = [name for name in _demanded(shape) if name not in read]
        if isinstance(node, Mapped):
            for name in lacking:
                self.wrong(node.line, Fault.MISSING_KEY, name)
        if lacking or any(value is _BROKEN for value in read.values()):
            return _BROKEN
        return self._dated(shape(**read), node.line, path)

    def _dated(self, record: Any, line: int, path: Path) -> Any:
        """The record, unless it has a span that ends before it begins."""
        since, until = getattr(record, "since", None), getattr(record, "until", None)
        if since is None or until is None or since <= until:
            return record
        _, at = self.places.get((*path, "until"), (self.file, line))
        return self.wrong(at, Fault.DATE_ORDER, until.isoformat())

    def _scalar(self, node: Node, hint: Any) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node.line, Fault.NOT_A_TEXT)
        value, fault = _scalar(node.text, hint)
        return self.wrong(node.line, fault, node.text) if fault else value


def kept(value: Any, otherwise: Any) -> Any:
    """The value unless it is broken."""
    return otherwise if value is _BROKEN else value


@cache
def _hints(shape: Any) -> dict[str, Any]:
    return get_type_hints(shape, include_extras=True)


@cache
def _demanded(shape: Any) -> tuple[str, ...]:
    return tuple(
        f.name for f in fields(shape) if f.default is MISSING and f.default_factory is MISSING
    )


def _scalar(text: str, hint: Any) -> tuple[Any, Fault | None]:
    if hint is str:
        return (text, None) if text.strip() else (None, Fault.NOT_A_TEXT)
    if hint is bool:
        return text == "true", None if text in ("true", "false") else Fault.NOT_A_CHOICE
    if hint is date:
        return _day(text)
    if issubclass(hint, StrEnum):
        return _choice(text, hint)
    if hint is PartyId:
        return _party(text)
    try:
        return hint(text.replace("_", "")), None
    except ValueError:
        return None, Fault.NOT_A_NUMBER


def _day(text: str) -> tuple[date | None, Fault | None]:
    try:
        return (
            (date.fromisoformat(text), None) if _DAY.fullmatch(text) else (None, Fault.NOT_A_DATE)
        )
    except ValueError:
        return None, Fault.NOT_A_DATE


def _choice(text: str, hint: type[StrEnum]) -> tuple[StrEnum | None, Fault | None]:
    try:
        return hint(text), None
    except ValueError:
        return None, Fault.NOT_A_CHOICE


def _party(text: str) -> tuple[PartyId | None, Fault | None]:
    try:
        return PartyId.parse(text), None
    except MalformedId:
        return None, Fault.NOT_A_CODE
