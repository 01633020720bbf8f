"""The proposals before the officer's bodies: those that are open first."""

from __future__ import annotations

from datetime import date

from litestar import Response

from samverkan.agency.following import proposals
from samverkan.agency.web import blocks, filters, tables
from samverkan.agency.web.blocks import Block, Sight
from samverkan.agency.web.council import OUTCOMES, POSITIONS, STATES
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.council import Proposal, State
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.shell import pages
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("area", "proposal.area", Kind.LINK),
    Column("body", "proposal.body"),
    Column("party", "proposal.party"),
    Column("made", "proposal.made", Kind.DAY),
    Column("own", "proposal.own", Kind.TAG),
    Column("state", "proposal.state", Kind.TAG),
)
_FEW = 3
"""With more bodies than these, their number stands for their names."""


@page("/council")
def listed(request: AnyRequest) -> Response[str]:
    """The proposals of each body that the officer sits in."""
    at = seat(request)
    bodies = at.bodies(Action.READ_COUNCIL)
    if not bodies:
        return pages.refusal_page(request, refuse(Code.NO_MANDATE))
    by_body = filters.by_body(at, bodies)
    known: list[Proposal] = []
    for body in bodies:
        permit = at.permit(Action.READ_COUNCIL, body)
        with at.desk.read(permit, body, "council-work") as reading:
            known += [one for one in proposals(reading).values() if one.header.body == body]
    kept = [one for one in known if by_body.chosen(at) in ("", one.header.body)]
    kept.sort(key=lambda one: (one.state is State.OPEN, one.at), reverse=True)
    pages_ = tables.pages_of(at, "proposals", len(kept))
    table = Table(
        id="proposals",
        caption=at.t("proposal.all"),
        columns=_COLUMNS,
        rows=[_row(at, one) for one in kept[tables.part(pages_)]],
        empty=at.t("proposal.none"),
        pages=pages_,
    )
    lead = _bodies_in_words(at, bodies)
    body_: list[Block] = [*(filters.shown(at, [by_body]) if known else []), table]
    return blocks.show(request, Sight(title=at.t("council.title"), lead=lead, blocks=body_))


def _bodies_in_words(at: Seat, bodies: list[str]) -> str:
    """The bodies by name while they are few; then how many."""
    if len(bodies) > _FEW:
        return at.t("council.lead_many", n=len(bodies))
    words = ", ".join(at.names.of(at.desk.pack.bodies, body) for body in bodies)
    return at.t("council.lead", bodies=words)


def _row(at: Seat, one: Proposal) -> dict[str, object]:
    header, pack = one.header, at.desk.pack
    own = one.roll([at.desk.me])[at.desk.me]
    area = at.names.of(pack.crime_areas, header.crime_area)
    state = STATES[one.state] if one.decided is None else OUTCOMES[one.decided.outcome]
    return {
        "area": Link(
            f"{area}: {at.names.of(pack.targets, header.target).lower()}",
            f"/council/{header.proposal}",
        ),
        "body": at.names.of(pack.bodies, header.body),
        "party": at.names.party(one.party),
        "made": date.fromisoformat(one.at[:10]),
        "own": POSITIONS[own],
        "state": state,
    }


HANDLERS = [listed]
