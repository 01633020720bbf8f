from __future__ import annotations

import pytest

from samverkan.agency.facts import RejectFacts
from samverkan.agency.ingest import Effect
from samverkan.agency.web.rejects import form_words, rejects_file, worded
from samverkan.infra.tabular import Format
from samverkan.kernel.codes import Code
from samverkan.shell.texts import HERE, Language, load

ROW_CODES = [
    Code.ROW_WIDTH, Code.ROW_NOT_AN_OBJECT, Code.ROW_NOT_PLAIN, Code.ROW_INVALID,
    Code.FIELD_MISSING, Code.FIELD_TOO_LONG, Code.FIELD_NOT_A_NUMBER, Code.FIELD_NOT_A_DATE,
    Code.FIELD_NOT_A_CHOICE, Code.NOT_IN_PACK, Code.ID_CHECK_DIGIT, Code.ID_OF_OTHER_STAMP,
    Code.NEVER_ENROLLED,
]  # fmt: skip
"""What reading and cleaning may find wrong with a row or a cell."""


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", ROW_CODES)
def test_every_reason_is_a_sentence_about_the_delivery(language: Language, code: Code) -> None:
    t = load(HERE)[language]
    effect, reason = worded(t, RejectFacts(2, "a", code.value, Effect.KEPT.value))
    assert reason == t(f"reject.{code.value}")
    assert effect
    assert "{" not in reason


@pytest.mark.parametrize("effect", list(Effect))
def test_the_file_says_row_reason_and_what_happened_and_no_formula(effect: Effect) -> None:
    t = load(HERE)[Language.EN]
    evil = RejectFacts(2, "=HYPERLINK(1)", "row_invalid", effect.value)
    header, line = rejects_file(t, [evil]).decode("utf-8-sig").splitlines()
    assert header == "Row;Column;Code;What happened;Why"
    assert line.startswith("2;'=HYPERLINK(1);row_invalid;")
    assert line.endswith(t("reject.row_invalid"))


@pytest.mark.parametrize("language", list(Language))
def test_every_way_of_reading_has_words(language: Language) -> None:
    t = load(HERE)[language]
    for form in (*Format, "csv.semicolon.latin-1", "csv.comma.utf-8", "csv.tab", "csv.bar"):
        assert form_words(t, form)
