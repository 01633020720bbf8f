"""The common questions are asked everywhere; a variant's own come beside them, never instead."""

from __future__ import annotations

from datetime import date

from samverkan.domain.questionnaire import SCALE, asked, questions
from tests.agency.model import small_pack

PACK, TODAY = small_pack(), date(2026, 6, 30)


def test_without_a_variant_the_common_questions_are_asked() -> None:
    assert questions(PACK, None, TODAY) == dict.fromkeys(PACK.questions, 4)


def test_a_variant_adds_its_own_and_drops_none() -> None:
    found = questions(PACK, "vivalla", TODAY)
    own = set(found) - set(PACK.questions)
    assert set(PACK.questions) < set(found)
    assert found["promise-kept"] == SCALE
    assert "promise-kept" in own


def test_a_variant_that_is_not_there_adds_nothing() -> None:
    assert questions(PACK, "nowhere", TODAY) == questions(PACK, None, TODAY)


def test_a_common_question_says_what_each_score_means_and_what_it_rests_on() -> None:
    for one in asked(PACK, None, TODAY):
        assert len(one.levels) == one.most + 1
        assert one.evidence
