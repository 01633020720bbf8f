"""Statistics are public, and kept with who loaded them and where they come from."""

from __future__ import annotations

from datetime import date

from samverkan.agency import collecting
from samverkan.agency.collecting import Loaded, gazetteer
from samverkan.domain.policy import Action
from samverkan.domain.statistics import Columns, Measure, Origin, Series, read
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused
from tests.agency.model import POLICE, small_pack
from tests.agency.world import World
from tests.instruments import seeded

AREAS = gazetteer(small_pack())


def loaded(title: str = "Crimes") -> Loaded:
    columns = Columns(area="a", year="2021", values={"n": Measure("crimes", "number")})
    series = read([(2, {"a": "1880", "n": "7"})], columns, AREAS)
    assert isinstance(series, Series)
    return Loaded(
        "crimes.csv", b"d" * 32, Origin(title, "Office", "free", date(2022, 1, 20)), series
    )


def test_country_counties_and_municipalities_are_known() -> None:
    assert [AREAS.find(code) for code in ("00", "18", "1880", "1800")] == ["00", "18", "1880", None]


def test_the_same_bytes_twice_are_one_series(founded: World) -> None:
    first = founded.act(POLICE, Action.DRAW_PICTURE, collecting.collect, loaded())
    again = founded.act(POLICE, Action.DRAW_PICTURE, collecting.collect, loaded())
    assert first == again
    with founded.look(POLICE) as reading:
        assert [one.id for one in reading.statistics.all()] == [first]
    assert founded.entries(POLICE)[-2:] == ["statistics.loaded", "statistics.looked"]


def test_a_series_without_a_title_is_not_kept(founded: World) -> None:
    refused = founded.act(POLICE, Action.DRAW_PICTURE, collecting.collect, loaded(" "))
    assert refused == Refused(Code.FIELD_MISSING, {"field": "title"})
    with founded.look(POLICE) as reading:
        assert reading.statistics.all() == []


def test_a_series_is_taken_away_once(founded: World) -> None:
    series = founded.act(POLICE, Action.DRAW_PICTURE, collecting.collect, loaded())
    assert founded.act(POLICE, Action.DRAW_PICTURE, collecting.discard, series) is None
    gone = founded.act(POLICE, Action.DRAW_PICTURE, collecting.discard, series)
    assert gone == Refused(Code.NOT_FOUND)


def test_a_series_that_never_was_cannot_be_taken_away(founded: World) -> None:
    never = SeriesId.draw(seeded(1))
    refused = founded.act(POLICE, Action.DRAW_PICTURE, collecting.discard, never)
    assert refused == Refused(Code.NOT_FOUND)
