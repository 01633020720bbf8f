"""A variant is put before its body in pieces that anybody may read, and recalled as it was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from samverkan.domain import adoption as rules
from samverkan.domain.adoption import BrokenVariant
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.identifying import identifying
from samverkan.domain.pack import Level, Pack, Variant
from samverkan.domain.variant import digest
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import By, Event
from samverkan.wire.v1 import to_body
from samverkan.wire.varying import DraftVariant, StandVariant
from tests.domain import varied
from tests.domain.varied import drop, partner
from tests.national import national

BY = By(user="usr-" + "1" * 26, role="chair", policy="vary-own-body")
NUMBER = "var-" + "1" * 26
AT = "2026-11-24T12:00:00Z"


@pytest.fixture(scope="module")
def core() -> Pack:
    return varied.core()


def drafted(way: Variant, **more: Any) -> DraftVariant:
    cut = rules.pieces(way)
    assert isinstance(cut, tuple)
    body: dict[str, Any] = {
        "by": BY, "variant": NUMBER, "body": way.body, "code": way.id, "digest": digest(way),
        "head": cut[0], "changes": list(cut[1]),
    }  # fmt: skip
    return DraftVariant(**body | more)


def event(kind: str, body: Any, party: str = "tax", at: str = AT) -> Event:
    return Event(party=party, at=at, kind=kind, body=to_body(body))


def stand(way: Variant) -> StandVariant:
    return StandVariant(by=BY, variant=NUMBER, digest=digest(way))


def test_a_draft_in_pieces_is_the_variant_again(core: Pack) -> None:
    way = varied.variant(core, partner(), drop("chat"))
    assert rules.read(drafted(way), core) == rules.sound(drafted(way), core) == way


def test_the_shipped_examples_go_in_pieces_that_point_nobody_out() -> None:
    pack = national()
    for way in pack.variants.values():
        cut = rules.pieces(way)
        assert isinstance(cut, tuple)
        assert rules.read(drafted(way), pack) == way
        assert [identifying(text, forms_of(pack.writing)) for text in (cut[0], *cut[1])] == [
            None
        ] * (1 + len(way.changes))


def test_a_piece_longer_than_the_wire_carries_is_refused(core: Pack) -> None:
    long = {"sv": "o" * 2_000, "en": "w" * 2_000}
    way = varied.variant(core, partner() | {"why": long})
    cut = rules.pieces(way)
    assert isinstance(cut, Refused)
    assert cut.code.value == "field_too_long"


def test_what_was_decided_under_an_older_core_is_recalled_under_a_newer(core: Pack) -> None:
    way = varied.variant(core, drop("chat"))
    process = core.processes["disclosure"]
    steps = {code: one for code, one in process.steps.items() if code != "chat"}
    newer = replace(core, processes={"disclosure": replace(process, steps=steps)})
    assert isinstance(rules.read(drafted(way), newer), tuple)
    found = rules.fold([event(rules.DRAFT, drafted(way))], newer)
    assert found is not None
    assert found.variant == way


def test_a_log_that_holds_what_cannot_be_read_is_broken(core: Pack) -> None:
    way = varied.variant(core, partner())
    for odd in ({"head": "{"}, {"head": "{}"}, {"changes": ['{"id": "c0"}']}):
        with pytest.raises(BrokenVariant):
            rules.fold([event(rules.DRAFT, drafted(way, **odd))], core)


def test_the_latest_stand_of_each_member_counts(core: Pack) -> None:
    way = varied.variant(core, partner())
    history = [
        event(rules.DRAFT, drafted(way)),
        event(rules.ADOPT, stand(way)),
        event(rules.OPPOSE, stand(way), "police"),
        event(rules.ADOPT, stand(way), "police"),
        event(rules.OPPOSE, stand(way)),
    ]
    found = rules.fold(history, core)
    assert found is not None
    assert found.supporters == {"police"}
    assert found.opponents == {"tax"}


def test_before_anything_is_drafted_there_is_nothing(core: Pack) -> None:
    way = varied.variant(core, partner())
    assert rules.fold([], core) is None
    assert rules.fold([event(rules.ADOPT, stand(way))], core) is None


def test_promotion_upon_promotion_keeps_the_whole_chain_and_the_first_name(core: Pack) -> None:
    way = varied.variant(core, partner(), level="local")
    found = rules.fold([event(rules.DRAFT, drafted(way))], core)
    assert found is not None
    region = rules.promoted(found, core.bodies["north-council"])
    above = replace(found, variant=region, since="2027-01-01T00:00:00Z")
    nation = rules.promoted(above, core.bodies["council"])
    assert [(one.variant, one.level) for one in nation.origins] == [
        ("north", Level.LOCAL),
        ("north-regional", Level.REGIONAL),
    ]
    assert (nation.id, nation.level, nation.above) == ("north-national", Level.NATIONAL, None)
    assert nation.origins[1].since == date(2027, 1, 1)
    assert nation.changes == way.changes


def test_in_force_is_from_its_moment_until_its_end(core: Pack) -> None:
    way = varied.variant(core, partner())
    found = rules.fold([event(rules.DRAFT, drafted(way))], core)
    assert found is not None
    held = replace(found, since="2026-11-24T12:00:00Z", until="2026-11-25T12:00:00.5Z")
    for at, there in (
        (datetime(2026, 11, 24, 11, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 24, 12, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 12, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 12, 0, 1, tzinfo=UTC), False),
    ):
        assert (rules.in_force([held], at) == (way,)) is there
