"""Rows of those who pay: social insurance, employment service, payments agency."""

from __future__ import annotations

from samverkan.synth.forms.marks import directors, first, hyphened, latin, months, said, spaced
from samverkan.synth.registers import (
    Cells,
    CompanySight,
    Layout,
    Moment,
    PersonSight,
    Register,
)
from samverkan.synth.slips import Rates, Record


def _insured(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    helping = "fk:assistant-hours-reported" in sight.meets
    certifies = "fk:certifier-of-many" in sight.meets
    kind = "ASSISTENT" if helping else "INTYG" if certifies else "FORMAN"
    return {
        "Kategori": kind,
        "Uppgift per": said(moment, 180),
        "Person-/orgnr": hyphened(seen.number),
        "Tilltalsnamn": latin(first(seen.given)),
        "Efternamn": latin(seen.surname),
        "Fodelsedatum": seen.born,
        **_place(seen, "Adress"),
        "Manader": months(moment, plotting=sight.plotting) if helping else "",
        "Intyg": "FLERA" if certifies else "",
        "Skyddad": "J" if seen.protected else "N",
    }


def _place(seen: Record, street: str) -> Cells:
    return {
        street: latin(seen.street),
        "Postnr": spaced(seen.postcode),
        "Kommun": seen.city,
        "Telefon": seen.phone,
    }


def _provider(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "Kategori": "ANORDNARE",
        "Uppgift per": said(moment, 90),
        "Person-/orgnr": hyphened(seen.number),
        "Foretagsnamn": latin(seen.surname),
        **_place(seen, "Adress"),
        "Bankgiro": sight.company.account,
        "Foretradare": directors(sight),
        "Manader": months(moment, plotting=sight.plotting),
    }


def _participant(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "Kategori": "INTYGSGIVARE" if sight.meets else "DELTAGARE",
        "Beslut per": said(moment, 180),
        "Person-/orgnr": hyphened(seen.number),
        "Fornamn": latin(seen.given),
        "Efternamn": latin(seen.surname),
        "Fodelsedatum": seen.born,
        **_place(seen, "Gata"),
        "Intyg": "FLERA" if sight.meets else "",
        "Skyddad": "J" if seen.protected else "N",
    }


def _subsidised(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "Kategori": "ARBETSGIVARE",
        "Beslut per": said(moment, 120),
        "Person-/orgnr": hyphened(seen.number),
        "Arbetsgivare": latin(seen.surname),
        **_place(seen, "Gata"),
        "Bankgiro": sight.company.account,
        "Manader": months(moment, plotting=sight.plotting),
    }


def _paid_person(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "mottagare": "person",
        "utbetald": said(moment, 60),
        "identitet": seen.number,
        "fornamn": first(seen.given),
        "efternamn": seen.surname,
        "fodelsedatum": seen.born,
        "postnummer": seen.postcode,
        "kommun": seen.city,
        "konto": sight.person.account,
        "kontobild": "samling" if sight.meets else "eget",
        "skyddad": "true" if seen.protected else "false",
    }


def _paid_company(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "mottagare": "foretag",
        "utbetald": said(moment, 60),
        "identitet": seen.number,
        "namn": seen.surname,
        "postnummer": seen.postcode,
        "kommun": seen.city,
        "konto": sight.company.account,
        "kontobild": "delat" if sight.meets else "eget",
        "manader": months(moment, plotting=sight.plotting) if sight.meets else "",
    }


INSURANCE = Register(
    party="fk",
    kind="fk-formaner",
    file="formaner.csv",
    columns=(
        "Kategori",
        "Uppgift per",
        "Person-/orgnr",
        "Tilltalsnamn",
        "Efternamn",
        "Fodelsedatum",
        "Foretagsnamn",
        "Adress",
        "Postnr",
        "Kommun",
        "Telefon",
        "Bankgiro",
        "Foretradare",
        "Manader",
        "Skyddad",
        "Intyg",
    ),
    write_person=_insured,
    write_company=_provider,
    person_share=0.55,
    duplicate_share=0.05,
    layout=Layout(";", "latin-1"),
)
EMPLOYMENT = Register(
    party="af",
    kind="af-stod",
    file="stod.csv",
    columns=(
        "Kategori",
        "Beslut per",
        "Person-/orgnr",
        "Fornamn",
        "Efternamn",
        "Fodelsedatum",
        "Arbetsgivare",
        "Gata",
        "Postnr",
        "Kommun",
        "Telefon",
        "Bankgiro",
        "Manader",
        "Intyg",
        "Skyddad",
    ),
    write_person=_participant,
    write_company=_subsidised,
    person_share=0.07,
    duplicate_share=0.03,
    rates=Rates(0.004, 0.01, 0.015, 0.02, 0.25, 0.006, 0.1, 0.006, 0.2),
    layout=Layout(";", "latin-1"),
)
PAYMENTS = Register(
    party="utbetalningsmyndigheten",
    kind="ubm-transaktionskonto",
    file="utbetalningar.parquet",
    columns=(
        "mottagare", "utbetald", "identitet", "fornamn", "efternamn", "fodelsedatum", "namn",
        "postnummer", "kommun", "konto", "kontobild", "manader", "skyddad",
    ),
    write_person=_paid_person,
    write_company=_paid_company,
    person_share=0.3,
    company_share=0.06,
    duplicate_share=0.02,
    rates=Rates(0.002, 0.005, 0.01, 0.012, 0.2, 0.003, 0.06, 0.004, 1.0),
)  # fmt: skip
