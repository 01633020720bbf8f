"""The catalogues: every sentence that a person reads, by key, in Swedish and English.

A folder of texts holds `sv/*.yaml` and `en/*.yaml`; nested keys are joined by dots. A text that
counts something is written twice, under `one` and `other`, and chosen by the parameter `n`.
Refusals stand apart as `refusals.sv.yaml` and `refusals.en.yaml`, keyed by code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from samverkan.kernel.outcome import Refused, SamverkanError

HERE = Path(__file__).parent / "texts"
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""In C where there is one: catalogues are read at every start. Only composed, never constructed."""


class Language(StrEnum):
    """A language that the screens speak. The first is the one spoken when nothing is asked."""

    SV = "sv"
    EN = "en"


class MissingText(SamverkanError):
    """A key that no catalogue holds. A programming error: a test finds it before a reader does."""


class DoubledText(SamverkanError):
    """One key stands twice in the catalogues, so that one sentence would silently win."""


class NotAText(SamverkanError):
    """A catalogue holds a list, or a lone text without a key."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language. Calling it gives the sentence with its parameters filled."""

    language: Language
    entries: Mapping[str, str]

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence of the key; `n` chooses singular or plural. Raises `MissingText`."""
        found = self.entries.get(key)
        if found is None and "n" in params:
            found = self.entries.get(f"{key}.{'one' if params['n'] == 1 else 'other'}")
        if found is None:
            raise MissingText(key)
        return found.format_map(params) if params else found

    def has(self, key: str) -> bool:
        """Whether a sentence stands under exactly this key."""
        return key in self.entries

    def refusal(self, refused: Refused) -> str:
        """The sentence of a refusal, with the words that it carries.

        One that came by wire is a code alone: where a word belongs, an ellipsis stands.
        """
        return self(f"refusal.{refused.code.value}").format_map(_Known(refused.params))

    def reject(self, code: str) -> str:
        """Why a row or cell of a delivery was not used as it stood."""
        key = f"reject.{code}"
        return self(key if self.has(key) else f"refusal.{code}")


class _Known(dict[str, str]):
    """The words that a refusal carries, and an ellipsis for each that it lacks."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def load(*folders: Path) -> Mapping[Language, Texts]:
    """The catalogues of these folders together, per language. Read once in a process.

    Raises `DoubledText` for a key that stands twice, in two files or in one; `NotAText`.
    """
    return {language: Texts(language, _merged(language, folders)) for language in Language}


def choose(asked: str | None, accept: str | None) -> Language:
    """The reader's own choice, else the best of `Accept-Language` (RFC 9110), else the first."""
    known = {language.value: language for language in Language}
    if asked in known:
        return known[asked]
    for tag in _preferred(accept or ""):
        if tag in known:
            return known[tag]
    return next(iter(Language))


def _merged(language: Language, folders: tuple[Path, ...]) -> dict[str, str]:
    merged: dict[str, str] = {}
    for folder in folders:
        for file in sorted((folder / language).glob("*.yaml")):
            _add(merged, "", _read(file))
        refusals = folder / f"refusals.{language}.yaml"
        if refusals.exists():
            _add(merged, "refusal.", _read(refusals))
    return merged


def _add(merged: dict[str, str], prefix: str, entries: Iterator[tuple[str, str]]) -> None:
    for name, text in entries:
        key = prefix + name
        if key in merged:
            raise DoubledText(key)
        merged[key] = text


def _read(file: Path) -> Iterator[tuple[str, str]]:
    """Every text of a file as it was written, so that no word like `no` becomes a truth value."""
    node = yaml.compose(file.read_bytes(), Loader=_LOADER)
    return _flat("", node) if node is not None else iter(())


def _flat(name: str, node: yaml.Node) -> Iterator[tuple[str, str]]:
    """A key that stands twice in one mapping comes out twice. Raises `NotAText`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _flat(f"{name}.{key.value}" if name else str(key.value), value)
    elif isinstance(node, yaml.ScalarNode) and name:
        yield name, str(node.value)
    else:
        raise NotAText(name)


def _preferred(accept: str) -> list[str]:
    """Primary language tags, most wanted first; a weight of zero means never."""
    weighed = []
    for part in accept.split(",")[:20]:
        tag, _, weight = part.partition(";")
        quality = _quality(weight)
        if quality > 0:
            weighed.append((-quality, tag.strip().lower().partition("-")[0]))
    return [tag for _, tag in sorted(weighed, key=lambda pair: pair[0])]


def _quality(weight: str) -> float:
    _, _, number = weight.strip().partition("=")
    try:
        return float(number) if number else 1.0
    except ValueError:
        return 0.0
