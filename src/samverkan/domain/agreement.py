"""Agreement between two raters beyond chance: Cohen's kappa, weighted where scores have an order.

Sources: Cohen, Educational and Psychological Measurement 20 (1960) 37-46; Cohen, Psychological
Bulletin 70 (1968) 213-220 (weights); Landis and Koch, Biometrics 33 (1977) 159-174 (words).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum


class Weights(StrEnum):
    """How much a disagreement counts: all alike, by its distance, or by the distance squared."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Strength(StrEnum):
    """Kappa in words (Landis and Koch 1977)."""

    POOR = "poor"  # below 0: less than chance gives
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost-perfect"


_STEPS = (
    (0.2, Strength.SLIGHT),
    (0.4, Strength.FAIR),
    (0.6, Strength.MODERATE),
    (0.8, Strength.SUBSTANTIAL),
)


def kappa(pairs: Sequence[tuple[int, int]], weights: Weights = Weights.NONE) -> float | None:
    """Cohen's kappa of the pairs; None where chance alone would agree wholly, or nothing is rated."""
    if not pairs:
        return None
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(_cost(a, b, weights) for a, b in pairs) / len(pairs)
    chance = (
        sum(
            _cost(a, b, weights) * count * other
            for a, count in left.items()
            for b, other in right.items()
        )
        / len(pairs) ** 2
    )
    return None if chance == 0 else 1 - seen / chance


def _cost(a: int, b: int, weights: Weights) -> int:
    match weights:
        case Weights.NONE:
            return int(a != b)
        case Weights.LINEAR:
            return abs(a - b)
        case Weights.QUADRATIC:
            return (a - b) ** 2


def in_words(value: float) -> Strength:
    """How strong an agreement is."""
    if value < 0:
        return Strength.POOR
    return next((word for most, word in _STEPS if value <= most), Strength.ALMOST_PERFECT)
