"""Cohen's kappa against published examples."""

from __future__ import annotations

import pytest

from samverkan.domain.agreement import Strength, Weights, in_words, kappa


def pairs(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)
    ]


def test_fifty_proposals_and_two_readers() -> None:
    """Both yes 20, both no 15, apart 5 and 10: observed 0.70, by chance 0.50, kappa 0.40."""
    assert kappa(pairs([[20, 5], [10, 15]])) == pytest.approx(0.40)


def test_cohens_own_table_of_1960() -> None:
    """Proportions .25 .13 .12 / .12 .02 .16 / .03 .15 .02 of 100: kappa about -0.09."""
    table = [[25, 13, 12], [12, 2, 16], [3, 15, 2]]
    total = sum(map(sum, table))
    seen = sum(table[i][i] for i in range(3)) / total
    rows, columns = [sum(row) for row in table], [sum(c) for c in zip(*table, strict=True)]
    chance = sum(r * c for r, c in zip(rows, columns, strict=True)) / total**2
    assert kappa(pairs(table)) == pytest.approx((seen - chance) / (1 - chance))


def test_the_readers_of_five_texts() -> None:
    """The example of scikit-learn's documentation of `cohen_kappa_score`: 0.6875."""
    negative, neutral, positive = 0, 1, 2
    one = [negative, positive, negative, neutral, positive]
    other = [negative, positive, negative, neutral, negative]
    assert kappa(list(zip(one, other, strict=True))) == pytest.approx(0.6875)


@pytest.mark.parametrize(
    ("weights", "value"),
    [(Weights.NONE, 1 / 3), (Weights.LINEAR, 1 / 2), (Weights.QUADRATIC, 2 / 3)],
)
def test_weights_count_a_near_miss_less(weights: Weights, value: float) -> None:
    """By hand. Seen costs 0 and 1; by chance 0, 2, 1, 1 (squared: 0, 4, 1, 1; plain: 0, 1, 1, 1)."""
    assert kappa([(0, 0), (1, 2)], weights) == pytest.approx(value)


def test_whole_agreement_is_one_and_none_at_all_is_below_zero() -> None:
    for weights in Weights:
        assert kappa([(0, 0), (1, 1), (2, 2)], weights) == pytest.approx(1)
        below = kappa([(0, 2), (2, 0)], weights)
        assert below is not None
        assert below < 0


def test_where_all_scores_are_one_there_is_nothing_to_agree_beyond_chance() -> None:
    assert kappa([(3, 3), (3, 3)]) is None
    assert kappa([]) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.1, Strength.POOR),
        (0.0, Strength.SLIGHT),
        (0.2, Strength.SLIGHT),
        (0.21, Strength.FAIR),
        (0.5, Strength.MODERATE),
        (0.8, Strength.SUBSTANTIAL),
        (0.81, Strength.ALMOST_PERFECT),
        (1.0, Strength.ALMOST_PERFECT),
    ],
)
def test_kappa_in_words(value: float, word: Strength) -> None:
    assert in_words(value) is word
