"""The method library carries texts for anybody to read, codes, days and numbers."""

from __future__ import annotations

import pytest

from samverkan.wire import method
from samverkan.wire.v1 import Malformed, Message, from_body, public_texts, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

BACK = method.ReportMethod(
    by=BY,
    adoption="ado-00000000000000000000000001",
    on="2026-11-24",
    result="It took hold.",
    grade="described",
)


@pytest.mark.parametrize("message", messages(method))
def test_no_message_of_methods_has_a_field_of_any_form(message: type[Message]) -> None:
    check_impersonal(message)


def test_what_happened_is_a_text_that_is_looked_through() -> None:
    assert list(public_texts(BACK)) == ["It took hold."]


@pytest.mark.parametrize(
    "changes", [{"on": "24 Nov"}, {"result": ""}, {"hours": -1}, {"note": "x"}, {"grade": "A b"}]
)
def test_a_report_of_another_form_is_refused(changes: dict[str, object]) -> None:
    assert from_body(to_body(BACK), method.ReportMethod) == BACK
    with pytest.raises(Malformed):
        from_body(to_body(BACK) | changes, method.ReportMethod)
