"""A person's week stays at home; the party's sums leave when they may, and once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.agency import acting, timekeeping
from samverkan.agency.following import operations
from samverkan.agency.proof import Verified, WrongPermit
from samverkan.agency.timekeeping import Row
from samverkan.domain.operation import Operation
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused
from tests.agency.model import CRIME, DEBTS, POLICE
from tests.agency.world import World

NOWHERE = "ope-" + "1" * 26
OCTOBER, LAST = "2026-w41", "2026-w47"


def row(world: World, minutes: int = 960, kind: str = "control") -> Row:
    return Row(world.operation(), "regional", kind, minutes)


def put_in(world: World, week: str, *rows: Row, party: str = POLICE) -> Any:
    pack = world.node(party).pack
    return world.act(
        party, Action.REPORT_HOURS, timekeeping.put_in, pack, week=week, rows=list(rows)
    )


def told(world: World, party: str = DEBTS) -> Operation:
    """The operation as another party knows it when the post has come."""
    world.house.settle()
    with world.look(party) as reading:
        return operations(reading)[world.operation()]


def colleagues(world: World, count: int) -> list[Permit]:
    """More officers at the police, each with a permit of their own."""
    node, today = world.node(POLICE), world.clock().date()
    made = []
    for no in range(count):
        user = UserId.draw(node.opened.store.randomness)
        held = (Mandate(user, node.me, Role.OFFICER, today, today + timedelta(days=400), None),)
        with node.unit.write(Verified(POLICE, "appoint")) as work:
            work.people.add(Officer(user, node.me, f"Kollega {no}", "sv", held))
            work.log(Entry("officer.appointed", POLICE, user))
        permit = node.permit(user, Action.REPORT_HOURS)
        assert isinstance(permit, Permit)
        made.append(permit)
    return made


def test_hours_need_their_own_permit(operating: World) -> None:
    pack = operating.node(POLICE).pack
    with pytest.raises(WrongPermit):
        operating.act(POLICE, Action.READ_CASE, timekeeping.put_in, pack, week=LAST, rows=[])
    with pytest.raises(WrongPermit):
        operating.act(
            POLICE, Action.READ_CASE, timekeeping.set_rate, since=date(2026, 1, 1), amount=1
        )


def test_one_persons_week_leaves_as_part_of_the_month_alone(operating: World) -> None:
    assert put_in(operating, OCTOBER, row(operating)) is None
    assert operating.entries(POLICE)[-2:] == ["hours.put_in", "hours.reported"]
    found = told(operating).counted_hours()
    assert {period for _, period in found} == {"2026-m10"}
    assert told(operating).worked() == 16


def test_a_week_that_is_hardly_over_stays_at_home_until_its_day(operating: World) -> None:
    put_in(operating, LAST, row(operating))
    assert told(operating).worked() == 0
    operating.clock.advance(timedelta(days=20))
    assert operating.node(POLICE).lapse() is True
    assert {period for _, period in told(operating).counted_hours()} == {"2026-m11"}
    assert operating.node(POLICE).lapse() is False


def test_the_week_of_three_leaves_by_itself(operating: World) -> None:
    node = operating.node(POLICE)
    for permit in colleagues(operating, 3):
        with node.write(permit) as work:
            rows = [row(operating, 240)]
            assert timekeeping.put_in(work, permit, node.pack, week=OCTOBER, rows=rows) is None
    found = told(operating).counted_hours()
    assert [(p, period, lines[0].hours) for (p, period), lines in found.items() if lines] == [
        (POLICE, OCTOBER, 12)
    ]


def test_a_correction_replaces_the_sum_and_what_stood_is_kept(operating: World) -> None:
    put_in(operating, OCTOBER, row(operating, 960))
    put_in(operating, OCTOBER, row(operating, 60), row(operating, 120, "support"))
    assert told(operating).worked() == 3
    put_in(operating, OCTOBER, row(operating, 0))
    assert told(operating).worked() == 0
    with operating.look(POLICE) as reading:
        officer = operating.permit(POLICE, Action.REPORT_HOURS).user
        assert reading.accounts.week(officer, OCTOBER) == []


def test_what_has_not_changed_is_not_sent_again(operating: World) -> None:
    put_in(operating, OCTOBER, row(operating))
    before = operating.outbox(POLICE)
    put_in(operating, OCTOBER, row(operating))
    assert operating.outbox(POLICE) == before


@pytest.mark.parametrize(
    ("week", "minutes", "kind", "code"),
    [
        ("2026-w49", 60, "control", "week_to_come"),
        ("vecka 41", 60, "control", "field_not_a_date"),
        (OCTOBER, -15, "control", "hours_negative"),
        (OCTOBER, 168 * 60 + 15, "control", "hours_of_a_week"),
        (OCTOBER, 60, "leisure", "not_in_pack"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_is_kept(
    operating: World, week: str, minutes: int, kind: str, code: str
) -> None:
    refused = put_in(operating, week, row(operating, minutes, kind))
    assert isinstance(refused, Refused)
    assert refused.code.value == code
    with operating.look(POLICE) as reading:
        assert reading.accounts.since("2000-w01") == []


def test_an_operation_of_others_and_none_get_one_answer(operating: World) -> None:
    absent = put_in(operating, OCTOBER, Row(NOWHERE, "regional", "control", 60))
    theirs = put_in(operating, OCTOBER, row(operating), party=CRIME)
    assert absent == theirs
    assert absent.code.value == "not_found"


def test_hours_of_a_frozen_year_are_refused_and_what_waited_stays_at_home(
    operating: World,
) -> None:
    put_in(operating, LAST, row(operating))
    operating.clock.advance(timedelta(days=60))
    on = operating.clock().date()
    operating.act(POLICE, Action.FREEZE_REPORT, acting.freeze, year=2026, on=on, kind="final")
    operating.house.settle()
    with operating.look(POLICE) as reading:
        assert timekeeping.reports(reading) == {2026: on.isoformat()}
    refused = put_in(operating, OCTOBER, row(operating))
    assert refused.code.value == "week_frozen"
    operating.node(POLICE).lapse()
    assert told(operating).worked() == 0
    with operating.look(POLICE) as reading:
        assert [one.minutes for one in reading.accounts.operation(operating.operation())] == [960]


def test_the_cost_leaves_only_when_the_party_says_so(operating: World) -> None:
    party = operating.act(
        POLICE, Action.SET_RATES, timekeeping.set_rate, since=date(2026, 1, 1), amount=600
    )
    assert party is None
    put_in(operating, OCTOBER, row(operating))
    (line,) = told(operating).counted_hours()[POLICE, "2026-m10"]
    assert line.cost is None
    operating.act(POLICE, Action.SET_RATES, timekeeping.tell_cost, told=True)
    operating.clock.advance(timedelta(days=1))
    operating.node(POLICE).lapse()
    (line,) = told(operating).counted_hours()[POLICE, "2026-m10"]
    assert line.cost == 9_600


def test_a_rate_is_not_below_nought(operating: World) -> None:
    refused = operating.act(
        POLICE, Action.SET_RATES, timekeeping.set_rate, since=date(2026, 1, 1), amount=-1
    )
    assert refused.code.value == "field_too_small"
