"""Numbers out of the stores: a record is a row of a party's own delivery."""

from __future__ import annotations

from samverkan.embedded.counting import counted
from tests.agency.stages import Opening
from tests.agency.world import World


def test_nothing_is_counted_where_nothing_happened(fresh: World) -> None:
    assert not any(counted(fresh.house).values())


def test_records_are_rows_and_what_entered_is_a_part_of_them(enrolled: World) -> None:
    counts = counted(enrolled.house)
    assert counts["held"] == 9, "four of the police, three debtors, two under investigation"
    assert 0 < counts["enrolled"] <= counts["held"]
    assert counts["tokens"] > counts["enrolled"]
    assert (counts["requests"], counts["disclosures"], counts["disclosed"]) == (0, 0, 0)


def test_a_request_is_counted_with_its_asker_and_an_answer_when_it_has_come(asked: World) -> None:
    before = counted(asked.house)
    assert before["requests"] > 0
    assert before["disclosures"] == 0
    asked.play("answer")
    after = counted(asked.house)
    assert after["disclosures"] == after["requests"] == before["requests"]
    assert 0 < after["disclosed"] <= after["enrolled"]
    assert after["held"] == before["held"], "what was received is nobody's own record"


def test_decisions_operations_and_outcomes_are_steerings_own_events(at_stage: Opening) -> None:
    world = at_stage("operating")
    assert counted(world.house)["outcomes"] == 0
    world.play("account")
    counts = counted(world.house)
    assert (counts["decisions"], counts["operations"], counts["outcomes"]) == (1, 1, 2)
