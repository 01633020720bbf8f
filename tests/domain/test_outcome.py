"""An outcome is one along its life; who has a share says so; a mark tells equality alone."""

from __future__ import annotations

from samverkan.domain.outcome import Recorded, answered, found_alike, mark, repeats
from samverkan.kernel.ids import OperationId
from samverkan.wire.crediting import Alike, AnswerShare
from tests.steering.world import ACCOUNTS, BENEFITS, POLICE, TAX, new, outcome

KEY, OTHER = bytes(32), bytes([1] * 32)
OPERATION = new(OperationId)
NOW = "2026-11-24T12:00:00.000000Z"


def marked(key: bytes, number: str, amount: int = 100, decided: str = "2026-11-24") -> bytes:
    return mark(key, number=number, amount=amount, decided=decided)


def test_two_writings_of_one_number_have_one_mark() -> None:
    assert marked(KEY, "B 1234-26") == marked(KEY, "b1234/26") == marked(KEY, "\uff22 1234 26")


def test_another_number_sum_day_or_key_has_another_mark() -> None:
    marks = {
        marked(KEY, "B 1234-26"),
        marked(KEY, "B 1235-26"),
        marked(KEY, "B 1234-26", amount=101),
        marked(KEY, "B 1234-26", decided="2026-11-23"),
        marked(OTHER, "B 1234-26"),
    }
    assert len(marks) == 5


def test_a_share_counts_as_confirmed_by_the_partys_own_latest_word() -> None:
    shared = Recorded(BENEFITS, NOW, outcome(OPERATION, 90, shared=[TAX, POLICE]))
    assert shared.unconfirmed == sorted([POLICE, TAX])
    for said, left in (("confirmed", [POLICE]), ("declined", [POLICE, TAX])):
        body = AnswerShare(by=ACCOUNTS, outcome=shared.id, operation=OPERATION, answer=said)
        (one,) = answered([shared], TAX, body)
        assert one.unconfirmed == left


def test_an_outcome_found_alike_still_counts_until_both_have_spoken() -> None:
    one, two = (Recorded(party, NOW, outcome(OPERATION, 1)) for party in (BENEFITS, TAX))
    pair = Alike(operation=OPERATION, outcome=one.id, party=BENEFITS, other=two.id, other_party=TAX)
    first, second = found_alike([one, two], pair)
    assert (first.asked_of(BENEFITS), second.asked_of(TAX)) == ([two.id], [one.id])
    assert repeats(first) is repeats(second) is None
