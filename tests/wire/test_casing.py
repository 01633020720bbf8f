"""A header holds codes, days and numbers of files; a number of a file could not be a person's."""

from __future__ import annotations

import pytest

from samverkan.wire import casing
from samverkan.wire.v1 import Malformed, Message, from_body, to_body
from tests.wire.catalogue import messages
from tests.wire.test_joining import BY
from tests.wire.test_matching import check_impersonal

CASE = "cas-00000000000000000000000001"
NUMBER = casing.NumberCase(by=BY, case=CASE, number="k-2026-4711")


@pytest.mark.parametrize("message", messages(casing))
def test_no_message_of_cases_could_hold_a_persons_data(message: type[Message]) -> None:
    check_impersonal(message)


def test_a_number_goes_out_and_comes_back() -> None:
    assert from_body(to_body(NUMBER), casing.NumberCase) == NUMBER


@pytest.mark.parametrize(
    "number",
    [
        "8104129838",
        "810412-9838",
        "19810412-9838",
        "k-1981-0412",
        "k-2026-0412983",
        "031-3900601",
        "anna-2026-1",
        "abc123",
        "k-2026-1\n",
        "5050-1055",
    ],
)
def test_what_could_be_a_persons_is_no_number_of_a_file(number: str) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(NUMBER) | {"number": number}, casing.NumberCase)


def test_a_header_has_no_room_for_a_text() -> None:
    with pytest.raises(Malformed):
        from_body(to_body(NUMBER) | {"title": "Anna Alm"}, casing.NumberCase)
