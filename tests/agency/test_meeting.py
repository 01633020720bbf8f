"""Meetings: who sits there works with them; a sealed paper reaches the scope's parties and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.agency import meeting, standing
from samverkan.agency.localities import book
from samverkan.domain.meeting import ItemState, Rule
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.meeting import Paper
from tests.agency.localities import DAY, FIRST, at_work
from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.world import World


@pytest.fixture
def local(founded: World) -> str:
    return at_work(founded)


def add(world: World, local: str, party: str = DEBTS, **changes: Any) -> Any:
    given: dict[str, Any] = {"meeting": DAY, "part": "open", "title": "Belysning", "owner": DEBTS}
    point = meeting.Point(**(given | changes))
    pack = world.node(party).pack
    done = world.act(party, Action.WORK_LOCAL, meeting.add, pack, local, point, council=local)
    world.house.settle()
    return done


def titles(world: World, party: str, local: str) -> list[str]:
    with world.look(party) as reading:
        return [one.body.title for one in book(reading, local).items.values()]


def test_an_open_point_is_known_to_all_and_a_closed_one_to_those_that_take_part(
    founded: World, local: str
) -> None:
    add(founded, local)
    add(founded, local, part="closed", title="Insatsen")
    assert titles(founded, POLICE, local) == ["Belysning", "Insatsen"]
    assert titles(founded, TAX, local) == ["Belysning"]


def test_a_point_is_marked_by_who_answers_for_it(founded: World, local: str) -> None:
    item = add(founded, local)
    done = founded.act(
        DEBTS, Action.WORK_LOCAL, meeting.mark, local, item=item, state="done", council=local
    )
    assert done is None
    founded.house.settle()
    with founded.look(TAX) as reading:
        assert book(reading, local).items[item].state is ItemState.DONE


def test_a_title_that_points_somebody_out_is_refused(founded: World, local: str) -> None:
    done = add(founded, local, title="Ring 070-123 45 67")
    assert isinstance(done, Refused)
    assert done.code is Code.TEXT_IDENTIFIES


def first(world: World, local: str) -> Any:
    start = meeting.Start(DAY, "sv")
    pack = world.node(DEBTS).pack
    done = world.act(DEBTS, Action.WORK_LOCAL, meeting.first, pack, local, start, council=local)
    world.house.settle()
    return done


def test_the_first_agenda_is_the_packs_with_the_bodys_open_questions(
    founded: World, local: str
) -> None:
    pack = founded.node(DEBTS).pack
    asked = "Vem talar med hyresvärden?"
    founded.act(DEBTS, Action.WORK_LOCAL, standing.ask, pack, asked, council=local)
    founded.house.settle()
    assert len(first(founded, local)) == len(pack.agenda) + 1
    assert titles(founded, POLICE, local)[-1] == asked
    closed = sum(one.part == "closed" for one in pack.agenda.values())
    assert len(titles(founded, TAX, local)) == len(pack.agenda) + 1 - closed
    again = first(founded, local)
    assert isinstance(again, Refused)
    assert again.code is Code.ALREADY_DECIDED


def test_meetings_are_planned_within_the_body_and_once(founded: World, local: str) -> None:
    pack = founded.node(POLICE).pack
    for rule, code in (
        (Rule(1, 4, date(2026, 11, 24)), Code.MEETING_TOO_EARLY),
        (Rule(1, 4, FIRST), Code.ALREADY_DECIDED),
    ):
        done = founded.act(
            POLICE, Action.LEAD_LOCAL, meeting.plan, pack, rule, local=local, count=2, council=local
        )
        assert isinstance(done, Refused)
        assert done.code is code


def test_minutes_are_written_for_each_part(founded: World, local: str) -> None:
    pack = founded.node(POLICE).pack
    for part, readers in (("open", (DEBTS, TAX)), ("closed", (DEBTS,))):
        founded.clock.advance(timedelta(days=1))
        account = meeting.Account(DAY, part, (POLICE, DEBTS), f"Om {part}.")
        done = founded.act(
            POLICE, Action.LEAD_LOCAL, meeting.write, pack, local, account, council=local
        )
        assert not isinstance(done, Refused), done
        founded.house.settle()
        for party in readers:
            with founded.look(party) as reading:
                assert book(reading, local).minutes[-1].body.text == f"Om {part}."
    with founded.look(TAX) as reading:
        assert [one.body.part for one in book(reading, local).minutes] == ["open"]


def hand_out(world: World, local: str, item: str) -> Any:
    text = "Anna Alm på Storgatan 1."
    done = world.act(
        POLICE, Action.WORK_LOCAL, meeting.hand_out, local, item=item, text=text, council=local
    )
    world.house.settle()
    return done


def test_a_sealed_paper_reaches_the_parties_of_the_scope_that_take_part_and_nobody_else(
    founded: World, local: str
) -> None:
    scope = founded.scope.id
    item = add(founded, local, POLICE, part="closed", title="Insatsen", owner=POLICE, scope=scope)
    done = hand_out(founded, local, item)
    assert not isinstance(done, Refused), done
    for party, count in ((POLICE, 1), (DEBTS, 1), (CRIME, 0), (TAX, 0)):
        with founded.look(party) as reading:
            assert len(reading.seats.papers(item)) == count, party
    sent = [to for to, kind in founded.outbox(POLICE) if kind == "meeting.paper"]
    assert sent == [DEBTS]


def test_a_point_without_a_scope_has_no_papers(founded: World, local: str) -> None:
    item = add(founded, local, POLICE, part="closed", title="Insatsen", owner=POLICE)
    done = hand_out(founded, local, item)
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND


def test_a_paper_from_one_that_takes_no_part_is_not_kept(founded: World, local: str) -> None:
    scope = founded.scope.id
    item = add(founded, local, POLICE, part="closed", title="Insatsen", owner=POLICE, scope=scope)
    paper = Paper(paper="pap-" + "1" * 26, item=item, local=local, scope=scope, text="Anna.")
    done = founded.hear(DEBTS, meeting.papered, CRIME, paper)
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND
    with founded.look(DEBTS) as reading:
        assert reading.seats.papers(item) == []


def test_a_mandate_for_another_body_does_nothing_here(founded: World, local: str) -> None:
    point = meeting.Point(meeting=DAY, part="open", title="Belysning", owner=DEBTS)
    pack = founded.node(DEBTS).pack
    done = founded.act(
        DEBTS, Action.WORK_LOCAL, meeting.add, pack, "loc-" + "1" * 26, point, council=local
    )
    assert isinstance(done, Refused)
    assert done.code is Code.NOT_FOUND
