"""`init` and `ingest`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import CODE, FILE, as_json, data, officer, show, show_one


@click.command()
@data
@click.option(
    "--party", "parties", required=True, multiple=True, type=CODE, help="A party; once for each."
)
@as_json
def init(*, data: Path, parties: tuple[str, ...], as_json: bool) -> None:
    """Begin a data folder: keys and stores for the hub and the parties, and the pack's people.

    Reads the national pack. Writes the folder, and prints who can act: party, name, roles. Run
    again with the same parties it finishes what was begun and changes nothing else. Refuses a
    party that the pack does not know, and a folder that holds something else or other parties.
    Several parties in one folder take synthetic data alone.
    """
    from samverkan.embedded.stations.founding import found

    show(found(data, parties), as_json=as_json)


@click.command()
@officer
@click.argument("file", type=FILE)
@click.option("--kind", type=CODE, help="A kind of delivery in the national pack.")
@click.option("--mapping", type=FILE, help="A mapping (YAML) of your own, instead of --kind.")
@click.option("--manifest", type=FILE, help="What the sender says of the file (JSON beside it).")
@click.option("--rejects", type=FILE, help="Write what was not used as it stood to this CSV file.")
@as_json
def ingest(**wish: Any) -> None:
    """Take in a delivery: CSV, XLSX, JSON lines or Parquet, with one row for each record.

    Reads the file, with --mapping how its columns are to be understood, and with --manifest its kind,
    digest and stamp, which must be those. Writes statements into the party's own store, and rows and
    cells that were not used as they stood (number, column, code, reason; never a value) to --rejects.
    Says how the file was read: format, delimiter, encoding, and columns that were left unread. The same
    file again changes nothing. Refuses, whole, a file that cannot be read, breaks off or lacks a
    column, a mapping with a fault, a kind of another party, and an officer who is no
    administrator or analyst.
    """
    from samverkan.cli.language import spoken
    from samverkan.cli.progress import bar
    from samverkan.embedded.stations import founding
    from samverkan.embedded.stations.seat import seated

    if wish["kind"] and wish["mapping"]:
        raise click.UsageError("give --kind or --mapping, and not both")
    if not (wish["kind"] or wish["mapping"] or wish["manifest"]):
        raise click.UsageError("give --kind, --mapping or --manifest")
    if wish["rejects"] is not None and not wish["rejects"].absolute().parent.is_dir():
        raise click.UsageError("the folder of --rejects is not there")
    with seated(wish["data"], wish["party"], wish["name"]) as seat, bar("ingest") as told:
        asked = founding.Wish(wish["file"], wish["kind"], wish["mapping"], wish["manifest"])
        taken = founding.ingest(seat, asked, told)
    if wish["rejects"] is not None:
        founding.write_rejects(taken, wish["rejects"], spoken())
    show_one(founding.account(taken), as_json=wish["as_json"])
