"""What the owner corrects or takes back reaches who received it; both words stay, the last counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import amending, answer, casework
from samverkan.agency.amendments import words
from samverkan.agency.proof import WrongPermit
from samverkan.agency.signing import amended_bytes, with_amended_signature
from samverkan.agency.sql import tables as t
from samverkan.domain.disclosure import PROTECTED_REASON, Choice, Fate
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop, Statement
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DeliveryId, RequestId, StatementId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Amended
from tests.agency.model import ANNA, CRIME, DEBTS, DEBTS_STREET, POLICE, small_pack
from tests.agency.world import World

PACK = small_pack()
NEW = "Nya vägen 8"
NOWHERE = RequestId("req-" + "1" * 26)


@pytest.fixture
def answered(asked: World) -> World:
    """Everything about Anna was disclosed to the police."""
    request = asked.request(DEBTS, ANNA, POLICE)
    choices = {Prop(prop): Choice(Fate.RELEASED) for prop in request.ask.props}
    done = asked.act(DEBTS, Action.ANSWER, answer.answer, PACK, request.id, choices)
    assert not isinstance(done, Refused), done
    asked.house.settle()
    return asked


def say(world: World, prop: Prop, value: str) -> None:
    """A later delivery of the enforcement agency says this of Anna."""
    subject = world.subject(DEBTS, ANNA)
    with world.look(DEBTS) as reading:
        old = next(s for s in reading.register.statements(subject) if s.prop is Prop.STREET)

    def add(work: Any, permit: Any) -> None:
        work.log(Entry("delivery.read", permit.user, "dlv-" + "1" * 26))
        new: Statement = replace(
            old,
            id=StatementId.draw(work.randomness),
            delivery=DeliveryId.draw(work.randomness),
            prop=prop,
            value=value,
            original=value,
            said_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        work.register.add([new], party=DEBTS)
        work.connection.execute(
            t.delivery.insert().values(
                id=new.delivery,
                sha256=hashlib.sha256(new.delivery.encode()).digest(),
                kind="kfm-galdenarer",
                file="rows.csv",
                form="csv",
                unread="",
                rows=1,
                statements=1,
                subjects=1,
                rejects=0,
                at=work.now,
            )
        )

    world.clock.advance(timedelta(minutes=1))
    world.act(DEBTS, Action.INGEST, add)


def request_id(world: World) -> RequestId:
    return world.request(DEBTS, ANNA, POLICE).id


def correct(world: World, reason: str = "corrected-at-source") -> Any:
    return world.act(DEBTS, Action.ANSWER, amending.correct, PACK, request_id(world), reason)


def recall(world: World, *props: Prop, reason: str = "wrong-person", of: Any = None) -> Any:
    which = of or request_id(world)
    return world.act(DEBTS, Action.ANSWER, amending.recall, PACK, which, props=props, reason=reason)


def due(world: World) -> list[tuple[Prop, ...]]:
    with world.look(DEBTS) as reading:
        return [one.props for one in amending.due(reading)]


def lines(world: World) -> dict[tuple[str, str], bool]:
    """The police's lines about Anna's street: (party, value) → struck through."""
    with world.look(POLICE) as reading:
        permit = world.permit(POLICE, Action.READ_CASE)
        view = casework.view(reading, permit, world.case())
    assert not isinstance(view, Refused)
    subject = world.subject(POLICE, ANNA)
    seen = next(one for one in view.subjects if one.subject == subject)
    return {
        (line.party, value): line.struck
        for line in seen.lines
        for value in line.values
        if line.prop is Prop.STREET
    }


def test_nothing_is_due_while_the_register_says_the_same(answered: World) -> None:
    assert due(answered) == []
    assert correct(answered) == refuse(Code.NOT_YET)
    with answered.look(DEBTS) as reading:
        sent = reading.cases.disclosure(request_id(answered))
    assert sent is not None
    (street,) = (item for item in sent.items if item.prop == "street")
    say(answered, Prop.STREET, street.values[0])
    assert due(answered) == []


def test_a_later_word_is_due_and_reaches_the_receiver(answered: World) -> None:
    say(answered, Prop.STREET, NEW)
    assert due(answered) == [(Prop.STREET,)]
    assert not isinstance(correct(answered), Refused)
    assert due(answered) == []
    answered.house.settle()
    found = {value: struck for (party, value), struck in lines(answered).items() if party == DEBTS}
    assert found.pop(NEW) is False
    assert list(found.values()) == [True]
    assert not any(struck for (party, _), struck in lines(answered).items() if party == POLICE)


def test_nothing_that_was_there_goes(answered: World) -> None:
    subject = answered.subject(POLICE, ANNA)
    with answered.look(POLICE) as reading:
        before = reading.register.statements(subject)
    say(answered, Prop.STREET, NEW)
    correct(answered)
    answered.house.settle()
    with answered.look(POLICE) as reading:
        after = reading.register.statements(subject)
    assert [one for one in after if one in before] == before
    assert len(after) == len(before) + 1


def test_a_corrected_word_keeps_the_first_ones_secrecy_and_clock(answered: World) -> None:
    with answered.look(DEBTS) as reading:
        sent = reading.cases.disclosure(request_id(answered))
    assert sent is not None
    say(answered, Prop.STREET, NEW)
    made = correct(answered)
    answered.house.settle()
    with answered.look(POLICE) as reading:
        new = [
            one
            for one in reading.register.statements(answered.subject(POLICE, ANNA))
            if str(one.delivery) == made
        ]
    assert {one.classification for one in new} == {sent.restriction}
    assert all(one.expires_on <= date.fromisoformat(sent.expires) for one in new)


def test_a_recall_strikes_through_and_carries_no_value(answered: World) -> None:
    made = recall(answered, Prop.STREET, Prop.PHONE)
    answered.house.settle()
    assert [struck for (party, _), struck in lines(answered).items() if party == DEBTS] == [True]
    with answered.look(POLICE) as reading:
        (heard,) = reading.amendments.since(answered.clock().replace(hour=0), outgoing=False)
    assert heard.body.amendment == made
    assert [(item.outcome, item.values) for item in heard.body.items] == [("withheld", [])] * 2
    assert recall(answered, Prop.STREET) == refuse(Code.FIELD_NOT_A_CHOICE, field="props")


def test_what_was_struck_through_ties_nobody_and_is_no_dispute(answered: World) -> None:
    recall(answered, Prop.STREET)
    answered.house.settle()
    with answered.look(POLICE) as reading:
        permit = answered.permit(POLICE, Action.READ_CASE)
        view = casework.view(reading, permit, answered.case())
        assert not isinstance(view, Refused)
        drawn = casework.drawn(reading, view)
    assert DEBTS_STREET.lower() not in repr(drawn).lower()


def test_one_who_is_protected_since_has_no_new_address_sent(answered: World) -> None:
    say(answered, Prop.STREET, NEW)
    say(answered, Prop.PROTECTED, "true")
    made = correct(answered)
    assert not isinstance(made, Refused), made
    with answered.look(DEBTS) as reading:
        (sent,) = reading.amendments.since(answered.clock().replace(hour=0), outgoing=True)
    street = next(item for item in sent.body.items if item.prop == "street")
    assert (street.outcome, street.reason, street.values) == ("withheld", PROTECTED_REASON, [])
    answered.house.settle()
    assert NEW.lower() not in repr(lines(answered)).lower()


@pytest.mark.parametrize(
    ("do", "code"),
    [
        (lambda w: correct(w, "mood"), Code.REASON_MISSING),
        (lambda w: recall(w, Prop.STREET, reason="mood"), Code.REASON_MISSING),
        (recall, Code.FIELD_MISSING),
        (lambda w: recall(w, Prop.DIRECTOR), Code.FIELD_NOT_A_CHOICE),
        (lambda w: recall(w, Prop.STREET, of=NOWHERE), Code.NOT_FOUND),
    ],
    ids=["no-reason", "no-reason-to-recall", "nothing", "never-asked", "no-request"],
)
def test_what_cannot_be_amended_leaves_nothing(
    do: Callable[[World], Any], code: Code, answered: World
) -> None:
    say(answered, Prop.STREET, NEW)
    before = answered.outbox(DEBTS)
    refused = do(answered)
    assert isinstance(refused, Refused)
    assert refused.code is code
    assert answered.outbox(DEBTS) == before


def test_an_unanswered_request_and_an_own_one_are_not_there(asked: World) -> None:
    assert recall(asked, Prop.STREET) == refuse(Code.NOT_FOUND)
    own = asked.request(POLICE, ANNA, DEBTS).id
    done = asked.act(
        POLICE, Action.ANSWER, amending.recall, PACK, own, props=[Prop.STREET], reason="not-lawful"
    )
    assert done == refuse(Code.NOT_FOUND)


def test_amending_needs_the_permit_of_who_answers(answered: World) -> None:
    with pytest.raises(WrongPermit):
        answered.act(
            DEBTS, Action.ASK, amending.correct, PACK, request_id(answered), "corrected-at-source"
        )


def _sent(world: World) -> Amended:
    """A correction on its way, unread."""
    say(world, Prop.STREET, NEW)
    correct(world)
    with world.look(DEBTS) as reading:
        (one,) = reading.amendments.since(world.clock().replace(hour=0), outgoing=True)
    return one.body


def hear(world: World, body: Amended, sender: str = DEBTS, kind: str = amending.CORRECTED) -> Any:
    signed = world.node(POLICE).signed_by
    return world.hear(
        POLICE, lambda work: amending.heard(work, signed(work), sender, body, kind=kind)
    )


def _resigned(world: World, body: Amended) -> Amended:
    """The same under a true signature of its owner."""
    with world.node(DEBTS).write(world.permit(DEBTS, Action.ANSWER)) as work:
        work.log(Entry("delivery.read", DEBTS, "dlv-" + "2" * 26))
        return with_amended_signature(body, work.sign(amended_bytes(body)))


def test_a_correction_is_taken_once_and_from_the_owner_alone(answered: World) -> None:
    body = _sent(answered)
    assert hear(answered, body, CRIME) == refuse(Code.NOT_FOUND)
    assert hear(answered, msgspec.structs.replace(body, reason="not-lawful")) == (
        refuse(Code.MESSAGE_SIGNATURE)
    )
    assert hear(answered, body) is None
    assert hear(answered, body) == refuse(Code.MESSAGE_REPLAYED)
    foreign = msgspec.structs.replace(body, disclosure="dis-" + "1" * 26)
    assert hear(answered, foreign) == refuse(Code.NOT_FOUND)


@pytest.mark.parametrize("prop", ["director", "name"])
def test_a_correction_adds_no_field_that_was_never_disclosed(prop: str, answered: World) -> None:
    body = _sent(answered)
    other = [msgspec.structs.replace(item, prop=prop) for item in body.items]
    changed = _resigned(answered, msgspec.structs.replace(body, items=other))
    assert hear(answered, changed) == refuse(Code.MESSAGE_MALFORMED)
    doubled = _resigned(answered, msgspec.structs.replace(body, items=body.items * 2))
    assert hear(answered, doubled) == refuse(Code.MESSAGE_MALFORMED)


def test_a_recall_that_carries_a_value_is_none(answered: World) -> None:
    body = _sent(answered)
    assert hear(answered, body, kind=amending.RECALLED) == refuse(Code.MESSAGE_MALFORMED)


def test_both_sides_journal_it_without_a_value(answered: World) -> None:
    _sent(answered)
    answered.house.settle()
    assert "disclosure.corrected" in answered.entries(DEBTS)
    assert "amendment.taken" in answered.entries(POLICE)


def test_the_last_of_several_words_counts(answered: World) -> None:
    say(answered, Prop.STREET, NEW)
    first = correct(answered)
    taken_back = recall(answered, Prop.STREET)
    with answered.look(DEBTS) as reading:
        sent = reading.cases.disclosure(request_id(answered))
        assert sent is not None
        later = reading.amendments.of(sent.disclosure)
    assert [one.body.amendment for one in later] == [first, taken_back]
    assert not words(sent, later)["street"].released
    assert due(answered) == []
