"""Codes are stable words; absent and forbidden are one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samverkan.kernel import codes
from samverkan.kernel.codes import Code

_HERE = Path(codes.__file__)
SOURCES = [path for path in _HERE.parents[1].rglob("*.py") if path != _HERE]


@pytest.mark.parametrize("code", list(Code))
def test_a_code_is_its_own_name_in_small_letters(code: Code) -> None:
    assert code.value == code.name.lower()
    assert re.fullmatch("[a-z]+(_[a-z]+)*", code.value)


def test_there_is_no_code_that_tells_forbidden_from_absent() -> None:
    words = {word for code in Code for word in code.value.split("_")}
    assert not words & {"forbidden", "denied", "unauthorized", "unauthorised", "hidden", "secret"}


@pytest.mark.parametrize("code", list(Code))
def test_every_code_is_returned_somewhere(code: Code) -> None:
    found = [path for path in SOURCES if f"Code.{code.name}" in path.read_text()]
    assert found, code
