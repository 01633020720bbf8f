from __future__ import annotations

import pytest

from samverkan.agency import leads
from samverkan.agency.sql.firings import SqlFirings
from samverkan.agency.sql.hits import SqlHits
from tests.agency.test_ports import check


@pytest.mark.parametrize(("port", "adapter"), [(leads.Firings, SqlFirings), (leads.Hits, SqlHits)])
def test_every_repository_of_leads_is_what_its_port_says(port: type, adapter: type) -> None:
    check(port, adapter)
