from __future__ import annotations

import pytest

from samverkan.synth.forms.policing import ECONOMIC, POLICE, PRISONS, PROSECUTION, SECURITY
from samverkan.synth.registers import Register
from samverkan.synth.schemes import Subject
from tests.synth.forms.rowsets import cast, conditions, node, written
from tests.synth.scenes import stage

EVERY = pytest.mark.parametrize(
    "register",
    [ECONOMIC, POLICE, PRISONS, PROSECUTION, SECURITY],
    ids=["economic", "police", "prisons", "prosecution", "security"],
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
    assert said == meant


def test_victims_and_children_are_no_suspects() -> None:
    for number in range(2):
        victims = {stage(number).entity(Subject.PERSON, at) for at in stage(number).victims}
        roles = {cells["roll"] for who, cells in written("polisen") if who in victims}
        assert roles == {"malsagande"}


def test_intelligence_holds_nothing_that_may_never_be_enrolled() -> None:
    never = set(node("polisen")["class"]["never"])
    assert never
    assert not never & {cells["klass"] for _, cells in written("polisen")}


def test_who_is_in_custody_has_months_and_nobody_else() -> None:
    for _, cells in written("kriminalvarden"):
        assert bool(cells["Månader"]) is (cells["Status"] == "Intagen")
