"""A real PostgreSQL for a test run: own cluster in a temporary folder, reached by a socket file."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

MISSING = "PostgreSQL is missing; on Debian: apt-get install postgresql"
# Nothing outlives the run, so nothing need survive a power cut.
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")
_PATIENCE_S = 30.0


class PostgresMissing(Exception):
    """The programs are not on this machine. Says what to install."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; each test gets a database of its own."""

    folder: Path
    process: subprocess.Popen[bytes]

    def create_database(self, name: str) -> str:
        """An empty database; returns its SQLAlchemy address."""
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql+psycopg://samverkan@/{name}?host={self.folder}"

    def drop_database(self, name: str) -> None:
        """Drop it even when a connection was left open."""
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def stop(self) -> None:
        """Stop at once and leave nothing behind."""
        self.process.terminate()
        self.process.wait(timeout=_PATIENCE_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def await_ready(self) -> None:
        """Return when the server answers. Raises `TimeoutError`."""
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                psycopg.connect(self._dsn("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        raise TimeoutError(log[-2000:])

    def _dsn(self, database: str) -> str:
        return f"host={self.folder} user=samverkan dbname={database}"


def programs() -> Path:
    """The folder of `initdb` and `postgres`, newest version first. Raises `PostgresMissing`."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise PostgresMissing(MISSING)
    return Path(on_path).resolve().parent


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


def start_cluster() -> Cluster:
    """Make and start a cluster, as an unprivileged user. Raises `PostgresMissing`."""
    tools = programs()
    # Not pytest's own temporary folder: the unprivileged user may not walk into that.
    folder = Path(tempfile.mkdtemp(prefix="samverkan-pg-"))
    identity = _unprivileged(folder)
    data = folder / "data"
    initdb = [str(tools / "initdb"), "-D", str(data), "-U", "samverkan", "-A", "trust"]
    initdb += ["--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **identity)
    command = [str(tools / "postgres"), "-D", str(data), "-k", str(folder), "-h", ""]
    for setting in _HASTY:
        command += ["-c", setting]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)
    cluster = Cluster(folder, process)
    cluster.await_ready()
    return cluster


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as Debian's user for it, or as nobody."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
