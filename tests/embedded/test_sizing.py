"""The class follows what a party says of its delivery, never the scale."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.domain import pack as model
from samverkan.embedded.house import read_pack
from samverkan.embedded.sizing import rows, sizes
from samverkan.kernel.ids import PartyId
from samverkan.kernel.purpose import Stamp

PACK = read_pack("se", Stamp.SYNTHETIC)


def the_plan() -> model.Plan:
    assert PACK.plan is not None
    return replace(PACK.plan, share=0.25)


def told(folder: Path, party: str, count: int) -> None:
    (folder / party).mkdir()
    (folder / party / "manifest.json").write_text(json.dumps({"rows": count}))


@pytest.mark.parametrize(
    ("count", "wanted"), [(0, "s"), (4_000, "s"), (4_004, "m"), (400_004, "xl"), (4_000_004, "xl")]
)
def test_the_least_class_is_decided_that_holds_the_part_of_the_register(
    tmp_path: Path, count: int, wanted: str
) -> None:
    told(tmp_path, "fk", count)
    assert sizes(PACK, the_plan(), tmp_path)["fk"] == wanted


def test_a_class_that_the_plan_names_stands_whatever_the_register_holds(tmp_path: Path) -> None:
    told(tmp_path, "fk", 1_000_000)
    named = replace(the_plan(), sizes={PartyId.parse("fk"): "m"})
    assert sizes(PACK, named, tmp_path)["fk"] == "m"


def test_no_party_has_less_than_the_plans_own_class(tmp_path: Path) -> None:
    assert set(sizes(PACK, replace(the_plan(), size="l"), tmp_path).values()) == {"l"}


def test_a_party_without_a_delivery_has_no_rows(tmp_path: Path) -> None:
    assert rows(tmp_path / "fk") == 0
