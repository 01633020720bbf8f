from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samverkan.infra.estimating import difference

values = st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 3)), min_size=2, max_size=12).filter(
    lambda sample: max(sample) - min(sample) > 1
)


@given(values, values)
def test_with_two_and_more_of_each_it_is_the_pooled_t_interval(
    ones: Sequence[float], others: Sequence[float]
) -> None:
    found = difference(ones, others, 0.9)
    peer = stats.ttest_ind(ones, others, equal_var=True).confidence_interval(0.9)
    assert found.low == pytest.approx(float(peer.low), abs=1e-6)
    assert found.high == pytest.approx(float(peer.high), abs=1e-6)


def test_one_against_many_is_the_interval_of_a_new_observation() -> None:
    others = [1.0, 2.0, 3.0, 4.0, 5.0]
    found = difference([9.0], others, 0.95)
    half = float(stats.t.ppf(0.975, 4)) * (2.5 * (1 + 1 / 5)) ** 0.5
    assert found.estimate == pytest.approx(6.0)
    assert found.high - found.estimate == pytest.approx(half)


def test_a_higher_level_is_a_wider_interval() -> None:
    narrow, wide = (difference([1.0, 2.0], [3.0, 5.0, 4.0], level) for level in (0.5, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high
