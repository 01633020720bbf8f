from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samverkan.agency.facts import EvaluationFacts, OwnEntry, RuleFacts
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop
from samverkan.kernel.ids import EnrolmentId, RuleId
from tests.agency.sql.rows import SCOPE, USER, enrolment, ident, said, subject
from tests.instruments import NOON

WAITING = EvaluationFacts(
    id=ident("enr", 91),
    enrolment=EnrolmentId(ident("enr", 1)),
    scope=SCOPE,
    epoch=1,
    key_type="p1",
    condition=None,
    work=((subject(1), b"\x00value"), (subject(1), b"other")),
    seed=b"seed",
)

TAGGING = replace(WAITING, id=ident("enr", 90), key_type="p2", condition="kfm:debt-over-100k")


def rule(number: int) -> RuleFacts:
    return RuleFacts(
        id=RuleId(ident("rul", number)),
        scope=SCOPE,
        query="worksites",
        receivers=("kfm", "fk"),
        fields=("phone",),
        test="övervägt",
        officer=USER,
        until=date(2027, 1, 1),
        signature=bytes([number]) * 64,
    )


@pytest.fixture(autouse=True)
def _known(party: SqlReading) -> None:
    both = [said(1, Prop.CITY, "1885"), said(2, Prop.CITY, "1885")]
    party.register.add(both, party="polisen")


def test_rules_come_back_word_for_word_newest_first(party: SqlReading) -> None:
    party.enrolments.add_rule(rule(1), at=NOON)
    party.enrolments.add_rule(rule(2), at=NOON + timedelta(hours=1))
    assert party.enrolments.rules(SCOPE) == [rule(2), rule(1)]
    assert party.enrolments.rule(rule(1).id) == rule(1)
    assert party.enrolments.rule(rule(3).id) is None
    assert party.enrolments.rules(ident("coo", 2)) == []


def test_enrolments_come_back_as_they_were(party: SqlReading) -> None:
    silent = enrolment(1)
    opened = enrolment(2, rule=RuleId(ident("rul", 1)), at=NOON + timedelta(hours=1))
    for one in (silent, opened):
        party.enrolments.add(one)
    assert party.enrolments.all(SCOPE) == [opened, silent]
    assert party.enrolments.get(silent.id) == silent
    assert party.enrolments.get(EnrolmentId(ident("enr", 3))) is None


def test_a_subject_keeps_its_first_handle_in_a_scope(party: SqlReading) -> None:
    add = party.enrolments.add_handles
    add(SCOPE, {subject(1): b"a" * 16})
    add(SCOPE, {subject(1): b"b" * 16, subject(2): b"c" * 16})
    assert party.enrolments.subject_of(SCOPE, b"a" * 16) == subject(1)
    assert party.enrolments.subject_of(SCOPE, b"b" * 16) is None
    assert party.enrolments.subject_of(SCOPE, b"c" * 16) == subject(2)
    assert party.enrolments.subject_of(ident("coo", 2), b"a" * 16) is None


def test_an_evaluation_waits_for_the_last_holder(party: SqlReading) -> None:
    party.enrolments.add(enrolment(1))
    kfm, fk = ident("msg", 1), ident("msg", 2)
    both = {WAITING.id: WAITING, TAGGING.id: TAGGING}
    party.enrolments.add_evaluations([WAITING, TAGGING], {"kfm": kfm, "fk": fk})
    assert party.enrolments.waiting(SCOPE) == 2
    assert party.enrolments.asked(kfm) == {"p1": WAITING.id, "p2": TAGGING.id}
    assert party.enrolments.asked(ident("msg", 3)) == {}
    party.enrolments.answer(kfm, dict.fromkeys(both, b"p1"))
    assert party.enrolments.complete(both) == []
    party.enrolments.answer(fk, {WAITING.id: b"p2"})
    (whole,) = party.enrolments.complete(both)
    assert (whole.evaluation, sorted(whole.parts)) == (WAITING, [b"p1", b"p2"])
    party.enrolments.answer(fk, {TAGGING.id: b"p3"})
    assert [one.evaluation for one in party.enrolments.complete(both)] == [WAITING, TAGGING]


def test_when_finished_values_seed_and_parts_are_forgotten(party: SqlReading) -> None:
    party.enrolments.add(enrolment(1))
    call = ident("msg", 1)
    party.enrolments.add_evaluations([WAITING], {"kfm": call})
    party.enrolments.answer(call, {WAITING.id: b"p1"})
    party.enrolments.finish([WAITING.id])
    assert party.enrolments.complete([WAITING.id]) == []
    assert party.enrolments.asked(call) == {}
    assert party.enrolments.waiting(SCOPE) == 0


def test_an_own_entry_is_found_by_its_number(party: SqlReading) -> None:
    own = OwnEntry(b"n" * 16, SCOPE, 1, "p1", WAITING.enrolment, subject(1), b"l" * 32)
    party.enrolments.add_entries([own])
    assert party.enrolments.entry(own.number) == own
    assert party.enrolments.entry(b"x" * 16) is None


def test_a_subject_is_known_by_its_handle_in_one_typology_and_epoch(party: SqlReading) -> None:
    add, tagged = party.enrolments.add_tags, party.enrolments.tagged
    one, two = b"1" * 8, b"2" * 8
    add(SCOPE, 1, "pattern", {subject(1): one})
    add(SCOPE, 1, "pattern", {subject(1): one, subject(2): two})
    assert tagged(SCOPE, 1, "pattern", [two, one, b"3" * 8]) == [subject(1), subject(2)]
    assert tagged(SCOPE, 1, "pattern", [two]) == [subject(2)]
    assert tagged(SCOPE, 2, "pattern", [one]) == []
    assert tagged(SCOPE, 1, "another", [one]) == []
