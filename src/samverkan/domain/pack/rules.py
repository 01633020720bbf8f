"""What must hold between the parts of a pack, beyond the form of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samverkan.domain.pack import overlays, plan, processing, varying
from samverkan.domain.pack.agencies import BodyKind, Doubt, Level, Matter
from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.firing import implied
from samverkan.domain.pack.keys import FORBIDDEN_STARTS, Sensitive, Typology
from samverkan.domain.pack.model import Pack
from samverkan.domain.pack.shapes import Path
from samverkan.domain.pack.variants import Variant
from samverkan.domain.pack.writing import unsound
from samverkan.kernel.purpose import Stamp

Finding = tuple[Path, Fault, str]
"""Where in the pack, what, and the word at fault."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that code knows and a pack must name: roles, actions; and may use: properties."""

    roles: frozenset[str]
    actions: frozenset[str]
    props: frozenset[str]


def findings(pack: Pack, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every breach of a rule between parts. A part that could not be read is passed over."""
    yield from _bodies(pack)
    yield from _conditions(pack)
    for typology in pack.typologies.values():
        yield from _typology(pack, typology)
    yield from _queries(pack)
    yield from _people(pack)
    yield from _law(pack)
    yield from _measures(pack)
    yield from _words(pack, vocabulary)
    yield from plan.findings(pack)
    yield from overlays.findings(pack)
    yield from unsound(pack.writing)
    yield from processing.findings(pack)
    for variant in pack.variants.values():
        yield from varied_findings(pack, variant)


def varied_findings(pack: Pack, variant: Variant) -> Iterator[Finding]:
    """What speaks against one variant, on top of those that it builds upon."""
    above = [change for one in varying.lineage(pack, variant) for change in one.changes.values()]
    yield from varying.objections(pack, variant, [one for one in above if len(one.parts) == 1])


def _bodies(pack: Pack) -> Iterator[Finding]:
    for body in pack.bodies.values():
        at = ("bodies", body.id)
        if not 1 <= body.quorum <= len(body.members):
            yield (*at, "quorum"), Fault.QUORUM, str(body.quorum)
        if body.chair not in body.members:
            yield (*at, "chair"), Fault.CHAIR, body.chair
        placed = body.region is not None or body.doubt is Doubt.WHERE
        if placed if body.level is not Level.REGIONAL else not placed:
            yield (*at, "level"), Fault.REGION, body.level.value
        if (body.kind is BodyKind.COUNCIL) != bool({*_ACTS} & {*body.decides}):
            yield (*at, "decides"), Fault.DECIDES, body.kind.value
        above = pack.bodies.get(body.under or "")
        if above is body or (above and _HEIGHT.index(above.level) < _HEIGHT.index(body.level)):
            yield (*at, "under"), Fault.UNDER, str(body.under)


_ACTS = (Matter.DIRECTION, Matter.OPERATION)
"""Councils decide these, and nobody else does."""
_HEIGHT = (Level.LOCAL, Level.REGIONAL, Level.NATIONAL)


def _conditions(pack: Pack) -> Iterator[Finding]:
    for condition in pack.conditions.values():
        at = ("conditions", condition.id)
        if condition.start in FORBIDDEN_STARTS:
            yield (*at, "start"), Fault.STARTS_FROM_HEALTH, condition.start.value
        if condition.sensitive is Sensitive.HEALTH:
            yield (*at, "sensitive"), Fault.STARTS_FROM_HEALTH, condition.id
        elif condition.sensitive is not None:
            yield (*at, "sensitive"), Fault.SENSITIVE, condition.sensitive.value


def _typology(pack: Pack, typology: Typology) -> Iterator[Finding]:
    at = ("typologies", typology.id)
    if typology.starts_from in FORBIDDEN_STARTS:
        yield (*at, "starts_from"), Fault.STARTS_FROM_HEALTH, typology.starts_from.value
    if not 1 <= typology.threshold <= len(typology.conditions):
        yield (*at, "threshold"), Fault.THRESHOLD, str(typology.threshold)
    first = pack.conditions.get(typology.first)
    if typology.first not in typology.conditions or (
        first is not None and first.start is not typology.starts_from
    ):
        yield (*at, "first"), Fault.FIRST, typology.first
    yield from implied(pack, typology)


def _queries(pack: Pack) -> Iterator[Finding]:
    """A party selects on conditions that it judges itself; it knows no other's."""
    for name, query in pack.queries.items():
        for code in query.conditions:
            owned = pack.conditions.get(code)
            if owned is not None and owned.party != query.party:
                yield ("queries", name, "conditions"), Fault.FOREIGN, code


def _people(pack: Pack) -> Iterator[Finding]:
    for person in pack.people.values():
        at = ("people", person.id)
        if pack.pack.stamp is not Stamp.SYNTHETIC:
            yield at, Fault.STAMP, pack.pack.stamp.value
        if person.language not in pack.pack.languages:
            yield (*at, "language"), Fault.LANGUAGE, person.language


def _law(pack: Pack) -> Iterator[Finding]:
    for basis in pack.bases.values():
        statute = pack.statutes.get(basis.statute)
        if statute is not None and basis.since < statute.since:
            yield ("bases", basis.id, "since"), Fault.DATE_ORDER, basis.statute
    for party in pack.parties.values():
        for no, standing in enumerate(party.standing):
            under = pack.bases.get(standing.basis)
            if under is not None and standing.since < under.since:
                at = ("parties", party.id, "standing", str(no), "since")
                yield at, Fault.DATE_ORDER, standing.basis


def _measures(pack: Pack) -> Iterator[Finding]:
    """Whoever can take a measure has an indicator that counts what it gave (N11)."""
    for measure in pack.measures.values():
        counted = {
            p
            for i in measure.indicators
            if i in pack.indicators
            for p in pack.indicators[i].parties
        }
        for party in (party for party in measure.parties if party not in counted):
            yield ("measures", measure.id, "indicators"), Fault.UNCOUNTED, party


def _words(pack: Pack, vocabulary: Vocabulary) -> Iterator[Finding]:
    named = {"roles": vocabulary.roles, "actions": vocabulary.actions}
    for section, known in named.items():
        written = set(getattr(pack, section))
        yield from (((section, w), Fault.UNKNOWN_REFERENCE, w) for w in sorted(written - known))
        yield from (((section,), Fault.MISSING_KEY, w) for w in sorted(known - written))
    for key_type in pack.key_types.values():
        for prop in (prop for prop in key_type.props if prop not in vocabulary.props):
            yield ("key_types", key_type.id, "props"), Fault.PROPERTY, prop
    for basis in pack.bases.values():
        for prop in (prop for prop in basis.props if prop not in vocabulary.props):
            yield ("bases", basis.id, "props"), Fault.PROPERTY, prop
