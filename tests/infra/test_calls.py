"""Calls: a deadline, once by id, one answer, and an answer only to what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from samverkan.infra.envelope import instant
from samverkan.infra.mail import Postman
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from tests.infra.postoffice import PostOffice, Word, envelope, frame, office_of, words, write_word
from tests.infra.stores import common, count
from tests.instruments import NOON, FixedClock

LATER = NOON + timedelta(minutes=5)


def answer(transaction: Transaction, call: v1.Envelope) -> v1.Message:
    """Writes what was asked and answers with the same."""
    write_word(transaction, call)
    return v1.from_body(call.body, Word)


def no(transaction: Transaction, call: v1.Envelope) -> Refused:
    """Writes and then refuses."""
    write_word(transaction, call)
    return refuse(Code.SIZE_CLASS_EXCEEDED)


def hear_no(transaction: Transaction, reply: v1.Envelope) -> None:
    """Keeps the code of a refusal."""
    code = v1.from_body(reply.body, v1.Refusal).code.replace("_", "-")
    body = v1.to_body(Word(word=code))
    write_word(transaction, envelope(body=body))


Sides = tuple[PostOffice, Postman, Postman]


@pytest.fixture
def sides() -> Iterator[Sides]:
    """The police ask, the social insurance agency answers."""
    with office_of("polisen", "fk") as (office, [police, fk]):
        police.handlers = {"ask.reply": write_word, "refused": hear_no, "word": write_word}
        fk.handlers = {"ask": answer, "refuse": no, "word": write_word}
        yield office, police, fk


def ask(police: Postman, kind: str = "ask", *, text: str = "asked") -> str:
    """Put a call to fk on its way; gives its id."""
    with police.store.write() as transaction:
        message = transaction.call("fk", kind, Word(word=text), deadline=LATER)
        transaction.log(Entry("word.asked", "polisen", message))
    return message


def settle(*postmen: Postman) -> None:
    """Until nothing moves any more."""
    while any([one.pump() for one in postmen]):  # noqa: C419 - each is to be pumped
        pass


def refusals(postman: Postman) -> set[str | None]:
    with postman.store.view() as connection:
        return {row.refused for row in connection.execute(common.inbox.select())}


def test_a_call_is_answered_to_who_asked(sides: Sides) -> None:
    _, police, fk = sides
    ask(police)
    settle(police, fk)
    assert words(fk.store) == words(police.store) == ["asked"]
    with police.store.view() as connection:
        (call,) = connection.execute(common.calls.select()).all()
    assert call.closed_at == NOON


def test_a_call_that_comes_twice_is_served_once_and_answered_once(sides: Sides) -> None:
    office, police, fk = sides
    ask(police)
    police.send()
    office.box("fk").append(office.box("fk")[0])
    settle(police, fk)
    assert words(fk.store) == ["asked"]
    assert len(office.box("polisen")) == 1


def test_a_reply_that_comes_twice_is_applied_once(sides: Sides) -> None:
    office, police, fk = sides
    ask(police)
    settle(police, fk)
    office.box("polisen").append(office.box("polisen")[0])
    settle(police, fk)
    assert words(police.store) == ["asked"]


def test_a_call_after_its_deadline_is_refused_and_changes_nothing(sides: Sides) -> None:
    _, police, fk = sides
    ask(police)
    police.send()
    clock = fk.store.clock
    assert isinstance(clock, FixedClock)
    clock.now = LATER + timedelta(seconds=1)
    settle(police, fk)
    assert words(fk.store) == []
    assert words(police.store) == ["call-expired"]


def test_a_call_without_a_deadline_is_refused(sides: Sides) -> None:
    office, police, fk = sides
    call = envelope(cls="call", sender="polisen", to="fk", kind="ask", seq=0)
    office.box("fk").append(frame(call))
    settle(police, fk)
    assert words(fk.store) == []
    assert refusals(fk) == {"call_expired"}


def test_a_refused_call_leaves_no_state_and_tells_its_code(sides: Sides) -> None:
    _, police, fk = sides
    ask(police, "refuse")
    settle(police, fk)
    assert words(fk.store) == []
    assert words(police.store) == ["size-class-exceeded"]


def test_a_call_of_an_unknown_kind_is_answered_with_no(sides: Sides) -> None:
    _, police, fk = sides
    ask(police, "ask.more")
    settle(police, fk)
    assert words(police.store) == ["message-unknown-kind"]


def test_a_post_sent_as_a_call_does_not_pass_its_order(sides: Sides) -> None:
    _, police, fk = sides
    ask(police, "word")
    settle(police, fk)
    assert words(fk.store) == []
    assert words(police.store) == ["message-unknown-kind"]


def reply(asked: str, **changes: object) -> v1.Frame:
    """An answer of fk to the police, but for what the test changes."""
    told = {"cls": "reply", "kind": "ask.reply", "seq": 0, "re": asked}
    return frame(envelope(**(told | {"body": v1.to_body(Word(word="told"))} | changes)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"re": "msg-00000000000000000000000001"}, "message_replayed"),
        ({"re": None}, "message_replayed"),
        ({"sender": "kfm"}, "message_replayed"),
        ({"kind": "word"}, "message_unknown_kind"),
        ({"cls": "post", "seq": 1}, "message_unknown_kind"),
        ({"cls": "call", "deadline": instant(LATER)}, "message_unknown_kind"),
    ],
)
def test_what_answers_no_open_call_is_refused(
    sides: Sides, changes: dict[str, object], code: str
) -> None:
    office, police, _ = sides
    message = ask(police)
    office.box("polisen").append(reply(message, **changes))
    settle(police)
    assert words(police.store) == []
    assert refusals(police) == {code}
    office.box("polisen").append(reply(message))
    settle(police)
    assert words(police.store) == ["told"], "the true answer still counts"


def test_an_answer_to_another_question_is_refused(sides: Sides) -> None:
    office, police, _ = sides
    message = ask(police, "refuse")
    office.box("polisen").append(reply(message))
    settle(police)
    assert refusals(police) == {"message_replayed"}


def test_a_second_answer_to_a_closed_call_is_refused(sides: Sides) -> None:
    office, police, fk = sides
    message = ask(police)
    settle(police, fk)
    office.box("polisen").append(reply(message))
    settle(police, fk)
    assert words(police.store) == ["asked"]
    assert refusals(police) == {None, "message_replayed"}
    assert count(police.store, common.calls) == 1
