"""A local body is begun by a party of its council, over an area that exists, with members of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain import local as rules
from samverkan.domain.local import Local
from samverkan.domain.pack import Pack
from samverkan.embedded.house import read_pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import LocalId
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.wire.joining import By, Event
from samverkan.wire.local import (
    AnswerInvitation,
    ChooseVariant,
    CloseLocal,
    InviteParty,
    StartLocal,
)
from samverkan.wire.v1 import Message, to_body
from tests.instruments import seeded

LOCAL = LocalId.draw(seeded())
BY = By(user="usr-" + "1" * 26, role="deputy", policy="start-local-bodies")
TODAY = date(2026, 11, 24)
PACK: Pack = read_pack("se", Stamp.SYNTHETIC)


def started(**changes: Any) -> StartLocal:
    given: dict[str, Any] = {"local": LOCAL, "name": "Vivalla", "area": "1880"}
    given |= {"under": "rsr-bergslagen", "since": "2026-12-01", "invite": ["kfm", "tullverket"]}
    return StartLocal(by=BY, **(given | changes))


def answered(answer: str, reason: str | None = None) -> AnswerInvitation:
    return AnswerInvitation(by=BY, local=LOCAL, answer=answer, reason=reason)


def event(kind: str, body: Message, party: str = "polisen") -> Event:
    return Event(party=party, at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))


def body(*more: Event) -> Local:
    return rules.fold([event(rules.START, started()), *more])[LOCAL]


def code(answer: Refused | None) -> Code | None:
    return None if answer is None else answer.code


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({}, "polisen", None),
        ({"variant": "vivalla"}, "polisen", None),
        ({"area": "9999"}, "polisen", Code.AREA_NOT_THERE),
        ({"under": "rsr-gone"}, "polisen", Code.BODY_NOT_THERE),
        ({"since": "2015-12-31"}, "polisen", Code.BODY_NOT_THERE),
        ({"under": "operativa-radet"}, "polisen", Code.NOT_THIS_BODY),
        ({"under": "ruc-bergslagen"}, "polisen", Code.NOT_THIS_BODY),
        ({}, "bolagsverket", Code.NOT_A_MEMBER),
        ({"invite": ["nobody"]}, "polisen", Code.AGENCY_NOT_MEMBER),
        ({"invite": ["kfm", "kfm"]}, "polisen", Code.ALREADY_DECIDED),
        ({"invite": ["polisen"]}, "polisen", Code.ALREADY_DECIDED),
        ({"until": "2026-11-30"}, "polisen", Code.FIELD_NOT_A_DATE),
        ({"name": "x" * 121}, "polisen", Code.FIELD_TOO_LONG),
        ({"variant": "gone"}, "polisen", Code.NOT_IN_PACK),
        ({"local": "pro-" + "1" * 26}, "polisen", Code.FORM_INVALID),
    ],
)
def test_it_is_begun_so_or_refused_in_a_code_of_its_own(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    assert code(rules.start(PACK, party, started(**changes), areas=["1880"])) is expected


def test_an_agency_that_is_no_member_on_that_day_is_not_invited() -> None:
    early = started(since="2017-01-01", invite=["utbetalningsmyndigheten"])
    assert code(rules.start(PACK, "polisen", early, areas=["1880"])) is Code.AGENCY_NOT_MEMBER
    late = started(invite=["utbetalningsmyndigheten"])
    assert rules.start(PACK, "polisen", late, areas=["1880"]) is None


def test_only_the_leading_party_asks_one_more_and_each_once() -> None:
    more = InviteParty(by=BY, local=LOCAL, party="fk")
    assert rules.invite(PACK, body(), "polisen", more, TODAY) is None
    assert code(rules.invite(PACK, body(), "kfm", more, TODAY)) is Code.NOT_THE_OWNER
    again = InviteParty(by=BY, local=LOCAL, party="kfm")
    assert code(rules.invite(PACK, body(), "polisen", again, TODAY)) is Code.ALREADY_DECIDED


@pytest.mark.parametrize(
    ("party", "given", "expected"),
    [
        ("kfm", answered("takes-part"), None),
        ("kfm", answered("from-afar"), None),
        ("kfm", answered("declines", "later"), None),
        ("kfm", answered("declines"), Code.REASON_MISSING),
        ("kfm", answered("declines", "whim"), Code.NOT_IN_PACK),
        ("kfm", answered("perhaps"), Code.FIELD_NOT_A_CHOICE),
        ("fk", answered("takes-part"), Code.NOT_A_MEMBER),
    ],
)
def test_each_party_answers_for_itself(
    party: str, given: AnswerInvitation, expected: Code | None
) -> None:
    assert code(rules.answer(body(), party, given, ["later"], TODAY)) is expected


def test_a_double_acceptance_is_refused_and_another_answer_counts_instead() -> None:
    once = body(event(rules.ANSWER, answered("from-afar"), "kfm"))
    again = rules.answer(once, "kfm", answered("from-afar"), [], TODAY)
    assert code(again) is Code.ALREADY_ANSWERED
    assert once.takes_part == {"polisen", "kfm"}
    later = body(
        event(rules.ANSWER, answered("from-afar"), "kfm"),
        event(rules.ANSWER, answered("declines", "later"), "kfm"),
    )
    assert later.takes_part == {"polisen"}


def test_the_way_of_working_is_the_one_chosen_for_the_day() -> None:
    chosen = ChooseVariant(by=BY, local=LOCAL, variant="vivalla", since="2027-01-15")
    known = body(event(rules.VARY, chosen))
    assert (known.variant("2027-01-14"), known.variant("2027-01-15")) == (None, "vivalla")


def test_a_body_that_has_been_closed_takes_no_answers_and_no_invitations() -> None:
    closed = CloseLocal(by=BY, local=LOCAL, until="2027-01-31")
    known = body(event(rules.CLOSE, closed))
    after = date(2027, 2, 1)
    assert known.there("2027-01-31")
    assert not known.there("2027-02-01")
    answer = rules.answer(known, "kfm", answered("takes-part"), [], after)
    assert code(answer) is Code.BODY_NOT_THERE
    more = InviteParty(by=BY, local=LOCAL, party="fk")
    assert code(rules.invite(PACK, known, "polisen", more, after)) is Code.BODY_NOT_THERE


@pytest.mark.parametrize("until", ["2026-11-30", "2026-11-23"])
def test_it_is_not_closed_before_it_began_or_in_the_past(until: str) -> None:
    closed = CloseLocal(by=BY, local=LOCAL, until=until)
    assert code(rules.close(body(), "polisen", closed, TODAY)) is Code.FIELD_NOT_A_DATE


def test_what_is_said_of_a_body_that_is_not_known_is_passed_over() -> None:
    assert rules.fold([event(rules.ANSWER, answered("takes-part"), "kfm")]) == {}
    assert replace(body(), until="2027-01-01").there("2027-01-01")
