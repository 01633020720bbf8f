"""Rows of those who collect and permit: taxation, enforcement, migration."""

from __future__ import annotations

from datetime import timedelta

from samverkan.synth.forms.marks import directors, months, said, short, spaced
from samverkan.synth.registers import (
    Cells,
    CompanySight,
    Layout,
    Moment,
    PersonSight,
    Register,
)
from samverkan.synth.slips import Rates


def _taxed(moment: Moment, sight: PersonSight) -> Cells:
    seen, meets = sight.record, sight.meets
    cared = "skv:pay-from-provider" in meets
    none = "skv:no-income-declared" in meets
    return {
        "slag": "individ",
        "redovisad": said(moment, 120),
        "identitet": seen.number,
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodelsetid": seen.born.replace("-", ""),
        "gatuadress": seen.street,
        "postnummer": seen.postcode,
        "kommunkod": seen.city,
        # pay from a provider is what tells, should chance have given somebody both
        "inkomst": "assistans" if cared else "ingen" if none else "annan",
        "uppdrag": "flera" if "skv:director-of-many" in meets else "",
        "perioder": months(moment, plotting=sight.plotting) if cared else "",
        "sekretessmarkering": "1" if seen.protected else "0",
    }


def _employer(moment: Moment, sight: CompanySight) -> Cells:
    seen, meets = sight.record, sight.meets
    staff = str(moment.rng.randint(1, 40))
    return {
        "slag": "arbetsgivare",
        "redovisad": said(moment, 60),
        "identitet": seen.number,
        "firma": seen.surname.upper(),
        "gatuadress": seen.street,
        "postnummer": seen.postcode,
        "kommunkod": seen.city,
        "telefon": seen.phone,
        "bankgiro": sight.company.account,
        "foretradare": directors(sight),
        "anstallda": "0" if "skv:no-employees-declared" in meets else staff,
        "loneniva": "under" if "skv:low-pay-declared" in meets else "inom",
        "omsattning": "sprang" if "skv:turnover-jump" in meets else "jamn",
        "skattekonto": "utbetalt" if "skv:tax-account-payout" in meets else "",
        "fskatt": "ny" if "skv:newly-registered" in meets else "aldre",
        "perioder": months(moment, plotting=sight.plotting),
    }


def _debtor(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "part": "fysisk",
        "uppgiftsdatum": said(moment, 90),
        "person_orgnr": short(seen.number),
        "namn": f"{seen.surname}, {seen.given}".upper(),
        "adress": seen.street.upper(),
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "skuldklass": "C" if sight.meets else moment.rng.choices("AB", (5, 4))[0],
        "skyddad": "ja" if seen.protected else "nej",
    }


def _debtor_company(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "part": "juridisk",
        "uppgiftsdatum": said(moment, 60),
        "person_orgnr": short(seen.number),
        "namn": seen.surname,
        "adress": seen.street.upper(),
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "konto": sight.company.account,
        "skuldklass": _debt_class(moment, sight),
    }


def _debt_class(moment: Moment, sight: CompanySight) -> str:
    if "kfm:debt-over-100k" in sight.meets:
        return "C"
    return "E" if sight.meets else moment.rng.choice("AB")


def _applicant(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    certifies = bool(sight.meets)
    return {
        "roll": "intygsgivare" if certifies else "sokande",
        "uppgift_datum": said(moment, 150),
        "person_orgnr": short(seen.number),
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodelsedatum": seen.born,
        "pass": "" if certifies else sight.person.passport,
        "adress": seen.street,
        "postnr": spaced(seen.postcode),
        "kommunkod": seen.city,
        "telefon": seen.phone,
        "intyg": "flera" if certifies else "",
        "skyddad": "ja" if seen.protected else "nej",
        **({} if certifies else _permit(moment)),
    }


def _permit(moment: Moment) -> Cells:
    begun = moment.on - timedelta(days=moment.rng.randint(30, 600))
    return {
        "tillstand_fran": begun.isoformat(),
        "tillstand_till": (begun + timedelta(days=730)).isoformat(),
    }


def _sponsor(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "roll": "arbetsgivare",
        "uppgift_datum": said(moment, 120),
        "person_orgnr": short(seen.number),
        "arbetsgivare": seen.surname,
        "adress": seen.street,
        "postnr": spaced(seen.postcode),
        "kommunkod": seen.city,
        "telefon": seen.phone,
        "manader": months(moment, plotting=sight.plotting),
    }


TAXATION = Register(
    party="skv-beskattning",
    kind="skv-arbetsgivardeklaration",
    file="arbetsgivardeklarationer.xlsx",
    columns=(
        "slag",
        "redovisad",
        "identitet",
        "fornamn",
        "efternamn",
        "fodelsetid",
        "firma",
        "gatuadress",
        "postnummer",
        "kommunkod",
        "telefon",
        "bankgiro",
        "foretradare",
        "anstallda",
        "perioder",
        "inkomst",
        "uppdrag",
        "loneniva",
        "omsattning",
        "skattekonto",
        "fskatt",
        "sekretessmarkering",
    ),
    write_person=_taxed,
    write_company=_employer,
    person_share=0.85,
    company_share=1.0,
    duplicate_share=0.01,
    rates=Rates(0.002, 0.008, 0.01, 0.015, 0.1, 0.003, 0.04, 0.004, 1.0, 0.005),
)
ENFORCEMENT = Register(
    party="kfm",
    kind="kfm-galdenarer",
    file="galdenarer.csv",
    columns=(
        "part",
        "uppgiftsdatum",
        "person_orgnr",
        "namn",
        "adress",
        "postnr",
        "kommun",
        "telefon",
        "konto",
        "skuldklass",
        "skyddad",
    ),
    write_person=_debtor,
    write_company=_debtor_company,
    person_share=0.12,
    company_share=0.1,
    duplicate_share=0.03,
    rates=Rates(0.02, 0.02, 0.02, 0.02, 0.3, 0.004, 0.12, 0.0, 0.4),
)
MIGRATION = Register(
    party="miv",
    kind="miv-arbetstillstand",
    file="arbetstillstand.csv",
    columns=(
        "roll", "uppgift_datum", "person_orgnr", "fornamn", "efternamn", "fodelsedatum", "pass",
        "arbetsgivare", "adress", "postnr", "kommunkod", "telefon", "manader", "intyg",
        "tillstand_fran", "tillstand_till", "skyddad",
    ),
    write_person=_applicant,
    write_company=_sponsor,
    person_share=0.04,
    minor_share=0.01,
    duplicate_share=0.04,
    rates=Rates(0.03, 0.015, 0.02, 0.025, 0.2, 0.02, 0.12, 0.012, 0.3, 0.15),
    layout=Layout(";"),
)  # fmt: skip
