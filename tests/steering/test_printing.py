from __future__ import annotations

from decimal import Decimal

from samverkan.steering.printing import Names
from tests.steering.world import small_pack

NAMES = Names(small_pack(), "sv")


def test_a_code_that_the_pack_has_dropped_shows_itself() -> None:
    assert NAMES.party("gone") == "gone"
    assert NAMES.unit("gone") == "gone"
    assert NAMES.defined("gone", 1) == NAMES.defined("recovery", 2) == ""
    assert NAMES.defined("recovery", 1) == "d på svenska"


def test_thousandths_are_read_in_per_cent() -> None:
    assert [NAMES.share(part) for part in (500, 333)] == ["50 %", "33,3 %"]
    assert Names(NAMES.pack, "en").share(333) == "33.3 %"


def test_an_amount_has_its_units_decimals() -> None:
    assert NAMES.amount(125, "kg") == Decimal("12.5")
    assert NAMES.amount(125, "kr") == 125
