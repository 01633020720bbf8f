"""The sealed part of council papers, as far as this party holds it."""

from __future__ import annotations

from samverkan.agency.ports import Reading
from samverkan.agency.web import tables
from samverkan.agency.web.blocks import Block, Heading, Notice
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.subjects import value_words
from samverkan.domain.statement import Prop
from samverkan.shell.parts import Column, Tone

_ANNEX = (
    Column("names", "annex.names"),
    Column("number", "annex.number"),
    Column("why", "annex.why"),
)


def held(at: Seat, reading: Reading, id_: str) -> list[Block]:
    """What this party holds of the sealed part; bodies and steering hold none of it."""
    parts: list[Block] = [Heading(at.t("annex.heading"))]
    known = reading.cases.annexes(id_)
    for party, annex in known.items():
        rows = [
            {
                "names": ", ".join(s.names),
                "number": value_words(at, Prop.ID_NUMBER, s.number or ""),
                "why": s.why,
            }
            for s in annex.subjects
        ]
        caption = at.t("annex.from", party=at.names.party(party))
        parts.append(tables.whole(f"annex-{party}", caption, _ANNEX, rows, at.t("annex.empty")))
    if not known:
        parts.append(Notice(Tone.INFO, at.t("annex.none"), [at.t("annex.none_means")]))
    return parts
