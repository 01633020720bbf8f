"""The command `samverkan`: parse, pick a room, call it. A refusal is one sentence and exit code 2.

Each command imports its room when it runs: `--help` then answers at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samverkan.cli.model import model
from samverkan.cli.stations import STATIONS
from samverkan.cli.territory import territory
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

if TYPE_CHECKING:
    from datetime import datetime

    from samverkan.shell.texts import Texts

_FOLDER = click.Path(file_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_REFUSED = 2


def main() -> None:
    """Run a command; a refusal becomes its sentence, in the terminal's language."""
    try:
        samverkan(standalone_mode=True)
    except RefusedError as error:
        click.echo(sentence(error.refused), err=True)
        sys.exit(_REFUSED)


def sentence(refused: Refused) -> str:
    """A refusal as people read it, with its code."""
    return f"{_texts().refusal(refused)} ({refused.code.value})"


def _texts() -> Texts:
    from samverkan.cli.language import spoken
    from samverkan.shell import texts

    return texts.load(texts.HERE)[spoken()]


@click.group()
@click.version_option(package_name="samverkan")
def samverkan() -> None:
    """Agencies find what they share, decide together, act, and account for it."""


@samverkan.command()
@click.option("--data", required=True, type=_FOLDER, help="Folder to write into.")
@click.option("--scale", default="tiny", show_default=True, help="tiny, small, medium or large.")
@click.option("--seed", default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--on", type=_DAY, help="The day that the world lives on.  [default: last quarter]")
def synth(data: Path, scale: str, seed: int, on: datetime | None) -> None:
    """Write a synthetic Sweden: one delivery per party, and the truth apart.

    Reads nothing. Refuses an unknown scale. No person in it exists, and no identity number in
    it can belong to anybody.
    """
    from samverkan.cli.progress import bar
    from samverkan.embedded.data import Setting, synthesise
    from samverkan.embedded.headless import real

    setting = Setting(scale, seed, on=on.date() if on else None)
    with bar("persons") as told:
        written = synthesise(data, told, setting, today=real().clock().date())
    for party, rows in written.items():
        click.echo(f"{party}\t{rows}")


@samverkan.command()
@click.option("--data", default="demo-data", show_default=True, type=_FOLDER)
@click.option("--scale", default="tiny", show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option("--on", type=_DAY, help="The day that the world lives on.  [default: last quarter]")
@click.option("--regions", multiple=True, help="A region to make a scope for.  [default: all]")
@click.option("--typologies", multiple=True, help="A typology to look for.  [default: all]")
@click.option("--port", default=8640, show_default=True, help="Loopback port of the web pages.")
@click.option("--until", default="hits", show_default=True, type=click.Choice(["start", "hits"]))
@click.option("--headless", is_flag=True, help="Run the whole chain without a browser.")
@click.option("--carrier", default="inprocess", type=click.Choice(["inprocess", "http"]))
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object.")
@click.option("--halt-after", type=int, hidden=True)
@click.option("--cut", "cuts", nargs=2, type=(str, int), multiple=True, hidden=True)
def demo(**wish: Any) -> None:
    """Start the demo: a synthetic Sweden, its agencies, the whole chain, on loopback.

    Reads and writes the data folder alone. Refuses a folder that holds something else, or that
    another process is at work on. With --headless scripted officers do all the work.
    """
    from samverkan.embedded.data import Setting
    from samverkan.embedded.intent import Part

    part = Part(tuple(wish["regions"]), tuple(wish["typologies"]))
    setting = Setting(wish["scale"], wish["seed"], part, wish["on"].date() if wish["on"] else None)
    if not wish["headless"]:
        from samverkan.cli.language import spoken
        from samverkan.embedded.serve import Wish, serve

        begin = Wish(wish["data"], setting, wish["port"], wish["until"], spoken().value)
        serve(begin, click.echo)
        return
    from samverkan.embedded.headless import headless

    summary = headless(
        wish["data"],
        setting,
        carrier=wish["carrier"],
        halt_after=wish["halt_after"],
        cuts=dict(wish["cuts"]),
    )
    if wish["as_json"]:
        click.echo(json.dumps(summary))
    else:
        for name, value in summary.items():
            click.echo(f"{name}\t{value}")


@samverkan.command(hidden=True)
@click.argument("address")
@click.option("--data", required=True, type=_FOLDER)
@click.option("--port", required=True, type=int)
def node(address: str, data: Path, port: int) -> None:
    """Run one role of a prepared folder in this process, dialling the exchange at the port.

    Reads and writes the role's own part of the folder. Refuses a folder that was not prepared.
    """
    from samverkan.embedded.alone import alone

    alone(data, address, port)


@samverkan.group()
def ledger() -> None:
    """The ledgers: every step, reads included, chained and signed."""


@ledger.command()
@click.option("--data", required=True, type=_FOLDER, help="Data folder of the house.")
@click.option("--json", "as_json", is_flag=True)
def verify(*, data: Path, as_json: bool) -> None:
    """Verify every ledger of the folder: chain, signed head, witnesses.

    Reads the stores, writes nothing. Exit code 1 when any entry was changed, dropped or
    reordered, with the first number at which it shows. Refuses a folder that is none, or that
    another process is at work on.
    """
    from samverkan.embedded.audit import verify_folder

    verdicts = verify_folder(data)
    if as_json:
        click.echo(json.dumps([verdict.as_dict() for verdict in verdicts]))
    else:
        for verdict in verdicts:
            state = "ok" if verdict.fault is None else f"{verdict.fault.value} {verdict.at}"
            click.echo(f"{verdict.ledger}\t{verdict.entries}\t{state}")
    if not all(verdict.ok for verdict in verdicts):
        click.echo(sentence(refuse(Code.LEDGER_BROKEN)), err=True)
        sys.exit(1)


@samverkan.group()
def pack() -> None:
    """National models as data."""


@pack.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Check a pack against its schema; every fault is named with file and line, and in words.

    Reads the folder alone, writes nothing. Refuses a pack with a fault: exit code 1.
    """
    from samverkan.embedded.house import check_pack

    faults, t = check_pack(folder), _texts()
    for fault in faults:
        click.echo(f"{fault}: {t(f'fault.{fault.code.name.lower()}')}", err=True)
    sys.exit(1 if faults else 0)


samverkan.add_command(model)
samverkan.add_command(territory)
for station in STATIONS:
    samverkan.add_command(station)
