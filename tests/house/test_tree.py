"""The tree keeps the rules of the house."""

from __future__ import annotations

import pytest

from tests.house import nation, rules
from tests.house.source import python_files

IN_THE_PRODUCT = [
    rules.ambient,
    rules.printed,
    rules.undocumented,
    rules.texts_in_code,
    nation.national_in_code,
]
EVERYWHERE = [rules.forged_proof, rules.swallowed, rules.too_long]


@pytest.mark.parametrize("rule", IN_THE_PRODUCT, ids=lambda rule: rule.__name__)
def test_the_product_keeps_the_rule(rule: rules.Rule) -> None:
    found = [fault for source in python_files("src") for fault in rule(source)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_product_tests_and_benchmarks_keep_the_rule(rule: rules.Rule) -> None:
    found = [fault for source in python_files("src", "tests", "bench") for fault in rule(source)]
    assert not found, "\n".join(found)
