"""Local bodies and seats in the record: told to all, begun once, each answer its party's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.domain.pack import Agency, BodyKind, Level, Municipality, Tenure, Tier
from samverkan.kernel.ids import DelegationId, LocalId
from samverkan.steering import gathering
from samverkan.wire.local import (
    AddPartner,
    AnswerInvitation,
    ChooseVariant,
    CloseLocal,
    InviteParty,
    StartLocal,
)
from samverkan.wire.seating import Delegate, HandOver
from tests.steering.world import BENEFITS, DEBTS, POLICE, TAX, WORK, Room, by, named, new, words

BEGINS = by("council_member", "start-local-bodies")
DECIDES = by("council_member", "answer-for-own-party-locally")


@pytest.fixture
def room() -> Room:
    room = Room()
    pack = room.pack
    tenure = (Tenure(Tier.MEMBER, date(2020, 1, 1)),)
    agencies = {p.agency: Agency(p.agency, p.names, p.id, tenure) for p in pack.parties.values()}
    council = pack.bodies["council"]
    group = replace(council, id="group", kind=BodyKind.GROUP, level=Level.NATIONAL, region=None)
    room.pack = replace(
        pack,
        agencies=agencies,
        municipalities={"1880": Municipality("1880", "Here", "18")},
        bodies={**pack.bodies, "group": group},
        reasons={**pack.reasons, "local-decline": named("later")},
    )
    return room


def start(**changes: Any) -> StartLocal:
    given: dict[str, Any] = {"local": new(LocalId), "name": words("Here")["en"], "area": "1880"}
    given |= {"under": "council", "since": "2026-12-01", "invite": [TAX, DEBTS]}
    return StartLocal(by=BEGINS, **(given | changes))


def answer(local: str, said: str, reason: str | None = None) -> AnswerInvitation:
    return AnswerInvitation(by=DECIDES, local=local, answer=said, reason=reason)


def delegate(body: str, **changes: Any) -> Delegate:
    given: dict[str, Any] = {"delegation": new(DelegationId), "seat": "member"}
    given |= {"since": "2026-12-01", "until": "2027-06-30"}
    return Delegate(by=DECIDES, body=body, **(given | changes))


@pytest.fixture
def local(room: Room) -> str:
    command = start()
    room.hear(gathering.start, POLICE, command)
    return command.local


def test_every_party_hears_of_a_body_and_it_is_begun_once(room: Room) -> None:
    command = start()
    (fact,) = room.hear(gathering.start, POLICE, command)
    assert fact.to == frozenset(room.pack.parties)
    assert room.refused(gathering.start, POLICE, command) == "already_decided"


def test_an_area_that_does_not_exist_gets_no_body(room: Room) -> None:
    assert room.refused(gathering.start, POLICE, start(area="9999")) == "area_not_there"


def test_a_party_answers_once_and_then_fills_its_seat(room: Room, local: str) -> None:
    assert room.refused(gathering.delegate, TAX, delegate(local)) == "not_a_member"
    room.hear(gathering.answer, TAX, answer(local, "from-afar"))
    again = answer(local, "from-afar")
    assert room.refused(gathering.answer, TAX, again) == "already_answered"
    room.hear(gathering.delegate, TAX, delegate(local))
    other = delegate(local, since="2027-06-30", until="2027-12-31")
    assert room.refused(gathering.delegate, TAX, other) == "seat_taken"
    assert room.refused(gathering.answer, WORK, answer(local, "takes-part")) == "not_a_member"


def test_who_declines_states_a_reason_of_the_pack_and_has_no_seat(room: Room, local: str) -> None:
    assert room.refused(gathering.answer, DEBTS, answer(local, "declines")) == "reason_missing"
    room.hear(gathering.answer, DEBTS, answer(local, "declines", "later"))
    assert room.refused(gathering.delegate, DEBTS, delegate(local)) == "not_a_member"


def test_only_the_leading_party_leads(room: Room, local: str) -> None:
    room.hear(gathering.answer, TAX, answer(local, "takes-part"))
    commands = [
        (gathering.invite, InviteParty(by=BEGINS, local=local, party=BENEFITS)),
        (gathering.partner, AddPartner(by=BEGINS, local=local, kind="municipality", name="Here")),
        (gathering.vary, ChooseVariant(by=BEGINS, local=local, since="2027-01-01")),
        (gathering.close, CloseLocal(by=BEGINS, local=local, until="2027-12-31")),
    ]
    for use_case, command in commands:
        assert room.refused(use_case, TAX, command) == "not_the_owner"
        room.hear(use_case, POLICE, command)
    coordinator = delegate(local, seat="coordinator")
    assert room.refused(gathering.delegate, TAX, coordinator) == "not_the_owner"
    room.hear(gathering.delegate, POLICE, coordinator)


def test_a_partner_is_of_a_kind_without_standing(room: Room, local: str) -> None:
    agency = AddPartner(by=BEGINS, local=local, kind="agency", name="Here")
    assert room.refused(gathering.partner, POLICE, agency) == "field_not_a_choice"


def test_a_closed_body_takes_nothing_in(room: Room, local: str) -> None:
    room.hear(gathering.close, POLICE, CloseLocal(by=BEGINS, local=local, until="2026-12-31"))
    room.clock.advance(timedelta(days=60))
    late = answer(local, "takes-part")
    assert room.refused(gathering.answer, TAX, late) == "body_not_there"
    more = InviteParty(by=BEGINS, local=local, party=BENEFITS)
    assert room.refused(gathering.invite, POLICE, more) == "body_not_there"


def test_a_body_that_nobody_began_is_not_there(room: Room) -> None:
    absent = new(LocalId)
    assert room.refused(gathering.answer, TAX, answer(absent, "takes-part")) == "not_found"
    assert room.refused(gathering.delegate, TAX, delegate(absent)) == "not_a_member"


def test_a_seat_in_a_group_of_the_pack_is_filled_and_handed_over(room: Room) -> None:
    first = delegate("group", since="2026-11-24")
    room.hear(gathering.delegate, TAX, first)
    assert room.refused(gathering.delegate, WORK, delegate("group")) == "not_a_member"
    assert room.refused(gathering.delegate, TAX, delegate("council")) == "not_a_member"
    handed = HandOver(by=DECIDES, delegation=first.delegation, until="2026-12-31", note="Two wait.")
    assert room.refused(gathering.hand_over, DEBTS, handed) == "not_found"
    room.hear(gathering.hand_over, TAX, handed)
    room.hear(gathering.delegate, TAX, delegate("group", since="2027-01-01"))
