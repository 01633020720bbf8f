"""A question finds a text by whole words, inside compounds, across inflections and slips."""

from __future__ import annotations

import pytest

from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.finding import found
from samverkan.embedded.house import read_pack
from samverkan.kernel.purpose import Stamp

FORMS = forms_of(read_pack("se", Stamp.SYNTHETIC).writing)
TITLE = "Falska folkbokföringar i Södertälje"
TEXT = "Kommunerna granskade bidragsbedrägerier tillsammans."


def score(asked: str) -> float:
    return found(asked, TITLE, [TEXT], FORMS)


@pytest.mark.parametrize(
    "asked",
    [
        "kommunernas",
        "södertälje",
        "SODERTALJE",
        "bedrägeri",
        "folkbokföring",
        "kommunen",
        "granskde",
        "falska",
    ],
)
def test_a_word_is_found_as_people_write_it(asked: str) -> None:
    assert score(asked) > 0


@pytest.mark.parametrize("asked", ["narkotika", "södertälje narkotika", "xi", "bok"[::-1]])
def test_what_is_not_there_is_not_found_and_every_word_must_be(asked: str) -> None:
    assert score(asked) == 0


def test_no_question_asks_for_everything() -> None:
    assert score("  ") == 1


def test_a_word_of_the_title_counts_more() -> None:
    assert score("falska") > score("granskade")
