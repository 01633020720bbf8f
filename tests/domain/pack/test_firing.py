"""A typology whose firing would be a disclosure that the law does not bear is refused."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.domain.pack import Fault, Pack
from tests.domain import packing


def found(**more: Any) -> set[tuple[Fault, str]]:
    read = packing.read(**more)
    return set() if isinstance(read, Pack) else {(error.code, error.detail) for error in read}


def standing(*may: str) -> dict[str, Any]:
    """The police may go these ways under the basis, the tax agency both."""
    only = packing.party(agency="police")
    only["standing"] = [only["standing"][0] | {"may": list(may)}]
    return {"tax": packing.party(), "police": only}


@pytest.mark.parametrize(
    ("may", "fault"),
    [("receive", Fault.NO_STANDING), ("disclose", Fault.MAY_NOT_RECEIVE)],
)
def test_every_owner_must_be_able_to_disclose_and_to_be_told(may: str, fault: Fault) -> None:
    told = {(fault, "police")}
    if may == "receive":  # the demo's cooperation of the small pack stands on it too
        assert found(parties=standing(may)) >= told
    else:
        assert found(parties=standing(may)) == told


def test_one_partys_own_conditions_are_told_to_nobody_else() -> None:
    own = {name: packing.condition("tax", start) for name, start in
           (("tax:provider", "provider"), ("police:site", "worksite"))}  # fmt: skip
    assert found(parties=standing("receive"), conditions=own) == set()


def test_a_basis_that_only_answers_requests_bears_no_firing() -> None:
    assert found(bases={"duty": packing.basis(on_request_only="true")}) == {(Fault.UNASKED, "duty")}


def test_a_basis_that_names_its_items_must_name_conditions() -> None:
    assert found(bases={"duty": packing.basis(props=["street"])}) == {(Fault.NOT_REACHED, "duty")}
