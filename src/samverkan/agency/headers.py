"""Joint headers of cases as steering's feed tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.agency.facts import CaseFacts
from samverkan.agency.ports import Reading
from samverkan.domain import case as rules
from samverkan.domain.case import Header
from samverkan.wire.joining import Event


def headers(reading: Reading) -> Mapping[str, Header]:
    """Every header that this party is told of, in the order in which they were opened.

    Who became a reader after the opening has not heard it: of such a case there is nothing to show.
    """
    return reading.feed.all().derived(_fold)


def _fold(events: Iterable[Event]) -> dict[str, Header]:
    found: dict[str, Header] = {}
    for event in events:
        case = str(event.body.get("case"))
        if event.kind == rules.OPENED or (event.kind in rules.KINDS and case in found):
            found[case] = rules.follow(found.get(case), event)
    return found


def running(reading: Reading) -> list[Header]:
    """Those that are not closed: the next review first."""
    known = headers(reading).values()
    return sorted((one for one in known if one.running), key=lambda one: (one.review, one.name))


def header_of(reading: Reading, case: CaseFacts) -> Header | None:
    """The header of an own file; None while it has none, or steering has not told of it yet."""
    return None if case.header is None else headers(reading).get(case.header)


def reviews_due(reading: Reading, by: date) -> list[Header]:
    """Running cases that this party leads and that are to be reviewed by that day."""
    return [one for one in running(reading) if one.lead == reading.me and one.review <= by]


@dataclass(frozen=True, slots=True)
class Contributions:
    """What has contributed to a case, as far as this party knows: numbers, and nobody's data.

    `asked` and `answered` are own requests and those answered, `given` own disclosures to others,
    `proposals` what was proposed to bodies, by any party.
    """

    asked: int
    answered: int
    given: int
    proposals: int


def contributions(reading: Reading, header: str) -> Contributions:
    """The sums of one header."""
    requests = [one for one in reading.cases.requests() if one.ask.header == header]
    told = [one for one in requests if reading.cases.disclosure(one.id) is not None]
    proposed = (e.body for e in reading.feed.all() if e.kind == "proposal.make")
    return Contributions(
        asked=sum(one.outgoing for one in requests),
        answered=sum(one.outgoing for one in told),
        given=sum(not one.outgoing for one in told),
        proposals=sum(body.get("case") == header for body in proposed),
    )
