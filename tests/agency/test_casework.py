from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import answer, casework, joining
from samverkan.agency.proof import WrongPermit
from samverkan.agency.signing import signed_bytes, with_signature
from samverkan.domain.disclosure import Choice, Fate
from samverkan.domain.graph import Graph, Part, Verdict
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.infra.seal import sign_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CaseId, SubjectId
from samverkan.kernel.outcome import Refused
from samverkan.wire.asking import Disclosed
from tests.agency.model import ANNA, BO, CRIME, DEBTS, DEBTS_STREET, POLICE, small_pack
from tests.agency.world import World

NOWHERE = "coo-" + "1" * 26


def open_case(world: World, **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "title": "Ärende",
        "subjects": (world.subject(POLICE, ANNA),),
    }
    return world.act(POLICE, Action.READ_CASE, casework.open_case, **base | other)


def answered(world: World, number: str = ANNA) -> Disclosed:
    """What the enforcement agency has answered; it has not reached the police yet."""
    request = world.request(DEBTS, number, POLICE)
    ticked = {Prop(prop): Choice(Fate.RELEASED) for prop in request.ask.props}
    world.act(DEBTS, Action.ANSWER, answer.answer, small_pack(), request.id, ticked)
    with world.look(DEBTS) as reading:
        found = reading.cases.disclosure(request.id)
    assert found is not None
    return found


def signed(world: World, body: Disclosed, party: str = DEBTS) -> Disclosed:
    key = world.node(party).opened.ring.keys[0]
    return with_signature(body, sign_bytes(signed_bytes(body), key))


def receive(world: World, body: Disclosed, sender: str = DEBTS) -> Any:
    def taken(work: Any) -> Any:
        return casework.received(work, world.node(POLICE).signed_by(work), sender, body)

    return world.hear(POLICE, taken)


def test_opening_and_viewing_need_their_own_permits(asked: World) -> None:
    with pytest.raises(WrongPermit):
        asked.act(POLICE, Action.ASK, casework.open_case, scope=NOWHERE, title="x", subjects=())
    with asked.look(POLICE) as reading, pytest.raises(WrongPermit):
        casework.view(reading, asked.permit(POLICE, Action.ASK), asked.case())


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        ({"title": " "}, Refused(Code.FIELD_MISSING, {"field": "title"})),
        ({"title": "x" * 201}, Refused(Code.FIELD_TOO_LONG, {"field": "title"})),
        ({"scope": NOWHERE}, Refused(Code.NO_COOPERATION)),
        ({"subjects": (SubjectId("sub-" + "1" * 26),)}, Refused(Code.NOT_FOUND)),
    ],
)
def test_a_case_is_refused(founded: World, other: dict[str, Any], refused: Refused) -> None:
    assert open_case(founded, **other) == refused


def test_no_case_is_opened_in_a_scope_that_has_ended(founded: World) -> None:
    founded.act(CRIME, Action.DECIDE_COOPERATION, joining.end, founded.scope.id)
    founded.house.settle()
    assert open_case(founded) == Refused(Code.COOPERATION_ENDED)


def test_a_case_is_logged_without_its_title(founded: World) -> None:
    assert not isinstance(open_case(founded, title="Anna Alm"), Refused)
    with founded.node(POLICE).opened.store.view() as connection:
        (last,) = founded.node(POLICE).opened.store.ledger.recent(connection, limit=1)
    assert last.entry.action == "case.opened"
    assert "Anna" not in repr(last)


def test_what_arrives_carries_its_giver_restriction_and_clock(asked: World) -> None:
    body = answered(asked)
    assert receive(asked, body) is None
    subject = asked.subject(POLICE, ANNA)
    with asked.look(POLICE) as reading:
        said = [s for s in reading.register.statements(subject) if s.delivery == body.disclosure]
        assert reading.register.sources(subject)[body.disclosure] == DEBTS
    assert {s.original for s in said if s.prop is Prop.STREET}
    assert {s.classification for s in said} == {body.restriction}
    assert {s.expires_on for s in said} == {date.fromisoformat(body.expires)}
    assert {s.basis for s in said} == {body.basis}


def test_what_arrives_changes_nothing_that_was_there(asked: World) -> None:
    subject = asked.subject(POLICE, ANNA)
    with asked.look(POLICE) as reading:
        before = reading.register.statements(subject)
        fields = reading.register.own_fields([subject])
    receive(asked, answered(asked))
    with asked.look(POLICE) as reading:
        after = reading.register.statements(subject)
        assert reading.register.own_fields([subject]) == fields
    assert len(after) > len(before)
    assert [s for s in after if s in before] == before


def test_the_receipt_and_the_log_follow_in_the_same_transaction(asked: World) -> None:
    receive(asked, answered(asked))
    assert asked.outbox(POLICE)[-1] == (DEBTS, "request.receipt")
    assert asked.entries(POLICE)[-1] == "disclosure.taken"


def test_an_answer_from_another_or_to_no_request_of_ours_is_refused(asked: World) -> None:
    body = answered(asked)
    assert receive(asked, body, sender=CRIME) == Refused(Code.NOT_FOUND)
    foreign = msgspec.structs.replace(body, request="req-" + "1" * 26)
    assert receive(asked, signed(asked, foreign)) == Refused(Code.NOT_FOUND)


def test_a_second_answer_is_refused(asked: World) -> None:
    body = answered(asked)
    receive(asked, body)
    assert receive(asked, body) == Refused(Code.ALREADY_ANSWERED)


def test_a_number_that_is_taken_is_refused(asked: World) -> None:
    body = answered(asked)
    receive(asked, body)
    other = msgspec.structs.replace(answered(asked, BO), disclosure=body.disclosure)
    assert receive(asked, signed(asked, other)) == Refused(Code.MESSAGE_REPLAYED)


def test_a_disclosure_with_a_bad_signature_is_refused(asked: World) -> None:
    body = answered(asked)
    changed = msgspec.structs.replace(body, expires="2030-01-01")
    assert receive(asked, changed) == Refused(Code.MESSAGE_SIGNATURE)
    by_another = signed(asked, body, party=CRIME)
    assert receive(asked, by_another) == Refused(Code.MESSAGE_SIGNATURE)
    with asked.look(POLICE) as reading:
        assert body.disclosure not in reading.register.sources(asked.subject(POLICE, ANNA))


def test_a_disclosure_of_other_fields_than_asked_is_refused(asked: World) -> None:
    body = answered(asked)
    fewer = msgspec.structs.replace(body, items=body.items[1:])
    assert receive(asked, signed(asked, fewer)) == Refused(Code.MESSAGE_MALFORMED)
    turned = msgspec.structs.replace(body, items=body.items[::-1])
    assert receive(asked, signed(asked, turned)) == Refused(Code.MESSAGE_MALFORMED)


def view(world: World, case: CaseId) -> casework.CaseView | Refused:
    with world.look(POLICE) as reading:
        return casework.view(reading, world.permit(POLICE, Action.READ_CASE), case)


def test_the_case_shows_each_line_with_who_said_it(asked: World) -> None:
    receive(asked, answered(asked))
    seen = view(asked, asked.case())
    assert not isinstance(seen, Refused)
    anna = next(s for s in seen.subjects if s.subject == asked.subject(POLICE, ANNA))
    streets = {line.party: line.values for line in anna.lines if line.prop is Prop.STREET}
    assert set(streets) == {POLICE, DEBTS}
    assert DEBTS_STREET.split()[0].lower() in str(streets[DEBTS]).lower()
    assert {hit.party for hit in anna.hits} == {DEBTS, CRIME}
    assert len(seen.requests) == 5


def test_what_has_run_out_is_seen_no_more(asked: World) -> None:
    body = answered(asked)
    receive(asked, body)
    days = date.fromisoformat(body.expires) - asked.clock().date()
    asked.clock.advance(days + timedelta(days=1))
    seen = view(asked, asked.case())
    assert not isinstance(seen, Refused)
    assert not [line for s in seen.subjects for line in s.lines if line.party == DEBTS]


def test_a_case_that_is_not_there_is_not_found(asked: World) -> None:
    assert view(asked, CaseId("cas-" + "1" * 26)) == Refused(Code.NOT_FOUND)


def drawn(world: World) -> Graph:
    with world.look(POLICE) as reading:
        seen = casework.view(reading, world.permit(POLICE, Action.READ_CASE), world.case())
        assert not isinstance(seen, Refused)
        return casework.drawn(reading, seen)


def test_the_graph_grows_with_each_disclosure(asked: World) -> None:
    before = drawn(asked)
    body = answered(asked)
    receive(asked, body)
    after = drawn(asked)
    hit = asked.hit(POLICE, ANNA, DEBTS)
    (tie,) = [tie for tie in after.ties if tie.other == f"record:{hit.id}"]
    assert {line.source for line in tie.lines} == {body.disclosure}
    assert tie.verdict is Verdict.SAME
    assert {p.id for p in after.points} > {p.id for p in before.points}
    assert any(DEBTS_STREET.lower() in point.value for point in after.of(Part.VALUE))
    assert {str(line.expires_on) for line in tie.lines} == {body.expires}


def test_what_was_disclosed_of_one_record_is_not_tied_to_another(asked: World) -> None:
    receive(asked, answered(asked))
    other = asked.hit(POLICE, ANNA, CRIME)
    (tie,) = [tie for tie in drawn(asked).ties if tie.other == f"record:{other.id}"]
    assert tie.lines == ()
