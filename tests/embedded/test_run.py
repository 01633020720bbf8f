"""The run: every station has its turn until nothing moves, and each tells of itself once."""

from __future__ import annotations

from functools import partial

from samverkan.embedded.run import PREPARED, STATIONS, Watch, run
from tests.agency.model import POLICE, SCOPE
from tests.agency.world import World


def test_a_station_that_did_something_is_timed_and_told_of_once() -> None:
    told: list[str] = []
    watch = Watch(told.append)
    for done in (False, True, True):
        assert watch.timed("ingest", partial(bool, done)) is done
    assert told == ["ingest"]
    assert set(watch.seconds) == {"ingest"}
    assert watch.seconds["ingest"] >= 0


def test_a_station_that_did_nothing_is_not_told_of() -> None:
    told: list[str] = []
    watch = Watch(told.append)
    assert watch.timed("ingest", lambda: False) is False
    assert (told, watch.seconds) == ([], {})


def test_stations_stand_in_the_order_of_the_chain_and_each_once() -> None:
    names = [name for name, _ in STATIONS]
    assert len(set(names)) == len(names)
    assert tuple(names[: len(PREPARED)]) == PREPARED
    assert "judge" not in PREPARED, "what is judged is judged by the reader"


def test_only_the_stations_asked_for_work(founded: World) -> None:
    told: list[str] = []
    run(founded.house, founded.plan, Watch(told.append), stations=("sign", "enrol"))
    assert [name for name in told if name != "post"] == ["sign", "enrol"]
    with founded.look(POLICE) as reading:
        assert reading.hits.all()
        assert reading.cases.all() == []


def test_a_run_goes_on_where_it_was_to_the_report_and_then_rests(operating: World) -> None:
    first: list[str] = []
    run(operating.house, operating.plan, Watch(first.append))
    assert [name for name in first if name != "post"] == [
        "outline",
        "join",
        "account",
        "report",
    ]
    heads = {party: operating.node(party).opened.store.head().seq for party in SCOPE}
    again: list[str] = []
    run(operating.house, operating.plan, Watch(again.append))
    assert again == []
    assert all(operating.node(party).opened.store.head().seq >= heads[party] for party in SCOPE)
