"""Institutional memory: what was asked, answered, decided, planned, handed over, tried and met about.

One search over all of it, as far as this party may read it; the closed part of meetings is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from samverkan.agency import library, localities, ways
from samverkan.agency.ports import Reading
from samverkan.domain.normalise import forms_of
from samverkan.domain.normalise.finding import found
from samverkan.domain.pack import MeetingPart, Pack


@dataclass(frozen=True, slots=True)
class Memory:
    """One thing that is remembered: what kind, when, its words, and where it stands."""

    kind: str
    on: str
    title: str
    text: str
    path: str


def remembered(reading: Reading, pack: Pack, language: str, group: str) -> list[Memory]:
    """Everything that this party remembers for a group, the newest first."""
    parts = (
        _standing(reading, group),
        _hand_overs(reading, group),
        _methods(reading, pack, language),
        _agendas(reading),
        changes(reading, pack, language),
    )
    return sorted((one for part in parts for one in part), key=lambda one: one.on, reverse=True)


def search(among: Iterable[Memory], asked: str, pack: Pack) -> list[Memory]:
    """Those that answer the question, the best first; all, newest first, if nothing is asked."""
    forms = forms_of(pack.writing)
    scored = [(found(asked, one.title, [one.text], forms), one) for one in among]
    hits = [pair for pair in scored if pair[0] > 0]
    return [one for _, one in sorted(hits, key=lambda pair: -pair[0])]


def _standing(reading: Reading, group: str) -> Iterator[Memory]:
    work = localities.standing(reading)
    for question in work.questions.values():
        if question.body == group:
            answers = " ".join(text for _, _, text in question.answers)
            path = f"/group/questions/{question.id}"
            yield Memory("question", question.at[:10], question.text, answers, path)
    for decision in work.decisions:
        if decision.noted.body == group:
            yield Memory("decision", decision.noted.on, decision.noted.text, "", "/group")
    for planned in work.plan:
        if planned.entry.body == group:
            yield Memory("plan", planned.entry.month, planned.entry.title, "", "/group")


def _hand_overs(reading: Reading, group: str) -> Iterator[Memory]:
    for one in localities.seats(reading).values():
        if one.body == group and one.note:
            yield Memory("hand-over", one.until, one.note, one.party, "/group")


def _methods(reading: Reading, pack: Pack, language: str) -> Iterator[Memory]:
    for one in library.entries(reading, pack, language):
        yield Memory("method", one.since, one.title, " ".join(one.texts), f"/methods/{one.method}")


def _agendas(reading: Reading) -> Iterator[Memory]:
    """Open points of the own local bodies."""
    for local in localities.mine(reading):
        for item in localities.book(reading, local.id).items.values():
            if item.body.part == MeetingPart.OPEN:
                path = f"/local/{local.id}/meetings/{item.body.meeting}"
                yield Memory("agenda", item.body.meeting, item.body.title, local.start.name, path)


def changes(reading: Reading, pack: Pack, language: str) -> Iterator[Memory]:
    """How the model has changed: bodies that began, and ways of working that came into force."""
    for body in pack.bodies.values():
        mandate = body.mandate[language]
        yield Memory("model", body.since.isoformat(), body.names[language], mandate, "/model")
    for one in ways.adoptions(reading, pack).values():
        if one.since is not None:
            why = " ".join(change.why[language] for change in one.variant.changes.values())
            yield Memory("model", one.since[:10], one.variant.names[language], why, "/model")
