"""What the exchange takes of typologies' lists, and what it tells of it to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from samverkan.domain.taglist import COMPANY, Kind, Tagged, pack_tags, pad
from samverkan.domain.typology import Typology
from samverkan.domain.weighing import typologies
from samverkan.exchange import counting
from samverkan.exchange.counting import Desk
from samverkan.exchange.ports import Index, Lists, Post, ScopeFacts
from samverkan.infra.packs import load_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.matching import Assessed, Fired, Tags
from tests.exchange.memory import MemoryIndex, MemoryLists, MemoryPost
from tests.exchange.net import PACK
from tests.instruments import NOON, seeded

DICE = seeded()
SCOPE = CooperationId.draw(DICE)
PARTIES = ("fk", "polisen", "kfm", "skv-beskattning")
TYPOLOGY = "paper-assistance"
CONDITIONS = {
    "fk": "fk:assistance-provider",
    "skv-beskattning": "skv:no-employees-declared",
    "kfm": "kfm:debt-over-100k",
}


@cache
def known() -> dict[str, Typology]:
    pack = load_pack(PACK)
    assert not isinstance(pack, Refused)
    return dict(typologies(pack))


@dataclass
class Hub:
    """The exchange's desk over a store in memory, with one scope in force."""

    index: MemoryIndex = field(default_factory=MemoryIndex)
    lists: MemoryLists = field(default_factory=MemoryLists)
    post: MemoryPost = field(default_factory=MemoryPost)
    typologies: dict[str, Typology] = field(default_factory=lambda: dict(known()))

    @property
    def desk(self) -> Desk:
        index: Index = self.index
        lists: Lists = self.lists
        post: Post = self.post
        return Desk(index, lists, post, self.typologies, DICE)

    def tags(self, party: str, body: Tags) -> Refused | None:
        return counting.tags(self.desk, party, body)

    def firings(self) -> list[tuple[str, Fired]]:
        return [(to, body) for to, _, body in self.post.sent if isinstance(body, Fired)]


@pytest.fixture
def hub() -> Hub:
    """An exchange that steering has told of the scope."""
    made = Hub()
    made.index.open_scope(
        ScopeFacts(
            scope=SCOPE,
            epoch=1,
            until="2027-11-24",
            sizes=dict.fromkeys(PARTIES, "s"),
            key_types=frozenset({"p1"}),
            typologies=frozenset({TYPOLOGY}),
            opens=frozenset(PARTIES),
        )
    )
    return made


def handle(party: str, number: int = 0) -> bytes:
    return f"{party[:5]}{number}".ljust(8, "-").encode()


def subject(party: str, number: int = 0) -> Tagged:
    """A subject that all know by the same number."""
    return Tagged(number.to_bytes(8, "big"), handle(party, number), Kind.NUMBER)


def listed(party: str, *among: Tagged, **more: Any) -> Tags:
    """A padded list for the condition of the party, open to all others."""
    fields: dict[str, Any] = {
        "scope": SCOPE,
        "epoch": 1,
        "typology": TYPOLOGY,
        "condition": CONDITIONS[party],
        "open_to": [other for other in PARTIES if other != party],
        "until": "2027-11-24",
        "tags": pack_tags(pad(among, COMPANY, DICE)),
    }
    return Tags(**(fields | more))


def fire(hub: Hub, *parties: str) -> None:
    """Lists of these parties in which the subject stands."""
    for party in parties or CONDITIONS:
        assert hub.tags(party, listed(party, subject(party))) is None


def test_tags_of_a_scope_not_heard_of_wait_and_of_one_that_ended_are_refused(hub: Hub) -> None:
    assert Hub().tags("fk", listed("fk")) == refuse(Code.NOT_YET)
    hub.index.end_scope(SCOPE)
    assert hub.tags("fk", listed("fk")) == refuse(Code.NO_COOPERATION)


def test_an_outsider_is_refused(hub: Hub) -> None:
    for more in ({}, {"typology": "unheard-of"}):
        assert hub.tags("skv-brott", listed("fk", **more)) == refuse(Code.NO_COOPERATION)
    assert hub.post.sent == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"condition": CONDITIONS["kfm"]}, Code.NOT_THE_OWNER),
        ({"typology": "unfair-labour"}, Code.KEY_TYPE_UNKNOWN),
        ({"typology": "unheard-of"}, Code.KEY_TYPE_UNKNOWN),
        ({"epoch": 2}, Code.KEY_TYPE_UNKNOWN),
        ({"tags": bytes(17)}, Code.MESSAGE_MALFORMED),
        ({"until": "2028-01-01"}, Code.NO_RELEASE_RULE),
        ({"open_to": []}, Code.NO_RELEASE_RULE),
        ({"open_to": ["kfm", "polisen"]}, Code.NO_RELEASE_RULE),
    ],
)
def test_a_list_of_another_owner_typology_form_or_opening_is_refused(
    hub: Hub, more: dict[str, Any], code: Code
) -> None:
    assert hub.tags("fk", listed("fk", **more)) == refuse(code)
    assert hub.lists.lists == {}


def test_a_rule_need_not_open_a_list_to_who_has_no_condition_in_the_typology(hub: Hub) -> None:
    assert hub.tags("fk", listed("fk", open_to=["kfm", "skv-beskattning"])) is None


def test_a_firing_is_told_to_each_owner_with_its_own_part_and_one_number(hub: Hub) -> None:
    for party in CONDITIONS:
        assert hub.firings() == [], "some condition is still missing"
        fire(hub, party)
    told = {to: (fired.conditions, fired.handles) for to, fired in hub.firings()}
    assert told == {party: ([code], [handle(party)]) for party, code in CONDITIONS.items()}
    assert {(fired.of, fired.by) for _, fired in hub.firings()} == {(3, "number")}
    assert len({fired.firing for _, fired in hub.firings()}) == 1, "one number, to ask by"
    assert all(fired.parties == sorted(CONDITIONS) for _, fired in hub.firings())


def test_a_firing_is_told_once(hub: Hub) -> None:
    fire(hub)
    before = len(hub.firings())
    fire(hub, "fk")
    assert len(hub.firings()) == before


def test_when_more_conditions_meet_all_owners_are_told_under_the_same_number(hub: Hub) -> None:
    loose = Typology(TYPOLOGY, known()[TYPOLOGY].conditions, threshold=2, ceiling=9)
    hub.typologies[TYPOLOGY] = loose
    fire(hub, "fk", "kfm")
    first = hub.firings()
    fire(hub, "skv-beskattning")
    later = hub.firings()[len(first) :]
    assert [to for to, _ in first] == ["fk", "kfm"]
    assert [to for to, _ in later] == sorted(CONDITIONS)
    assert {fired.firing for _, fired in later} == {first[0][1].firing}
    assert {fired.of for _, fired in later} == {3}


def test_a_subject_that_lacks_a_condition_fires_nothing(hub: Hub) -> None:
    fire(hub, "fk", "skv-beskattning")
    hub.tags("kfm", listed("kfm", subject("kfm", 1)))
    assert hub.firings() == []


def test_a_list_takes_the_place_of_the_one_before(hub: Hub) -> None:
    fire(hub, "fk")
    hub.tags("fk", listed("fk"))
    fire(hub, "kfm", "skv-beskattning")
    assert hub.firings() == []


def test_above_its_ceiling_a_typology_tells_nobody(hub: Hub) -> None:
    many = range(known()[TYPOLOGY].ceiling + 1)
    for party in CONDITIONS:
        assert hub.tags(party, listed(party, *(subject(party, at) for at in many))) is None
    assert hub.firings() == []


def test_an_owner_notes_that_it_has_assessed_a_firing_and_nobody_else_can(hub: Hub) -> None:
    fire(hub)
    number = hub.firings()[0][1].firing
    said = Assessed(firing=number, assessed=True)
    assert counting.assessed(hub.desk, "kfm", said) is None
    assert counting.assessed(hub.desk, "polisen", said) == refuse(Code.NOT_FOUND)
    unknown = Assessed(firing="fir-" + "1" * 26, assessed=True)
    assert counting.assessed(hub.desk, "kfm", unknown) == refuse(Code.NOT_FOUND)


def test_a_firing_that_nobody_assessed_in_90_days_is_forgotten_and_does_not_come_back(
    hub: Hub,
) -> None:
    fire(hub)
    assert counting.forget(hub.lists, NOON + timedelta(days=90)) == [], "the last day counts"
    before = len(hub.firings())
    (gone,) = counting.forget(hub.lists, NOON + timedelta(days=91))
    assert gone == hub.firings()[0][1].firing
    fire(hub, "kfm")
    assert len(hub.firings()) == before, "the others' lists no longer hold it"


def test_a_firing_that_one_owner_has_assessed_is_kept(hub: Hub) -> None:
    fire(hub)
    number = hub.firings()[0][1].firing
    counting.assessed(hub.desk, "kfm", Assessed(firing=number, assessed=True))
    assert counting.forget(hub.lists, NOON + timedelta(days=91)) == []
    counting.assessed(hub.desk, "kfm", Assessed(firing=number, assessed=False))
    assert counting.forget(hub.lists, NOON + timedelta(days=91)) == [number]
