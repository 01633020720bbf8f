"""A whole start as thirteen parties: one leads, eleven take part, one from afar, one declines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from samverkan.agency.gathering import Beginning
from samverkan.domain.org import Role
from samverkan.embedded.house import House, read_pack
from samverkan.embedded.stations import gathering
from samverkan.embedded.stations.founding import found
from samverkan.embedded.stations.seat import Seat, opened, seat_of
from samverkan.infra.opening import Ambient
from samverkan.kernel.codes import Code
from samverkan.kernel.purpose import Stamp
from tests.embedded.seats import refusal
from tests.instruments import FixedClock, seeded

PACK = read_pack("se", Stamp.SYNTHETIC)
PARTIES = PACK.bodies["samverkansradet"].members
LEAD, AFAR, AWAY = "polisen", "fk", "kbv"
FIRST = date(2026, 11, 24)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("thirteen") / "house"
    ambient = Ambient(FixedClock(), seeded())
    found(folder, tuple(str(party) for party in PARTIES), ambient)
    with opened(folder, ambient) as house:
        yield house


def decider(house: House, party: str) -> Seat:
    """The seat of the party's council member."""
    at = FixedClock()()
    officers = house.nodes[party].officers()
    return seat_of(
        house, party, next(one.name for one in officers if Role.COUNCIL_MEMBER in one.roles(at))
    )


def worker(house: House, party: str) -> str:
    at = FixedClock()()
    officers = house.nodes[party].officers()
    return next(one.name for one in officers if Role.OFFICER in one.roles(at))


def test_thirteen_parties_start_a_local_body(house: House) -> None:
    others = tuple(str(party) for party in PARTIES if party != LEAD)
    lead = decider(house, LEAD)
    begun = Beginning(
        name="Vivalla",
        area="1880",
        under="rsr-bergslagen",
        since=FIRST,
        invite=others,
        variant="vivalla",
    )
    local = gathering.start(lead, begun)
    assert len(PARTIES) == 13
    for party in others:
        said = {AFAR: "from-afar", AWAY: "declines"}.get(party, "takes-part")
        seat = decider(house, party)
        assert [one.own for one in gathering.known(seat)] == ["asked"]
        gathering.answer(seat, local, (said, "no-resources" if party == AWAY else None))
    for party in (str(one) for one in PARTIES if one != AWAY):
        fill = gathering.Fill(local, "member", worker(house, party))
        gathering.delegate(decider(house, party), fill)
    away = gathering.Fill(local, "member", worker(house, AWAY))
    assert refusal(lambda: gathering.delegate(decider(house, AWAY), away)) is Code.NOT_A_MEMBER
    gathering.delegate(lead, gathering.Fill(local, "coordinator", worker(house, LEAD)))
    gathering.partner(lead, local, "municipality", "Örebro kommun")
    coordinator = seat_of(house, LEAD, worker(house, LEAD))
    gathering.plan(coordinator, local, gathering.Rhythm(8))
    assert refusal(lambda: gathering.plan(lead, local, gathering.Rhythm(1))) is Code.NO_MANDATE
    _afar_takes_part(house, local)
    known = {one.party: one for one in gathering.members(lead, local)}
    assert len(known) == 13
    assert known[AFAR].answer == "from-afar"
    assert known[AWAY].seats == ()
    assert known[LEAD].seats == ("member", "coordinator")
    assert all(known[party].seats for party in known if party != AWAY)


def _afar_takes_part(house: House, local: str) -> None:
    """The agency without an office there puts a closed point on the agenda; who declined reads none."""
    seat = seat_of(house, AFAR, worker(house, AFAR))
    wanted = gathering.Wanted("Utbetalningar i området", "closed", None, None)
    (point,) = gathering.agenda_of(seat, local, None, wanted)
    assert (point.owner, point.part) == (AFAR, "closed")
    gathering.mark(seat, local, item=point.item, state="under-way")
    nothing = gathering.Wanted(None, "open", None, None)
    assert gathering.agenda_of(decider(house, AWAY), local, None, nothing) == []
    (seen,) = gathering.agenda_of(seat_of(house, "kfm", worker(house, "kfm")), local, None, nothing)
    assert seen.state == "under-way"
    days = [one.day for one in gathering.days(seat, local)]
    assert len(days) == 8
    assert all(date.fromisoformat(day) >= FIRST for day in days)


def test_what_is_not_there_is_refused(house: House) -> None:
    lead = decider(house, LEAD)
    absent = "loc-" + "1" * 26
    assert refusal(lambda: gathering.members(lead, absent)) is Code.NOT_FOUND
    assert refusal(lambda: gathering.members(lead, "vivalla")) is Code.NOT_FOUND
    fill = gathering.Fill("permanenta-gruppen", "member", "Nobody At All")
    assert refusal(lambda: gathering.delegate(lead, fill)) is Code.NOT_FOUND
