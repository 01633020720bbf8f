from __future__ import annotations

import pytest

from samverkan.synth.forms.welfare import EMPLOYMENT, INSURANCE, PAYMENTS
from samverkan.synth.registers import Register
from tests.synth.forms.rowsets import cast, conditions, node, written

EVERY = pytest.mark.parametrize(
    "register", [EMPLOYMENT, INSURANCE, PAYMENTS], ids=["employment", "insurance", "payments"]
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


def test_no_benefit_is_named_since_it_may_tell_of_health() -> None:
    kinds = {cells["Kategori"] for _, cells in written("fk")}
    assert kinds == {"FORMAN", "ANORDNARE", "ASSISTENT", "INTYG"}
    kinds = {cells["Kategori"] for _, cells in written("af")}
    assert kinds == {"DELTAGARE", "ARBETSGIVARE", "INTYGSGIVARE"}


def test_rows_fit_the_old_letters_of_their_files() -> None:
    for party in ("fk", "af"):
        for _, cells in written(party):
            assert all(text.encode("latin-1") for text in cells.values() if text)
