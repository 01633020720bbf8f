"""The model, to read: agencies, bodies, how it changed, and the ways into the rest of it."""

from __future__ import annotations

from datetime import date

from litestar import Response

from samverkan.agency import localities
from samverkan.agency.web import blocks, model_drawing, tables
from samverkan.agency.web.blocks import Ask, Block, Filter, Heading, Sight, Text, Tree, Ways
from samverkan.agency.web.desk import Seat, seat
from samverkan.domain.org import GUESSED
from samverkan.domain.pack import Agency, Party, Tier
from samverkan.domain.policy import Action
from samverkan.shell.forms import Form
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_CHANGES = (
    Column("on", "model.on_day", Kind.DAY),
    Column("what", "model.came"),
    Column("count", "model.then", Kind.NUMBER),
)
_AGENCIES = (
    Column("agency", "model.agency"),
    Column("tier", "model.tier"),
    Column("since", "model.since", Kind.DAY),
    Column("parties", "model.parties"),
)
_STANDING = (
    Column("party", "model.party"),
    Column("basis", "model.basis"),
    Column("law", "model.law"),
    Column("may", "model.may"),
    Column("since", "model.since", Kind.DAY),
)
_BODIES = (
    Column("body", "model.body", Kind.LINK),
    Column("kind", "model.body_kind"),
    Column("level", "model.level"),
    Column("decides", "model.decides"),
    Column("seats", "model.who_sits"),
    Column("chair", "model.chair"),
    Column("since", "model.since", Kind.DAY),
)
PLACES = ("agencies", "bodies", "processes", "catalogue", "law", "openness", "variants")


def opened(at: Seat, what: str) -> date:
    """Log the look at the model, and give today. Every officer may read it."""
    with at.desk.read(at.permit(Action.READ_INBOX), what, "follow-up") as reading:
        return reading.now.date()


def day(at: Seat, today: date) -> date:
    """The day that the address asks about, else today."""
    try:
        return date.fromisoformat(at.request.query_params.get("on", ""))
    except ValueError:
        return today


def ways(at: Seat) -> Ways:
    """The parts of the model."""
    return Ways([Link(at.t(f"model.part.{place}"), f"/model/{place}") for place in PLACES])


def _asked(at: Seat, path: str, on: date) -> Filter:
    ask = Ask(name="on", words=at.t("model.on_day"), kind="date", required=False)
    return Filter(path, at.t("model.on_day"), [ask], Form({"on": (on.isoformat(),)}))


@page("/model")
def overview(request: AnyRequest) -> Response[str]:
    """Who answers to whom, and how the effort grew."""
    at = seat(request)
    with at.desk.read(at.permit(Action.READ_INBOX), "model", "follow-up") as reading:
        on = day(at, reading.now.date())
        known = model_drawing.spots(at, on, localities.bodies(reading).values())
    pack = at.desk.pack
    version = at.t("model.version", version=pack.pack.version, law=pack.pack.law_as_of.isoformat())
    parts: list[Block] = [
        ways(at),
        Text(version, faint=True),
        _asked(at, "/model", on),
        Heading(at.t("model.chart_of", day=on.isoformat())),
        model_drawing.organisation(at, known),
        Tree(model_drawing.branches(known)),
        Heading(at.t("model.growth")),
        model_drawing.growth(at, on),
        _changes(at, on),
        _laws(at, on),
    ]
    return _shown(at, at.t("model.title"), at.t("model.lead"), parts, above=False)


def _changes(at: Seat, on: date) -> Table:
    pack = at.desk.pack
    rows = [
        {
            "on": one.on,
            "what": ", ".join(at.names.of(pack.agencies, code) for code in one.agencies),
            "count": one.count,
        }
        for one in model_drawing.moments(pack, on)
    ]
    return tables.whole("changes", at.t("model.changes"), _CHANGES, rows, at.t("model.nothing"))


def _laws(at: Seat, on: date) -> Table:
    columns = (Column("on", "model.on_day", Kind.DAY), Column("law", "model.law"))
    statutes = at.desk.pack.statutes
    rows = [
        {"on": day_, "law": f"SFS {code}: {at.names.words(statutes[code].names)}"}
        for day_, code in model_drawing.laws(at.desk.pack, on)
    ]
    return tables.whole("laws", at.t("model.laws"), columns, rows, at.t("model.nothing"))


def _shown(
    at: Seat, title: str, lead: str, parts: list[Block], *, above: bool = True
) -> Response[str]:
    back = Link(at.t("model.title"), "/model") if above else None
    return blocks.show(at.request, Sight(title=title, lead=lead, above=back, blocks=parts))


@page("/model/agencies")
def agencies(request: AnyRequest) -> Response[str]:
    """Which agencies take part on a day, and where each of their parties stands in law."""
    at = seat(request)
    on = day(at, opened(at, "model-agencies"))
    pack = at.desk.pack
    rows = [
        row for tier in Tier for one in pack.agencies.values() for row in _agency(at, one, tier, on)
    ]
    held = [row for party in pack.parties.values() for row in _standings(at, party, on)]
    nothing = at.t("model.nothing")
    parts: list[Block] = [
        _asked(at, "/model/agencies", on),
        tables.whole(
            "agencies", at.t("model.agencies_of", day=on.isoformat()), _AGENCIES, rows, nothing
        ),
        tables.whole(
            "standing", at.t("model.standing_of", day=on.isoformat()), _STANDING, held, nothing
        ),
        Text(at.t("model.doubt_means"), faint=True),
    ]
    return _shown(at, at.t("model.part.agencies"), at.t("model.agencies_lead"), parts)


def _agency(at: Seat, agency: Agency, tier: Tier, on: date) -> list[dict[str, object]]:
    parties = [p for p in at.desk.pack.parties.values() if p.agency == agency.id]
    return [
        {
            "agency": at.names.words(agency.names) + (" (U)" if span.doubt else ""),
            "tier": at.t(f"model.tier_of.{span.tier.value}"),
            "since": span.since,
            "parties": ", ".join(at.names.words(party.names) for party in parties),
        }
        for span in agency.membership
        if span.tier is tier
        and span.doubt != GUESSED
        and span.since <= on
        and (span.until is None or on <= span.until)
    ]


def _standings(at: Seat, party: Party, on: date) -> list[dict[str, object]]:
    bases = at.desk.pack.bases
    return [
        {
            "party": at.names.words(party.names),
            "basis": at.names.of(bases, one.basis),
            "law": at.t("model.law_of", statute=one.statute, section=one.section),
            "may": ", ".join(at.t(f"model.way.{way.value}") for way in one.may)
            + (" (U)" if one.doubt else ""),
            "since": one.since,
        }
        for one in party.standing
        if one.since <= on and (one.until is None or on <= one.until)
    ]


@page("/model/bodies")
def bodies(request: AnyRequest) -> Response[str]:
    """The bodies of a day: who may sit, who chairs, what each decides."""
    at = seat(request)
    on = day(at, opened(at, "model-bodies"))
    rows = [
        {
            "body": Link(
                at.names.words(body.names) + (" (U)" if body.doubt else ""),
                f"/model/bodies/{body.id}",
            ),
            "kind": at.t(f"model.kind.{body.kind.value}"),
            "level": at.t(f"model.level_of.{body.level.value}"),
            "decides": ", ".join(at.t(f"model.matter.{one.value}") for one in body.decides),
            "seats": at.t("model.seats", n=len(body.members), quorum=body.quorum),
            "chair": at.names.party(body.chair),
            "since": body.since,
        }
        for body in model_drawing.bodies_on(at.desk.pack, on)
    ]
    roles = [
        {"role": at.names.words(role.names), "duty": at.names.words(role.duty)}
        for role in at.desk.pack.roles.values()
    ]
    columns = (Column("role", "model.role"), Column("duty", "model.duty"))
    nothing = at.t("model.nothing")
    parts: list[Block] = [
        _asked(at, "/model/bodies", on),
        tables.whole("bodies", at.t("model.bodies_of", day=on.isoformat()), _BODIES, rows, nothing),
        Text(at.t("model.own_decisions")),
        tables.whole("roles", at.t("model.roles"), columns, roles, nothing),
    ]
    return _shown(at, at.t("model.part.bodies"), at.t("model.bodies_lead"), parts)


HANDLERS = [overview, agencies, bodies]
