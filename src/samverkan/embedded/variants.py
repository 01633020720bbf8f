"""Variants on the command line: check them against a model, and show in what they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from samverkan.domain.comparing import Difference, compared, differences, upgraded
from samverkan.domain.pack import Change, Pack, PackError, Variant
from samverkan.domain.variant import digest
from samverkan.embedded.house import pack_folder
from samverkan.embedded.models import model
from samverkan.infra import packs
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import variations
from samverkan.shell.texts import Texts

CORE = "core"


@dataclass(frozen=True, slots=True)
class Row:
    """A difference as it is read: what, core and variant, since when, decided when and by whom."""

    key: str
    variable: str
    core: str
    variant: str
    since: str
    until: str | None
    decided: str
    by: str
    why: str

    def as_dict(self) -> dict[str, Any]:
        """As one JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def check(t: Texts, paths: Sequence[Path], name: str) -> Iterator[str]:
    """One sentence for each fault in the variants: of a pack's folder, or files of their own.

    Raises `RefusedError` for a pack whose core is at fault.
    """
    folders = [path for path in paths if path.is_dir()] or [pack_folder(name)]
    files = [path for path in paths if not path.is_dir()]
    for folder in folders:
        core = _core(folder)
        own = packs.variant_files(folder)
        beside = [file for file in own if file.resolve() not in {one.resolve() for one in files}]
        read, errors = packs.read_variants(core, [*beside, *files])
        yield from (_fault(t, read, error) for error in errors)


def upgrade(t: Texts, older: Path, newer: Path) -> Iterator[str]:
    """What each variant of the older pack meets in the newer core: one line for each conflict."""
    new = _core(newer)
    old, errors = packs.read_variants(_core(older), packs.variant_files(older))
    yield from (_fault(t, old, error) for error in errors)
    for variant in old.variants.values():
        found = upgraded(variant, old, new)
        new = replace(new, variants={**new.variants, variant.id: found.variant})
        for conflict in found.conflicts:
            error = PackError(variant.id, 1, conflict.fault, conflict.detail)
            yield f"{variant.id}/{conflict.change.id}: {variations.refused(t, new, error)}"


def diff(t: Texts, name: str, against: str, pack_name: str) -> list[Row]:
    """The differences of a variant from the core, or from another variant. Raises `RefusedError`."""
    pack = model(pack_name)
    one = _variant(pack, name)
    if against == CORE:
        return [_row(t, pack, one, found) for found in differences(one)]
    other = _variant(pack, against)
    return [_between(t, pack, (one, other), pair) for pair in compared(one, other)]


def identity(name: str, pack_name: str) -> tuple[Variant, str]:
    """A shipped variant and its digest. Raises `RefusedError`."""
    variant = _variant(model(pack_name), name)
    return variant, digest(variant).hex()


def _between(t: Texts, pack: Pack, both: tuple[Variant, Variant], pair: Any) -> Row:
    (mine, theirs), found = both, pair.one or pair.other
    row = _row(t, pack, mine if pair.one is not None else theirs, found)
    sides = [
        variations.variant_says(t, pack, side.change)
        if side is not None
        else variations.core_says(t, pack, variant, found.change)
        for side, variant in ((pair.other, theirs), (pair.one, mine))
    ]
    said = row.as_dict() | {"core": sides[0], "variant": sides[1]}
    return Row(**said)


def _row(t: Texts, pack: Pack, variant: Variant, found: Difference) -> Row:
    change: Change = found.change
    return Row(
        key=found.key,
        variable=found.variable,
        core=variations.core_says(t, pack, variant, change),
        variant=variations.variant_says(t, pack, change),
        since=change.since.isoformat(),
        until=None if change.until is None else change.until.isoformat(),
        decided=change.decided.isoformat(),
        by=variations.name_of(t, pack.bodies[change.by].names),
        why=variations.name_of(t, change.why),
    )


def _fault(t: Texts, pack: Pack, error: PackError) -> str:
    return f"{error.file}:{error.line}: {variations.refused(t, pack, error)}"


def _core(folder: Path) -> Pack:
    core = packs.load_core(folder)
    if isinstance(core, Refused):
        raise RefusedError(core)
    return core


def _variant(pack: Pack, name: str) -> Variant:
    found = pack.variants.get(name)
    if found is None:
        raise RefusedError(refuse(Code.NOT_IN_PACK))
    return found
