"""Choices above a long list: by cooperation, by state, by party. The address holds what is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samverkan.agency.following import cooperations
from samverkan.agency.ports import Reading
from samverkan.agency.web.blocks import Ask, Filter
from samverkan.agency.web.desk import Seat
from samverkan.shell.forms import Form

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """One choice: its name in the address, its label, what can be chosen."""

    name: str
    words: str
    choices: Choices

    def chosen(self, at: Seat) -> str:
        """What the address says, if it can be chosen; else nothing, which shows everything."""
        asked: str = at.request.query_params.get(self.name, "")
        return asked if any(asked == code for code, _ in self.choices) else ""


def shown(at: Seat, questions: Iterable[Question]) -> list[Filter]:
    """The choices that there is any use of: those with two alternatives or more."""
    useful = [one for one in questions if len(one.choices) > 1]
    if not useful:
        return []
    asks = [
        Ask(name=one.name, words=one.words, kind="select", choices=one.choices, required=False)
        for one in useful
    ]
    values = {one.name: (one.chosen(at),) for one in useful}
    path = at.request.url.path
    return [
        Filter(path, at.t("filter.label"), asks, Form(values), any(v for (v,) in values.values()))
    ]


def by_scope(at: Seat, reading: Reading, scopes: Iterable[str]) -> Question:
    """Which of these scopes."""
    known = cooperations(reading.feed.all())
    choices = [
        (scope, at.names.cooperation(known[scope].draft))
        for scope in dict.fromkeys(scopes)
        if scope in known
    ]
    return Question("scope", at.t("filter.scope"), sorted(choices, key=lambda pair: pair[1]))


def by_party(at: Seat, parties: Iterable[str]) -> Question:
    """Which of these parties."""
    choices = [(party, at.names.party(party)) for party in dict.fromkeys(parties)]
    return Question("party", at.t("filter.party"), sorted(choices, key=lambda pair: pair[1]))


def by_body(at: Seat, bodies: Iterable[str]) -> Question:
    """Which of these bodies."""
    choices = [(body, at.names.of(at.desk.pack.bodies, body)) for body in dict.fromkeys(bodies)]
    return Question("body", at.t("filter.body"), sorted(choices, key=lambda pair: pair[1]))


def merged(questions: Iterable[Question]) -> list[Question]:
    """Questions of the same name as one, with the choices of all; none where nothing can be chosen."""
    found: dict[str, Question] = {}
    for one in questions:
        known = found.get(one.name, one)
        choices = dict([*known.choices, *one.choices])
        found[one.name] = Question(one.name, one.words, list(choices.items()))
    return [one for one in found.values() if one.choices]
