"""A process that is killed in the middle of a delivery: rows are written, nothing is committed."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from samverkan.embedded.stations.founding import Wish, ingest
from samverkan.embedded.stations.seat import seated


def kill(done: int, of: int) -> None:
    """As a power cut would: no handler runs."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    house, file = map(Path, sys.argv[1:3])
    with seated(house, "kfm", "Daniel Roos") as seat:
        ingest(seat, Wish(file, kind="kfm-galdenarer"), kill)
