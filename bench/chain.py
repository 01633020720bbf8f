"""The whole chain over all parties and regions: what it finds, tells and discloses, and what it costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench import clone
from bench.benchmark import Conditions, Part
from bench.figure import Figure, Must
from bench.machine import ROOT

ABOUT = "headless chain: what it finds and what it tells; time, memory; the demo's starts"
SCALE = "small"
"""The size that the issue names, which is also the largest that ends within five minutes."""

_KIB_A_MIB = 1024
_PORT = "8655"
_DAY = "2026-06-30"
"""The day of the world, so that the figures of two days are of the same bytes. What is known by months counts
for twelve: past May 2027 this must be a later day, and figures begin anew."""


class ChainFailed(Exception):
    """The chain ended otherwise than with its object. Tells the last of what it said."""


def headless(conditions: Conditions) -> Iterable[Figure]:
    """`samverkan demo --headless` in a process of its own: its object, its time, its peak memory."""
    with tempfile.TemporaryDirectory(prefix="samverkan-chain-") as folder:
        told = Path(folder) / "told.json"
        start = time.perf_counter()
        peak = _run(conditions, Path(folder) / "data", told)
        seconds = time.perf_counter() - start
        summary = json.loads(told.read_text())
    yield from found(summary)
    yield Figure("headless_s", seconds, "s", Must("<", 180))
    yield Figure("peak_mib", peak, "MiB", Must("<", 1536))


def _run(conditions: Conditions, data: Path, told: Path) -> float:
    """Run it; the peak resident memory in MiB, of that process alone."""
    scale = SCALE if conditions.scale == "full" else conditions.scale
    words = ["--headless", "--scale", scale, "--seed", str(conditions.seed), "--on", _DAY, "--json"]
    command = [sys.executable, "-m", "samverkan", "demo", *words, "--data", str(data)]
    errors = told.with_suffix(".err")
    with told.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise ChainFailed(errors.read_text()[-2000:])
    return used.ru_maxrss / _KIB_A_MIB


def found(summary: Mapping[str, Any]) -> Iterable[Figure]:
    """What the chain's object says, against what it must say."""
    schemes = summary["schemes"]
    fired = schemes["found_blind"] + schemes["false"]
    yield Figure("pooled_recall", summary["pooled_recall"], "", Must(">=", 0.95))
    yield Figure("disclosed_share", summary["disclosed_share"], "", Must("<=", 0.02))
    yield Figure("hit_precision", summary["hit_precision"], "", Must(">=", 0.98))
    yield Figure("false_share", _part(schemes["false"], fired), "", Must("<=", 0.10))
    pooled, alone = schemes["found_pooled"], schemes["found_alone"]
    yield Figure("pooled_of_planted", _part(pooled, schemes["planted"]), "", Must(">=", 0.9))
    yield Figure("alone_of_planted", _part(alone, schemes["planted"]), "", Must("<=", 0.3))
    yield Figure("enrolled_share", summary["enrolled_share"], "", Must("<=", 0.20))
    yield Figure("told_share", summary["told_share"], "", Must("<=", 0.10))
    yield Figure("told_false_share", summary["told_false_share"], "")
    yield Figure("ledger_verified", float(summary["ledger_verified"]), "", Must("==", 1))
    for name in ("persons", "records_held", "tokens", "hits", "disclosures", "operations"):
        yield Figure(name, summary[name], "")
    yield Figure("schemes_planted", schemes["planted"], "")
    yield Figure("schemes_found_blind", schemes["found_blind"], "")


def _part(one: int, of: int) -> float:
    return one / of if of else 0.0


def starts(conditions: Conditions) -> Iterable[Figure]:
    """The demo at its own size, installed: ready to sign in; and again on the data that are there."""
    with tempfile.TemporaryDirectory(prefix="samverkan-start-") as folder:
        yield Figure("demo_ready_s", _first_page(folder, conditions), "s", Must("<", 45))
        yield Figure("demo_again_s", _first_page(folder, conditions), "s", Must("<", 5))


def _first_page(folder: str, conditions: Conditions) -> float:
    words = ["--data", f"{folder}/data", "--seed", str(conditions.seed), "--port", _PORT]
    command = [sys.executable, "-m", "samverkan", "demo", *words]
    start = time.perf_counter()
    with clone.demonstration(command, ROOT, dict(os.environ)) as (host, port):
        clone.await_page(host, port)
        return time.perf_counter() - start


PARTS: dict[str, Part] = {"headless": headless, "starts": starts}
