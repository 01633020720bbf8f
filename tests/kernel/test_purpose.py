"""There are three stamps, and two ways for a record to show."""

from __future__ import annotations

import pytest

from samverkan.kernel.purpose import Openness, Stamp


def test_stamps_and_openness_are_closed_lists() -> None:
    assert [stamp.value for stamp in Stamp] == ["synthetic", "evaluation", "live"]
    assert [openness.value for openness in Openness] == ["open", "silent"]


@pytest.mark.parametrize("text", ["", "Live", "test", "production"])
def test_another_word_is_no_stamp(text: str) -> None:
    with pytest.raises(ValueError, match="Stamp"):
        Stamp(text)
