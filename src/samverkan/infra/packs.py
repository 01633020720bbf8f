"""Reads a pack's folder: YAML files to lined nodes, nodes to a checked `Pack`.

PyYAML's compiled parser gives nodes with their lines at the speed that a start demands (under
half a second for a national model); only its `compose` is used, so that nothing in a file can
construct anything and texts stay as they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from samverkan.domain.org import Role
from samverkan.domain.pack import (
    Fault,
    Pack,
    PackError,
    Variant,
    Vocabulary,
    read_pack,
    read_variant,
)
from samverkan.domain.pack.nodes import Entry, Items, Mapped, Node, Scalar, Source
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp

VOCABULARY = Vocabulary(frozenset(Role), frozenset(Action), frozenset(Prop))
_LARGEST = 1_000_000
_LARGEST_TEXT = 50_000
_CORE = ("*.yaml", "deliveries/*.yaml")
_VARIANTS = "variants/*.yaml"
_DEEPEST = 16
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class RefusedPack(Refused):
    """`PACK_INVALID` with every fault; `params["detail"]` names the first."""

    errors: tuple[PackError, ...] = ()


def load_pack(folder: Path, *, stamp: Stamp | None = None) -> Pack | Refused:
    """The pack in the folder; `PACK_INVALID` with its faults, or `STAMP_MISMATCH`."""
    read = _read(folder)
    if not isinstance(read, Pack):
        return RefusedPack(Code.PACK_INVALID, {"detail": str(read[0])}, read)
    if stamp is not None and read.pack.stamp is not stamp:
        return Refused(Code.STAMP_MISMATCH)
    return read


def check_pack(folder: Path) -> tuple[PackError, ...]:
    """Every fault in the folder, by file and line; none for a pack that can be used."""
    read = _read(folder)
    return () if isinstance(read, Pack) else read


def load_core(folder: Path) -> Pack | Refused:
    """The pack without its variants, so that a faulty variant can be told from a faulty core."""
    read = _read(folder, _CORE)
    if isinstance(read, Pack):
        return read
    return RefusedPack(Code.PACK_INVALID, {"detail": str(read[0])}, read)


def variant_files(folder: Path) -> list[Path]:
    """The variants that lie in a pack's folder."""
    return sorted(folder.glob(_VARIANTS))


def read_variants(core: Pack, files: Iterable[Path]) -> tuple[Pack, tuple[PackError, ...]]:
    """The core with every variant of these files that it takes, and the faults in the others.

    One that builds upon another is read after it, in whichever order they are named.
    """
    errors: list[PackError] = []
    sources: list[Source] = []
    for file in files:
        found = _source(file, file.name)
        if isinstance(found, Source):
            sources.append(found)
        else:
            errors.append(found)
    while sources:
        read = {source.file: read_variant(source, core) for source in sources}
        taken = {one.id: one for one in read.values() if isinstance(one, Variant)}
        if not taken:
            errors += [e for one in read.values() if not isinstance(one, Variant) for e in one]
            break
        core = replace(core, variants={**core.variants, **taken})
        sources = [one for one in sources if not isinstance(read[one.file], Variant)]
    return core, tuple(sorted(set(errors)))


def variant_source(text: str) -> Source | PackError:
    """A variant that somebody writes, as nodes with their lines."""
    if len(text) > _LARGEST_TEXT:
        return PackError("variant", 1, Fault.UNREADABLE, "size")
    return _composed(text, "variant")


def _read(
    folder: Path, patterns: Sequence[str] = (*_CORE, _VARIANTS)
) -> Pack | tuple[PackError, ...]:
    sources: list[Source] = []
    unreadable: list[PackError] = []
    for file, name in _files(folder, patterns):
        found = _source(file, name)
        if isinstance(found, Source):
            sources.append(found)
        else:
            unreadable.append(found)
    read = read_pack(sources, VOCABULARY)
    if not unreadable:
        return read
    return tuple(sorted((*unreadable, *(() if isinstance(read, Pack) else read))))


def _files(folder: Path, patterns: Sequence[str]) -> Iterator[tuple[Path, str]]:
    for pattern in patterns:
        for file in sorted(folder.glob(pattern)):
            yield file, file.relative_to(folder).as_posix()


def _source(file: Path, name: str) -> Source | PackError:
    if file.stat().st_size > _LARGEST:
        return PackError(name, 1, Fault.UNREADABLE, "size")
    try:
        return _composed(file.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        return PackError(name, 1, Fault.UNREADABLE, "utf-8")


def _composed(text: str, name: str) -> Source | PackError:
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return PackError(name, line, Fault.UNREADABLE, error.problem or "")
    except yaml.YAMLError:
        return PackError(name, 1, Fault.UNREADABLE, "yaml")
    try:
        return Source(name, _node(node, _DEEPEST) if node is not None else Mapped((), 1))
    except _TooDeep as error:
        return PackError(name, error.line, Fault.UNREADABLE, "depth")


class _TooDeep(Exception):
    """Nested without end, as an alias inside its own anchor is."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _node(node: yaml.Node, depth: int) -> Node:
    """The lined node; aliases are followed, tags are not heeded."""
    line = node.start_mark.line + 1
    if depth == 0:
        raise _TooDeep(line)
    if isinstance(node, yaml.MappingNode):
        return Mapped(tuple(_entry(key, value, depth - 1) for key, value in node.value), line)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(item, depth - 1) for item in node.value), line)
    return Scalar(str(node.value), line, node.style is not None)


def _entry(key: yaml.Node, value: yaml.Node, depth: int) -> Entry:
    name = key.value if isinstance(key, yaml.ScalarNode) else ""
    return Entry(name, key.start_mark.line + 1, _node(value, depth))
