from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from samverkan.agency import answer, asking
from samverkan.agency.proof import WrongPermit
from samverkan.agency.signing import signed_bytes
from samverkan.agency.sql import tables as t
from samverkan.domain.disclosure import GUARDED, PROTECTED_REASON, Choice, Fate
from samverkan.domain.policy import Action
from samverkan.domain.request import State
from samverkan.domain.statement import Prop
from samverkan.infra.seal import verify_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId, RequestId, SubjectId
from samverkan.kernel.outcome import Refused
from samverkan.wire.asking import Disclosed, Received
from samverkan.wire.v1 import canonical
from tests.agency.model import (
    ANNA,
    BASIS,
    BO,
    CRIME,
    DEBTS,
    DEBTS_STREET,
    DELTA,
    POLICE,
    small_pack,
)
from tests.agency.world import World

NOWHERE = RequestId("req-" + "1" * 26)
OPEN = Choice(Fate.RELEASED)


def choices(world: World, number: str = ANNA, **other: Choice) -> Mapping[Prop, Choice]:
    """Everything ticked, but for `other`."""
    asked = world.request(DEBTS, number, POLICE).ask.props
    return {Prop(prop): other.get(prop, OPEN) for prop in asked}


def respond(world: World, number: str = ANNA, chosen: Any = None) -> Any:
    request = world.request(DEBTS, number, POLICE).id
    picked = choices(world, number) if chosen is None else chosen
    return world.act(DEBTS, Action.ANSWER, answer.answer, small_pack(), request, picked)


def disclosed(world: World, number: str = ANNA) -> Disclosed:
    with world.look(DEBTS) as reading:
        found = reading.cases.disclosure(world.request(DEBTS, number, POLICE).id)
    assert found is not None
    return found


def test_answering_needs_its_own_permit(asked: World) -> None:
    request = asked.request(DEBTS, ANNA, POLICE).id
    with pytest.raises(WrongPermit):
        asked.act(DEBTS, Action.ASK, answer.answer, small_pack(), request, choices(asked))
    with asked.look(DEBTS) as reading, pytest.raises(WrongPermit):
        answer.desk(reading, asked.permit(DEBTS, Action.ASK), request)


def test_a_request_that_is_absent_and_one_of_our_own_get_one_answer(asked: World) -> None:
    own = asked.request(POLICE, ANNA, DEBTS).id
    for request in (own, NOWHERE):
        refused = asked.act(POLICE, Action.ANSWER, answer.answer, small_pack(), request, {})
        assert refused == Refused(Code.NOT_FOUND)


def test_only_what_is_ticked_leaves_and_withheld_fields_say_why(asked: World) -> None:
    hidden = Choice(Fate.WITHHELD, "not-needed")
    respond(asked, chosen=choices(asked, phone=hidden))
    sent = {item.prop: item for item in disclosed(asked).items}
    assert sent["street"].values
    assert (sent["phone"].outcome, sent["phone"].reason) == ("withheld", "not-needed")
    assert sent["phone"].values == []
    assert [item.prop for item in disclosed(asked).items] == asked.request(
        DEBTS, ANNA, POLICE
    ).ask.props


def test_a_field_without_a_value_is_absent(asked: World) -> None:
    respond(asked)
    sent = {item.prop: item.outcome for item in disclosed(asked).items}
    assert sent["birthDate"] == "absent"


@pytest.mark.parametrize("reason", [None, "because"])
def test_withholding_needs_a_reason_of_the_pack(asked: World, reason: str | None) -> None:
    hidden = Choice(Fate.WITHHELD, reason)
    refused = respond(asked, chosen=choices(asked, phone=hidden))
    assert refused == Refused(Code.REASON_MISSING, {"field": "phone"})


def test_nothing_leaves_while_one_field_is_undecided(asked: World) -> None:
    chosen = dict(choices(asked))
    del chosen[Prop.STREET]
    sent = len(asked.outbox(DEBTS))
    assert respond(asked, chosen=chosen) == Refused(Code.FIELD_MISSING, {"field": "street"})
    assert len(asked.outbox(DEBTS)) == sent


def test_a_protected_identitys_address_and_phone_never_leave_even_if_ticked(asked: World) -> None:
    assert not isinstance(respond(asked, BO), Refused)
    sent = disclosed(asked, BO)
    guarded = [item for item in sent.items if Prop(item.prop) in GUARDED]
    assert {item.prop for item in guarded} == {"street", "postcode", "city", "phone", "vehicle"}
    assert all(item.values == [] and item.reason == PROTECTED_REASON for item in guarded)
    assert "dolda" not in canonical(sent).decode().lower()


def test_the_answer_is_signed_by_the_party_and_names_its_law(asked: World) -> None:
    respond(asked)
    sent = disclosed(asked)
    keys = asked.node(DEBTS).opened.ring.keys[0].public
    verify_bytes(sent.signature, signed_bytes(sent), keys)
    assert sent.basis == "sfs-2016-774"
    assert sent.restriction == small_pack().parties[PartyId(POLICE)].secrecy
    assert sent.expires <= "2027-11-24"
    assert asked.entries(DEBTS)[-1] == "disclosure.made"
    assert asked.outbox(DEBTS)[-1] == (POLICE, "request.answer")


def test_a_request_is_answered_once(asked: World) -> None:
    respond(asked)
    assert respond(asked) == Refused(Code.ALREADY_ANSWERED)
    asked.house.settle()
    assert respond(asked) == Refused(Code.ALREADY_ANSWERED)


def test_a_lapsed_request_cannot_be_answered(asked: World) -> None:
    asked.clock.advance(timedelta(days=14, seconds=1))
    assert respond(asked) == Refused(Code.WRONG_STATE)
    request = asked.request(DEBTS, ANNA, POLICE)
    assert answer.standing(request, asked.clock()) is State.LAPSED


def test_on_the_last_second_it_can(asked: World) -> None:
    asked.clock.advance(timedelta(days=14))
    assert not isinstance(respond(asked), Refused)


def test_the_desk_shows_own_statements_alone(asked: World) -> None:
    """What others have disclosed of the same person is not ours to give."""
    respond(asked)
    asked.house.settle()
    subject = asked.subject(POLICE, ANNA)
    with asked.look(POLICE) as reading:
        held = {s.value for s in reading.register.statements(subject)}
    assert any(DEBTS_STREET.split()[0].lower() in value.lower() for value in held)
    turned = msgspec.structs.replace(
        asked.request(POLICE, ANNA, DEBTS).ask, request=NOWHERE, handle=_handle(asked, subject)
    )
    assert asked.hear(POLICE, asking.arrived, small_pack(), DEBTS, turned) is None
    with asked.look(POLICE) as reading:
        found = answer.desk(reading, asked.permit(POLICE, Action.ANSWER), NOWHERE)
    assert not isinstance(found, Refused)
    assert {s.value for s in found.statements} < held
    assert not [s for s in found.statements if "hemliga" in s.value.lower()]


def _handle(world: World, subject: SubjectId) -> bytes:
    with world.node(POLICE).opened.store.view() as connection:
        rows = connection.execute(t.handle.select().where(t.handle.c.subject == subject)).all()
    return bytes(rows[0].handle)


def test_what_has_run_out_is_not_on_the_desk(asked: World) -> None:
    request, permit = asked.request(DEBTS, ANNA, POLICE).id, asked.permit(DEBTS, Action.ANSWER)
    asked.clock.advance(timedelta(days=3_000))
    with asked.look(DEBTS) as reading:
        found = answer.desk(reading, permit, request)
    assert not isinstance(found, Refused)
    assert found.statements == ()


def receipt(world: World, number: str = ANNA, **other: Any) -> Any:
    sent = disclosed(world, number)
    base: dict[str, Any] = {
        "disclosure": sent.disclosure,
        "digest": hashlib.sha256(canonical(sent)).digest(),
    }
    sender = other.pop("sender", POLICE)
    return world.hear(DEBTS, answer.receipted, sender, Received(**base | other))


def test_a_receipt_closes_the_request(asked: World) -> None:
    respond(asked)
    assert receipt(asked) is None
    request = asked.request(DEBTS, ANNA, POLICE)
    assert answer.standing(request, asked.clock()) is State.CLOSED


def test_a_receipt_from_another_or_for_nothing_is_refused(asked: World) -> None:
    respond(asked)
    assert receipt(asked, sender=CRIME) == Refused(Code.NOT_FOUND)
    assert receipt(asked, disclosure="dis-" + "1" * 26) == Refused(Code.NOT_FOUND)


def test_a_receipt_for_other_bytes_than_were_sent_is_refused(asked: World) -> None:
    respond(asked, DELTA)
    assert receipt(asked, DELTA, digest=bytes(32)) == Refused(Code.MESSAGE_MALFORMED)


def test_an_item_under_secrecy_that_the_basis_excludes_is_not_released(asked: World) -> None:
    pack = small_pack()
    secret = replace(pack.classifications["osl-34-1"], section="26:1")
    held = replace(pack.bases[BASIS], excluded=("26:1-6",))
    law = replace(
        pack,
        classifications={**pack.classifications, "osl-34-1": secret},
        bases={**pack.bases, BASIS: held},
    )
    request = asked.request(DEBTS, ANNA, POLICE)
    chosen = choices(asked)
    refused = asked.act(DEBTS, Action.ANSWER, answer.answer, law, request.id, chosen)
    assert isinstance(refused, Refused)
    assert refused.code is Code.NO_BASIS
    assert refused.params["field"] in request.ask.props
    withheld = dict.fromkeys(chosen, Choice(Fate.WITHHELD, "not-needed"))
    made = asked.act(DEBTS, Action.ANSWER, answer.answer, law, request.id, withheld)
    assert not isinstance(made, Refused)
