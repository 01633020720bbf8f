"""The whole plan once: every party, all seven regions, every typology; held against the truth."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverkan.embedded.house import read_pack
from samverkan.kernel.purpose import Stamp
from tests.flow.conftest import SEED, samverkan
from tests.flow.test_chain import KEYS, SCHEMES

MUSTS = {
    "pooled_recall": (0.95, 1.0),
    "hit_precision": (0.98, 1.0),
    "disclosed_share": (0.0001, 0.02),
    "enrolled_share": (0.01, 0.20),
    "told_share": (0.001, 0.10),
}
"""Least and most."""


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the headless demo of the whole country ends with."""
    words = ("demo", "--headless", "--scale", "tiny", "--seed", str(SEED), "--json", "--data")
    done = samverkan(*words, str(tmp_path_factory.mktemp("country") / "data"), timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_object_has_literally_these_keys(country: dict[str, Any]) -> None:
    assert set(country) == KEYS
    assert set(country["schemes"]) == SCHEMES


@pytest.mark.parametrize("name", list(MUSTS))
def test_a_share_is_within_what_it_must_be(country: dict[str, Any], name: str) -> None:
    least, most = MUSTS[name]
    assert least <= country[name] <= most


def test_schemes_are_found_together_and_by_nobody_alone(country: dict[str, Any]) -> None:
    schemes = country["schemes"]
    assert schemes["found_pooled"] >= 0.9 * schemes["planted"] > 0
    assert schemes["found_alone"] <= 0.3 * schemes["planted"]
    assert schemes["false"] <= 0.1 * (schemes["found_blind"] + schemes["false"])


def test_every_scheme_that_was_found_became_an_operation_with_a_report(
    country: dict[str, Any],
) -> None:
    assert country["operations"] == country["decisions"] >= country["schemes"]["found_blind"]
    assert country["disclosures"] == country["requests"] > 0
    assert country["outcomes"] > country["operations"]
    assert country["report"].endswith(".pdf")
    assert country["ledger_verified"] is True


def test_the_plan_covers_the_country_with_every_seat_and_typology_of_the_pack() -> None:
    pack = read_pack("se", Stamp.SYNTHETIC)
    assert pack.plan is not None
    scopes = pack.plan.scopes.values()
    counties = [county for scope in scopes for county in pack.regions[scope.region].counties]
    assert sorted(counties) == sorted(pack.counties), "each county in one scope"
    assert all(set(scope.typologies) == set(pack.typologies) for scope in scopes)
    assert set(pack.plan.parties) == {*pack.bodies["samverkansradet"].members, "skv-brott"}
