"""The lawful queries by which this party may enrol into a scope: by the pack, never free text.

A query names a schema, the scope's municipalities and own conditions. Beside those that the
pack lists for the party, each own condition of a typology in the scope is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.agency.facts import Selection
from samverkan.agency.ports import Reading
from samverkan.domain.enrolment import Kind
from samverkan.domain.normalise import Profile, company_form, person_form
from samverkan.domain.pack import Kind as SubjectKind
from samverkan.domain.pack import Pack
from samverkan.domain.statement import Schema
from samverkan.kernel.ids import MalformedId, SubjectId
from samverkan.wire.joining import Draft

SCHEMAS = {SubjectKind.PERSON: Schema.PERSON, SubjectKind.COMPANY: Schema.COMPANY}


@dataclass(frozen=True, slots=True)
class Query:
    """One query; `typology` and `condition` are set where it gives tags instead of entries."""

    id: str
    selection: Selection
    typology: str | None = None
    condition: str | None = None


def queries(pack: Pack, draft: Draft, party: str) -> dict[str, Query]:
    """The queries open to the party in the scope, by id."""
    places = municipalities(pack, draft.region)
    listed = [
        Query(
            name,
            Selection(
                SCHEMAS[query.subject],
                places,
                frozenset(query.conditions),
                directors=query.directors,
            ),
        )
        for name, query in pack.queries.items()
        if query.party == party
    ]
    return {query.id: query for query in [*listed, *_typologies(pack, draft, party, places)]}


def _typologies(pack: Pack, draft: Draft, party: str, places: frozenset[str]) -> list[Query]:
    found = []
    for name in draft.typologies:
        typology = pack.typologies[name]
        for code in typology.conditions:
            if pack.conditions[code].party == party:
                selection = Selection(SCHEMAS[typology.subject], places, frozenset({code}))
                found.append(Query(condition_query(name, code), selection, name, code))
    return found


def condition_query(typology: str, condition: str) -> str:
    """The query by which an own condition of a typology is listed."""
    return f"{typology}:{condition.split(':')[1]}"


def municipalities(pack: Pack, region: str) -> frozenset[str]:
    """The municipalities of a region, by its counties; all of them where the whole country is meant."""
    known = pack.regions.get(region)
    counties = set(pack.counties if known is None else known.counties)
    return frozenset(
        code for code, place in pack.municipalities.items() if place.county in counties
    )


def classes(pack: Pack, draft: Draft, party: str) -> tuple[str, ...]:
    """The classes of records that a release rule can open: queries, lists, enquiries."""
    return (*queries(pack, draft, party), Kind.LISTED.value, Kind.ASKED.value)


def own_record(reading: Reading, profile: Profile, record: str) -> SubjectId | None:
    """The own subject of that identifier or identity number, if anything is said of it today.

    Absent, another party's, and run out all look the same.
    """
    text = record.strip()
    try:
        named = [SubjectId.parse(text)]
    except MalformedId:
        named = reading.register.numbered(_written(text, profile))
    return next(iter(reading.register.own_fields(named)), None)


def _written(text: str, profile: Profile) -> set[str]:
    """The number as a person or as a company would have it, right or as it stands."""
    forms = (person_form(text, profile), company_form(text, profile))
    return {form for form in forms if form is not None}
