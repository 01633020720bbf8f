"""RFC 9497 to the byte, shares that sum to one key, and what a holder must refuse."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import pytest
from voprf import ristretto

from samverkan.infra import oprf
from samverkan.infra.oprf import ADDITIVE, ORDER, BadHolders, BadPoint, BadScalar
from samverkan.kernel.ids import Randomness

# RFC 9497, appendix A.1.1: ristretto255-SHA512, OPRF mode
SK = bytes.fromhex("5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e")
BLIND = bytes.fromhex("64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706")
VECTORS = [
    (
        "00",
        "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c",
        "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e",
        "527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6",
    ),
    (
        "5a" * 17,
        "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
        "b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25",
        "f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73",
    ),
]
VERIFIABLE = oprf.CONTEXT.replace(b"\x00", b"\x01")
VALUES = [b"one", b"two", b"", b"\x00" * 300]


def randomness(seed: int = 1) -> Randomness:
    return random.Random(seed).randbytes


def scalar(number: int) -> bytes:
    return (number % ORDER).to_bytes(32, "little")


def draw(seed: int) -> int:
    return random.Random(seed).randrange(1, ORDER)


def tokens(values: Sequence[bytes], parts: Sequence[tuple[bytes, bytes]], seed: int) -> list[bytes]:
    blinded = oprf.blind(values, randomness(seed))
    answers = [oprf.evaluate(share, factor, blinded.points) for share, factor in parts]
    return oprf.finalize(values, blinded.masks, oprf.combine(answers))


@pytest.mark.parametrize(("value", "blinded", "evaluated", "output"), VECTORS)
def test_the_vectors_of_rfc_9497_hold(
    value: str, blinded: str, evaluated: str, output: str
) -> None:
    given = bytes.fromhex(value)
    points = oprf.blind_with([given], [BLIND])
    assert points.hex() == blinded
    answer = oprf.evaluate(SK, ADDITIVE, points)
    assert answer.hex() == evaluated
    assert oprf.finalize([given], [BLIND], oprf.combine([answer]))[0].hex() == output


@pytest.mark.parametrize("value", [b"0102", b"x" * 500])
def test_an_independent_implementation_gives_the_same_tokens(value: bytes) -> None:
    """The oracle speaks verifiable mode alone, which differs from mode 0 in the hash's tag."""
    evaluator = ristretto.Evaluator(bytes(range(32)))
    mask = scalar(draw(4))
    masked = oprf.evaluate(mask, ADDITIVE, oprf.hash_to_group(value, VERIFIABLE))
    element = evaluator.evaluate(ristretto.BlindedInput.deserialize(masked)).serialize()[-32:]
    assert oprf.finalize([value], [mask], element) == [evaluator.evaluate_known_input(value)]


def test_the_result_does_not_depend_on_the_masks() -> None:
    key = [(scalar(draw(3)), ADDITIVE)]
    assert tokens(VALUES, key, 1) == tokens(VALUES, key, 2)


def test_blinded_points_of_one_value_are_unlike() -> None:
    points = oprf.blind([b"same", b"same"], randomness()).points
    assert points[:32] != points[32:]
    assert oprf.blind([b"same"], randomness(2)).points not in points


def test_shares_that_sum_to_a_key_give_the_tokens_of_that_key() -> None:
    shares = [draw(seed) for seed in range(4)]
    summed = tokens(VALUES, [(scalar(share), ADDITIVE) for share in shares], 5)
    assert summed == tokens(VALUES, [(scalar(sum(shares)), ADDITIVE)], 6)


def test_any_three_of_five_shamir_shares_give_the_tokens_of_the_key() -> None:
    key, first, second = draw(1), draw(2), draw(3)
    share = {at: scalar(key + first * at + second * at * at) for at in range(1, 6)}
    whole = tokens(VALUES, [(scalar(key), ADDITIVE)], 7)
    for holders in combinations(share, 3):
        parts = [(share[at], oprf.lagrange(at, holders)) for at in holders]
        assert tokens(VALUES, parts, 8) == whole


def test_below_threshold_shares_give_other_tokens() -> None:
    """Attack `below_threshold`: n-1 holders together compute nothing that joins the table."""
    shares = [draw(seed) for seed in range(4)]
    whole = tokens(VALUES, [(scalar(share), ADDITIVE) for share in shares], 1)
    for left_out in range(4):
        rest = [(scalar(s), ADDITIVE) for at, s in enumerate(shares) if at != left_out]
        assert not set(tokens(VALUES, rest, 1)) & set(whole)


def test_two_of_three_needed_shamir_shares_give_other_tokens() -> None:
    """Attack `below_threshold`, t of n: factors for the smaller subset do not help."""
    key, first, second = draw(1), draw(2), draw(3)
    share = {at: scalar(key + first * at + second * at * at) for at in range(1, 6)}
    whole = tokens(VALUES, [(scalar(key), ADDITIVE)], 1)
    for pair in combinations(share, 2):
        parts = [(share[at], oprf.lagrange(at, pair)) for at in pair]
        assert not set(tokens(VALUES, parts, 1)) & set(whole)


def test_type_confusion_a_token_under_one_key_is_useless_under_another() -> None:
    """Attack `type_confusion`: each key type has its own key, so its own tokens."""
    one = tokens(VALUES, [(scalar(draw(1)), ADDITIVE)], 1)
    other = tokens(VALUES, [(scalar(draw(2)), ADDITIVE)], 1)
    assert not set(one) & set(other)


def bad_encodings() -> list[bytes]:
    field = 2**255 - 19
    return [
        bytes(32),  # the identity
        (1).to_bytes(32, "little"),  # negative field element
        field.to_bytes(32, "little"),  # zero, not canonical
        (field + 2).to_bytes(32, "little"),  # not canonical
        b"\xff" * 32,
        # RFC 9496 A.3: x · y is negative
        bytes.fromhex("3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e"),
    ]


@pytest.mark.parametrize("bad", bad_encodings())
def test_identity_and_bad_points_are_refused_by_everybody(bad: bytes) -> None:
    """Attack `identity_and_bad_points`: neither holder nor party computes on them."""
    good = oprf.hash_to_group(b"good")
    with pytest.raises(BadPoint) as at_holder:
        oprf.evaluate(scalar(draw(1)), ADDITIVE, good + bad)
    assert at_holder.value.position == 1
    with pytest.raises(BadPoint):
        oprf.combine([good + good, good + bad])
    with pytest.raises(BadPoint):
        oprf.finalize([b"good"], [scalar(draw(1))], bad)


def test_parts_that_cancel_each_other_are_refused() -> None:
    share = draw(1)
    good = oprf.hash_to_group(b"good")
    cancelled = oprf.combine(
        [oprf.evaluate(scalar(s), ADDITIVE, good) for s in (share, ORDER - share)]
    )
    with pytest.raises(BadPoint):
        oprf.finalize([b"good"], [scalar(2)], cancelled)


@pytest.mark.parametrize("bad", [bytes(32), ORDER.to_bytes(32, "little"), b"", b"\x01" * 31])
def test_a_share_or_factor_that_is_no_scalar_is_refused(bad: bytes) -> None:
    good = oprf.hash_to_group(b"good")
    with pytest.raises(BadScalar):
        oprf.evaluate(bad, ADDITIVE, good)
    with pytest.raises(BadScalar):
        oprf.evaluate(ADDITIVE, bad, good)


def test_a_batch_cut_short_is_refused() -> None:
    good = oprf.hash_to_group(b"good")
    with pytest.raises(BadPoint):
        oprf.evaluate(ADDITIVE, ADDITIVE, good[:-1])
    with pytest.raises(BadPoint):
        oprf.combine([good, good + good])
    with pytest.raises(BadPoint):
        oprf.combine([])
    with pytest.raises(BadPoint):
        oprf.finalize([b"a", b"b"], [ADDITIVE, ADDITIVE], good)


@pytest.mark.parametrize(("index", "indices"), [(4, [1, 2, 3]), (1, [1, 1, 2]), (0, [0, 1, 2])])
def test_factors_need_distinct_indexes_from_one(index: int, indices: list[int]) -> None:
    with pytest.raises(BadHolders):
        oprf.lagrange(index, indices)


def test_a_value_too_long_for_the_protocol_is_refused() -> None:
    with pytest.raises(oprf.UnusableValue):
        oprf.hash_to_group(bytes(65_536))


def test_an_opened_seed_gives_the_masks_and_so_the_batch_again() -> None:
    blinded = oprf.blind(VALUES, randomness())
    assert oprf.masks_of(blinded.seed, len(VALUES)) == blinded.masks
    assert oprf.blind_with(VALUES, blinded.masks) == blinded.points


def test_neither_masks_nor_seed_nor_points_are_shown() -> None:
    assert repr(oprf.blind([b"x"], randomness())) == "Blinded()"


def test_an_empty_batch_gives_no_tokens() -> None:
    blinded = oprf.blind([], randomness())
    assert oprf.evaluate(ADDITIVE, ADDITIVE, blinded.points) == b""
    assert oprf.finalize([], blinded.masks, oprf.combine([b""])) == []
