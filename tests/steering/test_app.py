"""Commands over the wire: heard once, told to the parties concerned, refused to the sender alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, MessageId
from samverkan.kernel.outcome import refuse
from samverkan.steering.app import handlers, nameless
from samverkan.steering.ports import BODIES, Seen
from samverkan.wire import v1
from samverkan.wire.deciding import Decided, Frozen
from samverkan.wire.forms import PublicText
from samverkan.wire.joining import Accept, CommandRefused, End, InForce
from samverkan.wire.v1 import Message
from tests.instruments import seeded
from tests.national import national
from tests.steering.hall import ADDRESSES, Hall, open_hall
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    JOINS,
    POLICE,
    TAX,
    WORK,
    by,
    close,
    draft,
    freeze,
    hours,
    new,
    outcome,
    plan,
    position,
    propose,
    small_pack,
)

CHAIN = ("cooperation", "proposal", "position", "measure", "hours", "outcome", "report")
"""What the whole way from draft to report is made of; the rest of the record is tested beside it."""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.steering.opened.store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    """The hall over each database that the product runs on."""
    url = None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    hall = open_hall(tmp_path, url)
    yield hall
    hall.steering.opened.store.close()


def refusals(hall: Hall, party: str) -> list[CommandRefused]:
    return [
        v1.from_body(event.body, CommandRefused)
        for event in hall.feed(party)
        if event.kind == "command.refused"
    ]


def test_the_whole_way_from_draft_to_report(either: Hall) -> None:
    hall = either
    header = propose(hall.scope())
    hall.send(POLICE, "proposal.make", header)
    for party in (POLICE, BENEFITS, TAX):
        hall.send(party, "position.take", position(header.proposal))
    no = position(header.proposal, "against", "no-resources")
    hall.send(DEBTS, "position.take", no)
    hall.send(POLICE, "proposal.close", close(header.proposal))
    decided = v1.from_body(hall.feed(TAX)[-1].body, Decided)
    assert (decided.outcome, decided.dissent) == ("approved", [DEBTS])
    assert decided.operation is not None
    measure = plan(decided.operation, "recover")
    hall.send(BENEFITS, "measure.plan", measure)
    hall.send(BENEFITS, "hours.report", hours(decided.operation, "2026-w47", 30))
    result = outcome(decided.operation, 250_000, measure=measure.measure, shared=[TAX])
    hall.send(BENEFITS, "outcome.record", result)
    hall.send(POLICE, "report.freeze", freeze())
    frozen = v1.from_body(hall.feed(TAX)[-1].body, Frozen)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(frozen.pdf)).pages)
    assert result.outcome in text
    assert frozen.rows.hex() in text
    figures = load_workbook(io.BytesIO(frozen.xlsx)).worksheets[0]
    assert [cell.value for cell in figures[2]][4] == 250_000
    assert hall.steering.inspect({}).sound
    chain = {kind for kind in BODIES if kind.split(".")[0] in CHAIN}
    later = {f"outcome.{one}" for one in ("advance", "share", "mark", "alike", "settle")}
    assert set(hall.log()) == chain - {"measure.close", "cooperation.end"} - later


def test_each_party_has_its_own_unbroken_numbering(hall: Hall) -> None:
    hall.agree(draft(parties=[POLICE, TAX]))
    hall.scope()
    for address in ADDRESSES:
        letters = hall.letters(address)
        assert [letter.seq for letter in letters] == list(range(1, len(letters) + 1))
    assert len(hall.feed(POLICE)) > len(hall.feed(BENEFITS)) > 0
    assert hall.feed(WORK) == []


def test_the_exchange_hears_what_is_in_force_and_what_ends_and_nothing_else(hall: Hall) -> None:
    scope = hall.scope()
    hall.send(TAX, "cooperation.end", End(by=JOINS, cooperation=scope))
    feed = hall.feed(v1.EXCHANGE)
    assert [event.kind for event in feed] == [
        "cooperation.in-force",
        "cooperation.in-force",
        "cooperation.end",
    ]
    assert v1.from_body(feed[1].body, InForce).draft.cooperation == scope


def test_an_event_says_whose_command_it_was_and_when(hall: Hall) -> None:
    hall.scope()
    event = hall.feed(TAX)[1]
    assert (event.party, event.kind) == (POLICE, "cooperation.accept")
    assert event.at == "2026-11-24T12:00:00.000000Z"


def test_a_repeated_command_changes_nothing(hall: Hall) -> None:
    frame = hall.send(POLICE, "cooperation.draft", draft())
    hall.mail.waiting.append(frame)
    hall.pump()
    assert hall.log() == ["cooperation.draft"]
    assert [event.kind for event in hall.feed(POLICE)] == ["cooperation.draft"]


def test_a_handler_called_twice_for_one_message_changes_nothing(hall: Hall) -> None:
    body = draft()
    envelope = v1.Envelope(
        id=new(MessageId),
        cls="post",
        sender=POLICE,
        to=v1.STEERING,
        kind="cooperation.draft",
        seq=1,
        sent_at="2026-11-24T12:00:00Z",
        keys=1,
        head=v1.Head(seq=0, hash=bytes(32)),
        body=v1.to_body(body),
    )
    handler = handlers(small_pack(), seeded())["cooperation.draft"]
    with hall.steering.opened.store.write() as transaction:
        handler(transaction, envelope)
        handler(transaction, envelope)
    assert hall.log() == ["cooperation.draft"]


def test_the_same_body_in_a_new_message_is_refused_and_changes_nothing(hall: Hall) -> None:
    body = draft()
    hall.send(POLICE, "cooperation.draft", body)
    hall.send(POLICE, "cooperation.draft", body)
    assert hall.log() == ["cooperation.draft"]
    (told,) = refusals(hall, POLICE)
    assert (told.subject, told.code) == (body.cooperation, "already_decided")


def test_absent_and_forbidden_are_one_code_to_the_sender_alone(hall: Hall) -> None:
    body = draft()
    hall.send(POLICE, "cooperation.draft", body)
    before = {address: len(hall.feed(address)) for address in ADDRESSES}
    hall.send(WORK, "cooperation.accept", Accept(by=JOINS, cooperation=body.cooperation))
    absent = Accept(by=JOINS, cooperation=new(CooperationId))
    hall.send(WORK, "cooperation.accept", absent)
    assert [told.code for told in refusals(hall, WORK)] == ["not_found", "not_found"]
    before[WORK] += 2
    assert {address: len(hall.feed(address)) for address in ADDRESSES} == before


@pytest.mark.parametrize(
    ("officer", "code"),
    [
        (by("officer", "decide-for-own-party"), "no_mandate"),
        (by("council_member", "ask-others"), "no_mandate"),
        (by("superuser", "decide-for-own-party"), "no_mandate"),
    ],
)
def test_a_role_that_may_not_do_this_is_refused(hall: Hall, officer: Any, code: str) -> None:
    hall.send(POLICE, "cooperation.draft", draft(by=officer))
    assert [told.code for told in refusals(hall, POLICE)] == [code]
    assert hall.log() == []


def test_a_hub_role_is_no_party(hall: Hall) -> None:
    hall.send(v1.EXCHANGE, "cooperation.draft", draft())
    assert [told.code for told in refusals(hall, v1.EXCHANGE)] == ["not_found"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "Anna Andersson"},
        v1.to_body(draft()) | {"name": "Anna Andersson"},
        v1.to_body(draft()) | {"purpose": "Anna Andersson"},
        v1.to_body(draft()) | {"cooperation": "19811218-9876"},
    ],
)
def test_what_is_no_command_of_ours_leaves_no_trace_of_its_words(
    hall: Hall, body: dict[str, Any]
) -> None:
    frame = hall.send(POLICE, "cooperation.draft", body)
    (told,) = refusals(hall, POLICE)
    assert (told.subject, told.code) == (frame.id, "message_malformed")
    assert hall.log() == []


def test_an_officer_is_a_number_of_the_right_kind(hall: Hall) -> None:
    stranger = v1.to_body(draft()) | {"by": v1.to_body(by()) | {"user": new(CooperationId)}}
    hall.send(POLICE, "cooperation.draft", stranger)
    assert [told.code for told in refusals(hall, POLICE)] == ["message_malformed"]


def test_every_accepted_and_refused_command_is_in_the_ledger(hall: Hall) -> None:
    hall.send(POLICE, "cooperation.draft", draft())
    hall.send(POLICE, "cooperation.draft", draft(purpose="curiosity"))
    store = hall.steering.opened.store
    with store.view() as connection:
        entries = [r.entry for r in store.ledger.recent(connection, limit=50)]
    made = next(entry for entry in entries if entry.action == "cooperation.draft")
    assert made.actor.startswith("usr-")
    assert made.codes == (POLICE, "council_member", "decide-for-own-party")
    no = next(entry for entry in entries if entry.action == "command.refused")
    assert no.codes == ("cooperation.draft", "no_basis")


def test_the_ledger_is_verified_and_each_verification_is_itself_logged(hall: Hall) -> None:
    hall.scope()
    store = hall.steering.opened.store
    head = store.head()
    found = hall.steering.inspect({TAX: Seen(head.seq, head.hash)})
    assert found.sound
    assert found.finding.entries == head.seq + 1
    assert set(found.watching) == set(FOUR)
    assert not hall.steering.inspect({TAX: Seen(head.seq, bytes(32))}).sound
    assert not hall.steering.inspect({TAX: Seen(head.seq + 99, bytes(32))}).sound


class Told(Message, frozen=True, kw_only=True):
    """A body with public texts at every depth that a body may have."""

    title: PublicText
    more: list[PublicText] | None = None
    named: dict[str, PublicText] | None = None


class Telling(Message, frozen=True, kw_only=True):
    """A body with one inside."""

    told: list[Told]
    code: str = "8501621239"


@pytest.mark.parametrize(
    "told",
    [
        Told(title="nr 850162-1239"),
        Told(title="Torget", more=["Öppen handel", "ring 070-000 00 09"]),
        Told(title="Torget", named={"a": "skriv till nagon@exempel.invalid"}),
    ],
    ids=["field", "list", "mapping"],
)
def test_no_text_for_all_to_read_may_point_somebody_out(told: Told) -> None:
    for body in (told, Telling(told=[Told(title="Vivalla"), told])):
        assert nameless(national(), body) == refuse(Code.TEXT_IDENTIFIES)


def test_codes_are_not_read_as_texts_and_harmless_texts_pass() -> None:
    body = Telling(told=[Told(title="Fyra möten", more=["61 områden 2017"], named={"a": "Torget"})])
    assert nameless(national(), body) is None
