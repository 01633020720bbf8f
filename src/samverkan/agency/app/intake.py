"""A delivery's file, from the disk to the store: whole, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samverkan.agency.facts import DeliveryFacts, RejectFacts
from samverkan.agency.ingest import (
    Delivery,
    IngestResult,
    Reject,
    missing_columns,
    parse_mapping,
    read_delivery,
)
from samverkan.agency.proof import require
from samverkan.agency.sql.work import Unit
from samverkan.domain.normalise import Profile, forms_of
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.infra.tabular import Format, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DeliveryId, PartyId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.kernel.purpose import Stamp

_CHUNK = 1 << 20


def take_in(
    unit: Unit, permit: Permit, pack: Pack, *, path: Path, kind: str, stamp: Stamp
) -> DeliveryFacts | Refused:
    """Read a file by the pack's mapping of that kind, and keep its statements.

    The same bytes twice give the first result's facts and change nothing. A row that cannot be
    used is kept as a reject: its number, column and code.
    """
    require(permit, Action.INGEST)
    node = pack.deliveries.get(kind)
    if not isinstance(node, Mapping) or node.get("party") != unit.me:
        return refuse(Code.NOT_IN_PACK)
    sha256 = _digest(path)
    known = _already(unit, permit, sha256)
    if known is not None:
        return known
    delivery = Delivery(
        DeliveryId.draw(unit.store.randomness), PartyId(unit.me), stamp, sha256.hex()
    )
    profile = Profile(stamp, unit.store.clock().date(), forms_of(pack.writing))
    read = _read(unit, node, path, delivery, profile)
    if isinstance(read, Refused):
        return read
    return _keep(unit, permit, DeliveryFile(delivery.id, sha256, kind, path.name), read)


def _already(unit: Unit, permit: Permit, sha256: bytes) -> DeliveryFacts | None:
    with unit.read(permit, Entry("delivery.looked", permit.user, "deliveries")) as reading:
        if not reading.register.delivered(sha256):
            return None
        return next(d for d in reading.register.deliveries() if d.sha256 == sha256)


def _read(
    unit: Unit, node: Mapping[str, Any], path: Path, delivery: Delivery, profile: Profile
) -> IngestResult | Refused:
    mapping = parse_mapping(node)
    if isinstance(mapping, Refused):
        return mapping
    table = open_table(path)
    if isinstance(table, Refused):
        return table
    refused = missing_columns(mapping, table.columns) if table.columns else None
    if refused is not None and table.format is Format.CSV and len(table.columns) == 1:
        return refuse(Code.FILE_DELIMITER)
    if refused is not None:
        return refused
    try:
        return read_delivery(
            table.rows(),
            mapping,
            profile=profile,
            delivery=delivery,
            now=unit.store.clock,
            randomness=unit.store.randomness,
        )
    except RefusedError as error:  # the file broke off in the middle: nothing is kept
        return error.refused


class DeliveryFile:
    """What is known of a delivery besides its rows."""

    def __init__(self, id_: DeliveryId, sha256: bytes, kind: str, name: str) -> None:
        self.id = id_
        self.sha256 = sha256
        self.kind = kind
        self.name = name


def _keep(unit: Unit, permit: Permit, file: DeliveryFile, read: IngestResult) -> DeliveryFacts:
    with unit.write(permit) as work:
        facts = DeliveryFacts(
            id=file.id,
            sha256=file.sha256,
            kind=file.kind,
            file=file.name,
            rows=read.rows,
            at=work.now,
            statements=len(read.statements),
            subjects=len(read.subjects),
            rejects=len(read.rejects),
        )
        work.register.add_delivery(facts, [_reject(one) for one in read.rejects])
        work.register.add(read.statements, party=unit.me)
        codes = (permit.policy, f"n{read.rows}")
        work.log(Entry("delivery.taken", permit.user, file.id, file.kind, codes))
    return facts


def _reject(one: Reject) -> RejectFacts:
    return RejectFacts(one.row, one.column or "", one.code.value)


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.digest()
