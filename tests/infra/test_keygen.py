"""A joint key without a dealer: proofs bind a share to its place, and a bad one names its holder."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from rbcl import crypto_core_ristretto255_sub, crypto_scalarmult_ristretto255_base

from samverkan.infra import keygen, oprf
from samverkan.infra.keygen import BadContribution, Contribution, Slot

SCOPE = "coo-00000000000000000000000001"
HOLDERS = ("polisen", "fk", "kfm")


def slot(index: int, **changed: object) -> Slot:
    place = Slot(scope=SCOPE, epoch=1, key_type="p1", holder=HOLDERS[index - 1], index=index)
    return replace(place, **changed)  # type: ignore[arg-type]


SLOTS = tuple(slot(index) for index in (1, 2, 3))
SHARES = tuple(keygen.draw_share(random.Random(seed).randbytes) for seed in (1, 2, 3))


def made() -> list[Contribution]:
    draw = random.Random(9).randbytes
    return [
        keygen.contribute(share, place, draw) for share, place in zip(SHARES, SLOTS, strict=True)
    ]


def test_the_joint_public_key_is_that_of_the_summed_shares() -> None:
    summed = sum(int.from_bytes(share, "little") for share in SHARES) % oprf.ORDER
    whole = crypto_scalarmult_ristretto255_base(summed.to_bytes(32, "little"))
    assert keygen.joint_public(made()) == whole


def test_a_round_of_sound_contributions_is_given_in_the_order_of_the_holders() -> None:
    assert keygen.check_round(made()[::-1], SLOTS) == tuple(made())


@pytest.mark.parametrize(
    "changed",
    [{"scope": "coo-00000000000000000000000002"}, {"epoch": 2}, {"key_type": "p2"},
     {"holder": "af"}, {"index": 4}, {"public": made()[0].public}, {"proof": made()[0].proof},
     {"public": bytes(32)}, {"public": b"\xff" * 32}, {"public": b""}, {"proof": b""},
     {"proof": bytes(64)}, {"proof": made()[1].proof[:63]}],
)  # fmt: skip
def test_a_proof_holds_for_its_own_share_and_place_alone(changed: dict[str, object]) -> None:
    moved = replace(made()[1], **changed)  # type: ignore[arg-type]
    with pytest.raises(BadContribution) as refused:
        keygen.check(moved)
    assert refused.value.holder == moved.holder


def test_a_response_beyond_the_order_is_refused() -> None:
    one = made()[0]
    response = int.from_bytes(one.proof[32:], "little") + oprf.ORDER
    with pytest.raises(BadContribution):
        keygen.check(replace(one, proof=one.proof[:32] + response.to_bytes(32, "little")))


def test_rogue_dkg_a_key_that_cancels_the_others_cannot_be_proven() -> None:
    """Attack `rogue_dkg`: the last to speak subtracts the others, but knows no share of that."""
    own = random.Random(7).randbytes
    first, second, _ = made()
    share = keygen.draw_share(own)
    mine = crypto_scalarmult_ristretto255_base(share)
    rogue = crypto_core_ristretto255_sub(mine, keygen.joint_public([first, second]))
    claimed = keygen.contribute(share, SLOTS[2], own)
    round_ = [first, second, replace(claimed, public=rogue)]
    assert keygen.joint_public(round_) == mine  # it would have worked
    with pytest.raises(BadContribution) as refused:
        keygen.check_round(round_, SLOTS)
    assert refused.value.holder == "kfm"


def test_a_missing_contribution_names_its_holder() -> None:
    with pytest.raises(BadContribution) as refused:
        keygen.check_round(made()[:2], SLOTS)
    assert refused.value.holder == "kfm"


def test_a_contribution_sent_twice_names_its_holder() -> None:
    with pytest.raises(BadContribution) as refused:
        keygen.check_round([*made(), made()[1]], SLOTS)
    assert refused.value.holder == "fk"


def test_a_strangers_contribution_is_refused() -> None:
    stranger = replace(SLOTS[0], holder="af", index=4)
    extra = keygen.contribute(SHARES[0], stranger, random.Random(4).randbytes)
    with pytest.raises(BadContribution) as refused:
        keygen.check_round([*made()[1:], extra], SLOTS)
    assert refused.value.holder == "af"


def test_a_copied_public_part_is_refused_even_with_a_sound_proof() -> None:
    copy = keygen.contribute(SHARES[0], SLOTS[2], random.Random(4).randbytes)
    keygen.check(copy)
    with pytest.raises(BadContribution) as refused:
        keygen.check_round([*made()[:2], copy], SLOTS)
    assert refused.value.holder == "kfm"


def test_a_contribution_of_another_epoch_names_its_holder() -> None:
    old = keygen.contribute(SHARES[1], slot(2, epoch=7), random.Random(4).randbytes)
    with pytest.raises(BadContribution) as refused:
        keygen.check_round([made()[0], old, made()[2]], SLOTS)
    assert refused.value.holder == "fk"


def test_holders_who_saw_the_same_have_one_transcript_in_any_order() -> None:
    one, two, three = made()
    assert keygen.transcript([one, two, three]) == keygen.transcript([three, one, two])
    assert len(keygen.transcript([one])) == 32


def test_holders_who_saw_different_contributions_have_different_transcripts() -> None:
    one, two, three = made()
    other = keygen.contribute(SHARES[1], SLOTS[1], random.Random(99).randbytes)
    seen = {
        keygen.transcript(contributions)
        for contributions in ([one, two, three], [one, other, three], [one, two], [one, two, two])
    }
    assert len(seen) == 4


def test_shares_are_drawn_apart() -> None:
    draw = random.Random(1).randbytes
    assert keygen.draw_share(draw) != keygen.draw_share(draw)


def test_a_share_is_never_zero() -> None:
    draws = iter([b"a" * 64, b"b" * 64])
    share = keygen.draw_share(lambda count: next(draws)[:count])
    assert 0 < int.from_bytes(share, "little") < oprf.ORDER
