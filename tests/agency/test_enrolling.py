from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.agency import enrolling, joining
from samverkan.agency.proof import WrongPermit
from samverkan.agency.signing import rule_bytes
from samverkan.agency.sql import tables as t
from samverkan.domain.pack import SizeClass
from samverkan.domain.policy import Action
from samverkan.infra.seal import verify_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import RuleId
from samverkan.kernel.outcome import Refused
from tests.agency.model import BO, CRIME, DEBTS, DEBTS_STREET, POLICE, TAX, TYPOLOGY, small_pack
from tests.agency.world import World

NOWHERE = "coo-" + "1" * 26
PERSONS = "large-debt-persons"
TAGS = f"{TYPOLOGY}:debt-over-100k"


def rule(world: World, **other: Any) -> enrolling.RuleWish:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "query": PERSONS,
        "receivers": (POLICE,),
        "fields": (),
        "test": "övervägande skäl saknas",
        "until": date(2027, 6, 1),
    }
    return enrolling.RuleWish(**base | other)


def sign(world: World, **other: Any) -> Any:
    return world.act(
        DEBTS, Action.SIGN_RULE, enrolling.sign_rule, small_pack(), rule(world, **other)
    )


def enrol(world: World, **other: Any) -> Any:
    base: dict[str, Any] = {
        "scope": world.scope.id,
        "query": PERSONS,
        "rule": None,
        "necessity": "scope-subjects",
    }
    wish = enrolling.EnrolWish(**base | other)
    return world.act(DEBTS, Action.ENROL, enrolling.enrol, world.node(DEBTS).means, wish)


def test_signing_and_enrolling_need_their_own_permits(founded: World) -> None:
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ENROL, enrolling.sign_rule, small_pack(), rule(founded))
    wish = enrolling.EnrolWish(founded.scope.id, PERSONS, None, "scope-subjects")
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ANSWER, enrolling.enrol, founded.node(DEBTS).means, wish)


def test_a_rule_is_signed_by_the_party_over_every_word(founded: World) -> None:
    signed = sign(founded)
    with founded.look(DEBTS) as reading:
        kept = reading.enrolments.rule(signed)
    assert kept is not None
    keys = founded.node(DEBTS).opened.ring.keys[0].public
    verify_bytes(kept.signature, rule_bytes(replace(kept, signature=b"")), keys)
    assert founded.entries(DEBTS)[-1] == "rule.signed"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"scope": NOWHERE}, Code.NO_COOPERATION),
        ({"receivers": ()}, Code.NOT_A_PARTY),
        ({"receivers": (POLICE, TAX)}, Code.NOT_A_PARTY),
        ({"receivers": (DEBTS,)}, Code.NOT_A_PARTY),
        ({"query": "worksites"}, Code.NOT_IN_PACK),
        ({"test": "  "}, Code.REASON_MISSING),
        ({"until": date(2030, 1, 1)}, Code.COOPERATION_ENDED),
    ],
)
def test_a_rule_is_refused(founded: World, other: dict[str, Any], code: Code) -> None:
    assert sign(founded, **other) == Refused(code)
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.rules(founded.scope.id) == []


def test_the_number_is_seen_before_anything_is_enrolled(founded: World) -> None:
    permit = founded.permit(DEBTS, Action.ENROL)
    pack, scope = small_pack(), founded.scope.id
    with founded.look(DEBTS) as reading:
        found = enrolling.preview(reading, permit, pack, scope=scope, query=PERSONS)
        assert isinstance(found, list)
        assert len(found) == 2
        unknown = enrolling.preview(reading, permit, pack, scope=scope, query="worksites")
        assert unknown == Refused(Code.NOT_IN_PACK)
        nowhere = enrolling.preview(reading, permit, pack, scope=NOWHERE, query=PERSONS)
        assert nowhere == Refused(Code.NO_COOPERATION)
        wrong = founded.permit(DEBTS, Action.ANSWER)
        with pytest.raises(WrongPermit):
            enrolling.preview(reading, wrong, pack, scope=scope, query=PERSONS)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"scope": NOWHERE}, Code.NO_COOPERATION),
        ({"query": "worksites"}, Code.NOT_IN_PACK),
        ({"necessity": "because"}, Code.NEED_MISSING),
        ({"rule": RuleId("rul-" + "1" * 26)}, Code.NO_RELEASE_RULE),
        ({"query": TAGS}, Code.NO_RELEASE_RULE),
    ],
)
def test_an_enrolment_is_refused(founded: World, other: dict[str, Any], code: Code) -> None:
    assert enrol(founded, **other) == Refused(code)
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.all(founded.scope.id) == []
        assert reading.enrolments.waiting(founded.scope.id) == 0


def test_a_rule_for_other_records_or_one_that_has_run_out_opens_nothing(founded: World) -> None:
    foreign = sign(founded, query="large-debt-companies")
    assert enrol(founded, rule=foreign) == Refused(Code.NO_RELEASE_RULE)
    old = sign(founded, until=date(2026, 11, 30))
    founded.clock.advance(timedelta(days=10))
    assert enrol(founded, rule=old) == Refused(Code.NO_RELEASE_RULE)


def test_nothing_is_enrolled_after_the_scope_has_ended(founded: World) -> None:
    founded.act(CRIME, Action.DECIDE_COOPERATION, joining.end, founded.scope.id)
    founded.house.settle()
    assert enrol(founded) == Refused(Code.COOPERATION_ENDED)
    assert sign(founded) == Refused(Code.COOPERATION_ENDED)


def test_a_query_is_enrolled_once(founded: World) -> None:
    assert not isinstance(enrol(founded), Refused)
    assert enrol(founded) == Refused(Code.ALREADY_DECIDED)


def test_more_than_the_size_class_is_refused(founded: World) -> None:
    node = founded.node(DEBTS)
    small = replace(small_pack().size_classes["s"], most=1)
    assert isinstance(small, SizeClass)
    pack = replace(small_pack(), size_classes={**small_pack().size_classes, "s": small})
    node.means = replace(node.means, pack=pack)
    assert enrol(founded) == Refused(Code.SIZE_CLASS_EXCEEDED)


def test_the_size_class_counts_all_enrolments_together(founded: World) -> None:
    node = founded.node(DEBTS)
    two = replace(small_pack().size_classes["s"], most=2)
    pack = replace(small_pack(), size_classes={**small_pack().size_classes, "s": two})
    node.means = replace(node.means, pack=pack)
    assert not isinstance(enrol(founded), Refused)
    assert enrol(founded, query="large-debt-companies") == Refused(Code.SIZE_CLASS_EXCEEDED)


def test_each_holder_gets_the_same_blinded_batch_and_no_value(founded: World) -> None:
    enrol(founded)
    table = founded.node(DEBTS).opened.store.tables.outbox
    with founded.node(DEBTS).opened.store.view() as connection:
        asked = connection.execute(table.select().where(table.c.kind == "oprf.evaluate")).all()
    by_body: dict[bytes, set[str]] = {}
    for row in asked:
        by_body.setdefault(row.body, set()).add(row.recipient)
        assert DEBTS_STREET.encode() not in row.body
    assert all(sent == {POLICE, DEBTS, CRIME} for sent in by_body.values())


def test_a_protected_identity_enters_by_its_number_alone(founded: World) -> None:
    enrol(founded)
    founded.house.settle()
    protected = founded.subject(DEBTS, BO)
    with founded.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.entry.select().where(t.entry.c.subject == protected)).all()
    assert [row.key_type for row in rows] == ["p1"]


def test_enrolling_is_logged_with_its_necessity(founded: World) -> None:
    enrol(founded)
    assert founded.entries(DEBTS)[-1] == "enrolment.made"
