"""A refusal is a value with a code; where it cannot be returned, one exception carries it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, SamverkanError, refuse


def test_a_refusal_has_a_code_and_the_words_of_its_text() -> None:
    refused = refuse(Code.FIELD_MISSING, field="need")
    assert refused == Refused(Code.FIELD_MISSING, {"field": "need"})
    assert refuse(Code.NOT_FOUND).params == {}


def test_refusals_of_unlike_words_are_unlike() -> None:
    assert refuse(Code.NOT_FOUND) == refuse(Code.NOT_FOUND)
    assert refuse(Code.NOT_FOUND) != refuse(Code.NO_BASIS)
    assert refuse(Code.FIELD_MISSING, field="a") != refuse(Code.FIELD_MISSING, field="b")


def test_a_refusal_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        refuse(Code.NOT_FOUND).code = Code.NO_BASIS  # type: ignore[misc]


def test_the_exception_says_the_code_and_never_the_words() -> None:
    error = RefusedError(refuse(Code.FIELD_MISSING, field="secret-field"))
    assert error.refused.code is Code.FIELD_MISSING
    assert str(error) == "field_missing"
    assert isinstance(error, SamverkanError)
