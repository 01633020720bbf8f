"""What the exchange takes, and what it tells of it to whom: nobody hears beyond the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
import pytest

from samverkan.domain import bundle
from samverkan.domain.bundle import Entry, Header, Origin, Record, pack_batch, root_of
from samverkan.exchange import matching
from samverkan.exchange.matching import Desk, Rules
from samverkan.exchange.ports import Index, Post
from samverkan.infra.packs import load_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, EnrolmentId, RuleId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import End, InForce
from samverkan.wire.matching import HitsTold, HitTold, Upload, Uploaded, Uploads
from tests.exchange.memory import MemoryIndex, MemoryLessons, MemoryPost
from tests.exchange.net import PACK
from tests.instruments import seeded
from tests.wire.test_joining import BY, DRAFT

DICE = seeded()
SCOPE = CooperationId.draw(DICE)
RULE = RuleId.draw(DICE)
PARTIES = ("fk", "polisen", "kfm", "skv-beskattning")
TYPOLOGY = "paper-assistance"
ANNA = {"id": "1", "given": "anna", "surname": "ek"}


@cache
def rules() -> Rules:
    pack = load_pack(PACK)
    assert not isinstance(pack, Refused)
    return matching.rules(pack)


KEY_TYPE = "p1"


@dataclass
class Hub:
    """The exchange's desk over a store in memory, with one scope in force."""

    index: MemoryIndex = field(default_factory=MemoryIndex)
    post: MemoryPost = field(default_factory=MemoryPost)
    lessons: MemoryLessons = field(default_factory=MemoryLessons)

    @property
    def desk(self) -> Desk:
        index: Index = self.index
        post: Post = self.post
        return Desk(index, self.lessons, post, rules(), DICE)

    def upload(self, party: str, body: Upload) -> Refused | None:
        return matching.upload(self.desk, party, Uploads(batches=[body]))

    def hits(self) -> list[tuple[str, HitTold]]:
        return [(to, hit) for to, message in self.messages() for hit in message.hits]

    def messages(self) -> list[tuple[str, HitsTold]]:
        return [(to, body) for to, _, body in self.post.sent if isinstance(body, HitsTold)]

    def pairs(self) -> list[tuple[str, str]]:
        """(who was told, of whose record), in order."""
        return [(to, hit.party) for to, hit in self.hits()]


def in_force(**changes: Any) -> InForce:
    wanted = {
        "cooperation": SCOPE,
        "parent": CooperationId.draw(DICE),
        "parties": list(PARTIES),
        "key_types": [KEY_TYPE],
        "typologies": [TYPOLOGY],
        "sizes": dict.fromkeys(PARTIES, min(rules().sizes, key=lambda name: rules().sizes[name])),
    }
    return InForce(draft=msgspec.structs.replace(DRAFT, **(wanted | changes)))


@pytest.fixture
def hub() -> Hub:
    """An exchange that steering has told of the scope."""
    made = Hub()
    assert matching.begin(made.desk, in_force()) is None
    return made


def entry(party: str, values: Mapping[str, str] = ANNA, *, key: str = "shared") -> Entry:
    layout = rules().weighings[KEY_TYPE].layout
    return bundle.build(
        Record(bytes(16), values, {}),
        token=hashlib.sha512(key.encode()).digest(),
        number=DICE(16),
        origin=Origin(party, 1),
        layout=layout,
        randomness=DICE,
    )


def batch(party: str, entries: list[Entry], open_to: tuple[str, ...] = (), **more: Any) -> Upload:
    """A sound batch of these entries, but for `more`."""
    layout = rules().weighings[KEY_TYPE].layout
    header = Header(scope=SCOPE, key_type=KEY_TYPE, party=party, epoch=1, count=len(entries))
    fields: dict[str, Any] = {
        "scope": SCOPE,
        "epoch": 1,
        "enrolment": EnrolmentId.draw(DICE),
        "key_type": KEY_TYPE,
        "rule": RULE if open_to else None,
        "open_to": list(open_to),
        "open_fields": [],
        "collisions": {},
        "until": "2027-01-01",
        "count": len(entries),
        "root": root_of(entries),
        "batch": pack_batch(header, entries, layout),
    }
    return Upload(**(fields | more))


def test_a_framework_has_nothing_to_match_and_a_scope_begins_once() -> None:
    hub = Hub()
    matching.begin(hub.desk, in_force(parent=None))
    assert hub.index.scopes == {}
    for _ in range(2):
        assert matching.begin(hub.desk, in_force()) is None
    assert set(hub.index.scopes) == {SCOPE}


def test_a_batch_for_a_scope_not_heard_of_waits_and_for_one_that_ended_is_refused() -> None:
    hub = Hub()
    sent = batch("fk", [entry("fk")])
    assert hub.upload("fk", sent) == refuse(Code.NOT_YET)
    matching.begin(hub.desk, in_force())
    assert hub.upload("fk", sent) is None
    matching.end(hub.desk, End(by=BY, cooperation=SCOPE))
    late = batch("fk", [entry("fk")])
    assert hub.upload("fk", late) == refuse(Code.NO_COOPERATION)


def test_an_outsider_is_refused(hub: Hub) -> None:
    outsider = "skv-brott"
    assert hub.upload(outsider, batch(outsider, [])) == refuse(Code.NO_COOPERATION)
    assert hub.post.sent == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"epoch": 2}, Code.KEY_TYPE_UNKNOWN),
        ({"key_type": "p2"}, Code.KEY_TYPE_UNKNOWN),
        ({"open_to": ["fk"]}, Code.NOT_A_PARTY),
        ({"open_to": ["skv-brott"]}, Code.NOT_A_PARTY),
        ({"until": "2099-01-01"}, Code.NOT_A_PARTY),
        ({"count": 2}, Code.MESSAGE_MALFORMED),
        ({"root": bytes(32)}, Code.MESSAGE_MALFORMED),
        ({"batch": b"garbage"}, Code.MESSAGE_MALFORMED),
    ],
)
def test_a_batch_that_does_not_fit_its_message_or_scope_is_refused(
    hub: Hub, more: dict[str, Any], code: Code
) -> None:
    assert hub.upload("fk", batch("fk", [entry("fk")], **more)) == refuse(code)
    assert (hub.index.batches, hub.post.sent) == ([], [])


def test_a_batch_that_another_party_made_is_refused(hub: Hub) -> None:
    assert hub.upload("kfm", batch("fk", [entry("fk")])) == refuse(Code.MESSAGE_MALFORMED)


def test_a_party_enrols_no_more_than_its_size_class_lets_it(hub: Hub) -> None:
    size = hub.index.scopes[SCOPE].sizes["fk"]
    most = rules().sizes[size] * rules().room[KEY_TYPE]
    hub.index.batches.append(("fk", batch("fk", [], count=most - 1), ()))
    assert hub.upload("fk", batch("fk", [entry("fk")])) is None, "the last that fits"
    over = batch("fk", [entry("fk")])
    assert hub.upload("fk", over) == refuse(Code.SIZE_CLASS_EXCEEDED)
    assert hub.upload("kfm", batch("kfm", [entry("kfm")])) is None, "each has room of its own"


def test_a_batch_is_receipted_to_its_sender_in_its_own_words(hub: Hub) -> None:
    sent = batch("fk", [entry("fk"), entry("fk", key="other")])
    hub.upload("fk", sent)
    receipt = Uploaded(enrolment=sent.enrolment, counts={KEY_TYPE: 2})
    assert hub.post.sent == [("fk", "index.uploaded", receipt)]


@pytest.mark.parametrize(
    ("fk_opens", "polisen_opens", "told"),
    [
        (("polisen",), ("fk",), {("fk", "polisen"), ("polisen", "fk")}),
        (("polisen",), (), {("polisen", "fk")}),
        ((), ("fk",), {("fk", "polisen")}),
        ((), (), set()),
        (("kfm",), (), set()),
    ],
)
def test_a_hit_is_told_only_to_whom_the_others_rule_opens_its_record(
    hub: Hub,
    fk_opens: tuple[str, ...],
    polisen_opens: tuple[str, ...],
    told: set[tuple[str, str]],
) -> None:
    hub.upload("fk", batch("fk", [entry("fk")], fk_opens))
    hub.upload("polisen", batch("polisen", [entry("polisen")], polisen_opens))
    assert set(hub.pairs()) == told
    assert len(hub.pairs()) == len(told)


def test_each_receiver_hears_of_an_enrolments_hits_in_one_message(hub: Hub) -> None:
    keys = ("one", "two", "three")
    hub.upload("fk", batch("fk", [entry("fk", key=key) for key in keys], ("polisen",)))
    hub.upload("polisen", batch("polisen", [entry("polisen", key=key) for key in keys], ("fk",)))
    assert [(to, len(message.hits)) for to, message in hub.messages()] == [
        ("fk", 3),
        ("polisen", 3),
    ]


def test_a_message_is_of_one_enrolment_and_has_each_key_type_once(hub: Hub) -> None:
    one, two = batch("fk", [entry("fk")]), batch("fk", [entry("fk")])
    for batches in ([], [one, one], [one, two]):
        refused = matching.upload(hub.desk, "fk", Uploads(batches=batches))
        assert refused == refuse(Code.MESSAGE_MALFORMED)
    assert hub.post.sent == []


def test_a_hit_names_the_own_entry_the_counterpart_and_what_agreed(hub: Hub) -> None:
    mine, theirs = entry("polisen"), entry("fk")
    hub.upload("fk", batch("fk", [theirs], ("polisen",)))
    hub.upload("polisen", batch("polisen", [mine]))
    ((to, hit),) = hub.hits()
    assert to == "polisen"
    assert (hit.own_entry, hit.party, hit.entry) == (mine.number, "fk", theirs.number)
    assert (hit.handle, hit.proof) == (theirs.claim.handle, theirs.claim.proof)
    assert (hit.scope, hit.key_type, hit.rule) == (SCOPE, KEY_TYPE, RULE)
    assert set(hit.agreed) == set(ANNA)


def test_a_field_that_the_rule_does_not_open_is_counted_and_not_named(hub: Hub) -> None:
    values = ANNA | {"phone": "+46700000000"}
    for opened in ([], ["phone"]):
        fresh = Hub()
        matching.begin(fresh.desk, in_force())
        fresh.upload("fk", batch("fk", [entry("fk", values)], ("polisen",), open_fields=opened))
        fresh.upload("polisen", batch("polisen", [entry("polisen", values)]))
        ((_, hit),) = fresh.hits()
        assert ("phone" in hit.agreed) is bool(opened)
        assert hit.supports == (0 if opened else 1)


def test_entries_without_a_shared_key_tell_nobody_anything(hub: Hub) -> None:
    hub.upload("fk", batch("fk", [entry("fk", key="one")], ("polisen",)))
    hub.upload("polisen", batch("polisen", [entry("polisen", key="two")], ("fk",)))
    assert hub.hits() == []


def test_too_little_agreement_tells_nobody(hub: Hub) -> None:
    """The same index, as after a collision of names, but every other field disagrees."""
    other = {"id": "2", "given": "bo", "surname": "berg"}
    hub.upload("fk", batch("fk", [entry("fk")], ("polisen",)))
    hub.upload("polisen", batch("polisen", [entry("polisen", other)], ("fk",)))
    assert hub.hits() == []


def test_the_same_batch_twice_is_receipted_again_and_tells_nothing_again(hub: Hub) -> None:
    hub.upload("fk", batch("fk", [entry("fk")], ("polisen",)))
    sent = batch("polisen", [entry("polisen")], ("fk",))
    for _ in range(2):
        assert hub.upload("polisen", sent) is None
    assert sorted(hub.pairs()) == [("fk", "polisen"), ("polisen", "fk")]
    assert [to for to, kind, _ in hub.post.sent if kind == "index.uploaded"].count("polisen") == 2


def test_a_pair_that_was_told_before_is_not_told_again(hub: Hub) -> None:
    mine, theirs = entry("polisen"), entry("fk")
    hub.index.told.add((mine.number, theirs.number))
    hub.upload("fk", batch("fk", [theirs], ("polisen",)))
    hub.upload("polisen", batch("polisen", [mine], ("fk",)))
    assert hub.pairs() == [("fk", "polisen")]


def test_a_third_partys_later_batch_tells_only_the_pairs_that_it_makes(hub: Hub) -> None:
    everybody = {party: tuple(p for p in PARTIES if p != party) for party in PARTIES}
    for party in ("fk", "polisen"):
        hub.upload(party, batch(party, [entry(party)], everybody[party]))
    before = len(hub.hits())
    hub.upload("kfm", batch("kfm", [entry("kfm")], everybody["kfm"]))
    assert before == 2
    assert sorted(hub.pairs()[before:]) == [
        ("fk", "kfm"),
        ("kfm", "fk"),
        ("kfm", "polisen"),
        ("polisen", "kfm"),
    ]


def test_a_value_that_many_of_a_partys_subjects_share_tells_nobody(hub: Hub) -> None:
    cap = rules().caps[KEY_TYPE]
    hub.upload("fk", batch("fk", [entry("fk") for _ in range(cap + 1)], ("polisen",)))
    hub.upload("polisen", batch("polisen", [entry("polisen")], ("fk",)))
    assert hub.hits() == []


def test_who_may_only_receive_opens_nothing_at_the_exchange_either() -> None:
    parties = ["aklagare", *PARTIES]
    sizes = dict.fromkeys(parties, min(rules().sizes, key=lambda name: rules().sizes[name]))
    hub = Hub()
    matching.begin(hub.desk, in_force(parties=parties, sizes=sizes))
    opened = batch("aklagare", [entry("aklagare")], ("polisen",))
    assert hub.upload("aklagare", opened) == Refused(Code.RECEIVES_ONLY)
    assert hub.upload("aklagare", batch("aklagare", [entry("aklagare")])) is None


def test_a_silent_record_teaches_nothing_of_weights(hub: Hub) -> None:
    hub.upload("fk", batch("fk", [entry("fk")], ("polisen",), collisions={"given": 60}))
    hub.upload("polisen", batch("polisen", [entry("polisen")], collisions={"given": 10}))
    assert hub.lessons.met(SCOPE) == {}
    assert hub.lessons.rates(SCOPE, "person") == [{"given": 60}]


def test_two_open_records_that_meet_are_counted_by_their_pattern(hub: Hub) -> None:
    for party, other in (("fk", "polisen"), ("polisen", "fk")):
        hub.upload(party, batch(party, [entry(party)], (other,)))
    (patterns,) = hub.lessons.met(SCOPE).values()
    assert list(patterns.values()) == [1]


def test_a_rate_of_a_field_that_the_layout_lacks_is_not_kept(hub: Hub) -> None:
    hub.upload("fk", batch("fk", [entry("fk")], ("polisen",), collisions={"shoe": 60, "id": 200}))
    assert hub.lessons.rates(SCOPE, "person") == [{"id": 200}]
