"""What a typology's tags are made of: own subjects that meet an own condition, and their keys.

A person is listed by identity number, name part with birth date and name part with postcode, a
company by number and by name core with municipality; a protected identity by its number alone.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samverkan.agency.following import Cooperation
from samverkan.agency.selecting import Query
from samverkan.domain.match import keep_selective
from samverkan.domain.normalise import Profile, key_spec, match_keys
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.domain.taglist import Kind, Tagged
from samverkan.domain.token import INDEX_BYTES, KeyType, tag_handle
from samverkan.domain.typology import Typology, periods, tag_input, tag_of
from samverkan.kernel.ids import Randomness, SubjectId
from samverkan.kernel.outcome import Refused

Values = dict[str, list[tuple[SubjectId, bytes]]]
"""By key type: the subjects, and the bytes to evaluate for them."""

_KEYS = {
    Schema.PERSON: {"P1": Kind.NUMBER, "P2": Kind.DATED, "P4": Kind.PLACED},
    Schema.COMPANY: {"C1": Kind.NUMBER, "C2": Kind.NAME},
}


def tag_values(
    scope: Cooperation, query: Query, fields: Mapping[SubjectId, Fields], profile: Profile
) -> Values:
    """The bytes to evaluate for the subjects that meet the own condition, once for all quarters."""
    draft, typology = scope.draft, query.typology or ""
    pairs = [
        (subject, _input(scope, typology, profile.forms.version, key))
        for subject, keys in _keys(fields, profile).items()
        for key in keys
    ]
    return {str(KeyType.of_typology(typology, draft.epoch)): pairs}


Key = tuple[str, str]
"""Kind of key and value."""


def _input(scope: Cooperation, typology: str, version: str, key: Key) -> bytes:
    return tag_input(scope.id, typology, scope.draft.epoch, version, key)


def _keys(fields: Mapping[SubjectId, Fields], profile: Profile) -> dict[SubjectId, dict[Key, Kind]]:
    """Each subject's keys. A name that many own subjects share says little and is left out."""
    made = {subject: dict(_marked(known, profile)) for subject, known in fields.items()}
    shared = [
        (str(subject), *key)
        for subject, keys in made.items()
        for key, kind in keys.items()
        if kind > Kind.REPAIR
    ]
    selective = set(keep_selective(shared).kept)
    return {
        subject: {
            key: kind
            for key, kind in keys.items()
            if kind <= Kind.REPAIR or (str(subject), *key) in selective
        }
        for subject, keys in made.items()
    }


def _marked(known: Fields, profile: Profile) -> Iterator[tuple[Key, Kind]]:
    """A subject's keys with their kinds. Who has a right number needs no repairs of another."""
    kinds = _KEYS[known.schema]
    spec = key_spec(kinds, profile)
    keys = [] if isinstance(spec, Refused) else match_keys(known, spec)
    stated = {*known.all(Prop.ID_NUMBER), *known.all(Prop.REGISTRATION_NUMBER)}
    right = any(kinds[name] is Kind.NUMBER and value in stated for name, value in keys)
    for name, value in keys:
        if kinds[name] is not Kind.NUMBER:
            yield (name, value), kinds[name]
        elif value in stated or not right:
            yield (name, value), Kind.NUMBER if value in stated else Kind.REPAIR


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that is being made: of which condition, with what secret and randomness."""

    scope: Cooperation
    typology: Typology
    condition: str
    secret: bytes
    randomness: Randomness


def listed(
    listing: Listing,
    fields: Mapping[SubjectId, Fields],
    tokens: Mapping[tuple[SubjectId, bytes], bytes],
    profile: Profile,
) -> dict[SubjectId, list[Tagged]]:
    """The entries of each subject, from the tokens of its values."""
    found = {}
    scope, typology, version = listing.scope, listing.typology.id, profile.forms.version
    for subject, keys in _keys(fields, profile).items():
        asked = {_input(scope, typology, version, key): kind for key, kind in keys.items()}
        made = [(k, tokens[subject, v]) for v, k in asked.items() if (subject, v) in tokens]
        months = fields[subject].conditions.get(listing.condition, ())
        quarters = periods(listing.typology, months, on=profile.on)
        if made and quarters:
            found[subject] = list(_entries(listing, subject, made, quarters))
            found[subject] += _filling(listing, found[subject])
    return found


def _entries(
    listing: Listing,
    subject: SubjectId,
    made: list[tuple[Kind, bytes]],
    quarters: tuple[str, ...],
) -> Iterator[Tagged]:
    """Every token in every quarter, the quarters in an order that only the own secret knows."""
    scope, secret = listing.scope, listing.secret
    handle = tag_handle(secret, scope.id, listing.typology.id, scope.draft.epoch, subject)
    drawn = {
        quarter: hmac.digest(secret, handle + quarter.encode(), "sha256") for quarter in quarters
    }
    for slot, quarter in enumerate(sorted(quarters, key=drawn.__getitem__)):
        for kind, token in made:
            yield Tagged(tag_of(token, quarter), handle, kind, slot)


def _filling(listing: Listing, entries: list[Tagged]) -> list[Tagged]:
    """Names that meet nobody, for one listed by number alone: protection must not show."""
    if any(entry.kind > Kind.REPAIR for entry in entries):
        return []
    slots = {entry.slot: entry.handle for entry in entries}
    return [
        Tagged(listing.randomness(INDEX_BYTES), handle, kind, slot)
        for slot, handle in slots.items()
        for kind, _ in listing.typology.plain
        if kind > Kind.REPAIR
    ]
