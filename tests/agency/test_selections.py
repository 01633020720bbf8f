from __future__ import annotations

import inspect

from samverkan.agency.selections import Selections
from samverkan.agency.sql.selections import SqlSelections


def test_the_repository_is_what_its_port_says() -> None:
    wanted = [name for name in vars(Selections) if not name.startswith("_")]
    assert wanted
    for name in wanted:
        promised = inspect.signature(getattr(Selections, name))
        assert inspect.signature(getattr(SqlSelections, name)) == promised
