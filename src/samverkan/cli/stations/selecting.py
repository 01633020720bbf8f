"""`enquire`, `enrolments`, `second`, `take-back`, `withdraw-rule`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from samverkan.cli.stations.options import (
    CODE,
    as_json,
    officer,
    one_opening,
    opening,
    show,
    show_one,
)


@click.command()
@officer
@click.option("--scope", required=True, type=CODE, help="The scope to ask in.")
@click.option("--record", required=True, help="Own record: identity number or identifier.")
@click.option("--case", required=True, help="Number of the own case; it stays at home.")
@click.option("--necessity", type=CODE, default="single-subject", show_default=True)
@opening
@as_json
def enquire(**wish: Any) -> None:
    """Ask about one own subject now: does any other party of the scope know it?

    Reads the party's statements. Writes the enrolment of that one subject, which stays for its
    least time, and prints how it stands: `waits` above the officer's cap of the day, until a
    colleague has run `second`. Refuses a record that is not the party's or is asked about
    already, a missing case or necessity, and what `enrol` refuses.
    """
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seat_of, seated
    from samverkan.embedded.stations.sharing import Opening

    one_opening(wish)
    asked = selecting.Wonder(
        scope=wish["scope"],
        record=wish["record"],
        case=wish["case"],
        necessity=wish["necessity"],
        opening=Opening(wish["open_to"], wish["balance"]),
    )
    with seated(wish["data"], wish["party"], wish["name"]) as seat:
        by = wish["signed_by"]
        signer = None if by is None else seat_of(seat.house, wish["party"], by)
        made = selecting.ask(seat, signer, asked)
    show_one(made, as_json=wish["as_json"])


@click.command()
@officer
@click.option("--scope", required=True, type=CODE, help="The scope.")
@as_json
def enrolments(*, data: Path, party: str, name: str, scope: str, as_json: bool) -> None:
    """List the party's enrolments in a scope: id, query, rule, subjects, entries, state.

    Reads the party's store. Writes nothing but the ledger. Refuses an officer who may not enrol.
    """
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        found = selecting.known(seat, scope)
    show(found, as_json=as_json)


@click.command()
@officer
@click.argument("enrolment", type=CODE)
@as_json
def second(*, data: Path, party: str, name: str, enrolment: str, as_json: bool) -> None:
    """Decide, as a colleague, that an enquiry above the cap may go.

    Reads the enquiry. Writes who decided; its values leave when `match` is run. Refuses the
    officer who asked, and what does not wait.
    """
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        decided = selecting.second(seat, enrolment)
    show_one(decided, as_json=as_json)


@click.command("take-back")
@officer
@click.argument("enrolment", type=CODE)
@as_json
def take_back(*, data: Path, party: str, name: str, enrolment: str, as_json: bool) -> None:
    """Take an enrolment back: its records leave the index, and hits on them are gone.

    Reads the enrolment. Writes its end; with `match` the exchange drops it and tells whoever
    heard of a hit. Refuses one that was taken back, and one who was asked about before the least
    time is over.
    """
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        taken = selecting.take_back(seat, enrolment)
    show_one(taken, as_json=as_json)


@click.command("withdraw-rule")
@officer
@click.argument("rule", type=CODE)
def withdraw_rule(*, data: Path, party: str, name: str, rule: str) -> None:
    """Withdraw a release rule: its records are silent from now on, a typology's tags leave.

    Reads the rule. Writes its end; with `match` the exchange closes the records. Refuses an
    officer who may not sign rules, and a rule that was withdrawn.
    """
    from samverkan.embedded.stations import selecting
    from samverkan.embedded.stations.seat import seated

    with seated(data, party, name) as seat:
        selecting.withdraw_rule(seat, rule)
