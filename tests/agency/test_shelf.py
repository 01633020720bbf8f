from __future__ import annotations

from samverkan.agency.shelf import Statistics
from samverkan.agency.sql.statistics import SqlStatistics
from tests.agency.test_ports import check


def test_the_repository_of_statistics_is_what_its_port_says() -> None:
    check(Statistics, SqlStatistics)
