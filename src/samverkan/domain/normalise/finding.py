"""Finding texts by words: whole, inside a compound, in another inflection or slightly misspelt.

A word is found in a text that has it, a word that holds it or one that most of it begins with; else by the share of its trigrams
that one word of the text has, which bridges inflections and slips of the pen. Case and diacritics
do not count. Every word asked for must be found.
"""

from __future__ import annotations

from collections.abc import Iterable

from samverkan.domain.normalise.forms import Forms
from samverkan.domain.normalise.spelling import words

NEAR = 0.6
"""The least share of trigrams that makes two words one."""
_TITLE = 3
"""How many times a word in a title counts."""


def found(asked: str, title: str, texts: Iterable[str], forms: Forms) -> float:
    """How well a text answers the question; 0 if a word of it is not there. Empty asks for all."""
    wanted = words(asked, forms)
    if not wanted:
        return 1.0
    head = set(words(title, forms))
    body = {word for text in texts for word in words(text, forms)}
    scores = [max(_TITLE * _best(word, head), _best(word, body)) for word in wanted]
    return 0.0 if min(scores) == 0 else sum(scores) / len(scores)


def _best(word: str, among: set[str]) -> float:
    return max((_likeness(word, other) for other in among), default=0.0)


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if len(word) > 2 and word in other:
        return 0.9
    if word.startswith(other) and 3 * len(other) >= 2 * len(word):
        return 0.8
    mine, theirs = _trigrams(word), _trigrams(other)
    share = len(mine & theirs) / len(mine)
    return share if share >= NEAR and len(word) > 3 else 0.0


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
