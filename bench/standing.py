"""The process that `bench.nodes` measures: opens everybody and tells its memory in megabytes."""

from __future__ import annotations

import sys
from pathlib import Path

from samverkan.embedded import genesis
from samverkan.embedded.headless import real
from samverkan.embedded.house import open_house, read_pack
from samverkan.embedded.serve import site
from samverkan.kernel.purpose import Stamp

PARTIES = 14
_PORT = 8000


def stand(folder: Path) -> None:
    """Fourteen parties and both hub roles, each with its origin; made where they are not there."""
    ambient = real()
    parties = [str(party) for party in read_pack("se", Stamp.SYNTHETIC).parties][:PARTIES]
    assert len(parties) == PARTIES
    begun = genesis.begin(
        folder, parties=parties, pack="se", stamp=Stamp.SYNTHETIC, randomness=ambient.randomness
    )
    house = open_house(folder, begun, ambient)
    site(house, _PORT)
    print(_most_memory_mb(), flush=True)
    house.close()


def _most_memory_mb() -> float:
    """The most memory that this process has had so far."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1000


if __name__ == "__main__":
    stand(Path(sys.argv[1]))
