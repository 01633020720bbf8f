"""Scopes begin and end by steering alone; no bad upload stops the post of others."""

from __future__ import annotations

from typing import Any

from samverkan.domain.bundle import Entry as BundleEntry
from samverkan.domain.bundle import Header, pack_batch, root_of
from samverkan.exchange.sql import tables
from samverkan.infra.envelope import instant
from samverkan.kernel.ids import EnrolmentId
from samverkan.kernel.outcome import Refused
from samverkan.wire import joining, v1
from samverkan.wire.matching import Upload, Uploads
from tests.exchange.net import Net, take_all
from tests.infra.postoffice import (
    envelope,
    frame,
)
from tests.infra.stores import count
from tests.instruments import NOON, seeded
from tests.wire.test_joining import DRAFT


def in_force(net: Net, sender: str = v1.STEERING) -> v1.Frame:
    """Steering tells the exchange that the sample scope has begun."""
    key_types = sorted(net.exchange.rules.key_types)
    values = {name: getattr(DRAFT, name) for name in DRAFT.__struct_fields__}
    draft = joining.Draft(
        **(
            values
            | {
                "parent": "coo-00000000000000000000000002",
                "key_types": key_types,
                "sizes": {"fk": min(net.exchange.rules.sizes), "polisen": "s"},
            }
        )
    )
    return event(sender, "cooperation.in-force", joining.InForce(draft=draft), 1)


def event(sender: str, kind: str, body: v1.Message, seq: int) -> v1.Frame:
    told = joining.Event(party="fk", at=instant(NOON), kind=kind, body=v1.to_body(body))
    return frame(
        envelope(sender=sender, to=v1.EXCHANGE, kind="feed.event", seq=seq, body=v1.to_body(told))
    )


def hand_over(net: Net, *frames: v1.Frame) -> None:
    """Let the exchange receive these posts for itself."""
    for one in frames:
        answered = net.exchange.deposit(one.sender, v1.Deposit(frames=[one]))
        assert not isinstance(answered, Refused)
    take_all(net.exchange.postman)


def inbox(net: Net) -> list[str | None]:
    with net.exchange.opened.store.view() as connection:
        rows = connection.execute(tables.common.inbox.select())
        return [row.refused for row in rows]


def scopes(net: Net) -> list[bool]:
    """Whether each scope that the exchange knows is in force."""
    with net.exchange.opened.store.view() as connection:
        return [row.ended_at is None for row in connection.execute(tables.scope.select())]


def test_steering_alone_begins_and_ends_a_scope(net: Net) -> None:
    hand_over(net, in_force(net, "fk"))
    assert (scopes(net), inbox(net)) == ([], ["not_found"])
    hand_over(net, in_force(net))
    assert scopes(net) == [True]
    over = joining.End(by=DRAFT.by, cooperation=DRAFT.cooperation)
    hand_over(net, event("fk", "cooperation.end", over, 2))
    assert scopes(net) == [True]
    hand_over(net, event(v1.STEERING, "cooperation.end", over, 2))
    assert scopes(net) == [False]


def upload(
    net: Net, seq: int, entry: BundleEntry, sender: str = "fk", **changes: object
) -> v1.Frame:
    """A batch of one entry."""
    key_type = min(net.exchange.rules.key_types)
    layout = net.exchange.rules.weighings[key_type].layout
    header = Header(scope=DRAFT.cooperation, key_type=key_type, party=sender, epoch=1, count=1)
    body: dict[str, Any] = {
        "scope": DRAFT.cooperation,
        "epoch": 1,
        "enrolment": EnrolmentId.draw(seeded(seq + sum(sender.encode()))),
        "key_type": key_type,
        "open_to": [],
        "open_fields": [],
        "collisions": {},
        "until": "2027-01-01",
        "count": 1,
        "root": root_of([entry]),
        "batch": pack_batch(header, [entry], layout),
    }
    sent = Uploads(batches=[Upload(**(body | changes))])
    return frame(
        envelope(sender=sender, to=v1.EXCHANGE, kind="index.upload", seq=seq, body=v1.to_body(sent))
    )


def one_entry(net: Net, seed: int) -> BundleEntry:
    key_type = min(net.exchange.rules.key_types)
    layout = net.exchange.rules.weighings[key_type].layout
    dice = seeded(seed)
    return BundleEntry(dice(8), dice(16), dice(layout.bundle_bytes))


def test_an_upload_is_taken_once_and_receipted(net: Net) -> None:
    sent = upload(net, 1, one_entry(net, 1))
    hand_over(net, in_force(net), sent, sent)
    assert count(net.exchange.opened.store, tables.entry) == 1
    assert count(net.exchange.opened.store, tables.common.outbox) == 1
    assert [frame_.to for frame_ in waiting(net, "fk")] == ["fk"]


def waiting(net: Net, who: str) -> list[v1.Frame]:
    return [one.frame for one in net.exchange.fetch(who, v1.Fetch(after=0, limit=50))]


def test_no_bad_upload_stops_the_post_of_others(net: Net) -> None:
    taken = one_entry(net, 1)
    hand_over(
        net,
        in_force(net),
        upload(net, 1, taken),
        upload(net, 1, taken, "polisen"),
        upload(net, 2, one_entry(net, 2), root=bytes(32)),
        upload(net, 3, one_entry(net, 3), batch=b"garbage"),
        upload(net, 1, one_entry(net, 4), "kfm"),
        upload(net, 2, one_entry(net, 5), "polisen"),
    )
    assert sorted(str(code) for code in inbox(net)) == sorted(
        [
            "None",
            "None",
            "message_replayed",
            "message_malformed",
            "message_malformed",
            "no_cooperation",
            "None",
        ]
    )
    assert count(net.exchange.opened.store, tables.entry) == 2
