from __future__ import annotations

import pytest

from samverkan.synth.forms.border import COAST_GUARD, CUSTOMS
from samverkan.synth.registers import Register
from tests.synth.forms.rowsets import cast, conditions, node, written

EVERY = pytest.mark.parametrize("register", [COAST_GUARD, CUSTOMS], ids=["coast_guard", "customs"])


@EVERY
def test_rows_have_the_columns_that_the_pack_maps(register: Register) -> None:
    columns = {column for _, cells in written(register.party) for column in cells}
    shapes = node(register.party)["rows"]
    mapped = {column for shape in shapes for column in shape["columns"]}
    unread = set(node(register.party).get("unread", ()))
    assert mapped | unread <= columns
    assert node(register.party)["id"] == register.kind
    assert columns <= set(register.columns) or not register.columns
    assert node(register.party)["format"] == register.file.rsplit(".", 1)[1]


@EVERY
def test_rows_say_the_conditions_that_their_subjects_meet(register: Register) -> None:
    said, meant = conditions(register.party), cast(register.party)
    assert said.keys() == meant.keys()
    assert said == meant


def test_single_journeys_are_told_from_repeated_ones() -> None:
    kinds = {cells["kontanter"] for who, cells in written("tullverket") if who.startswith("P")}
    assert kinds == {"enstaka", "upprepat"}


def test_vessels_are_of_no_register() -> None:
    assert all(cells["fartyg"].startswith("SYN-") for _, cells in written("kbv"))
