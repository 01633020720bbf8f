"""Steering's store: an append-only record, in columns that could hold nobody's data."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Boolean, Engine, Integer, LargeBinary, String, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import TypeDecorator

from samverkan.infra import columns
from samverkan.infra.ledger import Head
from samverkan.infra.migrate import upgrade
from samverkan.kernel.ids import CooperationId, MessageId
from samverkan.steering.app import SCHEMA
from samverkan.steering.ports import BODIES, Fact, Seen
from samverkan.steering.sql import tables
from samverkan.steering.sql.ledgerbook import SqlLedgerBook
from samverkan.steering.sql.record import ForeignBody, SqlRecord, checked_body
from samverkan.wire import forms, joining, v1
from tests.instruments import NOON
from tests.steering.hall import Hall, open_hall
from tests.steering.world import JOINS, POLICE, TAX, draft, new

PERSONAL = [
    "19811218-9876",
    "198112189876",
    "811218-9876",
    "Anna Andersson",
    "Åsa",
    "Storgatan 3, 703 61 Örebro",
    "anna@example.se",
    "+46 70 123 45 67",
    "He was seen at the garage.",
]
COLUMNS = [column for table in tables.metadata.sorted_tables for column in table.columns]
SHAPED = (
    columns.IdentColumn,
    columns.CodeColumn,
    columns.PartyColumn,
    columns.DayColumn,
    columns.SealedColumn,
)
FORMS = {
    getattr(forms, name)
    for name in (
        "Ident",
        "Code",
        "Party",
        "Instant",
        "Day",
        "Count",
        "Amount",
        "Digest",
        "Short",
        "Signature",
        "Blob",
    )
}


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_is_of_a_shape_that_refuses_a_persons_data(column: Any) -> None:
    kind = column.type
    if isinstance(kind, LargeBinary):
        assert column.info["holds"] in {"wire", "entry"}
    elif isinstance(kind, TypeDecorator):
        assert isinstance(kind, (*SHAPED, columns.InstantColumn, columns.DigestColumn))
    else:
        assert isinstance(kind, BigInteger | Integer | Boolean)


@pytest.mark.parametrize("column", COLUMNS, ids=str)
@pytest.mark.parametrize("value", PERSONAL)
def test_no_text_column_takes_what_looks_like_a_person(column: Any, value: str) -> None:
    if isinstance(column.type, SHAPED):
        with pytest.raises(columns.ColumnRefuses):
            column.type.process_bind_param(value, sqlite.dialect())
    else:
        assert not isinstance(column.type, String)


def _types(hint: Any) -> Iterator[Any]:
    """The leaf types of an annotation, messages walked into."""
    if hint in FORMS or hint is type(None):
        return
    origin = get_origin(hint)
    base = get_args(hint)[0] if origin is Annotated else None
    if get_origin(base) in (list, tuple):
        yield from _types(base)  # of bounded length; what it holds counts
    elif origin is Annotated:
        yield hint
    elif origin is Literal:
        yield from (type(value) for value in get_args(hint) if not isinstance(value, int))
    elif origin in (list, tuple, dict, Union, types.UnionType):
        for part in get_args(hint):
            yield from _types(part)
    elif isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        for part in get_type_hints(hint, include_extras=True).values():
            yield from _types(part)
    else:
        yield hint


def _spells_only_codes(leaf: Any) -> bool:
    """An annotated text with a pattern that refuses all of `PERSONAL`, or a bounded number.

    A public text is looked through when it is heard (`test_app`).
    """
    base, *_ = get_args(leaf)
    if base is int or leaf == forms.PublicText:
        return True
    return base is str and all(_refuses(leaf, value) for value in PERSONAL)


def _refuses(leaf: Any, value: str) -> bool:
    try:
        msgspec.convert(value, leaf)
    except msgspec.ValidationError:
        return True
    return False


@pytest.mark.parametrize(
    "message", [*dict.fromkeys(BODIES.values()), joining.CommandRefused], ids=str
)
def test_no_message_of_steering_has_a_field_for_a_persons_data(message: type[v1.Message]) -> None:
    leaves = list(_types(message))
    assert forms.SealedText not in leaves
    assert all(get_origin(leaf) is Annotated and _spells_only_codes(leaf) for leaf in leaves)


def test_the_walk_finds_a_field_that_could_hold_a_name() -> None:
    class Leaky(v1.Message, frozen=True, kw_only=True):
        why: list[forms.SealedText] | None

    (leaf,) = _types(Leaky)
    assert not _spells_only_codes(leaf)


@pytest.fixture
def store(engine: Engine) -> Engine:
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    return engine


def fact(body: joining.Draft, kind: str = "cooperation.draft") -> Fact:
    return Fact(kind, body.cooperation, body.cooperation, body, frozenset({POLICE}))


def append(engine: Engine, command: str, *facts: Fact) -> None:
    with engine.begin() as connection:
        SqlRecord(connection).append(facts, command=command, party=POLICE, at=NOON)


def test_what_is_appended_is_read_back_in_order(store: Engine) -> None:
    first, second = draft(), draft()
    message = new(MessageId)
    append(store, message, fact(first), fact(second))
    with store.begin() as connection:
        record = SqlRecord(connection)
        (event,) = record.chain(first.cooperation)
        assert v1.from_body(event.body, joining.Draft) == first
        assert (event.party, event.at) == (POLICE, "2026-11-24T12:00:00.000000Z")
        assert record.chains("cooperation.draft") == [first.cooperation, second.cooperation]
        assert record.under(second.cooperation) == second.cooperation
        assert record.under(new(CooperationId)) is None
        assert record.heard(message)
        assert not record.heard(new(MessageId))


def test_one_command_has_one_effect(store: Engine) -> None:
    message = new(MessageId)
    append(store, message, fact(draft()))
    with pytest.raises(IntegrityError):
        append(store, message, fact(draft()))


def test_a_body_is_the_message_of_its_kind() -> None:
    accept = joining.Accept(by=JOINS, cooperation=new(CooperationId))
    with pytest.raises(ForeignBody):
        checked_body("cooperation.draft", accept)
    with pytest.raises(ForeignBody):
        checked_body("gossip", accept)
    with pytest.raises(v1.Malformed):
        checked_body("cooperation.accept", joining.Accept(by=JOINS, cooperation="Anna"))
    assert checked_body("cooperation.accept", accept) == v1.canonical(accept)


def test_the_migration_makes_the_tables_that_the_code_uses(store: Engine) -> None:
    with store.begin() as connection:
        for table in tables.metadata.sorted_tables:
            connection.execute(table.select())


def test_the_migration_goes_back(store: Engine) -> None:
    (revision,) = ScriptDirectory(str(SCHEMA.migrations)).walk_revisions()
    with store.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            revision.module.downgrade()
            revision.module.upgrade()
        connection.execute(tables.events.select())


SWAP = """
UPDATE ledger SET
    body = (SELECT body FROM ledger AS l WHERE l.seq = 6),
    hash = (SELECT hash FROM ledger AS l WHERE l.seq = 6)
WHERE seq = 5
"""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    hall.scope()
    yield hall
    hall.steering.opened.store.close()


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("UPDATE ledger SET body = CAST(body || x'20' AS BLOB) WHERE seq = 5", "changed"),
        ("UPDATE ledger SET body = 'text' WHERE seq = 5", "changed"),
        ("UPDATE ledger SET hash = 'text' WHERE seq = 5", "changed"),
        ("DELETE FROM ledger WHERE seq = 5", "dropped"),
        ("UPDATE ledger_head SET signature = zeroblob(64)", "signature"),
        ("UPDATE ledger_head SET seq = seq - 1", "head"),
        (SWAP, "reordered"),
    ],
)
def test_harm_to_the_ledger_is_found(hall: Hall, harm: str, fault: str) -> None:
    opened = hall.steering.opened
    with opened.store.engine.begin() as connection:
        connection.execute(text(harm))
        book = SqlLedgerBook(connection, opened.store.ledger, hall.steering.signed)
        assert book.verify({}).fault == fault


def test_the_heads_of_parties_are_witnessed(hall: Hall) -> None:
    opened = hall.steering.opened
    with opened.store.view() as connection:
        book = SqlLedgerBook(connection, opened.store.ledger, hall.steering.signed)
        assert book.witnessed()[TAX] == Seen(hall.sent[TAX], bytes(32))
        assert opened.store.ledger.head(connection) != Head(0, bytes(32))
        assert book.verify({}).fault is None
