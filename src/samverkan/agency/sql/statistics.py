"""Public statistics and own counts as rows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, Row, delete, select

from samverkan.agency.shelf import SeriesFacts, Tally
from samverkan.agency.sql import tables as t
from samverkan.domain.statement import Prop
from samverkan.domain.statistics import Figure, Mark, Measure, Origin, Series
from samverkan.infra.rows import insert_many
from samverkan.kernel.ids import SeriesId, SubjectId, UserId

_NEWEST = (t.series.c.at.desc(), t.series.c.id)


class SqlStatistics:
    """`shelf.Statistics` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, facts: SeriesFacts, series: Series) -> None:
        """See `Statistics`."""
        origin = facts.origin
        row = {
            "id": facts.id,
            "sha256": facts.sha256,
            "file": facts.file,
            "title": origin.title,
            "source": origin.source,
            "licence": origin.licence,
            "dated": origin.dated.isoformat(),
            "measures": json.dumps([[one.name, one.unit] for one in facts.measures]),
            "figures": facts.figures,
            "officer": facts.officer,
            "at": facts.at,
        }
        self._connection.execute(t.series.insert(), row)
        insert_many(self._connection, t.figure, [_row(facts.id, one) for one in series.figures])

    def loaded(self, sha256: bytes) -> SeriesFacts | None:
        """See `Statistics`."""
        query = select(t.series).where(t.series.c.sha256 == sha256)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _facts(row)

    def get(self, series: SeriesId) -> SeriesFacts | None:
        """See `Statistics`."""
        query = select(t.series).where(t.series.c.id == series)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _facts(row)

    def all(self) -> list[SeriesFacts]:
        """See `Statistics`."""
        rows = self._connection.execute(select(t.series).order_by(*_NEWEST))
        return [_facts(row) for row in rows]

    def about(self, areas: Sequence[str]) -> dict[SeriesId, list[Figure]]:
        """See `Statistics`."""
        table = t.figure.c
        query = select(t.figure).where(table.area.in_(sorted(set(areas))))
        order = (table.series, table.measure, table.area, table.period)
        found: dict[SeriesId, list[Figure]] = {}
        for row in self._connection.execute(query.order_by(*order)):
            found.setdefault(SeriesId(row.series), []).append(_figure(row))
        return found

    def drop(self, series: SeriesId) -> None:
        """See `Statistics`."""
        self._connection.execute(delete(t.figure).where(t.figure.c.series == series))
        self._connection.execute(delete(t.series).where(t.series.c.id == series))

    def counted(self, conditions: Collection[str], on: date) -> dict[tuple[str, str], int]:
        """See `Statistics`."""
        met = t.selectable.c
        query = select(met.subject, met.value).where(
            met.prop == Prop.CONDITION.value,
            met.value.in_(sorted(conditions)),
            met.expires_on >= on.isoformat(),
        )
        found = [(row.subject, row.value) for row in self._connection.execute(query)]
        return self._by_place(found, on)

    def placed(self, subjects: Mapping[SubjectId, str], on: date) -> dict[tuple[str, str], int]:
        """See `Statistics`."""
        return self._by_place(list(subjects.items()), on)

    def _by_place(self, said: list[tuple[str, str]], on: date) -> dict[tuple[str, str], int]:
        """Each subject once a municipality and word; protected identities not at all."""
        if not said:
            return {}
        at = t.selectable.c
        query = select(at.subject, at.value).where(
            at.prop == Prop.CITY.value, at.expires_on >= on.isoformat()
        )
        wanted, places = {subject for subject, _ in said}, dict[str, set[str]]()
        for row in self._connection.execute(query):
            if row.subject in wanted:
                places.setdefault(row.subject, set()).add(row.value)
        hidden = self._protected()
        return dict(
            Counter(
                (place, word)
                for subject, word in set(said)
                if subject not in hidden
                for place in places.get(subject, ())
            )
        )

    def _protected(self) -> set[str]:
        """Subjects whose newest word of it says that their identity is protected."""
        said = t.statement.c
        query = select(said.subject, said.value).where(said.prop == Prop.PROTECTED.value)
        newest = {
            row.subject: row.value for row in self._connection.execute(query.order_by(said.no))
        }
        return {subject for subject, value in newest.items() if value == "true"}

    def keep_tally(self, period: str, tally: Tally, made: date) -> None:
        """See `Statistics`."""
        on = made.isoformat()
        rows = [
            {"period": period, "area": area, "category": category, "value": value, "made": on}
            for (area, category), value in sorted(tally.items())
        ]
        insert_many(self._connection, t.tally, rows)

    def tally(self, period: str) -> dict[tuple[str, str], int | None]:
        """See `Statistics`."""
        query = select(t.tally).where(t.tally.c.period == period)
        rows = self._connection.execute(query.order_by(t.tally.c.area, t.tally.c.category))
        return {(row.area, row.category): row.value for row in rows}

    def tallied(self, period: str) -> date | None:
        """See `Statistics`."""
        query = select(t.tally.c.made).where(t.tally.c.period == period).limit(1)
        made = self._connection.execute(query).scalar()
        return None if made is None else date.fromisoformat(made)


def _row(series: SeriesId, one: Figure) -> dict[str, object]:
    return {
        "series": series,
        "area": one.area,
        "measure": one.measure,
        "period": one.period,
        "value": None if one.value is None else str(one.value),
        "mark": None if one.mark is None else one.mark.value,
    }


def _figure(row: Row[tuple[object, ...]]) -> Figure:
    value = None if row.value is None else Decimal(row.value)
    mark = None if row.mark is None else Mark(row.mark)
    return Figure(row.area, row.period, row.measure, value, mark)


def _facts(row: Row[tuple[object, ...]]) -> SeriesFacts:
    return SeriesFacts(
        id=SeriesId(row.id),
        sha256=row.sha256,
        file=row.file,
        origin=Origin(row.title, row.source, row.licence, date.fromisoformat(row.dated)),
        measures=tuple(Measure(name, unit) for name, unit in json.loads(row.measures)),
        figures=row.figures,
        officer=UserId(row.officer),
        at=row.at,
    )
