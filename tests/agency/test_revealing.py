"""A question by number discloses that we ask, is limited, and tells nothing by how it is not answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import answer, asking, casework, following, joining, revealing
from samverkan.agency.facts import NOBODY
from samverkan.agency.headers import headers
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, RequestId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Ask, Disclosed
from samverkan.wire.v1 import STEERING
from tests.agency.model import (
    ANNA,
    BASIS,
    BO,
    CILLA,
    CRIME,
    DEBTS,
    DEBTS_STREET,
    POLICE,
    TAX,
    small_pack,
)
from tests.agency.world import World, question

PACK = small_pack()
PROPS = (Prop.ID_NUMBER, Prop.STREET, Prop.PHONE)
OPEN = Choice(Fate.RELEASED)
SHUT = Choice(Fate.WITHHELD, "not-needed")


def by_number(world: World, number: str, **other: Any) -> asking.Question:
    whom = {"hit": None, "subject": world.subject(POLICE, number), "party": DEBTS}
    return question(world, **whom | {"props": PROPS} | other)


def ask(world: World, number: str = ANNA, pack: Pack = PACK, **other: Any) -> Any:
    made = world.act(POLICE, Action.ASK, asking.ask, pack, by_number(world, number, **other))
    world.house.settle()
    return made


def respond(world: World, request: str, choice: Choice) -> Disclosed:
    chosen = dict.fromkeys(PROPS, choice)
    done = world.act(DEBTS, Action.ANSWER, answer.answer, PACK, RequestId(request), chosen)
    assert not isinstance(done, Refused), done
    world.house.settle()
    with world.look(POLICE) as reading:
        taken = reading.cases.disclosure(RequestId(request))
    assert taken is not None
    return taken


def arrived(world: World, request: str) -> Any:
    with world.look(DEBTS) as reading:
        return reading.cases.request(RequestId(request))


def test_the_number_travels_to_the_one_who_is_asked_and_nowhere_else(asked: World) -> None:
    made = ask(asked, CILLA)
    sent = arrived(asked, made).ask
    assert sent.number is not None
    assert sent.number.endswith(CILLA.replace("-", ""))
    assert (sent.handle, sent.firing, sent.revealed) == (None, None, BASIS)
    for other in (CRIME, TAX):
        with asked.look(other) as reading:
            assert reading.cases.request(RequestId(made)) is None


def test_the_askers_own_disclosure_is_in_its_ledger_with_its_basis(asked: World) -> None:
    made = ask(asked, CILLA)
    store = asked.node(POLICE).opened.store
    with store.view() as connection:
        entries = [one.entry for one in store.ledger.recent(connection, limit=50, before=None)]
    (shown,) = (one for one in entries if one.action == "subject.revealed")
    assert (shown.subject, shown.codes[1:]) == (made, (DEBTS, BASIS))
    assert CILLA.replace("-", "") not in repr(entries)


def test_absent_protected_and_withheld_are_one_answer(asked: World) -> None:
    """Same fields, same words, same clock: only the numbers of the papers differ."""
    answers = []
    for number, choice in ((CILLA, OPEN), (CILLA, SHUT), (BO, SHUT), (ANNA, SHUT)):
        body = respond(asked, ask(asked, number), choice)
        plain = msgspec.to_builtins(body)
        for own in ("disclosure", "request", "signature"):
            del plain[own]
        answers.append(plain)
    assert all(one == answers[0] for one in answers)
    assert {item["outcome"] for item in answers[0]["items"]} == {"no-answer"}
    assert all(not item["values"] and item["reason"] is None for item in answers[0]["items"])


def test_nothing_answers_by_itself(asked: World) -> None:
    for number in (ANNA, CILLA, BO):
        request = arrived(asked, ask(asked, number))
        assert answer.standing(request, asked.clock()) is State.SENT
        with asked.look(POLICE) as reading:
            assert reading.cases.disclosure(request.id) is None
    assert ("polisen", "request.answer") not in asked.outbox(DEBTS)


def test_what_is_released_grows_the_case(asked: World) -> None:
    body = respond(asked, ask(asked, ANNA), OPEN)
    street = next(item for item in body.items if item.prop == "street")
    assert [value.lower() for value in street.values] == [DEBTS_STREET.lower()]
    with asked.look(POLICE) as reading:
        permit = asked.permit(POLICE, Action.READ_CASE)
        view = casework.view(reading, permit, asked.case())
        assert not isinstance(view, Refused)
        drawn = casework.drawn(reading, view)
    assert body.request in repr(drawn)


def test_no_answer_draws_no_record(asked: World) -> None:
    body = respond(asked, ask(asked, CILLA), OPEN)
    with asked.look(POLICE) as reading:
        permit = asked.permit(POLICE, Action.READ_CASE)
        view = casework.view(reading, permit, asked.case())
        assert not isinstance(view, Refused)
        assert body.request not in repr(casework.drawn(reading, view))


def test_a_protected_address_is_not_released_here_either(asked: World) -> None:
    body = respond(asked, ask(asked, BO), OPEN)
    told = {item.prop: item.outcome for item in body.items}
    assert told["street"] == told["phone"] == "withheld"


def _less(**limits: int) -> Pack:
    return replace(PACK, enrolment=replace(PACK.enrolment, **limits))


def test_an_officer_asks_so_often_a_day_and_no_more(asked: World) -> None:
    few = _less(numbers_a_day=2)
    assert isinstance(ask(asked, ANNA, few), RequestId)
    assert isinstance(ask(asked, CILLA, few), RequestId)
    assert ask(asked, BO, few) == refuse(Code.TOO_MANY)
    asked.clock.advance(timedelta(days=1))
    assert isinstance(ask(asked, BO, few), RequestId)


def test_a_pack_that_names_no_quota_lets_nobody_ask(asked: World) -> None:
    assert ask(asked, ANNA, _less(numbers_a_day=0)) == refuse(Code.TOO_MANY)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"party": POLICE}, Code.NOT_FOUND),
        ({"party": None}, Code.NOT_FOUND),
        ({"party": TAX}, Code.NO_COOPERATION),
        ({"subject": NOBODY}, Code.NOT_FOUND),
        ({"case": CaseId("cas-" + "1" * 26)}, Code.NOT_FOUND),
        ({"need_text": " "}, Code.NEED_MISSING),
        ({"props": (Prop.DIRECTOR,)}, Code.FIELD_NOT_A_CHOICE),
        ({"basis": "osl-10-2"}, Code.NO_BASIS),
    ],
)
def test_what_cannot_be_asked_by_number_leaves_nothing(
    other: dict[str, Any], code: Code, asked: World
) -> None:
    before = asked.outbox(POLICE)
    refused = ask(asked, ANNA, **other)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert asked.outbox(POLICE) == before


def test_only_who_is_in_the_own_case_is_asked_about(asked: World) -> None:
    scope, whom = asked.scope.id, (asked.subject(POLICE, BO),)
    alone = asked.act(
        POLICE, Action.READ_CASE, casework.open_case, scope=scope, title="Bo", subjects=whom
    )
    assert ask(asked, ANNA, case=alone) == refuse(Code.NOT_FOUND)
    assert isinstance(ask(asked, BO, case=alone), RequestId)


def test_an_ended_scope_has_no_questions_by_number_whatever_the_basis(asked: World) -> None:
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    ended = refuse(Code.COOPERATION_ENDED)
    assert ask(asked, ANNA, basis="osl-10-27") == ended


def test_what_others_disclosed_is_not_ours_to_ask_by(asked: World) -> None:
    with asked.look(POLICE) as reading:
        assert revealing.held(reading, NOBODY) is None
        found = revealing.held(reading, asked.subject(POLICE, ANNA))
    assert found is not None
    assert found.number.endswith(ANNA.replace("-", ""))


def test_secrecy_that_a_basis_excludes_sends_the_question_under_another(asked: World) -> None:
    wider = replace(PACK.bases[BASIS], excluded=("18:1-99",))
    pack = replace(PACK, bases={**PACK.bases, BASIS: wider})
    secret = frozenset({"osl-18-2"})
    with asked.look(POLICE) as reading:
        scope = asked.scope.id
        assert revealing.bears(reading, PACK, scope, DEBTS, secret) == BASIS
        assert revealing.bears(reading, pack, scope, DEBTS, secret) == "osl-10-2"


def test_the_same_question_again_is_shown_to_who_answers(asked: World) -> None:
    first, second = ask(asked, CILLA), ask(asked, CILLA)
    with asked.look(DEBTS) as reading:
        again = reading.cases.request(RequestId(second))
        assert again is not None
        assert first in [one.id for one in revealing.before(reading, again)]
        on_a_hit = next(one for one in reading.cases.requests() if one.ask.number is None)
        assert revealing.before(reading, on_a_hit) == []


def _body(world: World) -> Ask:
    body: Ask = arrived(world, ask(world, CILLA)).ask
    return msgspec.structs.replace(body, request="req-" + "2" * 26)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (lambda b: {"handle": bytes(16)}, Code.MESSAGE_MALFORMED),
        (lambda b: {"number": None}, Code.MESSAGE_MALFORMED),
        (lambda b: {"revealed": None}, Code.MESSAGE_MALFORMED),
        (lambda b: {"schema": "Vessel"}, Code.MESSAGE_MALFORMED),
        (lambda b: {"props": ["director"]}, Code.MESSAGE_MALFORMED),
        (lambda b: {"revealed": "sfs-2025-170-4"}, Code.NO_BASIS),
        (lambda b: {"scope": "coo-" + "1" * 26}, Code.NO_COOPERATION),
    ],
    ids=["two-ways", "no-way", "no-basis-of-its-own", "no-schema", "no-such-field", "unlawful",
         "no-scope"],
)  # fmt: skip
def test_a_message_of_another_form_is_not_taken_in(
    changed: Callable[[Ask], dict[str, Any]], code: Code, asked: World
) -> None:
    body = _body(asked)
    wrong = msgspec.structs.replace(body, **changed(body))
    refused = asked.hear(DEBTS, asking.arrived, PACK, POLICE, wrong)
    assert isinstance(refused, Refused)
    assert refused.code is code


def test_a_message_is_refused_alike_whether_we_hold_the_number_or_not(asked: World) -> None:
    body = _body(asked)
    known = arrived(asked, ask(asked, ANNA)).ask.number
    for number in (body.number, known):
        wrong = msgspec.structs.replace(body, number=number, schema="Company")
        taken = asked.hear(DEBTS, asking.arrived, PACK, POLICE, wrong)
        assert taken == refuse(Code.MESSAGE_MALFORMED)
    assert asked.hear(DEBTS, asking.arrived, PACK, TAX, body) == refuse(Code.NO_COOPERATION)


def test_a_request_names_a_case_of_its_own_scope_or_none(asked: World) -> None:
    body = _body(asked)
    scope, header = asked.scope.id, asked.header()
    with asked.look(DEBTS) as reading:
        assert headers(reading)[header].scope == scope
        events = [e for e in reading.feed.all() if e.kind == "case.opened"]
    other = msgspec.structs.replace(body, header=None)
    assert asked.hear(DEBTS, asking.arrived, PACK, POLICE, other) is None
    opened = events[0]
    moved = {**opened.body["opening"], "scope": asked.framework.id}
    elsewhere = "cas-" + "5" * 26
    told = msgspec.structs.replace(
        opened, body={"case": elsewhere, "name": "granit", "opening": moved | {"case": elsewhere}}
    )
    assert asked.hear(DEBTS, following.follow, STEERING, told) is None
    wrong = msgspec.structs.replace(body, request="req-" + "3" * 26, header=elsewhere)
    refused = asked.hear(DEBTS, asking.arrived, PACK, POLICE, wrong)
    assert refused == refuse(Code.MESSAGE_MALFORMED)
