"""A group's work carries texts for anybody to read, codes, days and months."""

from __future__ import annotations

import pytest

from samverkan.wire import standing
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

ENTRY = standing.PlanEntry(
    by=BY,
    entry="pln-00000000000000000000000001",
    body="permanenta-gruppen",
    month="2027-03",
    owner="kfm",
    title="Direction of the year",
)


@pytest.mark.parametrize("message", messages(standing))
def test_no_message_of_standing_work_has_a_field_of_any_form(message: type[Message]) -> None:
    check_impersonal(message)


@pytest.mark.parametrize("month", ["2027-13", "27-03", "2027-3", "2027-03-01"])
def test_a_month_that_no_year_has_is_refused(month: str) -> None:
    assert from_body(to_body(ENTRY), standing.PlanEntry) == ENTRY
    with pytest.raises(Malformed):
        from_body(to_body(ENTRY) | {"month": month}, standing.PlanEntry)
