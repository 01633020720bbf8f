"""Rows of those who investigate: police, security service, prosecutors, economic crime, prisons."""

from __future__ import annotations

from datetime import timedelta

from samverkan.synth import draw
from samverkan.synth.forms.marks import directors, first, months, said, short, spaced
from samverkan.synth.registers import (
    Cells,
    CompanySight,
    Layout,
    Moment,
    PersonSight,
    Register,
)
from samverkan.synth.slips import Rates


def _police_person(moment: Moment, sight: PersonSight) -> Cells:
    seen, rng = sight.record, moment.rng
    role = "malsagande" if sight.victim or not sight.person.adult else _role(moment)
    return {
        "typ": "person",
        "klass": rng.choices(("underrattelse", "iakttagelse"), (7, 3))[0],
        "registrerad": said(moment, 400),
        "roll": role,
        "personnummer": short(seen.number),
        "fornamn": first(seen.given),
        "efternamn": seen.surname,
        "alias": draw.variant(rng, first(seen.given)) if rng.random() < 0.15 else "",
        "fodd": seen.born,
        "adress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "fordon": draw.plate_of(sight.person.number) if rng.random() < 0.2 else "",
        "andras_kort": "true" if sight.meets else "false",
        "skyddad": "true" if seen.protected else "false",
    }


def _role(moment: Moment) -> str:
    return moment.rng.choices(("misstankt", "ovrig"), (6, 4))[0]


def _police_site(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "typ": "arbetsplats",
        "klass": "iakttagelse",
        "registrerad": said(moment, 120),
        "orgnr": short(seen.number),
        "foretag": seen.surname,
        "adress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "personal_sedd": _holds(sight, "polisen:staff-seen-at-site"),
        "boende_sett": _holds(sight, "polisen:lodging-at-worksite"),
        "manader": months(moment, plotting=sight.plotting) if sight.meets else "",
    }


def _holds(sight: CompanySight, code: str) -> str:
    return "true" if code in sight.meets else "false"


def _security_person(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "typ": "person",
        "klass": "underrattelse",
        "registrerad": said(moment, 300),
        "personnummer": short(seen.number),
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodd": seen.born,
        "pass": sight.person.passport,
        "kommun": seen.city,
        "telefon": seen.phone,
        "overforingar": "true" if sight.meets else "false",
        "skyddad": "true" if seen.protected else "false",
    }


def _security_organisation(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "typ": "organisation",
        "klass": "underrattelse",
        "registrerad": said(moment, 300),
        "orgnr": short(seen.number),
        "namn": seen.surname,
        "kommun": seen.city,
        "konto": sight.company.account,
        "insamlingskonto": "true" if sight.meets else "false",
    }


def _secured_person(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "part": "person",
        "beslutsdatum": said(moment, 300),
        "person_orgnr": short(seen.number),
        "namn": f"{seen.surname}, {seen.given}",
        "fodd": seen.born,
        "adress": seen.street,
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "skyddad": "ja" if seen.protected else "nej",
        **_measure(moment),
    }


def _secured_company(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "part": "bolag",
        "beslutsdatum": said(moment, 300),
        "person_orgnr": short(seen.number),
        "namn": seen.surname,
        "adress": seen.street,
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "skyddad": "nej",
        **_measure(moment),
    }


def _measure(moment: Moment) -> Cells:
    return {
        "atgard": moment.rng.choice(("kvarstad", "kvarstad", "penningbeslag")),
        "belopp": str(moment.rng.randint(3, 400) * 5_000),
    }


def _economic_person(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "slag": "person",
        "upprättad": said(moment, 300),
        "roll": "företrädare" if sight.meets else "övrig",
        "identitet": short(seen.number),
        "förnamn": seen.given,
        "efternamn": seen.surname,
        "född": seen.born,
        "gata": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "konkursanmälan": "företrädare" if sight.meets else "",
        "skyddad": "ja" if seen.protected else "nej",
    }


def _economic_company(moment: Moment, sight: CompanySight) -> Cells:
    seen, meets = sight.record, sight.meets
    return {
        "slag": "bolag",
        "upprättad": said(moment, 300),
        "identitet": short(seen.number),
        "firma": seen.surname,
        "gata": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "bankgiro": sight.company.account,
        "företrädare": directors(sight),
        "konkursanmälan": "övertagare" if "ebm:took-over-from-bankrupt" in meets else "",
        "fakturor": "ja" if "ebm:invoices-in-other-books" in meets else "nej",
        "företagsbot": "ja" if "ebm:corporate-fine" in meets else "nej",
    }


def _client(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    taken_in = moment.on - timedelta(days=moment.rng.randint(200, 900))
    held = bool(sight.meets)
    return {
        "Uppgift": said(moment, 30),
        "Personnummer": short(seen.number),
        "Förnamn": seen.given,
        "Efternamn": seen.surname,
        "Född": seen.born,
        "Folkbokförd": seen.street,
        "Postnr": spaced(seen.postcode),
        "Kommun": seen.city,
        "Status": "Intagen" if held else "Frivård",
        "Anstalt": moment.rng.choice(("Hällåsen", "Norrkila", "Skogsvik")) if held else "",
        "Intagen": taken_in.isoformat(),
        "Frigiven": "" if held else said(moment, 150),
        "Månader": months(moment, plotting=sight.plotting) if held else "",
        "Skyddad": "Ja" if seen.protected else "Nej",
    }


POLICE = Register(
    party="polisen",
    kind="polisen-underrattelse",
    file="underrattelser.jsonl",
    columns=(),
    write_person=_police_person,
    write_company=_police_site,
    person_share=0.04,
    minor_share=0.004,
    company_share=0.05,
    duplicate_share=0.1,
    # intelligence knows names and places better than numbers
    rates=Rates(0.35, 0.02, 0.05, 0.05, 0.4, 0.01, 0.15, 0.02, 0.2, 0.1),
)
SECURITY = Register(
    party="sapo",
    kind="sapo-finansiering",
    file="uppslag.jsonl",
    columns=(),
    write_person=_security_person,
    write_company=_security_organisation,
    person_share=0.002,
    company_share=0.005,
    rates=Rates(0.2, 0.02, 0.03, 0.03, 0.3, 0.01, 0.15, 0.02, 0.3, 0.15),
)
PROSECUTION = Register(
    party="aklagare",
    kind="aklagare-sakring",
    file="sakrad_egendom.csv",
    columns=(
        "part",
        "beslutsdatum",
        "person_orgnr",
        "namn",
        "fodd",
        "adress",
        "postnr",
        "kommun",
        "atgard",
        "belopp",
        "skyddad",
    ),
    write_person=_secured_person,
    write_company=_secured_company,
    person_share=0.006,
    company_share=0.01,
    rates=Rates(0.02, 0.01, 0.01, 0.015, 0.3, 0.004, 0.1, 0.005, 1.0),
    layout=Layout(";"),
)
ECONOMIC = Register(
    party="ebm-polis",
    kind="ebm-utredningar",
    file="utredningar.xlsx",
    columns=(
        "slag",
        "upprättad",
        "roll",
        "identitet",
        "förnamn",
        "efternamn",
        "född",
        "firma",
        "gata",
        "postnummer",
        "kommun",
        "telefon",
        "bankgiro",
        "företrädare",
        "konkursanmälan",
        "fakturor",
        "företagsbot",
        "skyddad",
    ),
    write_person=_economic_person,
    write_company=_economic_company,
    person_share=0.005,
    company_share=0.02,
    rates=Rates(0.03, 0.015, 0.015, 0.02, 0.3, 0.005, 0.12, 0.006, 0.4),
)
PRISONS = Register(
    party="kriminalvarden",
    kind="kriminalvarden-klienter",
    file="klienter.xlsx",
    columns=(
        "Uppgift", "Personnummer", "Förnamn", "Efternamn", "Född", "Folkbokförd", "Postnr",
        "Kommun", "Status", "Anstalt", "Intagen", "Frigiven", "Månader", "Skyddad",
    ),
    write_person=_client,
    person_share=0.008,
    rates=Rates(0.005, 0.01, 0.01, 0.015, 0.2, 0.004, 0.2, 0.005, 1.0),
)  # fmt: skip
