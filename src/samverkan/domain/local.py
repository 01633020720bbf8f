"""Local body (lokalt samverkansorgan): begun over an area, invited to, answered, varied, closed.

It is dated data beside the pack's own bodies. A party takes part by its own answer, from an office
there or from afar by a delegate; a partner without standing takes part in what is open alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samverkan.domain.org import tenure
from samverkan.domain.pack import Body, BodyKind, Level, Pack, PartnerKind
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import LocalId, MalformedId, PartyId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import By, Event
from samverkan.wire.local import (
    AddPartner,
    AnswerInvitation,
    ChooseVariant,
    CloseLocal,
    InviteParty,
    StartLocal,
)
from samverkan.wire.v1 import from_body

START, INVITE, ANSWER = "local.start", "local.invite", "local.answer"
PARTNER, VARY, CLOSE = "local.partner", "local.vary", "local.close"
KINDS = frozenset({START, INVITE, ANSWER, PARTNER, VARY, CLOSE})
LONGEST_NAME = 120
FOREVER = "9999-12-31"
PARTNERS = frozenset({PartnerKind.MUNICIPALITY, PartnerKind.HOUSING, PartnerKind.COUNTY_BOARD})
"""Who may be a partner: none of them has standing under any basis."""


class Answer(StrEnum):
    """What a party answers to an invitation."""

    TAKES_PART = "takes-part"
    FROM_AFAR = "from-afar"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True)
class Given:
    """A party's answer; `reason` is a code of the pack."""

    answer: Answer
    reason: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Local:
    """A local body as it stands. `lead` began it and takes part without being asked."""

    lead: str
    at: str
    start: StartLocal
    until: str
    invited: tuple[str, ...]
    answers: Mapping[str, Given]
    partners: tuple[AddPartner, ...] = ()
    variants: tuple[tuple[str, str | None], ...] = ()

    @property
    def id(self) -> str:
        """Its identifier, which is its code wherever a body is named."""
        return self.start.local

    def there(self, on: str) -> bool:
        """Whether it exists that day; both days count."""
        return self.start.since <= on <= self.until

    @property
    def takes_part(self) -> frozenset[str]:
        """The parties whose answer that counts is not no; the leading one among them."""
        yes = {p for p, given in self.answers.items() if given.answer is not Answer.DECLINES}
        return frozenset(yes | {self.lead})

    @property
    def asked(self) -> frozenset[str]:
        """Everybody who leads, takes part or was asked to."""
        return frozenset({self.lead, *self.invited})

    def variant(self, on: str) -> str | None:
        """The way of working that was chosen for that day; None is the core's."""
        held = [(since, code) for since, code in self.variants if since <= on]
        return max(held, key=lambda one: one[0])[1] if held else None


Step = Callable[[Local, Event], Local]


def fold(events: Iterable[Event]) -> dict[str, Local]:
    """Every local body that the events tell of; other events are passed over. Raises `Malformed`."""
    found: dict[str, Local] = {}
    for event in events:
        if event.kind == START:
            body = from_body(event.body, StartLocal)
            found[body.local] = Local(
                event.party,
                event.at,
                body,
                body.until or FOREVER,
                tuple(body.invite),
                {},
                variants=((body.since, body.variant),),
            )
        elif event.kind in _STEPS:
            known = found.get(str(event.body.get("local")), _NOWHERE)
            stepped = _STEPS[event.kind](known, event)
            if known is not _NOWHERE:
                found[known.id] = stepped
    return found


def _invited(known: Local, event: Event) -> Local:
    return replace(known, invited=(*known.invited, from_body(event.body, InviteParty).party))


def _answered(known: Local, event: Event) -> Local:
    body = from_body(event.body, AnswerInvitation)
    given = Given(Answer(body.answer), body.reason, event.at)
    return replace(known, answers={**known.answers, event.party: given})


def _partnered(known: Local, event: Event) -> Local:
    return replace(known, partners=(*known.partners, from_body(event.body, AddPartner)))


def _varied(known: Local, event: Event) -> Local:
    body = from_body(event.body, ChooseVariant)
    kept = tuple(one for one in known.variants if one[0] != body.since)
    return replace(known, variants=(*kept, (body.since, body.variant)))


def _closed(known: Local, event: Event) -> Local:
    return replace(known, until=from_body(event.body, CloseLocal).until)


_STEPS: Mapping[str, Step] = MappingProxyType(
    {
        INVITE: _invited,
        ANSWER: _answered,
        PARTNER: _partnered,
        VARY: _varied,
        CLOSE: _closed,
    }
)
_NOWHERE = Local(
    "",
    "",
    StartLocal(
        by=By(user="usr-" + "0" * 26, role="none", policy="none"),
        local="loc-" + "0" * 26,
        name="-",
        area="-",
        under="none",
        since=FOREVER,
        invite=[],
    ),
    FOREVER,
    (),
    {},
)
"""What an event of a body that is not known here is read against, so that its form is checked."""


def start(pack: Pack, party: str, command: StartLocal, *, areas: Iterable[str]) -> Refused | None:
    """Whether it may be begun so: over an area that exists, under a council of that day in which
    the party sits, with agencies that are members that day. `areas` exist on its first day."""
    try:
        LocalId.parse(command.local)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    since = date.fromisoformat(command.since)
    return (
        _under(pack, party, command, since)
        or _of_area(command, areas)
        or _worded(pack, command)
        or _asked(pack, party, command.invite, since)
    )


def _under(pack: Pack, party: str, command: StartLocal, since: date) -> Refused | None:
    above = pack.bodies.get(command.under)
    if above is None or not above.there(since):
        return refuse(Code.BODY_NOT_THERE)
    if not _may_lead(above):
        return refuse(Code.NOT_THIS_BODY)
    return None if party in above.members else refuse(Code.NOT_A_MEMBER)


def _of_area(command: StartLocal, areas: Iterable[str]) -> Refused | None:
    return None if command.area in set(areas) else refuse(Code.AREA_NOT_THERE)


def _worded(pack: Pack, command: StartLocal) -> Refused | None:
    if command.until is not None and command.until < command.since:
        return refuse(Code.FIELD_NOT_A_DATE, field="until")
    if len(command.name) > LONGEST_NAME:
        return refuse(Code.FIELD_TOO_LONG, field="name", max=str(LONGEST_NAME))
    known = command.variant is None or command.variant in pack.variants
    return None if known else refuse(Code.NOT_IN_PACK)


def _asked(pack: Pack, party: str, asked: list[str], since: date) -> Refused | None:
    """Each once, the leading party not at all, and members all."""
    if party in asked or len(set(asked)) < len(asked):
        return refuse(Code.ALREADY_DECIDED)
    return next((no for one in asked if (no := _member(pack, one, since)) is not None), None)


def _may_lead(above: Body) -> bool:
    """A local body stands below a regional council."""
    return above.kind is BodyKind.COUNCIL and above.level is Level.REGIONAL


def _member(pack: Pack, party: str, on: date) -> Refused | None:
    """A party is asked if its agency is a member of the effort that day."""
    known = pack.parties.get(PartyId(party))
    agency = None if known is None else pack.agencies.get(known.agency)
    sits = agency is not None and tenure(agency, on=on) is not None
    return None if sits else refuse(Code.AGENCY_NOT_MEMBER)


def invite(pack: Pack, local: Local, party: str, command: InviteParty, on: date) -> Refused | None:
    """Whether one more may be asked: by the leading party, who is not asked already."""
    refused = leads(local, party, on)
    if refused is not None:
        return refused
    if command.party in local.asked:
        return refuse(Code.ALREADY_DECIDED)
    return _member(pack, command.party, max(on, date.fromisoformat(local.start.since)))


def leads(local: Local, party: str, on: date) -> Refused | None:
    """The leading party may still lead it: it has not been closed. Others find nothing to lead."""
    if local.until < on.isoformat():
        return refuse(Code.BODY_NOT_THERE)
    return None if party == local.lead else refuse(Code.NOT_THE_OWNER)


def answer(
    local: Local, party: str, command: AnswerInvitation, reasons: Iterable[str], on: date
) -> Refused | None:
    """Whether a party that was asked may answer so; the same answer counts once."""
    if party not in local.invited:
        return refuse(Code.NOT_A_MEMBER)
    if local.until < on.isoformat():
        return refuse(Code.BODY_NOT_THERE)
    if command.answer not in set(Answer):
        return refuse(Code.FIELD_NOT_A_CHOICE)
    before = local.answers.get(party)
    if before is not None and before.answer == command.answer:
        return refuse(Code.ALREADY_ANSWERED)
    if command.answer == Answer.DECLINES and command.reason is None:
        return refuse(Code.REASON_MISSING)
    unknown = command.reason is not None and command.reason not in set(reasons)
    return refuse(Code.NOT_IN_PACK) if unknown else None


def close(local: Local, party: str, command: CloseLocal, on: date) -> Refused | None:
    """Whether it may end that day: by the leading party, today or later, and sooner than it would."""
    refused = leads(local, party, on)
    if refused is not None:
        return refused
    if not max(on.isoformat(), local.start.since) <= command.until < local.until:
        return refuse(Code.FIELD_NOT_A_DATE, field="until")
    return None
