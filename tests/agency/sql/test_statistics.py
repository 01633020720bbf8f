"""Series and own counts keep what is missing as missing, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine

from samverkan.agency.shelf import SeriesFacts
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.statistics import SqlStatistics
from samverkan.domain.statistics import Figure, Mark, Measure, Origin, Series
from samverkan.kernel.ids import SeriesId, UserId
from tests.instruments import seeded

MEASURES = (Measure("crimes", "number"), Measure("crimes, per head", "share"))
SERIES = Series(
    MEASURES,
    (
        Figure("1880", "2020", 0, Decimal(12)),
        Figure("1880", "2021", 0, None, Mark.UNKNOWN),
        Figure("1880", "2020", 1, Decimal("0.25")),
        Figure("1881", "2020", 0, None, Mark.NIL),
    ),
)


def facts(at: datetime, sha256: bytes = b"a" * 32) -> SeriesFacts:
    random = seeded(sha256[0])
    return SeriesFacts(
        id=SeriesId.draw(random),
        sha256=sha256,
        file="crimes.csv",
        origin=Origin("Crimes", "Office", "free", date(2022, 1, 20)),
        measures=MEASURES,
        figures=4,
        officer=UserId.draw(random),
        at=at,
    )


def test_what_is_kept_is_what_was_loaded(engine: Engine) -> None:
    t.metadata.create_all(engine)
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    first, second = facts(early), facts(late, b"b" * 32)
    with engine.begin() as connection:
        statistics = SqlStatistics(connection)
        statistics.add(first, SERIES)
        statistics.add(second, Series(MEASURES, SERIES.figures[:1]))
        assert statistics.all() == [second, first]
        assert statistics.loaded(b"a" * 32) == first
        assert statistics.loaded(b"c" * 32) is None
        assert statistics.get(first.id) == first
        about = statistics.about(["1880", "1881"])
        assert set(about[first.id]) == set(SERIES.figures)
        assert statistics.about(["1880"])[second.id] == [SERIES.figures[0]]
        statistics.drop(first.id)
        assert statistics.get(first.id) is None
        assert set(statistics.about(["1880", "1881"])) == {second.id}


def test_own_counts_of_a_year_keep_what_is_suppressed(engine: Engine) -> None:
    t.metadata.create_all(engine)
    tally: dict[tuple[str, str], int | None] = {
        ("1880", "kfm:debt-over-100k"): 12,
        ("18", "kfm:debt-over-100k"): None,
    }
    with engine.begin() as connection:
        statistics = SqlStatistics(connection)
        statistics.keep_tally("2026", tally, date(2026, 3, 1))
        assert statistics.tallied("2026") == date(2026, 3, 1)
        assert statistics.tallied("2025") is None
        assert statistics.tally("2026") == tally
        assert statistics.tally("2025") == {}
