"""Verification of every ledger of a house against its signed head and what others have seen."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from samverkan.embedded import genesis
from samverkan.embedded.data import held
from samverkan.embedded.house import House, open_house
from samverkan.infra.audit import verify
from samverkan.infra.opening import Ambient
from samverkan.infra.verify import Verdict
from samverkan.kernel.outcome import Refused, RefusedError


def verify_all(house: House) -> list[Verdict]:
    """One verdict for each ledger, in the order of the addresses."""
    return [verify(opened, house.witnesses(name)) for name, opened in house.openings().items()]


def verify_folder(folder: Path) -> list[Verdict]:
    """As `verify_all`, for a data folder. Raises `RefusedError` for one that is none."""
    ambient = Ambient(lambda: datetime.now(UTC), os.urandom)
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        raise RefusedError(begun)
    with held(folder):
        house = open_house(folder, begun, ambient)
        verdicts = verify_all(house)
        house.close()
    return verdicts
