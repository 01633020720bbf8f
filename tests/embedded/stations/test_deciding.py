"""What is proposed, decided and accounted for is told in whole, or refused in whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from samverkan.agency.proposing import Sketch
from samverkan.embedded.stations import deciding
from samverkan.kernel.codes import Code
from tests.agency.model import COUNCIL, CRIME, DEBTS, POLICE
from tests.agency.world import World
from tests.embedded.seats import (
    ANALYST,
    DEBTS_DECIDER,
    DEBTS_OFFICER,
    DECIDER,
    at,
    refusal,
)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"body": "rsr-atlantis"}, Code.NOT_IN_PACK),
        ({"measures": ()}, Code.FIELD_MISSING),
        ({"measures": ((DEBTS, "tax-audit"),)}, Code.NOT_IN_PACK),
        ({"until": date(2026, 1, 1)}, Code.FIELD_NOT_A_DATE),
    ],
)
def test_a_proposal_that_cannot_stand_sends_nobody_its_sealed_part(
    asked: World, wish: dict[str, object], code: Code
) -> None:
    seat = at(asked, POLICE, ANALYST)
    with asked.look(POLICE) as reading:
        case = reading.cases.all()[0].id
    sound = Sketch(
        case=case,
        body=COUNCIL,
        target="networks",
        crime_area="welfare",
        criteria={"harm": 3},
        measures=((DEBTS, "distraint"),),
        goals=(),
        until=date(2027, 6, 30),
        why="It bites.",
    )
    sketch = replace(sound, **wish)  # type: ignore[arg-type]
    assert refusal(partial(deciding.propose, seat, sketch)) is code
    with asked.look(POLICE) as reading:
        assert reading.cases.proposed(case) == []
    assert (DEBTS, "proposal.annex") not in asked.outbox(POLICE)
    made = deciding.propose(seat, sound)
    with asked.look(POLICE) as reading:
        assert reading.cases.proposed(case) == [made]


def test_measures_hours_and_outcomes_are_told_and_the_report_is_frozen(
    operating: World, tmp_path: Path
) -> None:
    with operating.look(POLICE) as reading:
        today = reading.now.date()
    chair = at(operating, POLICE, DECIDER)
    (found,) = [one for one in deciding.rounds(chair, COUNCIL) if one.operation]
    assert found.outcome == "approved"
    operation = str(found.operation)
    seat = at(operating, DEBTS, DEBTS_OFFICER)
    made = deciding.plan(seat, operation, kind="trading-ban", due=today)
    foreign = partial(deciding.plan, seat, operation, kind="tax-audit", due=today)
    assert refusal(foreign) is Code.NOT_IN_PACK
    deciding.finish(seat, operation, made, "done")
    again = partial(deciding.finish, seat, operation, made, "done")
    assert refusal(again) is Code.ALREADY_DECIDED
    shown = {one.measure: one for one in deciding.measures(seat, operation)}
    assert (shown[made].state, shown[made].result) == ("closed", "done")
    secretary = at(operating, POLICE, "Mattias Ek")
    path = Path(deciding.report(secretary, None, tmp_path / "out"))
    assert path.read_bytes().startswith(b"%PDF")
    assert path.with_suffix(".xlsx").is_file()


def test_a_round_is_closed_once(operating: World) -> None:
    chair = at(operating, POLICE, DECIDER)
    (found,) = [one for one in deciding.rounds(chair, COUNCIL) if one.operation]
    close = partial(
        deciding.close, chair, found.proposal, body=COUNCIL, present=(POLICE, DEBTS, CRIME)
    )
    assert refusal(close) is Code.ALREADY_DECIDED
    say = partial(
        deciding.take_position,
        at(operating, DEBTS, DEBTS_DECIDER),
        found.proposal,
        body=COUNCIL,
        position="for",
        reason=None,
    )
    assert refusal(say) is Code.ALREADY_DECIDED
