"""Nothing of a nation stands in code: its codes, words and forms are the pack's (wall 11).

What is looked for is read from packs/se itself, so that whatever moves into the pack is guarded
from that day.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.house.source import Source
from tests.national import national

INVENTS = ("src/samverkan/synth",)
"""The invented Sweden may speak of Sweden."""

_SHORTEST, _SHORTEST_PLACE = 4, 5
"""Shorter words are words of other languages too, or parts of a table's name."""
_FORMS = re.compile(
    r"\+46|(?<![0-9A-Za-z])(?:(?:19|20)\d\d:\d{1,4}(?!\d)|SE-\d|SEK\b)|Europe/Stockholm"
)
"""A country code, a statute's number, a postcode's prefix, a currency, a place of the clock."""
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@cache
def words() -> frozenset[str]:
    """Codes of parties, bodies, law and places of the pack, and the words by which it writes."""
    pack, writing = national(), national().writing
    codes = {*pack.parties, *pack.agencies, *pack.bodies, *pack.bases, *pack.regions}
    codes |= {*pack.classifications, *pack.purposes, *pack.queries, *pack.typologies}
    named = {place.name.lower() for place in pack.municipalities.values()}
    places = {name for name in named if len(name) >= _SHORTEST_PLACE}
    written = {*writing.company_words, *writing.street.endings.values(), *writing.street.flat}
    written |= {word for kind in writing.accounts.values() for word in kind.words}
    return frozenset(word for word in codes | places | written if len(word) >= _SHORTEST)


def national_in_code(source: Source) -> Iterator[str]:
    """No string of the product, its documentation apart, holds a nation's word, code or form."""
    if source.under(*INVENTS):
        return
    told = {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(source.tree):
        text = node.value if isinstance(node, ast.Constant) and node not in told else None
        for word in _found(text) if isinstance(text, str) else ():
            line = getattr(node, "lineno", 1)
            yield f"{source.path}:{line} says {word}; move it to the pack"


def _found(text: str) -> Iterator[str]:
    yield from _FORMS.findall(text)
    yield from (word for word in _WORD.findall(text.lower()) if word in words())
