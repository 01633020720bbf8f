"""Locked bundles: what goes to the exchange beside an index, comparable only where a value is shared.

Layout of one entry, in bytes, final:

    index 8 · entry number 16
    · field tokens, 3 for each slot · rarity tokens, 4 times 2 for each rare slot
    · presence tokens, 2 for each slot
    · sealed record handle 16 · proof 16

    field token     H(lock, "field" slot value)
    rarity token c  H(lock, "rarity" slot value c) at the place of the name's own class; three random
    presence token  from H(lock, "presence"), by slot
    sealed handle   handle ⊕ HMAC(lock, "handle" entry number)
    proof           HMAC(lock, "proof" entry number, party, epoch, sealed handle)

All but index and number looks random without the lock, and agrees only with bundles under the
same lock. An absent field has random tokens, so that absence differs from disagreement in no way
that the exchange can see in one entry alone. MATCHING section 2; ADR 10 says what we added.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from samverkan.domain.token import (
    HANDLE_BYTES,
    INDEX_BYTES,
    NUMBER_BYTES,
    KeyType,
    MalformedKeyType,
    index_of,
    lock_of,
    lp,
)
from samverkan.kernel.ids import Randomness

FORMAT = 1
"""Version of the batch's own frame; the layout's version stands beside it."""
FIELD_BYTES = 3
RARITY_BYTES = 2
PRESENCE_BYTES = 2
CLASSES = 4
"""Rarity classes of a name, 0 the commonest."""
PROOF_BYTES = 16
_HEAD = INDEX_BYTES + NUMBER_BYTES
_TAIL = HANDLE_BYTES + PROOF_BYTES
_FINGERPRINT_BYTES = 8
_MARK = b"SVB"


class MalformedBatch(ValueError):
    """The bytes are no batch of this layout. Says which part is wrong, never its content."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class BadRecord(ValueError):
    """A record with a slot or rarity class that the layout lacks, or a handle of another size."""


@dataclass(frozen=True)
class Layout:
    """Order of the comparison slots, and which of them are names with rarity. Pack data.

    `version` rises with every change; parties of another version are refused, never misread.
    """

    version: int
    slots: tuple[str, ...]
    rare: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fits = 0 <= self.version <= 255 and set(self.rare) <= set(self.slots)
        if not fits or len(set(self.slots)) != len(self.slots):
            raise BadRecord("layout")

    def pick(self, values: Mapping[str, str]) -> dict[str, str]:
        """The values that this layout has slots for (a sole trader's, under a person's key)."""
        return {slot: values[slot] for slot in self.slots if slot in values}

    @cached_property
    def rarity_at(self) -> int:
        """Where the rarity tokens begin in a bundle."""
        return FIELD_BYTES * len(self.slots)

    @cached_property
    def presence_at(self) -> int:
        """Where the presence tokens begin in a bundle."""
        return self.rarity_at + CLASSES * RARITY_BYTES * len(self.rare)

    @cached_property
    def handle_at(self) -> int:
        """Where the sealed handle begins in a bundle."""
        return self.presence_at + PRESENCE_BYTES * len(self.slots)

    @cached_property
    def bundle_bytes(self) -> int:
        """Size of a bundle: an entry without index and number."""
        return self.handle_at + _TAIL

    @cached_property
    def fingerprint(self) -> bytes:
        """8 bytes that two layouts share only if their slots, order and rare slots are equal."""
        named = [*map(lp, self.slots), lp(b""), *map(lp, self.rare)]
        return hashlib.sha256(b"layout" + b"".join(named)).digest()[:_FINGERPRINT_BYTES]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a hit passes on of an entry: enough to open its handle and to check its proof."""

    number: bytes
    handle: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One index with its locked bundle: the tokens, sealed handle and proof in one piece."""

    index: bytes
    number: bytes
    bundle: bytes = field(repr=False)

    @property
    def claim(self) -> Claim:
        """The part that a hit passes on."""
        proof_at = len(self.bundle) - PROOF_BYTES
        handle = self.bundle[proof_at - HANDLE_BYTES : proof_at]
        return Claim(self.number, handle, self.bundle[proof_at:])


@dataclass(frozen=True, slots=True)
class Record:
    """What is locked: the own handle (16 bytes), canonical values by slot, rarity class by slot."""

    handle: bytes
    values: Mapping[str, str] = field(repr=False)
    rarity: Mapping[str, int] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose entries of which epoch: what a proof is bound to besides the lock."""

    party: str
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a batch says of its entries."""

    scope: str
    key_type: str
    party: str
    epoch: int
    count: int


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was read and found sound in form."""

    header: Header
    entries: tuple[Entry, ...]


def build(
    record: Record,
    *,
    token: bytes,
    number: bytes,
    origin: Origin,
    layout: Layout,
    randomness: Randomness,
) -> Entry:
    """Lock a record's fields under one token. Raises `BadRecord`."""
    _fits(record, number, layout)
    lock = lock_of(token)
    # everything starts random; what is present is written over it
    body = bytearray(randomness(layout.handle_at))
    _write_fields(body, record, lock, layout)
    _write_rarity(body, record, lock, layout)
    handle = _mask(record.handle, lock, number)
    proof = prove(lock, number, handle, origin)
    return Entry(index_of(token), number, bytes(body) + handle + proof)


def open_handle(claim: Claim, lock: bytes) -> bytes:
    """The other party's handle for its record. Check the proof first."""
    return _mask(claim.handle, lock, claim.number)


def prove(lock: bytes, number: bytes, handle: bytes, origin: Origin) -> bytes:
    """16 bytes that only who knows the shared value can make, for this entry of this party."""
    bound = lp(number) + lp(origin.party) + origin.epoch.to_bytes(8, "big") + lp(handle)
    return hmac.digest(lock, lp("proof") + bound, hashlib.sha256)[:PROOF_BYTES]


def proves(claim: Claim, lock: bytes, origin: Origin) -> bool:
    """True if the entry was built by somebody who knows the shared value, for that party and epoch."""
    expected = prove(lock, claim.number, claim.handle, origin)
    return hmac.compare_digest(expected, claim.proof)


def field_token(lock: bytes, slot: str, value: str) -> bytes:
    """The token of a present field. The only token that depends on a value outside a rarity."""
    return _token(lock, lp("field") + lp(slot) + lp(value))[:FIELD_BYTES]


def pack_batch(header: Header, entries: Collection[Entry], layout: Layout) -> bytes:
    """The bytes of an upload. Raises `MalformedBatch` if the entries do not fit header or layout.

    Entries stand in the order of their numbers, which are pseudorandom: nothing of the order in
    which subjects were read is left.
    """
    ordered = sorted(entries, key=lambda entry: entry.number)
    if header.count != len(ordered):
        raise MalformedBatch("count")
    if any(len(entry.bundle) != layout.bundle_bytes for entry in ordered):
        raise MalformedBatch("entries")
    return _pack_header(header, layout) + b"".join(
        entry.index + entry.number + entry.bundle for entry in ordered
    )


def parse_batch(data: bytes, layout: Layout) -> Batch:
    """The batch that the bytes spell, read strictly. Raises `MalformedBatch` with the part.

    Refused: another format, layout or version, bytes too many or few, numbers out of order or
    repeated. A receiver still compares the header with the message that carried the batch.
    """
    reader = _Reader(data)
    if reader.take(len(_MARK) + 1) != _MARK + bytes([FORMAT]):
        raise MalformedBatch("format")
    if reader.take(1 + _FINGERPRINT_BYTES) != bytes([layout.version]) + layout.fingerprint:
        raise MalformedBatch("layout")
    header = _read_header(reader)
    body = reader.rest()
    if len(body) != header.count * (_HEAD + layout.bundle_bytes):
        raise MalformedBatch("count")
    entries = tuple(_entries(body, layout))
    if any(one.number >= two.number for one, two in pairwise(entries)):
        raise MalformedBatch("entries")
    return Batch(header, entries)


def root_of(entries: Iterable[Entry]) -> bytes:
    """The Merkle root of an enrolment, in the order of the numbers (RFC 9162 section 2.1.1)."""
    ordered = sorted(entries, key=lambda entry: entry.number)
    row = [_leaf(entry) for entry in ordered] or [hashlib.sha256(b"").digest()]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        above = [hashlib.sha256(b"\x01" + one + two).digest() for one, two in pairs]
        # an odd one out rises unchanged, which gives the tree of the RFC
        row = above + row[len(above) * 2 :]
    return row[0]


def _fits(record: Record, number: bytes, layout: Layout) -> None:
    known = record.values.keys() <= set(layout.slots) and record.rarity.keys() <= set(layout.rare)
    classes = all(0 <= rarity < CLASSES for rarity in record.rarity.values())
    if not (known and classes and len(record.handle) == HANDLE_BYTES):
        raise BadRecord("record")
    if len(number) != NUMBER_BYTES:
        raise BadRecord("number")


def _write_fields(body: bytearray, record: Record, lock: bytes, layout: Layout) -> None:
    present = hashlib.shake_256(lock + lp("presence")).digest(PRESENCE_BYTES * len(layout.slots))
    for at, slot in enumerate(layout.slots):
        value = record.values.get(slot)
        if not value:
            continue
        body[FIELD_BYTES * at : FIELD_BYTES * (at + 1)] = field_token(lock, slot, value)
        here = slice(PRESENCE_BYTES * at, PRESENCE_BYTES * (at + 1))
        start = layout.presence_at + PRESENCE_BYTES * at
        body[start : start + PRESENCE_BYTES] = present[here]


def _write_rarity(body: bytearray, record: Record, lock: bytes, layout: Layout) -> None:
    for at, slot in enumerate(layout.rare):
        value, rarity = record.values.get(slot), record.rarity.get(slot)
        if not value or rarity is None:
            continue
        named = lp("rarity") + lp(slot) + lp(value) + bytes([rarity])
        start = layout.rarity_at + RARITY_BYTES * (CLASSES * at + rarity)
        body[start : start + RARITY_BYTES] = _token(lock, named)[:RARITY_BYTES]


def _token(lock: bytes, named: bytes) -> bytes:
    # one hash, not HMAC: the lock has a fixed length and the result is cut, so nothing extends
    return hashlib.sha256(lock + named).digest()


def _mask(handle: bytes, lock: bytes, number: bytes) -> bytes:
    pad = hmac.digest(lock, lp("handle") + lp(number), hashlib.sha256)[:HANDLE_BYTES]
    return bytes(one ^ two for one, two in zip(handle, pad, strict=True))


def _leaf(entry: Entry) -> bytes:
    return hashlib.sha256(b"\x00" + entry.index + entry.number + entry.bundle).digest()


def _pack_header(header: Header, layout: Layout) -> bytes:
    frame = _MARK + bytes([FORMAT, layout.version]) + layout.fingerprint
    texts = lp(header.scope) + lp(KeyType.parse(header.key_type)) + lp(header.party)
    return frame + texts + header.epoch.to_bytes(4, "big") + header.count.to_bytes(4, "big")


def _read_header(reader: _Reader) -> Header:
    scope, key_type, party = reader.text("scope"), reader.text("key_type"), reader.text("party")
    try:
        if KeyType.parse(key_type) != key_type:
            raise MalformedBatch("key_type")
    except MalformedKeyType as error:
        raise MalformedBatch("key_type") from error
    epoch, count = reader.number(), reader.number()
    return Header(scope=scope, key_type=key_type, party=party, epoch=epoch, count=count)


def _entries(body: bytes, layout: Layout) -> Iterator[Entry]:
    size = _HEAD + layout.bundle_bytes
    for start in range(0, len(body), size):
        one = body[start : start + size]
        yield Entry(one[:INDEX_BYTES], one[INDEX_BYTES:_HEAD], one[_HEAD:])


class _Reader:
    """Takes a byte string apart from the front; ends in `MalformedBatch`, never in a guess."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        part = self._data[self._at : self._at + count]
        if len(part) != count:
            raise MalformedBatch("length")
        self._at += count
        return part

    def number(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def text(self, part: str) -> str:
        try:
            return self.take(int.from_bytes(self.take(2), "big")).decode("ascii")
        except UnicodeDecodeError as error:
            raise MalformedBatch(part) from error

    def rest(self) -> bytes:
        return self._data[self._at :]
