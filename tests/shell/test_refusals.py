"""Codes become statuses in one place; absent and forbidden become the same."""

from __future__ import annotations

import pytest

from samverkan.kernel.codes import Code
from samverkan.shell.refusals import code_of, shown_as, status_of


@pytest.mark.parametrize("code", [Code.NO_MANDATE, Code.NOT_A_PARTY, Code.NOT_A_MEMBER])
def test_what_is_forbidden_answers_as_what_is_absent(code: Code) -> None:
    assert status_of(code) == status_of(Code.NOT_FOUND) == 404
    assert shown_as(code) is Code.NOT_FOUND


@pytest.mark.parametrize("code", list(Code))
def test_every_refusal_is_an_error_status(code: Code) -> None:
    assert 400 <= status_of(code) < 600


@pytest.mark.parametrize("code", [code for code in Code if code.value.startswith("field_")])
def test_a_mistake_in_a_field_is_unprocessable(code: Code) -> None:
    assert status_of(code) == 422


def test_a_status_without_a_code_of_its_own_reads_as_absent() -> None:
    assert code_of(405) is Code.NOT_FOUND
    assert code_of(429) is Code.TOO_MANY
