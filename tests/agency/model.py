"""Four parties of a small Swedish model, and what a few invented persons are in their registers.

The model is `packs/se` and a little more: the tax crime unit (`skv-brott`) has a register, a
lawful query and officers of its own, and one typology needs two parties only. The other branch
of the same agency (`skv-beskattning`) is there too, outside the scope.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from samverkan.domain.normalise import check_digit
from samverkan.domain.pack import Kind, Pack
from samverkan.embedded.house import read_pack
from samverkan.kernel.ids import PartyId
from samverkan.kernel.purpose import Stamp

POLICE, DEBTS, CRIME, TAX = ("polisen", "kfm", "skv-brott", "skv-beskattning")
PARTIES = (POLICE, DEBTS, CRIME, TAX)
SCOPE = (POLICE, DEBTS, CRIME)
TYPOLOGY = "debts-at-sites"
BASIS = "sfs-2016-774"
COUNCIL = "rsr-bergslagen"


def personal(born: str, serial: str) -> str:
    """An impossible identity number: its check digit is the right one and five."""
    return f"{born}-{serial}{check_digit(born + serial, Stamp.SYNTHETIC)}"


ANNA = personal("810412", "983")
BO = personal("770905", "981")
CILLA = personal("900101", "982")
DELTA = personal("558123", "945")
"""A company: known to all three, staff seen at its site, in debt."""
ACCOUNT = f"5050-105{check_digit('5050105', Stamp.SYNTHETIC)}"
DEBTS_STREET = "Hemliga gatan 77"
"""Where Anna lives, as the enforcement agency alone says."""


def _police_rows() -> list[dict[str, str]]:
    person = {"typ": "person", "klass": "underrattelse", "registrerad": "2026-05-02"}
    home = {"adress": "Storgatan 1", "postnummer": "711 30", "kommun": "1885"}
    site = {"typ": "arbetsplats", "klass": "iakttagelse", "registrerad": "2026-05-03"}
    seen = {"personal_sedd": "true", "manader": "2026-03,2026-04"}
    return [
        person | home | _named(ANNA, "Anna", "Alm", "1981-04-12") | {"telefon": "031-3900601"},
        person | home | _named(BO, "Bo", "Berg", "1977-09-05") | {"skyddad": "true"},
        person | home | _named(CILLA, "Cilla", "Ceder", "1990-01-01"),
        site | home | seen | {"orgnr": DELTA, "foretag": "Delta Bygg AB"},
    ]


def _named(number: str, first: str, last: str, born: str) -> dict[str, str]:
    return {"personnummer": number, "fornamn": first, "efternamn": last, "fodd": born}


def _debts_rows() -> list[dict[str, str]]:
    one = {"part": "fysisk", "uppgiftsdatum": "2026-05-09", "skuldklass": "C", "skyddad": "nej"}
    one |= {"postnr": "711 30", "kommun": "1885", "konto": ""}
    firm = one | {"part": "juridisk", "konto": ACCOUNT}
    anna = {"person_orgnr": ANNA, "namn": "ALM, ANNA", "adress": DEBTS_STREET}
    bo = {"person_orgnr": BO, "namn": "BERG, BO", "adress": "Dolda vägen 3", "skyddad": "ja"}
    delta = {"person_orgnr": DELTA, "namn": "DELTA BYGG AB", "adress": "Bruksgatan 5"}
    return [
        one | anna | {"telefon": "031-3900602"},
        one | bo | {"telefon": "031-3900603"},
        firm | delta | {"telefon": "031-3900604"},
    ]


def _crime_rows() -> list[dict[str, str]]:
    return [
        {**row, "skuldklass": "A", "adress": "Utredargränd 9", "telefon": ""}
        for row in _debts_rows()
        if row["skyddad"] == "nej"
    ]


@cache
def small_pack() -> Pack:
    """The national model with what the tests need besides."""
    pack = read_pack("se", Stamp.SYNTHETIC)
    theirs: Any = pack.deliveries["kfm-galdenarer"]
    persons = replace(pack.queries["large-debt-persons"], party=PartyId(CRIME), conditions=())
    mandates = [m for p in pack.people.values() if p.party == DEBTS for m in p.mandates]
    council = pack.bodies[COUNCIL]
    typology = replace(
        pack.typologies["unfair-labour"],
        id=TYPOLOGY,
        conditions=("polisen:staff-seen-at-site", "kfm:debt-over-100k"),
        threshold=2,
    )
    return replace(
        pack,
        deliveries={**pack.deliveries, "skv-brott-register": {**theirs, "party": CRIME}},
        queries={
            **pack.queries,
            "crime-persons": persons,
            "crime-companies": replace(persons, subject=Kind.COMPANY),
        },
        typologies={**pack.typologies, TYPOLOGY: typology},
        bodies={
            **pack.bodies,
            COUNCIL: replace(council, members=(*council.members, PartyId(CRIME))),
        },
        people={
            **pack.people,
            "all": replace(
                pack.people["skv-brott-utredare"], name="Alla Roller", mandates=tuple(mandates)
            ),
        },
    )


def write_deliveries(folder: Path) -> None:
    """Each party's file and manifest."""
    lines = "".join(f"{json.dumps(row)}\n" for row in _police_rows())
    _deliver(folder, POLICE, ("polisen-underrattelse", "rows.jsonl"), lines)
    _deliver(folder, DEBTS, ("kfm-galdenarer", "rows.csv"), _csv(_debts_rows()))
    _deliver(folder, CRIME, ("skv-brott-register", "rows.csv"), _csv(_crime_rows()))


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    lines = [",".join(rows[0])]
    return "\n".join([*lines, *(",".join(f'"{v}"' for v in row.values()) for row in rows)]) + "\n"


def _deliver(folder: Path, party: str, named: tuple[str, str], text: str) -> None:
    kind, file = named
    place = folder / party
    place.mkdir(parents=True)
    data = text.encode()
    (place / file).write_bytes(data)
    said = {"kind": kind, "file": file, "sha256": hashlib.sha256(data).hexdigest()}
    said["stamp"] = "synthetic"
    (place / "manifest.json").write_text(json.dumps(said))
