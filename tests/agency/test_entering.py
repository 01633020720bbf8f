from __future__ import annotations

from samverkan.agency.sql import tables as t
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.agency.model import ANNA, DEBTS
from tests.agency.wishes import NOWHERE, PERSONS, ask_about, enrol, enrol_list, sign
from tests.agency.world import World


def test_every_way_in_goes_into_a_scope_in_force_alone(founded: World) -> None:
    refused = Refused(Code.NO_COOPERATION)
    assert enrol(founded, scope=NOWHERE) == refused
    assert enrol_list(founded, (ANNA, "single-subject"), scope=NOWHERE) == refused
    assert ask_about(founded, scope=NOWHERE) == refused


def test_a_rule_opens_its_own_class_of_records_whatever_the_way_in(founded: World) -> None:
    rules = {name: sign(founded, query=name) for name in (PERSONS, "listed", "asked")}
    refused = Refused(Code.NO_RELEASE_RULE)
    assert enrol(founded, rule=rules["asked"]) == refused
    assert enrol_list(founded, (ANNA, "single-subject"), rule=rules[PERSONS]) == refused
    assert ask_about(founded, rule=rules["listed"]) == refused


def test_a_subject_may_stand_in_several_enrolments_of_a_scope(founded: World) -> None:
    enrol(founded)
    enrol_list(founded, (ANNA, "single-subject"))
    ask_about(founded)
    founded.house.settle()
    anna = founded.subject(DEBTS, ANNA)
    with founded.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.entry.select().where(t.entry.c.subject == anna)).all()
    by_enrolment: dict[str, list[str]] = {}
    for row in rows:
        by_enrolment.setdefault(row.enrolment, []).append(row.key_type)
    assert len(by_enrolment) == 3
    assert len({tuple(sorted(types)) for types in by_enrolment.values()}) == 1
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.waiting(founded.scope.id) == 0
    assert founded.entries(DEBTS).count("index.received") == 3
