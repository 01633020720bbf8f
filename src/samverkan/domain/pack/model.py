"""The pack: the national model as data. Each field is a section, in whichever file it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.domain.pack.agencies import (
    Agency,
    AreaId,
    Body,
    County,
    Direction,
    Head,
    Level,
    Municipality,
    Party,
    Person,
    Region,
    RoleText,
    Standing,
)
from samverkan.domain.pack.keys import (
    Comparison,
    Condition,
    KeyType,
    Kind,
    Query,
    Rarity,
    SizeClass,
    Typology,
)
from samverkan.domain.pack.law import (
    Basis,
    Classification,
    Enrolling,
    Ground,
    NeverEnrolled,
    OneByOne,
    Purpose,
    Retention,
    Statute,
    StatuteId,
)
from samverkan.domain.pack.local import AgendaPoint, Grade, Holiday, Tried
from samverkan.domain.pack.nodes import Plain
from samverkan.domain.pack.overlays import AreaKind, Grid, Overlay
from samverkan.domain.pack.pictures import KnownSeries, PictureQuestion, PictureRules
from samverkan.domain.pack.plan import Plan
from samverkan.domain.pack.processes import Process, Rhythm, Variable
from samverkan.domain.pack.shapes import Id
from samverkan.domain.pack.variants import Variant
from samverkan.domain.pack.work import Criterion, Indicator, Measure, Named, Published, Unit
from samverkan.domain.pack.writing import Writing
from samverkan.kernel.ids import PartyId


@dataclass(frozen=True, slots=True)
class Pack:
    """A national model: nothing of a country stands in code, all of it here.

    Mappings keep the order of the file. `reasons` are grouped by what they are reasons for;
    `deliveries` are left as plain mappings for the one who reads files.
    """

    pack: Head
    agencies: Mapping[Id, Agency]
    parties: Mapping[PartyId, Party]
    counties: Mapping[AreaId, County]
    municipalities: Mapping[AreaId, Municipality]
    writing: Writing
    regions: Mapping[Id, Region]
    overlays: Mapping[Id, Overlay]
    area_kinds: Mapping[Id, AreaKind]
    grid: Grid | None
    bodies: Mapping[Id, Body]
    roles: Mapping[Id, RoleText]
    actions: Mapping[Id, Named]
    statutes: Mapping[StatuteId, Statute]
    bases: Mapping[Id, Basis]
    purposes: Mapping[Id, Purpose]
    grounds: Mapping[Id, Ground]
    classifications: Mapping[Id, Classification]
    retention: Mapping[Id, Retention]
    never_enrolled: Mapping[Id, NeverEnrolled]
    one_by_one: Mapping[Id, OneByOne]
    enrolment: Enrolling
    key_types: Mapping[str, KeyType]
    comparison: Mapping[Kind, Comparison]
    rarity: Mapping[Id, Rarity]
    size_classes: Mapping[Id, SizeClass]
    conditions: Mapping[str, Condition]
    typologies: Mapping[Id, Typology]
    queries: Mapping[Id, Query]
    crime_areas: Mapping[Id, Named]
    targets: Mapping[Id, Named]
    criteria: Mapping[Id, Criterion]
    surfaces: Mapping[Id, Named]
    measure_kinds: Mapping[Id, Named]
    work_kinds: Mapping[Id, Named]
    measures: Mapping[Id, Measure]
    units: Mapping[Id, Unit]
    stages: Mapping[Id, Named]
    indicators: Mapping[Id, Indicator]
    published: Mapping[Id, Published]
    reasons: Mapping[Id, Mapping[Id, Named]]
    code_names: Mapping[Id, Named]
    processes: Mapping[Id, Process]
    openness: Mapping[Id, Variable]
    rhythms: Mapping[Level, Rhythm]
    forms: Mapping[Id, Named]
    variants: Mapping[Id, Variant]
    grades: Mapping[Id, Grade]
    methods: Mapping[Id, Tried]
    holidays: Mapping[Id, Holiday]
    agenda: Mapping[Id, AgendaPoint]
    people: Mapping[Id, Person]
    picture: PictureRules | None
    statistics: Mapping[Id, KnownSeries]
    themes: Mapping[Id, Named]
    questions: Mapping[Id, PictureQuestion]
    plan: Plan | None
    deliveries: Mapping[str, Plain]

    def standing(
        self, party: PartyId, basis: str, direction: Direction, *, on: date
    ) -> Standing | None:
        """The provision that lets the party go that way under the basis that day, or None."""
        held = self.parties[party].standing if party in self.parties else ()
        return next(
            (
                standing
                for standing in held
                if standing.basis == basis
                and direction in standing.may
                and standing.since <= on
                and (standing.until is None or on <= standing.until)
            ),
            None,
        )

    def region_of(self, municipality: str, owner: str, *, on: date) -> Region | None:
        """The region of that agency in which the municipality lies that day."""
        place = self.municipalities.get(municipality)
        return next(
            (
                region
                for region in self.regions.values()
                if place is not None
                and region.owner == owner
                and place.county in region.counties
                and region.since <= on
                and (region.until is None or on <= region.until)
            ),
            None,
        )
