"""How soon, and in how much memory, fourteen parties and both hub roles stand in one process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from bench.machine import ROOT

_STARTS = 3


def nodes(conditions: Conditions) -> Iterable[Figure]:
    """From the start of the process until every origin is ready; the median of three starts."""
    with tempfile.TemporaryDirectory() as folder:
        first, _ = _start(folder)
        starts = sorted(_start(folder) for _ in range(_STARTS))
    took, memory = starts[_STARTS // 2]
    yield Figure("node_start_s", took, "s", Must("<=", 3))
    yield Figure("node_memory_mb", memory, "MB", Must("<=", 250))
    yield Figure("node_first_start_s", first, "s")


def _start(folder: str) -> tuple[float, float]:
    """Seconds and megabytes of one start; the folder is made by the first."""
    command = [sys.executable, "-m", "bench.standing", folder]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline()
        took = time.perf_counter() - start
        process.communicate(timeout=60)
    assert process.returncode == 0
    return took, float(told)
