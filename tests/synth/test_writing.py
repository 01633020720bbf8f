from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from ruamel.yaml import YAML

from samverkan.domain.normalise import clean_month
from samverkan.kernel.purpose import Stamp
from samverkan.synth.people import draw_world
from samverkan.synth.registers import Register, Scene, rows
from samverkan.synth.schemes import cast
from samverkan.synth.writing import REGISTERS, latin, months
from tests.national import profile

DAY = date(2026, 6, 30)
SCENE = Scene(draw_world(Random(5), 900), cast(Random(5), 60, 1), DAY)
PROFILE = profile(Stamp.SYNTHETIC, DAY)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.party)
def test_rows_have_the_columns_that_the_pack_maps(register: Register) -> None:
    node = YAML(typ="safe").load(Path(f"packs/se/deliveries/{register.party}.yaml"))
    written = {column for _, cells in rows(Random(1), register, SCENE) for column in cells}
    mapped = {column for shape in node["rows"] for column in shape["columns"]}
    assert mapped <= written
    assert node["id"] == register.kind
    assert written <= set(register.columns) or not register.columns


def test_no_benefit_is_named_since_it_may_tell_of_health() -> None:
    fk = next(register for register in REGISTERS if register.party == "fk")
    kinds = {cells["Kategori"] for _, cells in rows(Random(1), fk, SCENE)}
    assert kinds == {"FORMAN", "ANORDNARE"}


def test_months_end_before_the_delivery() -> None:
    for seed in range(50):
        found = months(Random(seed), SCENE).split(",")
        assert 3 <= len(found) <= 6
        assert found == sorted(found)
        assert all(clean_month(month) == month for month in found)
        assert found[-1] < "2026-06"


def test_a_letter_that_latin_1_lacks_loses_its_marks() -> None:
    assert latin("Čarna Åkerström Şirin łą") == "Carna Åkerström Sirin la"
    assert latin("Đorđe").encode("latin-1") == b"Dorde"
