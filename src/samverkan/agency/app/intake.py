"""A delivery's file, from the disk to the store: whole, or not at all, and a batch at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from samverkan.agency.app.manifest import Manifest
from samverkan.agency.facts import DeliveryFacts
from samverkan.agency.ingest import (
    DeliveryMapping,
    Reader,
    columns_of,
    merge,
    missing_columns,
    parse_mapping,
)
from samverkan.agency.proof import require
from samverkan.agency.sql.intake import SqlIntake, Terms
from samverkan.agency.sql.work import SqlWork, Unit
from samverkan.domain.normalise import Profile, forms_of
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.infra.heap import heap_aside
from samverkan.infra.sql import bulk_cache
from samverkan.infra.tabular import Course, Format, Row, Table, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DeliveryId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp

BATCH = 5_000
"""Rows that are held at once, and sorted before they are written."""

_CHUNK = 1 << 20
_DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}

Watch = Callable[[int, int, int], None]
"""Told after each batch: rows so far, how far the file has been read, and of how much."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A file that is to be taken in, as which kind, and the manifest that came with it."""

    path: Path
    kind: str
    manifest: Manifest | None = None


def take_in(
    unit: Unit,
    permit: Permit,
    pack: Pack,
    sending: Sending,
    *,
    stamp: Stamp,
    watch: Watch | None = None,
) -> DeliveryFacts | Refused:
    """Read a file by the pack's mapping of that kind, and keep its statements.

    The same bytes twice give the first result's facts and change nothing. A row or cell that cannot
    be used is kept as a reject: its number, column, code and what became of it. `stamp` is the
    store's; a manifest of another stamp, or of other bytes, is refused.
    """
    require(permit, Action.INGEST)
    mapping = _mapping(unit, pack, sending.kind)
    if isinstance(mapping, Refused):
        return mapping
    table = _opened(sending.path, mapping)  # first: what is too large is not even added up
    if isinstance(table, Refused):
        return table
    sha256 = _digest(sending.path)
    refused = _contradicted(sending.manifest, sha256, stamp)
    if refused is not None:
        return refused
    known = _already(unit, permit, sha256)
    if known is not None:
        return known
    profile = Profile(stamp, unit.store.clock().date(), forms_of(pack.writing))
    taking = _Taking(sending, mapping, table, sha256, profile, watch or _unwatched)
    try:
        return _keep(unit, permit, taking)
    except RefusedError as error:  # broken off in the middle: nothing is kept
        return error.refused


def _mapping(unit: Unit, pack: Pack, kind: str) -> DeliveryMapping | Refused:
    node = pack.deliveries.get(kind)
    if not isinstance(node, Mapping) or node.get("party") != unit.me:
        return refuse(Code.NOT_IN_PACK)
    return parse_mapping(node)


def _contradicted(manifest: Manifest | None, sha256: bytes, stamp: Stamp) -> Refused | None:
    if manifest is None:
        return None
    if manifest.stamp is not stamp:
        return refuse(Code.STAMP_MISMATCH)
    return None if manifest.sha256 == sha256 else refuse(Code.FILE_DIGEST)


def _already(unit: Unit, permit: Permit, sha256: bytes) -> DeliveryFacts | None:
    with unit.read(permit, Entry("delivery.looked", permit.user, "deliveries")) as reading:
        return reading.register.delivered(sha256)


def _opened(path: Path, mapping: DeliveryMapping) -> Table | Refused:
    """The table, if it has what the mapping needs. JSON lines name their columns row by row."""
    table = open_table(path)
    if isinstance(table, Refused) or not table.columns:
        return table
    refused = missing_columns(mapping, table.columns)
    if refused is not None and table.format is Format.CSV and len(table.columns) == 1:
        return refuse(Code.FILE_DELIMITER)
    return table if refused is None else refused


@dataclass(frozen=True, slots=True)
class _Taking:
    """A delivery under way."""

    sending: Sending
    mapping: DeliveryMapping
    table: Table
    sha256: bytes
    profile: Profile
    watch: Watch


def _keep(unit: Unit, permit: Permit, taking: _Taking) -> DeliveryFacts:
    with heap_aside(), unit.write(permit) as work, bulk_cache(work.connection):
        known = work.register.delivered(taking.sha256)
        if known is not None:  # by another hand since we looked
            work.log(Entry("delivery.looked", permit.user, known.id))
            return known
        facts = _take(work, taking)
        codes = (permit.policy, f"n{facts.rows}")
        work.log(Entry("delivery.taken", permit.user, facts.id, facts.kind, codes))
    return facts


def _take(work: SqlWork, taking: _Taking) -> DeliveryFacts:
    """Row by row from the file into the transaction. Raises `RefusedError`."""
    mapping, sending = taking.mapping, taking.sending
    id_ = DeliveryId.draw(work.randomness)
    intake = SqlIntake(
        work.connection, Terms(work.me, id_, mapping.basis, mapping.purpose), work.randomness
    )
    intake.begin(
        DeliveryFacts(
            id=id_,
            sha256=taking.sha256,
            kind=sending.kind,
            file=sending.path.name,
            rows=0,
            at=work.now,
            form=_form(taking.table),
        )
    )
    reader, course, count = Reader(mapping, taking.profile, work.now), Course(), 0
    for batch in _batches(taking.table.rows(columns_of(mapping), course)):
        records = [record for record in (reader.read(*row) for row in batch) if record]
        intake.keep(merge(records, intake, work.randomness))
        intake.reject(reader.taken_rejects())
        count += len(batch)
        taking.watch(count, course.done, course.total)
    if not count:
        raise RefusedError(refuse(Code.FILE_EMPTY))
    if _digest(sending.path) != taking.sha256:  # changed under our hands
        raise RefusedError(refuse(Code.FILE_DIGEST))
    return intake.end(count, course.unread)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _form(table: Table) -> str:
    """How the file was read: format, delimiter, encoding."""
    if table.format not in (Format.CSV, Format.JSONL):
        return table.format.value
    said = (
        table.format.value,
        _DELIMITERS.get(table.delimiter),
        table.encoding.removesuffix("-sig"),
    )
    return ".".join(filter(None, said))


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()


def _unwatched(rows: int, done: int, total: int) -> None:
    """Nobody looks on."""
