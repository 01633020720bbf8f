"""What the station commands share: whose folder, which party and officer, and how a list looks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[:._-][a-z0-9]+){0,31}")
_FIELD = re.compile(r"[a-z][A-Za-z]*")
_LONGEST = 64
_DIGITS = 15
"""More digits than these are no exact number in every JSON reader (RFC 8785)."""
F = TypeVar("F", bound=Callable[..., Any])


class CodeWord(click.ParamType[str]):
    """A word of the national pack, a party, or an identifier: what a ledger can hold."""

    name = "code"
    pattern = _CODE

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself; what is none is misuse of the command."""
        if len(value) > _LONGEST or not self.pattern.fullmatch(value):
            self.fail("is no code or identifier", param, ctx)
        return value


class FieldWord(CodeWord):
    """A property of a statement, as `registrationNumber`."""

    name = "field"
    pattern = _FIELD


class Pair(click.ParamType[tuple[str, str]]):
    """Two words joined by `=`; the right one is a code."""

    name = "word=code"

    def __init__(self, left: CodeWord) -> None:
        self.left = left

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Both halves."""
        if isinstance(value, tuple):
            return value
        left, _, right = value.partition("=")
        return self.left.convert(left, param, ctx), self._right(right, param, ctx)

    def _right(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return CODE.convert(text, param, ctx)


class Score(Pair):
    """A code word and a whole number joined by `=`."""

    name = "code=number"

    def _right(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
            self.fail("needs a whole number after =", param, ctx)
        return text


CODE = CodeWord()
FIELD = FieldWord()
PAIR = Pair(CODE)
FIELD_PAIR = Pair(FIELD)
SCORE = Score(CODE)

data = click.option("--data", required=True, type=FOLDER, help="Data folder of the house.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def officer(command: F) -> F:
    """Who acts: `--data`, `--party`, `--as`."""
    named = click.option("--as", "name", required=True, help="Name of the officer who acts.")
    party = click.option("--party", required=True, type=CODE, help="The officer's party.")
    return data(party(named(command)))


def opening(command: F) -> F:
    """To whom records are opened: `--open-to` under a rule that is signed for it, or `--silent`."""
    to = click.option(
        "--open-to", "open_to", multiple=True, type=CODE, help="A party that may be told."
    )
    silent = click.option("--silent", is_flag=True, help="Nobody is told of these records.")
    by = click.option("--signed-by", help="The releasing officer who signs the rule for --open-to.")
    why = click.option("--balance", help="The balancing test; the statute's words if not given.")
    return to(silent(by(why(command))))


def one_opening(wish: Mapping[str, Any]) -> None:
    """Records are opened to somebody, or they are silent."""
    if bool(wish["open_to"]) == wish["silent"]:
        raise click.UsageError("give --open-to or --silent, and not both")


def day(given: datetime | None) -> date | None:
    """The day of a `DAY` option."""
    return None if given is None else given.date()


def show_id(kind: str, made: str, *, as_json: bool) -> None:
    """Print a new identifier."""
    click.echo(json.dumps({kind: made}) if as_json else made)


def show(rows: Iterable[DataclassInstance], *, as_json: bool) -> None:
    """Print records: one a line, fields apart by tabs; or one JSON list."""
    known = list(rows)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in known], ensure_ascii=False))
        return
    for row in known:
        click.echo("\t".join(_cell(getattr(row, field.name)) for field in fields(row)))


def show_one(row: DataclassInstance, *, as_json: bool) -> None:
    """Print one record: a field a line, or one JSON object."""
    if as_json:
        click.echo(json.dumps(asdict(row), ensure_ascii=False))
        return
    for field in fields(row):
        click.echo(f"{field.name}\t{_cell(getattr(row, field.name))}")


def _cell(value: object) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(map(str, value)) or "-"
        case dict():
            return ",".join(f"{name}={said}" for name, said in value.items()) or "-"
    return str(value)
