"""A joint header is opened for an own file, others join with theirs; persons stay in the files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samverkan.agency import casework, casing, joining
from samverkan.agency.following import refusals
from samverkan.agency.headers import headers
from samverkan.agency.proof import WrongPermit
from samverkan.domain.case import Header, State
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId
from samverkan.kernel.outcome import Refused, refuse
from tests.agency.model import ANNA, BO, CRIME, DEBTS, POLICE, TAX, small_pack
from tests.agency.world import World

NOWHERE = CaseId("cas-" + "1" * 26)
PACK = small_pack()


def lead(world: World, party: str, do: Any, *details: Any, **named: Any) -> Any:
    done = world.act(party, Action.LEAD_CASE, do, *details, **named)
    world.house.settle()
    return done


def join(world: World, party: str = DEBTS, **named: Any) -> Any:
    return lead(world, party, casing.join, PACK, world.header(), **named)


def seen(world: World, party: str) -> Header:
    with world.look(party) as reading:
        return headers(reading)[world.header()]


def alone(world: World, party: str = POLICE, number: str = ANNA) -> CaseId:
    """A file begun alone."""
    made = world.act(
        party,
        Action.READ_CASE,
        casework.open_case,
        scope=world.scope.id,
        title="Ensam",
        subjects=(world.subject(party, number),),
    )
    assert isinstance(made, CaseId)
    return made


def test_headers_are_led_under_their_own_permit(asked: World) -> None:
    with pytest.raises(WrongPermit):
        asked.act(POLICE, Action.READ_CASE, casing.join, PACK, asked.header())
    with pytest.raises(WrongPermit):
        asked.act(POLICE, Action.READ_CASE, casing.resume, asked.header())


def test_every_party_of_the_scope_is_told_of_the_header_and_of_nobody(asked: World) -> None:
    for party in (POLICE, DEBTS, CRIME):
        found = seen(asked, party)
        assert (found.lead, found.purpose, found.parties) == (POLICE, "map-network", (POLICE,))
        assert found.name.split("-")[0] in PACK.code_names
    with asked.look(POLICE) as reading:
        told = [str(e.body) for e in reading.feed.all() if e.kind.startswith("case.")]
    assert told
    assert not any(word in text for text in told for word in ("Anna", "Delta", ANNA))


def test_a_file_begun_alone_is_tied_once_to_a_header_that_is_opened_later(asked: World) -> None:
    case = alone(asked)
    header = lead(asked, POLICE, casing.open_joint, PACK, case, asked.opening(number="K 2026/7"))
    with asked.look(POLICE) as reading:
        assert headers(reading)[header].numbers == {POLICE: "k-2026-7"}
        own = reading.cases.get(case)
    assert own is not None
    assert own.header == header
    again = lead(asked, POLICE, casing.open_joint, PACK, case, asked.opening())
    assert again == refuse(Code.ALREADY_DECIDED)


def test_who_joins_without_a_file_gets_one_under_the_code_name(asked: World) -> None:
    case = join(asked, number="f-2026-3")
    found = seen(asked, POLICE)
    assert (found.parties, found.numbers) == ((POLICE, DEBTS), {DEBTS: "f-2026-3"})
    with asked.look(DEBTS) as reading:
        own = reading.cases.get(case)
    assert own is not None
    assert own.title.split()[0] == PACK.code_names[found.name.split("-")[0]].names["sv"]
    assert (own.subjects, own.header) == ((), asked.header())
    assert join(asked) == refuse(Code.ALREADY_DECIDED)


def test_who_has_a_file_joins_with_it_if_it_is_of_the_scope_and_untied(asked: World) -> None:
    case = alone(asked, DEBTS, BO)
    assert join(asked, case=case) == case
    with asked.look(DEBTS) as reading:
        assert [one.id for one in reading.cases.all()] == [case]
        assert reading.cases.all()[0].header == asked.header()
    other = alone(asked, CRIME)
    assert join(asked, CRIME, case=NOWHERE) == refuse(Code.NOT_FOUND)
    assert join(asked, CRIME, case=other) == other


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": "revenge"}, Code.NOT_IN_PACK),
        ({"number": "810412-9838"}, Code.FIELD_PATTERN),
        ({"number": "Anna Alm"}, Code.FIELD_PATTERN),
    ],
)
def test_what_no_header_may_say_never_leaves(asked: World, other: Any, code: Code) -> None:
    before = asked.outbox(POLICE)
    opening = asked.opening(**other)
    refused = lead(asked, POLICE, casing.open_joint, PACK, alone(asked), opening)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert asked.outbox(POLICE) == before


def test_a_header_of_another_scope_or_of_none_is_not_there(asked: World) -> None:
    assert lead(asked, DEBTS, casing.join, PACK, NOWHERE) == refuse(Code.NOT_FOUND)
    assert lead(asked, POLICE, casing.resume, NOWHERE) == refuse(Code.NOT_FOUND)
    with asked.look(TAX) as reading:
        known = headers(reading)
    outsider = lead(asked, TAX, casing.join, PACK, asked.header())
    assert outsider == refuse(Code.NO_COOPERATION if known else Code.NOT_FOUND)


def test_an_ended_scope_opens_and_takes_in_nobody(asked: World) -> None:
    case = alone(asked)
    asked.act(POLICE, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    ended = refuse(Code.COOPERATION_ENDED)
    assert lead(asked, POLICE, casing.open_joint, PACK, case, asked.opening()) == ended
    assert join(asked) == ended


def test_the_lead_moves_it_on_and_everybody_hears(asked: World) -> None:
    header = asked.header()
    join(asked)
    assert (
        lead(asked, POLICE, casing.mark, PACK, header, kind="case.phase", code="analysis") is None
    )
    assert lead(asked, POLICE, casing.set_number, header, "K 2026/9") is None
    day = asked.clock().date() + timedelta(days=60)
    assert lead(asked, POLICE, casing.review, header, day) is None
    pause = {"kind": "case.pause", "code": "awaits-answers"}
    assert lead(asked, POLICE, casing.mark, PACK, header, **pause) is None
    assert seen(asked, CRIME).state is State.PAUSED
    assert lead(asked, POLICE, casing.resume, header) is None
    close = {"kind": "case.close", "code": "handed-over"}
    assert lead(asked, DEBTS, casing.mark, PACK, header, **close) == refuse(Code.NOT_THE_OWNER)
    assert lead(asked, POLICE, casing.mark, PACK, header, **close) is None
    found = seen(asked, CRIME)
    assert (found.phase, found.review, found.outcome) == ("analysis", day, "handed-over")
    assert found.numbers[POLICE] == "k-2026-9"
    assert lead(asked, POLICE, casing.resume, header) == refuse(Code.WRONG_STATE)


def test_a_word_that_is_none_and_a_day_that_is_past_are_refused(asked: World) -> None:
    header = asked.header()
    odd = lead(asked, POLICE, casing.mark, PACK, header, kind="case.phase", code="tired")
    assert odd == refuse(Code.FIELD_NOT_A_CHOICE, field="code")
    past = lead(asked, POLICE, casing.review, header, asked.clock().date())
    assert past == refuse(Code.FIELD_NOT_A_DATE, field="review")
    assert lead(asked, POLICE, casing.set_number, header, " ") == (
        refuse(Code.FIELD_MISSING, field="number")
    )


def test_every_turn_is_in_the_ledger(asked: World) -> None:
    before = len(asked.entries(POLICE))
    lead(asked, POLICE, casing.mark, PACK, asked.header(), kind="case.phase", code="analysis")
    new = [one for one in asked.entries(POLICE)[before:] if not one.startswith("mail.")]
    assert new == ["header.sent", "feed.event"]


def test_what_steering_refuses_can_be_asked_for_again(asked: World) -> None:
    case = alone(asked)
    opening = asked.opening()
    first = asked.act(POLICE, Action.LEAD_CASE, casing.open_joint, PACK, case, opening)
    asked.clock.advance(timedelta(days=31))
    asked.house.settle()
    with asked.look(POLICE) as reading:
        assert [one.subject for one in refusals(reading)] == [first]
        assert first not in headers(reading)
    again = lead(asked, POLICE, casing.open_joint, PACK, case, asked.opening())
    assert isinstance(again, CaseId)
    assert again != first
