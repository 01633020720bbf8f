from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.agency import acting
from samverkan.agency.following import operations
from samverkan.agency.proof import WrongPermit
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import OperationId
from samverkan.kernel.outcome import Refused
from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.world import World

NOWHERE = OperationId("ope-" + "1" * 26)
EFFECT = acting.Effect(None, "seized-value", "decided", 1, date(2026, 11, 24), {})
DUE = date(2027, 1, 1)


def plan(world: World, operation: str, party: str = POLICE) -> Any:
    return world.act(
        party, Action.PLAN_MEASURE, acting.plan, operation=operation, kind="seizure", due=DUE
    )


def close(world: World, operation: str, measure: str, party: str = POLICE) -> Any:
    return world.act(
        party,
        Action.PLAN_MEASURE,
        acting.close,
        operation=operation,
        measure=measure,
        result="done",
    )


def record(world: World, operation: str, party: str = POLICE) -> Any:
    return world.act(party, Action.RECORD_OUTCOME, acting.record, operation, EFFECT)


def measure(world: World, party: str) -> str:
    with world.look(POLICE) as reading:
        found = next(iter(operations(reading).values())).measures.values()
    return next(one.measure for one in found if one.party == party)


@pytest.mark.parametrize(
    ("do", "details", "named"),
    [
        (acting.plan, (), {"operation": NOWHERE, "kind": "seizure", "due": DUE}),
        (acting.close, (), {"operation": NOWHERE, "measure": "mea-1", "result": "done"}),
        (acting.record, (NOWHERE, EFFECT), {}),
        (acting.freeze, (), {"year": 2026, "on": DUE}),
    ],
)
def test_each_act_needs_its_own_permit(
    founded: World, do: Any, details: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.READ_CASE, do, *details, **named)


def test_an_operation_that_is_absent_and_one_of_others_get_one_answer(operating: World) -> None:
    ours = operating.operation()
    with operating.look(CRIME) as reading:
        assert CRIME not in operations(reading)[ours].parties
    for party, operation in ((POLICE, NOWHERE), (CRIME, ours)):
        answers = [
            plan(operating, operation, party),
            close(operating, operation, "mea-1", party),
            record(operating, operation, party),
        ]
        assert answers == [Refused(Code.NOT_FOUND)] * 3
    assert plan(operating, ours, TAX) == Refused(Code.NOT_FOUND)


def test_a_measure_is_planned_as_a_command_and_remembered(operating: World) -> None:
    made = plan(operating, operating.operation())
    assert not isinstance(made, Refused)
    with operating.look(POLICE) as reading:
        assert len(reading.commands.sent("measure.plan", operating.operation())) == 2
    assert operating.entries(POLICE)[-1] == "measure.planned"


def test_only_an_own_measure_is_closed(operating: World) -> None:
    operation = operating.operation()
    theirs = close(operating, operation, measure(operating, DEBTS))
    absent = close(operating, operation, "mea-" + "1" * 26)
    assert theirs == absent == Refused(Code.NOT_FOUND)
    assert close(operating, operation, measure(operating, POLICE)) is None
    assert operating.entries(POLICE)[-1] == "measure.closed"


def test_outcomes_are_commands_to_steering(operating: World) -> None:
    operation = operating.operation()
    assert not isinstance(record(operating, operation), Refused)
    assert operating.outbox(POLICE)[-1] == ("steering", "outcome.record")
    assert operating.entries(POLICE)[-1] == "outcome.recorded"


def test_freezing_asks_for_the_report_of_a_year(operating: World) -> None:
    made = operating.act(
        POLICE, Action.FREEZE_REPORT, acting.freeze, year=2026, on=date(2026, 11, 24)
    )
    with operating.look(POLICE) as reading:
        assert [one.subject for one in reading.commands.sent("report.freeze")] == [made]
