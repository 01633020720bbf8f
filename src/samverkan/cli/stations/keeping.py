"""`keys show|waiting|change|vouch`, `end`."""

from __future__ import annotations

from pathlib import Path

import click

from samverkan.cli.stations.options import CODE, as_json, officer, show


@click.group()
def keys() -> None:
    """The public keys by which addresses know each other, and how a party changes its own."""


@keys.command(name="show")
@officer
@as_json
def show_keys(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List every address's keys in force, as fingerprints to read to each other.

    Reads the party's pinned keys. Writes nothing but the ledger entry of the look. Refuses an
    officer who does not administer the party.
    """
    from samverkan.embedded.stations import keeping
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        show(keeping.pinned(seat), as_json=as_json)


@keys.command()
@officer
@as_json
def waiting(*, data: Path, party: str, name: str, as_json: bool) -> None:
    """List next keys of other parties that wait for this party to vouch for them.

    Reads what has come. Writes nothing but the ledger entry of the look. Refuses an officer who
    does not administer the party.
    """
    from samverkan.embedded.stations import keeping
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        show(keeping.waiting(seat), as_json=as_json)


@keys.command()
@officer
@click.option(
    "--ask", required=True, multiple=True, type=CODE, help="Who shall vouch; two or more."
)
def change(*, data: Path, party: str, name: str, ask: tuple[str, ...]) -> None:
    """Draw the own party's next keys and ask others to vouch for them.

    Reads the pinned keys. Writes the next keys, which are in force everywhere when enough of
    those asked have run `keys vouch`. Refuses an officer who does not administer the party, and
    fewer parties than are needed.
    """
    from samverkan.embedded.stations import keeping
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        keeping.propose(seat, ask)


@keys.command()
@officer
@click.argument("owner", type=CODE)
def vouch(*, data: Path, party: str, name: str, owner: str) -> None:
    """Vouch for another party's next keys, after comparing the fingerprint with their OWNER.

    Reads the next keys that wait. Writes the countersignature. Refuses an officer who does not
    administer the party, and keys that nobody has proposed.
    """
    from samverkan.embedded.stations import keeping
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        keeping.vouch(seat, owner)


@click.command()
@officer
@click.argument("cooperation", type=CODE)
def end(*, data: Path, party: str, name: str, cooperation: str) -> None:
    """End a cooperation for every party: its matching keys are destroyed, its table dropped.

    Reads what the party knows of it. Writes the decision. Refuses an officer who does not decide
    for the party, and a cooperation that it is no party of or that has ended.
    """
    from samverkan.embedded.stations import keeping
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        keeping.end(seat, cooperation)
