"""The questionnaire that a picture is drawn by: the common questions, then those of a variant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samverkan.domain.pack import Level, Pack
from samverkan.domain.pack.variants import Choice, Question
from samverkan.domain.variant import chosen, effective

SCALE = 4
"""The highest score of a variant's own question on a scale."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in words: its theme, what each score means (none: the number alone), evidence."""

    code: str
    theme: str | None
    names: Mapping[str, str]
    levels: Sequence[Mapping[str, str]]
    evidence: Mapping[str, str]
    most: int


def questions(pack: Pack, variant: str | None, on: date) -> dict[str, int]:
    """The questions that stand that day, with the highest score of each."""
    return {one.code: one.most for one in asked(pack, variant, on)}


def asked(pack: Pack, variant: str | None, on: date) -> list[Asked]:
    """The questions in their order. Those of a variant that is not there are none."""
    common = [
        Asked(code, one.theme, one.names, one.levels, one.evidence, len(one.levels) - 1)
        for code, one in pack.questions.items()
    ]
    known = pack.variants.get(variant or "")
    if known is None:
        return common
    local = known.level is Level.LOCAL  # such a body stands in no pack
    model = effective(pack, chosen(pack.variants, variant), known.id if local else known.body, on)
    return [*common, *(_own(one) for one in model.questionnaire)]


def _own(one: Question) -> Asked:
    options = list((one.options or {}).values())
    most = {Choice.YES_NO: 1, Choice.SCALE: SCALE}.get(one.answer, len(options) - 1)
    return Asked(one.code, None, one.names, options, {}, most)
