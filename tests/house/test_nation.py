"""What is the nation's is caught in code, whether a code, a word or a form; what is ours passes."""

from __future__ import annotations

import pytest

from tests.house.nation import national_in_code
from tests.house.source import Source


def faults(text: str, path: str = "src/samverkan/domain/sample.py") -> list[str]:
    return list(national_in_code(Source.of(path, text)))


@pytest.mark.parametrize(
    "text",
    [
        'LEAD = "polisen"',
        'PARTIES = ("skv-beskattning", other)',
        'basis = "sfs-2016-774"',
        'if body == "rsr-bergslagen": ...',
        "query = \"SELECT * FROM x WHERE party = 'kriminalvarden'\"",
        'LEGAL_FORM = {"aktiebolag", "publ"}',
        'street = line.replace("g.", "gatan ")',
        'ACCOUNT = re.compile(r"(bg|bankgiro)?([0-9-]+)")',
        'digits = "+46" + digits[1:]',
        'law = f"{section} lagen (2016:774)"',
        'postcode.removeprefix("SE-7")',
        'zone = "Europe/Stockholm"',
        'amount = f"SEK {sum}"',
        'seat = "Norrköping"',
    ],
)
def test_a_nations_word_code_or_form_is_caught(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text",
    [
        '"""Each party decides for itself (SFS 2016:774 § 1), as polisen does."""',
        'kind = "person"',
        'fk = "fk_%(table_name)s"',
        'ratio = "2:1"',
        'at = "2026-11-24T12:00:00Z"',
        'size = "s"',
    ],
)
def test_documentation_and_common_words_pass(text: str) -> None:
    assert faults(text) == []


def test_the_invented_sweden_may_speak_of_sweden() -> None:
    assert faults('KIND = "bankgiro"', "src/samverkan/synth/sample.py") == []
