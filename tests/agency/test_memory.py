"""The memory holds what was asked, decided, planned, handed over, tried and met about, by one search."""

from __future__ import annotations

from datetime import date

from samverkan.agency import delegating, meeting, standing
from samverkan.agency.memory import remembered, search
from samverkan.domain.policy import Action
from tests.agency.localities import DAY, at_work, seat
from tests.agency.model import DEBTS, POLICE, TAX
from tests.agency.world import World

GROUP = "permanenta-gruppen"


def _filled(world: World) -> None:
    local, pack = at_work(world), world.node(DEBTS).pack
    for part, title in (("open", "Belysningen"), ("closed", "Tillslaget")):
        point = meeting.Point(meeting=DAY, part=part, title=title, owner=DEBTS)
        world.act(DEBTS, Action.WORK_LOCAL, meeting.add, pack, local, point, council=local)
    held = seat(world, GROUP, DEBTS, since=world.clock().date())
    note = (date(2026, 12, 31), "Två frågor om bolagsbyten väntar.")
    world.act(DEBTS, Action.ANSWER_LOCAL, delegating.hand_over, pack, held, note)
    world.act(
        DEBTS, Action.WORK_LOCAL, standing.ask, pack, "Hur följs kontanter upp?", council=GROUP
    )
    world.house.settle()


def test_one_search_finds_each_kind_and_the_closed_part_is_not_in_it(founded: World) -> None:
    _filled(founded)
    pack = founded.node(POLICE).pack
    with founded.look(DEBTS) as reading:
        memories = remembered(reading, pack, "sv", GROUP)
    asked = {
        "bolagsbyte": "hand-over",
        "kontanter": "question",
        "medborgarlöften": "method",
        "belysning": "agenda",
        "underrättelsecentrum": "model",
    }
    for words, kind in asked.items():
        assert kind in {one.kind for one in search(memories, words, pack)}, words
    assert search(memories, "tillslaget", pack) == []
    everything = [one.on for one in search(memories, "", pack)]
    assert everything == sorted(everything, reverse=True)


def test_a_party_outside_the_local_body_does_not_remember_its_agenda(founded: World) -> None:
    _filled(founded)
    pack = founded.node(TAX).pack
    with founded.look(TAX) as reading:
        kinds = {one.kind for one in remembered(reading, pack, "sv", GROUP)}
    assert "agenda" not in kinds
    assert "question" in kinds
