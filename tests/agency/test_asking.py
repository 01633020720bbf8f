from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import answer, asking, assessing, firings, joining
from samverkan.agency.facts import FiringFacts
from samverkan.agency.proof import WrongPermit
from samverkan.agency.sql import tables as t
from samverkan.domain.basis import Bar
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.graph import Relevance, Verdict
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, FiringId, HitId, PartyId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Ask
from tests.agency.model import (
    ANNA,
    BASIS,
    CRIME,
    DEBTS,
    DELTA,
    POLICE,
    TAX,
    TYPOLOGY,
    small_pack,
)
from tests.agency.world import World, question

NEW = "req-" + "1" * 26


def ask(world: World, pack: Pack | None = None, **other: Any) -> Any:
    asked = question(world, **other)
    return world.act(POLICE, Action.ASK, asking.ask, pack or small_pack(), asked)


def body(world: World, **other: Any) -> Ask:
    """What the police have asked about Anna, under a new number, but for `other`."""
    sent = world.request(POLICE, ANNA, DEBTS).ask
    return msgspec.structs.replace(sent, request=NEW, **other)


def arrive(world: World, sent: Ask, sender: str = POLICE, pack: Pack | None = None) -> Any:
    return world.hear(DEBTS, asking.arrived, pack or small_pack(), sender, sent)


def with_basis(**other: Any) -> Pack:
    pack = small_pack()
    return replace(pack, bases={**pack.bases, BASIS: replace(pack.bases[BASIS], **other)})


def test_asking_needs_its_own_permit(asked: World) -> None:
    with pytest.raises(WrongPermit):
        asked.act(POLICE, Action.READ_CASE, asking.ask, small_pack(), question(asked))


def test_a_request_goes_to_the_other_party_alone_with_its_clock(asked: World) -> None:
    request = ask(asked)
    with asked.look(POLICE) as reading:
        kept = reading.cases.request(request)
    assert kept is not None
    assert (kept.peer, kept.ask.answer_by) == (DEBTS, "2026-12-08T12:00:00Z")
    assert asked.outbox(POLICE).count((DEBTS, "request.ask")) == 4
    assert asked.entries(POLICE)[-1] == "request.asked"


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"hit": HitId("hit-" + "1" * 26)}, Refused(Code.NOT_FOUND)),
        ({"case": CaseId("cas-" + "1" * 26)}, Refused(Code.NOT_FOUND)),
        ({"need": "curious"}, Refused(Code.NEED_MISSING)),
        ({"need_text": " "}, Refused(Code.NEED_MISSING)),
        ({"need_text": "x" * 2_001}, Refused(Code.FIELD_TOO_LONG, {"field": "need"})),
        ({"props": ()}, Refused(Code.FIELD_NOT_A_CHOICE, {"field": "props"})),
        ({"props": (Prop.ACCOUNT,)}, Refused(Code.FIELD_NOT_A_CHOICE, {"field": "props"})),
        ({"props": (Prop.CITY,) * 2}, Refused(Code.FIELD_NOT_A_CHOICE, {"field": "props"})),
        ({"days": 0}, Refused(Code.FIELD_NOT_A_CHOICE, {"field": "days"})),
        ({"days": 61}, Refused(Code.FIELD_NOT_A_CHOICE, {"field": "days"})),
        ({"basis": "sfs-0000-1"}, Refused(Code.NO_BASIS)),
    ],
)
def test_a_question_is_refused(asked: World, other: dict[str, Any], refused: Refused) -> None:
    sent = len(asked.outbox(POLICE))
    assert ask(asked, **other) == refused
    assert len(asked.outbox(POLICE)) == sent


def test_a_case_of_another_scope_is_as_if_it_were_not(asked: World) -> None:
    def move(work: Any) -> None:
        work.connection.execute(t.casefile.update().values(scope="coo-" + "1" * 26))
        work.log(Entry("test.moved", POLICE, POLICE))

    asked.hear(POLICE, move)
    assert ask(asked) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize("verdict", [Verdict.UNSURE, Verdict.DIFFERENT, Verdict.WITHDRAWN])
def test_only_a_hit_that_a_person_judged_to_be_the_same_is_asked_about(
    asked: World, verdict: Verdict
) -> None:
    asked.clock.advance(timedelta(minutes=1))
    hit = asked.hit(POLICE, ANNA, DEBTS).id
    asked.act(POLICE, Action.JUDGE_HIT, assessing.judge, hit, verdict, "tveksamt")
    assert ask(asked) == Refused(Code.NOT_YET)


def test_a_basis_reaches_only_the_fields_that_the_statute_names(asked: World) -> None:
    narrow = with_basis(props=("street",))
    assert ask(asked, narrow) == Refused(Code.NO_BASIS)
    assert not isinstance(ask(asked, narrow, props=(Prop.STREET,)), Refused)
    sent = body(asked, props=["phone"])
    assert arrive(asked, sent, pack=narrow) == Refused(Code.NO_BASIS)


@pytest.mark.parametrize(
    "other",
    [{"since": date(2027, 1, 1)}, {"until": date(2026, 11, 23)}],
    ids=["not yet", "no more"],
)
def test_a_basis_out_of_force_bears_nothing(asked: World, other: dict[str, Any]) -> None:
    assert ask(asked, with_basis(**other)) == Refused(Code.NO_BASIS)
    assert arrive(asked, body(asked), pack=with_basis(**other)) == Refused(Code.NO_BASIS)


@pytest.mark.parametrize("party", [POLICE, DEBTS])
def test_both_sides_need_standing_under_the_basis(asked: World, party: str) -> None:
    pack = small_pack()
    bare = replace(pack.parties[PartyId(party)], standing=())
    without = replace(pack, parties={**pack.parties, PartyId(party): bare})
    assert ask(asked, without) == Refused(Code.NO_BASIS)
    assert arrive(asked, body(asked), pack=without) == Refused(Code.NO_BASIS)


def test_a_basis_that_presupposes_a_cooperation_needs_the_scope_in_force(asked: World) -> None:
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    assert ask(asked) == Refused(Code.COOPERATION_ENDED)
    assert arrive(asked, body(asked)) == Refused(Code.COOPERATION_ENDED)
    alone = with_basis(needs_cooperation=False)
    assert not isinstance(ask(asked, alone), Refused)


def test_a_party_outside_the_scope_cannot_ask(asked: World) -> None:
    assert arrive(asked, body(asked), sender=TAX) == Refused(Code.NO_COOPERATION)


def test_a_lawful_request_arrives_once(asked: World) -> None:
    assert arrive(asked, body(asked)) is None
    assert asked.entries(DEBTS)[-1] == "request.arrived"
    assert arrive(asked, body(asked)) == Refused(Code.MESSAGE_REPLAYED)
    assert arrive(asked, body(asked), sender=CRIME) == Refused(Code.MESSAGE_REPLAYED)


def test_a_record_that_is_not_ours_cannot_be_asked_about(asked: World) -> None:
    assert arrive(asked, body(asked, handle=bytes(16))) == Refused(Code.NOT_FOUND)


@pytest.mark.parametrize(
    "other",
    [
        {"schema": "Company"},
        {"props": ["account"]},
        {"props": ["unheardOf"]},
        {"props": []},
        {"props": ["city", "city"]},
    ],
)
def test_a_request_of_another_shape_is_refused(asked: World, other: dict[str, Any]) -> None:
    assert arrive(asked, body(asked, **other)) == Refused(Code.MESSAGE_MALFORMED)


def of_firing(world: World, relevance: Relevance | None = Relevance.RELEVANT) -> FiringFacts:
    """The police's firing, assessed."""
    with world.look(POLICE) as reading:
        (found,) = reading.firings.all()
    if relevance is not None:
        note = "samma bolag"
        world.act(POLICE, Action.JUDGE_HIT, firings.assess, found.id, relevance, note)
    return found


def ask_firing(world: World, one: FiringFacts, **other: Any) -> Any:
    wish = {"hit": None, "firing": one.id, "party": DEBTS, "props": (Prop.CONDITION,)}
    return ask(world, **wish | other)


def test_an_owner_of_a_firing_is_asked_without_a_hit_and_knows_its_own_record(
    asked: World,
) -> None:
    one = of_firing(asked)
    request = ask_firing(asked, one)
    asked.house.settle()
    with asked.look(POLICE) as reading:
        sent = reading.cases.request(request)
    with asked.look(DEBTS) as reading:
        come = reading.cases.request(request)
    assert sent is not None
    assert come is not None
    assert (sent.ask.handle, sent.ask.firing) == (None, one.id)
    assert sent.ask.typology == TYPOLOGY
    assert sent.subject == asked.subject(POLICE, DELTA)
    assert come.subject == asked.subject(DEBTS, DELTA)


@pytest.mark.parametrize("relevance", [None, Relevance.UNSURE, Relevance.NOT_RELEVANT])
def test_only_a_firing_that_a_person_found_relevant_is_asked_about(
    asked: World, relevance: Relevance | None
) -> None:
    assert ask_firing(asked, of_firing(asked, relevance)) == Refused(Code.NOT_YET)


@pytest.mark.parametrize("party", [CRIME, TAX, POLICE, None])
def test_only_another_party_of_the_firing_is_asked(asked: World, party: str | None) -> None:
    assert ask_firing(asked, of_firing(asked), party=party) == Refused(Code.NOT_FOUND)


def test_a_question_about_nothing_is_refused(asked: World) -> None:
    assert ask(asked, hit=None) == Refused(Code.NOT_FOUND)
    one = of_firing(asked)
    missing = FiringId("fir-" + "1" * 26)
    assert ask_firing(asked, one, firing=missing) == Refused(Code.NOT_FOUND)


def about_firing(world: World, **other: Any) -> Ask:
    """What the police would ask of the firing, but for `other`."""
    named = {"handle": None, "firing": of_firing(world).id, "typology": TYPOLOGY}
    return body(world, schema="Company", props=["condition"], **named | other)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({}, None),
        ({"firing": "fir-" + "1" * 26}, Code.NOT_FOUND),
        ({"typology": "paper-assistance"}, Code.NOT_FOUND),
        ({"firing": None}, Code.MESSAGE_MALFORMED),
        ({"handle": bytes(16)}, Code.MESSAGE_MALFORMED),
    ],
)
def test_a_request_names_a_hit_or_a_firing_that_its_receiver_knows(
    asked: World, other: dict[str, Any], code: Code | None
) -> None:
    arrived = arrive(asked, about_firing(asked, **other))
    assert arrived == (None if code is None else Refused(code))


def test_who_was_not_told_of_a_firing_cannot_ask_by_its_number(asked: World) -> None:
    assert arrive(asked, about_firing(asked), sender=CRIME) == Refused(Code.NOT_FOUND)


CONTACT, ITEM = "sfs-2025-170-4", "sfs-2025-170-5"


@pytest.mark.parametrize(
    ("basis", "props"),
    [(CONTACT, (Prop.STREET, Prop.PHONE)), (ITEM, (Prop.FIRST_NAME, Prop.STREET))],
)
def test_law_enforcement_asks_and_is_answered_when_the_cooperation_has_ended(
    asked: World, basis: str, props: tuple[Prop, ...]
) -> None:
    asked.act(CRIME, Action.DECIDE_COOPERATION, joining.end, asked.scope.id)
    asked.house.settle()
    request = ask(asked, basis=basis, props=props)
    asked.house.settle()
    choices = {prop: Choice(Fate.RELEASED) for prop in props}
    made = asked.act(DEBTS, Action.ANSWER, answer.answer, small_pack(), request, choices)
    assert not isinstance(made, Refused), made
    asked.house.settle()
    with asked.look(POLICE) as reading:
        come = reading.cases.disclosure(request)
        steps = reading.cases.request(request)
    assert come is not None
    assert (come.basis, [item.prop for item in come.items]) == (basis, [p.value for p in props])
    assert all(item.values for item in come.items if item.prop == "street")
    assert steps is not None
    assert answer.standing(steps, asked.clock()) is State.CLOSED


@pytest.mark.parametrize("basis", [CONTACT, ITEM])
def test_the_enforcement_agency_cannot_ask_the_police_under_a_duty_that_goes_one_way(
    asked: World, basis: str
) -> None:
    with asked.look(DEBTS) as reading:
        sides = (DEBTS, POLICE)
        assert asking.lawful(reading, small_pack(), asked.scope.id, basis, sides) == Refused(
            Code.NO_BASIS
        )
    sent = body(asked, basis=basis, props=["street"])
    refused = asked.hear(POLICE, asking.arrived, small_pack(), DEBTS, sent)
    assert refused == Refused(Code.NO_BASIS)


def test_contact_data_are_all_that_the_section_of_contact_data_bears(asked: World) -> None:
    assert ask(asked, basis=CONTACT, props=(Prop.FIRST_NAME,)) == Refused(Code.NO_BASIS)


def test_what_each_basis_says_is_told_with_why(asked: World) -> None:
    def told(sides: tuple[str, str]) -> dict[str, Bar | None]:
        with asked.look(POLICE) as reading:
            found = asking.options(reading, small_pack(), asked.scope.id, sides)
        return {one.basis: one.bar for one in found if one.basis in (BASIS, CONTACT, ITEM)}

    assert told((POLICE, DEBTS)) == dict.fromkeys((BASIS, CONTACT, ITEM))
    assert told((DEBTS, POLICE)) == {BASIS: None, CONTACT: Bar.RECEIVER, ITEM: Bar.RECEIVER}
    assert told((POLICE, TAX))[BASIS] is Bar.COOPERATION


def test_a_cooperation_decided_for_another_statute_bears_nothing(asked: World) -> None:
    pack = small_pack()
    purpose = replace(pack.purposes["serious-organised-crime"], cooperation="sfs-2024-307-4")
    other = replace(pack, purposes={**pack.purposes, "serious-organised-crime": purpose})
    with asked.look(POLICE) as reading:
        sides = (POLICE, DEBTS)
        assert asking.lawful(reading, other, asked.scope.id, BASIS, sides) == (
            refuse(Code.NO_BASIS)
        )
        assert asking.lawful(reading, pack, asked.scope.id, BASIS, sides) is None
