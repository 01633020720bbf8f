"""A figure says whether it is what it must be, and keeps saying it in the stored result."""

from __future__ import annotations

import pytest

from bench.figure import Figure, Must


@pytest.mark.parametrize(
    ("must", "value", "ok"),
    [
        (Must("<=", 3), 3.0, True),
        (Must("<=", 3), 3.1, False),
        (Must("<", 50), 50.0, False),
        (Must(">=", 500), 499.9, False),
        (Must(">", 1), 2.0, True),
        (Must("==", 0), 0.0, True),
    ],
)
def test_a_figure_is_ok_when_it_keeps_its_limit(must: Must, value: float, ok: bool) -> None:
    assert Figure("sample", value, "s", must).ok is ok


def test_a_figure_without_a_limit_is_for_information() -> None:
    assert Figure("sample", 1.0, "s").as_json()["must"] is None
    assert Figure("sample", 1.0, "s").ok


def test_rounding_for_the_eye_does_not_change_the_verdict() -> None:
    told = Figure("sample", 3.00001, "s", Must("<=", 3)).as_json()
    assert told == {"name": "sample", "value": 3.0, "unit": "s", "must": "<= 3", "ok": False}
