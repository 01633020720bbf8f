"""A locked bundle opens with the shared value alone; its bytes are final and read strictly."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

import pytest

from samverkan.domain import bundle, token
from samverkan.domain.bundle import (
    BadRecord,
    Entry,
    Header,
    Layout,
    MalformedBatch,
    Origin,
    Record,
)

LAYOUT = Layout(1, ("id", "given", "surname", "postcode"), ("given", "surname"))
ORIGIN = Origin("fk", 1)
HANDLE = bytes(range(16))
VALUES = {"id": "1", "given": "anna", "surname": "ek"}
RECORD = Record(HANDLE, VALUES, {"given": 0, "surname": 3})
HEADER = Header(scope="coo-x", key_type="p1", party="fk", epoch=1, count=3)


def t(value: str, key: str = "p1") -> bytes:
    """An ideal function in the place of the evaluated one: random for who lacks the key."""
    return hashlib.sha512(f"{key}|{value}".encode()).digest()


def number(at: int) -> bytes:
    return hashlib.sha256(bytes([at])).digest()[:16]


def made(at: int = 0, record: Record = RECORD, value: str = "v", origin: Origin = ORIGIN) -> Entry:
    return bundle.build(
        record,
        token=t(value),
        number=number(at),
        origin=origin,
        layout=LAYOUT,
        randomness=random.Random(at).randbytes,
    )


def entries() -> list[Entry]:
    return [made(at, value=str(at)) for at in range(3)]


def test_the_layout_is_final_to_the_byte() -> None:
    """A known answer: whoever changes the layout must change its version, and this test."""
    lock = token.lock_of(t("v"))
    one = made()
    filler = random.Random(0).randbytes(3 * 4 + 8 * 2 + 2 * 4)
    presence = hashlib.shake_256(lock + b"\x00\x08presence").digest(8)

    def cut(named: bytes, size: int) -> bytes:
        return hashlib.sha256(lock + named).digest()[:size]

    fields = (
        cut(b"\x00\x05field\x00\x02id\x00\x011", 3)
        + cut(b"\x00\x05field\x00\x05given\x00\x04anna", 3)
        + cut(b"\x00\x05field\x00\x07surname\x00\x02ek", 3)
        + filler[9:12]
    )
    rarity = (
        cut(b"\x00\x06rarity\x00\x05given\x00\x04anna\x00", 2)
        + filler[14:26]
        + cut(b"\x00\x06rarity\x00\x07surname\x00\x02ek\x03", 2)
    )
    assert one.index == token.index_of(t("v"))
    assert one.bundle[:28] == fields + rarity
    assert one.bundle[28:36] == presence[:6] + filler[34:36]
    assert len(one.bundle) == LAYOUT.bundle_bytes == 36 + 32


def test_the_shared_value_opens_handle_and_proof() -> None:
    claim = made().claim
    lock = token.lock_of(t("v"))
    assert bundle.proves(claim, lock, ORIGIN)
    assert bundle.open_handle(claim, lock) == HANDLE


def test_another_value_opens_nothing() -> None:
    claim = made().claim
    lock = token.lock_of(t("w"))
    assert not bundle.proves(claim, lock, ORIGIN)
    assert bundle.open_handle(claim, lock) != HANDLE


def test_invented_hit_lacks_the_proof() -> None:
    """Attack `invented_hit`: the exchange mixes real parts, but every mixture fails."""
    lock = token.lock_of(t("v"))
    mine, other = made(0).claim, made(1).claim
    invented = [
        replace(mine, number=other.number),
        replace(mine, handle=other.handle),
        replace(mine, proof=other.proof),
        replace(mine, proof=bytes(16)),
        replace(mine, proof=b""),
        made(2, value="w").claim,
    ]
    assert [bundle.proves(claim, lock, ORIGIN) for claim in invented] == [False] * 6


def test_a_proof_of_another_party_or_epoch_is_refused() -> None:
    claim, lock = made().claim, token.lock_of(t("v"))
    assert not bundle.proves(claim, lock, Origin("kfm", 1))
    assert not bundle.proves(claim, lock, Origin("fk", 2))


def test_type_confusion_a_lock_of_another_key_type_opens_nothing() -> None:
    """Attack `type_confusion`: one value evaluated under two key types shares nothing."""
    p1, p2 = t("v", "p1"), t("v", "p2")
    assert token.index_of(p1) != token.index_of(p2)
    assert not bundle.proves(made().claim, token.lock_of(p2), ORIGIN)


def test_absence_looks_like_any_other_randomness() -> None:
    one, two = (made(at, Record(HANDLE, {})) for at in (1, 2))
    at = LAYOUT.handle_at
    agree = sum(a == b for a, b in zip(one.bundle[:at], two.bundle[:at], strict=True))
    assert agree < 5
    assert len(one.bundle) == len(made().bundle)


def test_an_empty_value_is_absent() -> None:
    given = replace(RECORD, values={**VALUES, "postcode": ""})
    assert made(0, given) == made(0)


def test_entries_of_one_subject_share_no_token() -> None:
    one, two = made(1, value="v"), made(2, value="w")
    chunks = {one.bundle[at : at + 3] for at in range(0, 12, 3)}
    assert not chunks & {two.bundle[at : at + 3] for at in range(0, 12, 3)}
    assert one.claim.handle != two.claim.handle


@pytest.mark.parametrize(
    "record",
    [Record(HANDLE, {"phone": "1"}), Record(HANDLE, VALUES, {"id": 1}), Record(b"short", VALUES),
     Record(HANDLE, VALUES, {"given": 4}), Record(HANDLE, VALUES, {"given": -1})],
)  # fmt: skip
def test_a_record_that_the_layout_cannot_hold_is_refused(record: Record) -> None:
    with pytest.raises(BadRecord):
        made(0, record)


@pytest.mark.parametrize(
    ("version", "slots", "rare"), [(1, ("a", "a"), ()), (1, ("a",), ("b",)), (256, ("a",), ())]
)
def test_a_layout_that_cannot_be_read_back_is_refused(
    version: int, slots: tuple[str, ...], rare: tuple[str, ...]
) -> None:
    with pytest.raises(BadRecord):
        Layout(version, slots, rare)


def test_a_layout_picks_the_values_that_it_has_slots_for() -> None:
    assert LAYOUT.pick({"surname": "ek", "regno": "5"}) == {"surname": "ek"}


def test_a_batch_reads_back_in_the_order_of_its_numbers() -> None:
    given = entries()
    batch = bundle.parse_batch(bundle.pack_batch(HEADER, given, LAYOUT), LAYOUT)
    assert batch.header == HEADER
    assert batch.entries == tuple(sorted(given, key=lambda entry: entry.number))


def test_the_order_of_reading_does_not_show_in_a_batch() -> None:
    given = entries()
    assert bundle.pack_batch(HEADER, given, LAYOUT) == bundle.pack_batch(
        HEADER, given[::-1], LAYOUT
    )


def test_a_batch_cut_anywhere_is_refused() -> None:
    packed = bundle.pack_batch(HEADER, entries(), LAYOUT)
    for end in range(len(packed)):
        with pytest.raises(MalformedBatch):
            bundle.parse_batch(packed[:end], LAYOUT)
    with pytest.raises(MalformedBatch):
        bundle.parse_batch(packed + b"x", LAYOUT)


@pytest.mark.parametrize(
    "other",
    [replace(LAYOUT, version=2), replace(LAYOUT, rare=("given",)),
     replace(LAYOUT, slots=("given", "id", "surname", "postcode")),
     replace(LAYOUT, slots=("id", "given", "surname", "street"))],
)  # fmt: skip
def test_version_skew_of_the_layout_is_refused_and_never_misread(other: Layout) -> None:
    """Attack `version_skew`: the same size in another order would otherwise compare wrong slots."""
    packed = bundle.pack_batch(HEADER, entries(), LAYOUT)
    with pytest.raises(MalformedBatch) as refused:
        bundle.parse_batch(packed, other)
    assert refused.value.part == "layout"


def test_a_batch_of_another_format_is_refused() -> None:
    packed = bundle.pack_batch(HEADER, entries(), LAYOUT)
    with pytest.raises(MalformedBatch) as refused:
        bundle.parse_batch(b"SVB\x02" + packed[4:], LAYOUT)
    assert refused.value.part == "format"


def test_entries_repeated_or_out_of_order_are_refused() -> None:
    packed = bundle.pack_batch(HEADER, entries(), LAYOUT)
    size = 24 + LAYOUT.bundle_bytes
    head, body = packed[: -3 * size], packed[-3 * size :]
    for twisted in (body[size:] + body[:size], body[: 2 * size] + body[size : 2 * size]):
        with pytest.raises(MalformedBatch) as refused:
            bundle.parse_batch(head + twisted, LAYOUT)
        assert refused.value.part == "entries"


@pytest.mark.parametrize(("old", "new"), [(b"\x00\x02p1", b"\x00\x02P1"), (b"coo-x", b"coo-\xff")])
def test_a_header_with_another_spelling_is_refused(old: bytes, new: bytes) -> None:
    packed = bundle.pack_batch(HEADER, entries(), LAYOUT)
    with pytest.raises(MalformedBatch):
        bundle.parse_batch(packed.replace(old, new, 1), LAYOUT)


def test_nothing_is_packed_that_does_not_fit_its_header() -> None:
    with pytest.raises(MalformedBatch):
        bundle.pack_batch(replace(HEADER, count=4), entries(), LAYOUT)
    short = replace(entries()[0], bundle=b"short")
    with pytest.raises(MalformedBatch):
        bundle.pack_batch(replace(HEADER, count=1), [short], LAYOUT)


def test_an_empty_batch_is_a_batch() -> None:
    header = replace(HEADER, count=0)
    assert bundle.parse_batch(bundle.pack_batch(header, [], LAYOUT), LAYOUT).entries == ()


def test_the_root_is_that_of_the_rfc_in_the_order_of_the_numbers() -> None:
    given = sorted(entries(), key=lambda entry: entry.number)

    def sha(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    a, b, c = (sha(b"\x00" + one.index + one.number + one.bundle) for one in given)
    expected = sha(b"\x01" + sha(b"\x01" + a + b) + c)
    assert bundle.root_of(given[::-1]) == expected
    assert bundle.root_of([]) == sha(b"")


def test_any_change_in_an_enrolment_changes_its_root() -> None:
    given = entries()
    changed = [replace(given[0], bundle=given[1].bundle), *given[1:]]
    assert len({bundle.root_of(one) for one in (given, changed, given[:2])}) == 3


def test_a_bundle_is_not_shown() -> None:
    assert "bundle" not in repr(made())
    assert "anna" not in repr(RECORD)
