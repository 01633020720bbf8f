"""Officers of the small model by name, and what refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from samverkan.embedded.stations.seat import Seat, seat_of
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.agency.world import World

ANALYST, RELEASER, DECIDER = "Karin Lindqvist", "Johan Bergström", "Annika Hedlund"
DEBTS_OFFICER, DEBTS_RELEASER, DEBTS_DECIDER = "Elin Falk", "Robert Lund", "Ingela Sjö"


def refusal(do: Callable[[], object]) -> Code:
    """The code with which something is refused."""
    with pytest.raises(RefusedError) as refused:
        do()
    return refused.value.refused.code


def at(world: World, party: str, name: str) -> Seat:
    """The seat of an officer of a world."""
    return seat_of(world.house, party, name)
