"""The exchange's tables. No column here could hold a person's data (a test walks them)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
    SealedColumn,
)
from samverkan.infra.tables import Serial, common_tables

metadata = MetaData()
common = common_tables(metadata)

mail = Table(
    "mail",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("id", IdentColumn, nullable=False, unique=True),
    Column("cls", CodeColumn, nullable=False),
    Column("sender", PartyColumn, nullable=False),
    Column("recipient", PartyColumn, nullable=False, index=True),
    Column("seq", BigInteger, nullable=False),
    Column("sealed", SealedColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
    sqlite_autoincrement=True,
)
"""Numbers are never given twice, though rows go: a receiver asks for what is above its last one,
and without `sqlite_autoincrement` SQLite begins anew when a mailbox was emptied."""

deposited = Table(
    "deposited",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("sender", PartyColumn, nullable=False),
    Column("seq", BigInteger, nullable=False),
)

scope = Table(
    "scope",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("until", DayColumn, nullable=False),
    Column("ended_at", InstantColumn),
)

scope_party = Table(
    "scope_party",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("size", CodeColumn, nullable=False),
    Column("opens", Boolean, nullable=False),
)

scope_word = Table(
    "scope_word",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("word", CodeColumn, primary_key=True),
)

batch = Table(
    "batch",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("scope", IdentColumn, ForeignKey("scope.id"), nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("enrolment", IdentColumn, nullable=False),
    Column("key_type", CodeColumn, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("rule", IdentColumn),
    Column("until", DayColumn, nullable=False),
    Column("count", Integer, nullable=False),
    Column("root", DigestColumn(32), nullable=False),
    UniqueConstraint("enrolment", "key_type"),
)

batch_open = Table(
    "batch_open",
    metadata,
    Column("batch", BigInteger, ForeignKey("batch.no"), primary_key=True),
    Column("party", PartyColumn, primary_key=True),
)

batch_field = Table(
    "batch_field",
    metadata,
    Column("batch", BigInteger, ForeignKey("batch.no"), primary_key=True),
    Column("field", CodeColumn, primary_key=True),
)

entry = Table(
    "entry",
    metadata,
    Column("number", DigestColumn(16), primary_key=True),
    Column("batch", BigInteger, ForeignKey("batch.no"), nullable=False),
    Column("index", DigestColumn(8), nullable=False, index=True),
    Column("bundle", LargeBinary, nullable=False, info={"holds": "bundle"}),
)

told = Table(
    "told",
    metadata,
    Column("hit", IdentColumn, primary_key=True),
    Column("party", PartyColumn, nullable=False),
    Column("own", DigestColumn(16), nullable=False),
    Column("other", DigestColumn(16), nullable=False),
    Column("at", InstantColumn, nullable=False),
    UniqueConstraint("own", "other"),
)

rate = Table(
    "rate",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("kind", CodeColumn, primary_key=True),
    Column("slot", CodeColumn, primary_key=True),
    Column("tenths", Integer, nullable=False),
)
"""How often two open records of a party agree on a field by chance, in tenths of a bit."""

met = Table(
    "met",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("key_type", CodeColumn, primary_key=True),
    Column("pattern", Integer, primary_key=True, autoincrement=False),
    Column("pairs", Integer, nullable=False),
)
"""How many pairs of open records met with a pattern: a number of one digit of base three for each slot."""

learned = Table(
    "learned",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("kind", CodeColumn, primary_key=True),
    Column("slot", CodeColumn, primary_key=True),
    Column("m", Integer, nullable=False),
    Column("pairs", Integer, nullable=False),
)
"""How often two records of one subject agree on a field, in millionths, as estimated."""

tag_list = Table(
    "tag_list",
    metadata,
    Column("scope", IdentColumn, ForeignKey("scope.id"), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("typology", CodeColumn, primary_key=True),
    Column("condition", CodeColumn, primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("until", DayColumn, nullable=False),
    Column("listed", LargeBinary, nullable=False, info={"holds": "tags"}),
)
"""One list a row: it comes, is counted and goes as a whole."""

firing = Table(
    "firing",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, ForeignKey("scope.id"), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("typology", CodeColumn, nullable=False),
    Column("met", Integer, nullable=False),
    Column("at", InstantColumn, nullable=False, index=True),
)

firing_party = Table(
    "firing_party",
    metadata,
    Column("firing", IdentColumn, ForeignKey("firing.id"), primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("assessed", Boolean, nullable=False),
)

firing_handle = Table(
    "firing_handle",
    metadata,
    Column("firing", IdentColumn, ForeignKey("firing.id"), primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("handle", DigestColumn(8), primary_key=True),
)
