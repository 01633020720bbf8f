"""What a typology's tags are made of: the subjects that meet an own condition of it."""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.agency.following import Cooperation
from samverkan.agency.selecting import Query
from samverkan.domain.normalise import NORMALISER_VERSION, Profile, key_spec, match_keys
from samverkan.domain.statement import Fields, Schema
from samverkan.domain.token import KeyType
from samverkan.domain.typology import tag_input
from samverkan.kernel.ids import SubjectId
from samverkan.kernel.outcome import Refused

Values = dict[str, list[tuple[SubjectId, bytes]]]
"""By key type: the subjects, and the bytes to evaluate for them."""


def tag_values(
    scope: Cooperation, query: Query, fields: Mapping[SubjectId, Fields], profile: Profile
) -> Values:
    """A typology's tags: the number of each subject that meets the own condition, repaired."""
    draft, typology = scope.draft, query.typology or ""
    company = query.selection.schema is Schema.COMPANY
    spec = key_spec(["C1" if company else "P1"], profile)
    if isinstance(spec, Refused):
        return {}
    pairs = [
        (subject, tag_input(scope.id, typology, draft.epoch, NORMALISER_VERSION, value))
        for subject, known in fields.items()
        for _, value in match_keys(known, spec)
    ]
    return {str(KeyType.of_typology(typology, draft.epoch)): pairs}
