"""Every refusal has a sentence in both languages, with the same words to fill in."""

from __future__ import annotations

from string import Formatter

import pytest

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.shell.texts import HERE, Language, load

TEXTS = load(HERE)


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", Code)
def test_every_code_has_its_sentence_in_both_languages(code: Code) -> None:
    sentences = [TEXTS[language].entries[f"refusal.{code.value}"] for language in Language]
    assert len(set(sentences)) == len(sentences)
    assert holes(sentences[0]) == holes(sentences[1])
    assert all(sentence[0].isupper() for sentence in sentences)


@pytest.mark.parametrize("language", Language)
def test_no_sentence_stands_without_a_code(language: Language) -> None:
    written = {key for key in TEXTS[language].entries if key.startswith("refusal.")}
    assert written == {f"refusal.{code.value}" for code in Code}


@pytest.mark.parametrize("code", sorted(set(Code) - {Code.PACK_INVALID}))
def test_a_sentence_needs_no_more_than_the_code(code: Code) -> None:
    """Refusals come over the wire as bare codes, so only a local one may have words to fill."""
    assert not holes(TEXTS[Language.SV].refusal(Refused(code)))
