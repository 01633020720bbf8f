"""What anybody may read is looked through before it leaves."""

from __future__ import annotations

import pytest

from samverkan.agency.wording import sayable
from samverkan.kernel.codes import Code
from samverkan.wire.method import ReportMethod
from tests.agency.model import ANNA, small_pack
from tests.wire.test_joining import BY


def told(text: str) -> ReportMethod:
    adoption = "ado-00000000000000000000000001"
    return ReportMethod(by=BY, adoption=adoption, on="2026-11-24", result=text, grade="described")


def test_a_text_of_a_way_of_working_may_leave() -> None:
    assert sayable(small_pack(), told("Tre besök i veckan 2025-2026.\nSedan färre.")) is None


@pytest.mark.parametrize("text", [f"Fråga {ANNA}.", "Ring 070-123 45 67", "Skriv till a@b.se"])
def test_a_text_that_points_somebody_out_stays_here(text: str) -> None:
    refused = sayable(small_pack(), told(text))
    assert refused is not None
    assert refused.code is Code.TEXT_IDENTIFIES


def test_a_text_that_the_wire_would_not_carry_stays_here() -> None:
    refused = sayable(small_pack(), told("\x00"))
    assert refused is not None
    assert refused.code is Code.FORM_INVALID
