"""The chain's figures follow from its object, and each says whether it is what it must be."""

from __future__ import annotations

from typing import Any

import pytest

from bench.benchmark import find
from bench.chain import found

GOOD: dict[str, Any] = {
    "persons": 3000,
    "records_held": 5000,
    "tokens": 6000,
    "hits": 7,
    "disclosures": 32,
    "operations": 16,
    "schemes": {"planted": 20, "found_blind": 19, "found_pooled": 20, "found_alone": 6, "false": 2},
    "pooled_recall": 0.95,
    "disclosed_share": 0.02,
    "hit_precision": 0.98,
    "enrolled_share": 0.2,
    "told_share": 0.1,
    "told_false_share": 0.0,
    "ledger_verified": True,
}


def bad(summary: dict[str, Any]) -> list[str]:
    return [figure.name for figure in found(summary) if not figure.ok]


def test_a_chain_at_its_limits_keeps_every_figure() -> None:
    assert bad(GOOD) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pooled_recall", 0.949),
        ("disclosed_share", 0.021),
        ("hit_precision", 0.979),
        ("enrolled_share", 0.201),
        ("told_share", 0.101),
        ("ledger_verified", False),
    ],
)
def test_a_figure_past_its_limit_is_told(name: str, value: float) -> None:
    assert bad(GOOD | {name: value}) == [name]


@pytest.mark.parametrize(
    ("name", "value", "figure"),
    [
        ("false", 3, "false_share"),
        ("found_pooled", 17, "pooled_of_planted"),
        ("found_alone", 7, "alone_of_planted"),
    ],
)
def test_schemes_are_told_as_shares(name: str, value: int, figure: str) -> None:
    assert bad(GOOD | {"schemes": GOOD["schemes"] | {name: value}}) == [figure]


def test_the_chain_runs_at_the_small_scale_unless_another_is_asked_for() -> None:
    assert find("chain").scale == "small"
    assert find("walls").scale == "tiny"
