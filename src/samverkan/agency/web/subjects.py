"""How subjects are shown: a name, a number written as people write it, fields with their words."""

from __future__ import annotations

from collections.abc import Collection

from samverkan.agency.facts import FiringFacts
from samverkan.agency.ports import Reading
from samverkan.agency.web.blocks import Block, Facts, Heading, Notice
from samverkan.agency.web.desk import Seat
from samverkan.domain.graph import Appraisal, Relevance, Verdict
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.kernel.ids import SubjectId
from samverkan.shell.parts import Tag, Tone

VERDICTS = {
    Verdict.SAME: Tag("verdict.same", Tone.GOOD),
    Verdict.DIFFERENT: Tag("verdict.different", Tone.NEUTRAL),
    Verdict.UNSURE: Tag("verdict.unsure", Tone.WARN),
    Verdict.WITHDRAWN: Tag("verdict.withdrawn", Tone.NEUTRAL),
}
UNJUDGED = Tag("verdict.none", Tone.INFO)
RELEVANCES = {
    Relevance.RELEVANT: Tag("relevance.relevant", Tone.GOOD),
    Relevance.NOT_RELEVANT: Tag("relevance.not_relevant", Tone.NEUTRAL),
    Relevance.UNSURE: Tag("relevance.unsure", Tone.WARN),
    Relevance.WITHDRAWN: Tag("relevance.withdrawn", Tone.NEUTRAL),
}

PROPS = {
    Prop.ID_NUMBER: "prop.id_number",
    Prop.REGISTRATION_NUMBER: "prop.registration_number",
    Prop.FIRST_NAME: "prop.first_name",
    Prop.LAST_NAME: "prop.last_name",
    Prop.NAME: "prop.name",
    Prop.ALIAS: "prop.alias",
    Prop.BIRTH_DATE: "prop.birth_date",
    Prop.STREET: "prop.street",
    Prop.POSTCODE: "prop.postcode",
    Prop.CITY: "prop.city",
    Prop.PHONE: "prop.phone",
    Prop.ACCOUNT: "prop.account",
    Prop.PASSPORT: "prop.passport",
    Prop.VEHICLE: "prop.vehicle",
    Prop.DIRECTOR: "prop.director",
    Prop.CONDITION: "prop.condition",
    Prop.ROLE: "prop.role",
    Prop.PROTECTED: "prop.protected",
}
SCHEMAS = {Schema.PERSON: "schema.person", Schema.COMPANY: "schema.company"}
_NUMBERS = (Prop.ID_NUMBER, Prop.REGISTRATION_NUMBER, Prop.DIRECTOR)


def prop_words(seat: Seat, prop: str) -> str:
    """What a property is called."""
    known = {one.value: key for one, key in PROPS.items()}
    return seat.t(known[prop]) if prop in known else prop


def value_words(seat: Seat, prop: str, value: str) -> str:
    """A value as people write it."""
    if prop == Prop.CITY:
        return seat.names.place(value)
    if prop == Prop.CONDITION:
        return seat.names.condition(value)
    if prop == Prop.ACCOUNT:
        return value.replace(":", " ")
    if prop == Prop.ROLE:
        return seat.names.subject_role(value)
    if prop == Prop.PROTECTED:
        return seat.t("subject.yes") if value == "true" else seat.t("subject.no")
    if prop in _NUMBERS and value.isdigit():
        return f"{value[:-4]}-{value[-4:]}"
    if prop == Prop.POSTCODE and len(value) == 5:
        return f"{value[:3]} {value[3:]}"
    return value[:1].upper() + value[1:] if prop == Prop.STREET else value


def name_of(seat: Seat, fields: Fields | None) -> str:
    """What a subject is called in a list. A protected identity shows no name there."""
    if fields is None:
        return seat.t("subject.unnamed")
    if fields.protected:
        return seat.t("subject.protected")
    parts = (fields.current(Prop.FIRST_NAME), fields.current(Prop.LAST_NAME))
    name = fields.current(Prop.NAME) or " ".join(part for part in parts if part)
    number = fields.current(Prop.REGISTRATION_NUMBER) or fields.current(Prop.ID_NUMBER)
    return name or (
        value_words(seat, Prop.ID_NUMBER, number) if number else seat.t("subject.unnamed")
    )


def names_of(seat: Seat, reading: Reading, subjects: Collection[SubjectId]) -> dict[SubjectId, str]:
    """Names of own subjects, from own statements."""
    known = reading.register.own_fields(subjects)
    return {subject: name_of(seat, known.get(subject)) for subject in subjects}


def field_facts(seat: Seat, fields: Fields) -> list[tuple[str, object]]:
    """A subject's current fields, each with its words."""
    pairs: list[tuple[str, object]] = [
        (prop_words(seat, prop), ", ".join(value_words(seat, prop, v) for v in fields.all(prop)))
        for prop in Prop
        if fields.all(prop)
    ]
    for code, months in fields.conditions.items():
        span = f" ({months[0]} – {months[-1]})" if months else ""
        pairs.append((seat.t("prop.condition"), seat.names.condition(code) + span))
    return pairs


def record(seat: Seat, own: Fields | None) -> list[Block]:
    """The own record of a subject, with a word of warning where it is protected."""
    if own is None:
        return []
    parts: list[Block] = [Heading(seat.t("hit.own_record"))]
    if own.protected:
        words = [seat.t("subject.protected_means")]
        parts.append(Notice(Tone.WARN, seat.t("subject.protected"), words))
    return [*parts, Facts(field_facts(seat, own))]


def met(seat: Seat, one: FiringFacts) -> str:
    """How many of a typology's conditions meet in a firing."""
    typology = seat.desk.pack.typologies.get(one.fired.typology)
    total = len(typology.conditions) if typology else one.fired.of
    return seat.t("firing.of", met=one.fired.of, total=total)


def relevance_tag(made: Appraisal | None) -> Tag:
    """How a firing is assessed."""
    return UNJUDGED if made is None else RELEVANCES[made.relevance]
