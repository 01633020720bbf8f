"""The machine and the versions that a figure was measured with. Names no host and no person."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_TOLD = ("samverkan", "litestar", "uvicorn", "sqlalchemy", "sqlcipher3", "psycopg", "rbcl")
_TOLD_TOO = ("cryptography", "joserfc", "cedarpy", "pydantic")


def machine() -> dict[str, object]:
    """Processor model, cores that this process may use, memory, Python, system."""
    return {
        "cpu": _proc("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    """The packages that matter to speed, and the revision of the code."""
    found = {name: metadata.version(name) for name in (*_TOLD, *_TOLD_TOO)}
    return found | {"revision": _revision()}


def _proc(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")


def _revision() -> str:
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return done.stdout.strip() or "unknown"
