"""What a pack says of situation pictures is checked like all else in it."""

from __future__ import annotations

from tests.agency.model import small_pack

PACK = small_pack()


def test_the_questionnaire_has_a_scale_and_an_evidence_for_every_question() -> None:
    assert len(PACK.questions) >= 8
    assert {question.theme for question in PACK.questions.values()} == set(PACK.themes)
    assert all(len(question.levels) == 5 for question in PACK.questions.values())


def test_what_parties_count_are_conditions_of_the_pack() -> None:
    assert PACK.picture is not None
    assert set(PACK.picture.counted) <= set(PACK.conditions)
    assert PACK.picture.k >= 2


def test_a_series_that_comes_with_the_pack_names_its_source_and_year() -> None:
    for series in PACK.statistics.values():
        assert series.source
        assert series.licence
        assert series.year in series.source
