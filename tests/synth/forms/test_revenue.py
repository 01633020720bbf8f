from __future__ import annotations

import pytest

from samverkan.synth.forms.revenue import ENFORCEMENT, MIGRATION, TAXATION
from samverkan.synth.registers import Register
from tests.synth.forms.rowsets import cast, conditions, node, written

EVERY = pytest.mark.parametrize(
    "register", [ENFORCEMENT, MIGRATION, TAXATION], ids=["enforcement", "migration", "taxation"]
)


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
    assert all(said[who] <= meant[who] for who in said)


def test_a_debt_is_told_by_its_class_alone() -> None:
    classes = {cells["skuldklass"] for _, cells in written("kfm")}
    assert classes == {"A", "B", "C", "E"}


def test_nationality_is_not_told() -> None:
    passports = {cells["pass"][:1] for who, cells in written("miv") if who.startswith("P")}
    assert passports == {"", "X"}
