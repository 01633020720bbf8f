"""How the four parties write a row. Column names are those of the pack's `deliveries/`."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from samverkan.domain.normalise import fold
from samverkan.synth.people import Company
from samverkan.synth.registers import Cells, Register, Scene, Sight
from samverkan.synth.schemes import DEBT, NO_EMPLOYEES, PROVIDER, STAFF_SEEN
from samverkan.synth.slips import Rates, Record

_WHOLE = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "œ": "o"})
"""Letters outside Latin-1 that Unicode does not take apart."""


def months(rng: Random, scene: Scene) -> str:
    """Three to six months in a row that end before the delivery."""
    count = rng.randint(3, 6)
    last = scene.on.year * 12 + scene.on.month - 2 - rng.randint(0, 2)
    return ",".join(f"{m // 12}-{m % 12 + 1:02d}" for m in range(last - count + 1, last + 1))


def said(rng: Random, scene: Scene, days: int) -> str:
    """A day within so many days before the delivery, ISO 8601."""
    return (scene.on - timedelta(days=rng.randrange(days))).isoformat()


def hyphened(number: str) -> str:
    """The number with a hyphen before its last four digits."""
    return f"{number[:-4]}-{number[-4:]}" if number else ""


def short(number: str) -> str:
    """Ten digits and a hyphen, as most people write it."""
    return hyphened(number[-10:])


def spaced(postcode: str) -> str:
    """The postcode as people write it, three digits and two."""
    return f"{postcode[:3]} {postcode[3:]}"


def latin(text: str) -> str:
    """The text in Latin-1: a letter that it lacks loses its marks, as old systems do."""
    return "".join(sign if ord(sign) < 256 else _plain(sign) for sign in text)


def _plain(sign: str) -> str:
    plain = fold(sign).translate(_WHOLE)
    return plain.upper() if sign.isupper() else plain


def directors(scene: Scene, company: Company) -> str:
    """The directors' true numbers: the party has them from the companies register."""
    return ", ".join(hyphened(scene.world.persons[at].number) for at in company.directors)


def _polisen_person(rng: Random, scene: Scene, seen: Record) -> Cells:
    return {
        "typ": "person",
        "klass": rng.choices(("underrattelse", "iakttagelse"), (7, 3))[0],
        "registrerad": said(rng, scene, 400),
        "personnummer": short(seen.number),
        "fornamn": seen.given.split(" ", 1)[0],
        "efternamn": seen.surname,
        "fodd": seen.born,
        "adress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "skyddad": "true" if seen.protected else "false",
    }


def _polisen_site(rng: Random, scene: Scene, sight: Sight) -> Cells:
    seen = sight.record
    return {
        "typ": "arbetsplats",
        "klass": "iakttagelse",
        "registrerad": said(rng, scene, 120),
        "orgnr": short(seen.number),
        "foretag": seen.surname,
        "adress": seen.street,
        "postnummer": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "personal_sedd": "true" if sight.meets else "false",
        "manader": months(rng, scene) if sight.meets else "",
    }


def _fk_person(rng: Random, scene: Scene, seen: Record) -> Cells:
    return {
        "Kategori": "FORMAN",
        "Uppgift per": said(rng, scene, 180),
        "Person-/orgnr": hyphened(seen.number),
        "Tilltalsnamn": latin(seen.given.split(" ", 1)[0]),
        "Efternamn": latin(seen.surname),
        "Fodelsedatum": seen.born,
        "Adress": latin(seen.street),
        "Postnr": spaced(seen.postcode),
        "Kommun": seen.city,
        "Telefon": seen.phone,
        "Skyddad": "J" if seen.protected else "N",
    }


def _fk_provider(rng: Random, scene: Scene, sight: Sight) -> Cells:
    seen = sight.record
    return {
        "Kategori": "ANORDNARE",
        "Uppgift per": said(rng, scene, 90),
        "Person-/orgnr": hyphened(seen.number),
        "Foretagsnamn": latin(seen.surname),
        "Adress": latin(seen.street),
        "Postnr": spaced(seen.postcode),
        "Kommun": seen.city,
        "Telefon": seen.phone,
        "Bankgiro": sight.company.account,
        "Foretradare": directors(scene, sight.company),
        "Manader": months(rng, scene),
    }


def _skv_person(rng: Random, scene: Scene, seen: Record) -> Cells:
    return {
        "slag": "individ",
        "redovisad": said(rng, scene, 120),
        "identitet": seen.number,
        "fornamn": seen.given,
        "efternamn": seen.surname,
        "fodelsetid": seen.born.replace("-", ""),
        "gatuadress": seen.street,
        "postnummer": seen.postcode,
        "kommunkod": seen.city,
        "sekretessmarkering": "1" if seen.protected else "0",
    }


def _skv_employer(rng: Random, scene: Scene, sight: Sight) -> Cells:
    seen = sight.record
    return {
        "slag": "arbetsgivare",
        "redovisad": said(rng, scene, 60),
        "identitet": seen.number,
        "firma": seen.surname.upper(),
        "gatuadress": seen.street,
        "postnummer": seen.postcode,
        "kommunkod": seen.city,
        "telefon": seen.phone,
        "bankgiro": sight.company.account,
        "foretradare": directors(scene, sight.company),
        "anstallda": "0" if sight.meets else str(rng.randint(1, 40)),
        "perioder": months(rng, scene),
    }


def _kfm_debtor(rng: Random, scene: Scene, seen: Record) -> Cells:
    return {
        "part": "fysisk",
        "uppgiftsdatum": said(rng, scene, 90),
        "person_orgnr": short(seen.number),
        "namn": f"{seen.surname}, {seen.given}".upper(),
        "adress": seen.street.upper(),
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "skuldklass": rng.choices("ABC", (50, 38, 12))[0],
        "skyddad": "ja" if seen.protected else "nej",
    }


def _kfm_company(rng: Random, scene: Scene, sight: Sight) -> Cells:
    seen = sight.record
    return {
        "part": "juridisk",
        "uppgiftsdatum": said(rng, scene, 60),
        "person_orgnr": short(seen.number),
        "namn": seen.surname,
        "adress": seen.street.upper(),
        "postnr": spaced(seen.postcode),
        "kommun": seen.city,
        "telefon": seen.phone,
        "konto": sight.company.account,
        "skuldklass": "C" if sight.meets else rng.choice("AB"),
    }


REGISTERS = (
    Register(
        party="polisen",
        kind="polisen-underrattelse",
        file="underrattelser.jsonl",
        person_share=0.035,
        duplicate_share=0.1,
        # intelligence knows names and places better than numbers
        rates=Rates(0.35, 0.02, 0.05, 0.05, 0.4, 0.01, 0.15, 0.02, 0.2),
        condition=STAFF_SEEN,
        company_share=0.05,
        write_person=_polisen_person,
        write_company=_polisen_site,
        columns=(),
    ),
    Register(
        party="fk",
        kind="fk-formaner",
        file="formaner.csv",
        person_share=0.46,
        duplicate_share=0.05,
        rates=Rates(),
        condition=PROVIDER,
        company_share=0.0,
        write_person=_fk_person,
        write_company=_fk_provider,
        columns=(
            "Kategori", "Uppgift per", "Person-/orgnr", "Tilltalsnamn", "Efternamn", "Fodelsedatum",
            "Foretagsnamn", "Adress", "Postnr", "Kommun", "Telefon", "Bankgiro", "Foretradare",
            "Manader", "Skyddad", "Intyg",
        ),
    ),
    Register(
        party="skv-beskattning",
        kind="skv-arbetsgivardeklaration",
        file="arbetsgivardeklarationer.xlsx",
        person_share=0.75,
        duplicate_share=0.01,
        rates=Rates(0.002, 0.008, 0.01, 0.015, 0.1, 0.003, 0.04, 0.004, 1.0),
        condition=NO_EMPLOYEES,
        company_share=1.0,
        write_person=_skv_person,
        write_company=_skv_employer,
        columns=(
            "slag", "redovisad", "identitet", "fornamn", "efternamn", "fodelsetid", "firma",
            "gatuadress", "postnummer", "kommunkod", "telefon", "bankgiro", "foretradare",
            "anstallda", "perioder", "sekretessmarkering", "inkomst", "uppdrag", "loneniva",
            "omsattning", "skattekonto", "fskatt",
        ),
    ),
    Register(
        party="kfm",
        kind="kfm-galdenarer",
        file="galdenarer.csv",
        person_share=0.2,
        duplicate_share=0.03,
        rates=Rates(0.02, 0.02, 0.02, 0.02, 0.3, 0.004, 0.12, 0.0, 0.4),
        condition=DEBT,
        company_share=0.2,
        write_person=_kfm_debtor,
        write_company=_kfm_company,
        columns=(
            "part", "uppgiftsdatum", "person_orgnr", "namn", "adress", "postnr", "kommun",
            "telefon", "konto", "skuldklass", "skyddad",
        ),
    ),
)  # fmt: skip
"""The four deliveries. Rates stand in the order of `Rates`."""
