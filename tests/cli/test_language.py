from __future__ import annotations

import pytest

from samverkan.cli.language import spoken
from samverkan.shell.texts import Language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.EN),
        ({"LANG": "sv_SE.UTF-8"}, Language.SV),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "C"}, Language.EN),
        ({"LANG": "de_DE", "LC_ALL": "sv"}, Language.SV),
    ],
)
def test_the_terminal_says_which_language(environment: dict[str, str], language: Language) -> None:
    assert spoken(environment) is language
