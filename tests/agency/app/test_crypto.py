from __future__ import annotations

import msgspec
import pytest

from samverkan.agency.app.crypto import Evaluator, Maker
from samverkan.agency.facts import Place
from samverkan.infra import oprf
from samverkan.infra.spread import Threads, in_turn
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from tests.instruments import seeded

PLACE = Place("coo-" + "1" * 26, 1, "p1", "kfm", 2)
ONE = (1).to_bytes(32, "little")
MAKER, OPRF = Maker(seeded(1)), Evaluator(seeded(2))
VALUES = [b"anna", b"bo"]


def test_no_two_shares_are_alike() -> None:
    assert MAKER.draw() != MAKER.draw()


def test_a_contribution_holds_for_its_place_alone() -> None:
    made = MAKER.contribute(MAKER.draw(), PLACE)
    assert MAKER.check(made, PLACE)
    elsewhere = [
        msgspec.structs.replace(made, public=MAKER.contribute(MAKER.draw(), PLACE).public),
        msgspec.structs.replace(made, proof=bytes(64)),
    ]
    assert not any(MAKER.check(one, PLACE) for one in elsewhere)
    places = [
        Place("coo-" + "2" * 26, 1, "p1", "kfm", 2),
        Place(PLACE.scope, 2, "p1", "kfm", 2),
        Place(PLACE.scope, 1, "p2", "kfm", 2),
        Place(PLACE.scope, 1, "p1", "fk", 2),
        Place(PLACE.scope, 1, "p1", "kfm", 3),
    ]
    assert not any(MAKER.check(made, place) for place in places)


def test_the_transcript_is_the_same_in_any_order_and_differs_by_any_part() -> None:
    other = Place(PLACE.scope, 1, "p1", "fk", 1)
    items = [(place, MAKER.contribute(MAKER.draw(), place)) for place in (PLACE, other)]
    assert MAKER.transcript(items) == MAKER.transcript(items[::-1])
    changed = [items[0], (other, MAKER.contribute(MAKER.draw(), other))]
    assert MAKER.transcript(items) != MAKER.transcript(changed)


def test_tokens_are_the_same_for_whoever_asks_and_need_every_share() -> None:
    shares = [MAKER.draw(), MAKER.draw()]
    tokens = []
    for randomness in (seeded(3), seeded(4)):
        asker = Evaluator(randomness)
        seed, points = asker.blind(VALUES)
        parts = [asker.evaluate(share, ONE, points) or b"" for share in shares]
        tokens.append(asker.finish(VALUES, seed, parts))
        assert asker.finish(VALUES, seed, parts[:1]) != tokens[-1]
    assert tokens[0] == tokens[1]
    assert len(set(tokens[0])) == 2
    assert {len(token) for token in tokens[0]} == {64}


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_threads_make_what_one_makes_alone(count: int) -> None:
    values = [number.to_bytes(2, "big") for number in range(count)]
    share = MAKER.draw()
    made = []
    for spread in (in_turn, Threads(2)):
        together = Evaluator(seeded(7), spread)
        seed, points = together.blind(values)
        part = together.evaluate(share, ONE, points) or b""
        made.append((seed, points, part, together.finish(values, seed, [part])))
    alone = oprf.blind(values, seeded(7))
    whole = oprf.finalize(values, alone.masks, oprf.evaluate(share, ONE, alone.points))
    assert made[0] == made[1] == (alone.seed, alone.points, made[0][2], whole)


def test_a_bad_point_among_many_is_found_in_any_piece() -> None:
    _, points = OPRF.blind([number.to_bytes(2, "big") for number in range(250)])
    spoiled = points[: 32 * 180] + bytes(32) + points[32 * 181 :]
    assert Evaluator(seeded(2), Threads(2)).evaluate(MAKER.draw(), ONE, spoiled) is None


@pytest.mark.parametrize("points", [b"\xff" * 32, bytes(32), b"short"])
def test_what_is_no_point_is_not_evaluated(points: bytes) -> None:
    assert OPRF.evaluate(MAKER.draw(), ONE, points) is None


def test_parts_that_are_no_points_refuse_the_message_that_brought_them() -> None:
    seed, _ = OPRF.blind(VALUES)
    with pytest.raises(RefusedError) as refused:
        OPRF.finish(VALUES, seed, [b"\xff" * 64])
    assert refused.value.refused == refuse(Code.MESSAGE_MALFORMED)
