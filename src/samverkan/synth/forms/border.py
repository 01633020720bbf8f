"""Rows of those at the border and at sea: customs, coast guard."""

from __future__ import annotations

from samverkan.synth import draw
from samverkan.synth.forms.marks import months, said, short, spaced
from samverkan.synth.registers import Cells, CompanySight, Moment, PersonSight, Register
from samverkan.synth.slips import Rates


def _plate(moment: Moment, sight: PersonSight) -> str:
    return draw.plate_of(sight.person.number) if moment.rng.random() < 0.4 else ""


def _traveller(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "slag": "resande",
        "uppgift_datum": said(moment, 300),
        "identitet": short(seen.number),
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodelsedatum": seen.born,
        "pass": sight.person.passport,
        "gatuadress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "fordon": _plate(moment, sight),
        "kontanter": "upprepat" if sight.meets else "enstaka",
        "manader": months(moment, plotting=sight.plotting) if sight.meets else "",
        "skyddad": "true" if seen.protected else "false",
    }


def _trader(moment: Moment, sight: CompanySight) -> Cells:
    seen, meets = sight.record, sight.meets
    return {
        "slag": "foretag",
        "uppgift_datum": said(moment, 200),
        "identitet": short(seen.number),
        "firma": seen.surname,
        "gatuadress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "varuvarde": "avviker" if "tv:goods-value-deviates" in meets else "inom",
        "kontanter": "utforsel" if "tv:cash-export-declared" in meets else "",
        "manader": months(moment, plotting=sight.plotting) if meets else "",
    }


def _crew(moment: Moment, sight: PersonSight) -> Cells:
    seen = sight.record
    return {
        "typ": "besattning",
        "observerad": said(moment, 200),
        "personnummer": short(seen.number),
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodd": seen.born,
        "pass": sight.person.passport,
        "kommun": seen.city,
        "fartyg": f"SYN-{moment.rng.randrange(900):03d}",
        "skyddad": "true" if seen.protected else "false",
    }


def _operator(moment: Moment, sight: CompanySight) -> Cells:
    seen = sight.record
    return {
        "typ": "operator",
        "observerad": said(moment, 200),
        "orgnr": short(seen.number),
        "namn": seen.surname,
        "kommun": seen.city,
        "telefon": seen.phone,
        "fartyg": f"SYN-{moment.rng.randrange(900):03d}",
        "avvikelse": "true" if sight.meets else "false",
        "manader": months(moment, plotting=sight.plotting) if sight.meets else "",
    }


CUSTOMS = Register(
    party="tullverket",
    kind="tullverket-granskontroll",
    file="granskontroll.parquet",
    columns=(
        "slag",
        "uppgift_datum",
        "identitet",
        "fornamn",
        "efternamn",
        "fodelsedatum",
        "pass",
        "firma",
        "gatuadress",
        "postnummer",
        "kommun",
        "telefon",
        "fordon",
        "varuvarde",
        "kontanter",
        "manader",
        "skyddad",
    ),
    write_person=_traveller,
    write_company=_trader,
    person_share=0.01,
    company_share=0.12,
    duplicate_share=0.05,
    rates=Rates(0.08, 0.02, 0.02, 0.025, 0.2, 0.015, 0.1, 0.012, 0.4, 0.1),
)
COAST_GUARD = Register(
    party="kbv",
    kind="kbv-sjotrafik",
    file="sjotrafik.jsonl",
    columns=(),
    write_person=_crew,
    write_company=_operator,
    person_share=0.004,
    company_share=0.015,
    rates=Rates(0.1, 0.02, 0.02, 0.025, 0.2, 0.01, 0.1, 0.01, 0.4, 0.1),
)  # fmt: skip
