"""What is really so, for the evaluation alone: whose each row is, and what was planted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samverkan.synth.people import Company, Person
from samverkan.synth.schemes import Kind, Subject
from samverkan.synth.staging import Part, Stage

Where = Mapping[str, Mapping[str, list[int]]]
"""Rows by entity and party."""


def truth(stage: Stage, where: Where) -> Iterator[dict[str, object]]:
    """A block's lines: its entities that stand in some register, then its schemes and decoys."""
    everyone: tuple[Person | Company, ...] = (*stage.block.persons, *stage.block.companies)
    for one in everyone:
        if one.entity in where:
            yield _entity(one, where[one.entity])
    for part in stage.parts:
        yield _scheme(stage, part)


def _entity(one: Person | Company, records: Mapping[str, list[int]]) -> dict[str, object]:
    return {
        "entity": one.entity,
        "schema": "Person" if isinstance(one, Person) else "Company",
        "number": one.number,
        "protected": isinstance(one, Person) and one.protected,
        "records": records,
    }


def _scheme(stage: Stage, part: Part) -> dict[str, object]:
    plot, subject = part.plot, part.plot.scheme.subject
    entities = [stage.entity(subject, at) for at in part.subjects]
    directors = [
        stage.entity(Subject.PERSON, at)
        for place in (part.subjects if subject is Subject.COMPANY else ())
        for at in stage.block.companies[place].directors
    ]
    return {
        "scheme": plot.scheme.id,
        "planted": plot.kind is Kind.PLANTED,
        "kind": plot.kind.value,
        "subject": entities[0],
        "namesake": entities[1] if len(entities) > 1 else None,
        "region": plot.region,
        "conditions": [code for met in plot.met for code in met],
        "slip": None if plot.slip is None else [plot.slip.party, plot.slip.fault.value],
        "directors": directors,
        "victims": [stage.entity(Subject.PERSON, at) for at in part.victims],
    }
