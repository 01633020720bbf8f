"""Reads a pack's folder: YAML files to lined nodes, nodes to a checked `Pack`.

PyYAML's compiled parser gives nodes with their lines at the speed that a start demands (under
half a second for a national model); only its `compose` is used, so that nothing in a file can
construct anything and texts stay as they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from samverkan.domain.org import Role
from samverkan.domain.pack import Fault, Pack, PackError, Vocabulary, read_pack
from samverkan.domain.pack.nodes import Entry, Items, Mapped, Node, Scalar, Source
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp

VOCABULARY = Vocabulary(frozenset(Role), frozenset(Action), frozenset(Prop))
_LARGEST = 1_000_000
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


def _read(folder: Path) -> Pack | tuple[PackError, ...]:
    sources: list[Source] = []
    unreadable: list[PackError] = []
    for file, name in _files(folder):
        found = _source(file, name)
        if isinstance(found, Source):
            sources.append(found)
        else:
            unreadable.append(found)
    read = read_pack(sources, VOCABULARY)
    if not unreadable:
        return read
    return tuple(sorted((*unreadable, *(() if isinstance(read, Pack) else read))))


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for pattern in ("*.yaml", "deliveries/*.yaml", "variants/*.yaml"):
        for file in sorted(folder.glob(pattern)):
            yield file, file.relative_to(folder).as_posix()


def _source(file: Path, name: str) -> Source | PackError:
    if file.stat().st_size > _LARGEST:
        return PackError(name, 1, Fault.UNREADABLE, "size")
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError:
        return PackError(name, 1, Fault.UNREADABLE, "utf-8")
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
