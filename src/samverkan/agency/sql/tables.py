"""A party's tables. Everything that names a person lives here, and here alone.

Bodies (`LargeBinary`) are wire messages in canonical bytes, kept as they travelled.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from samverkan.agency.sql import account_tables as accounts
from samverkan.agency.sql import key_tables as keys
from samverkan.agency.sql import picture_tables as pictures
from samverkan.agency.sql import register_tables as register
from samverkan.agency.sql import seat_tables as seats
from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
)
from samverkan.infra.tables import Serial, common_tables

metadata = keys.metadata
common = common_tables(metadata)
delegation, paper = seats.delegation, seats.paper
share, contribution, transcript = keys.share, keys.contribution, keys.transcript
delivery, reject, subject = register.delivery, register.reject, register.subject
series, figure, tally = pictures.series, pictures.figure, pictures.tally
statement, selectable, identity = register.statement, register.selectable, register.identity
worked, told, rate = accounts.worked, accounts.told, accounts.rate
served, key_proposal, countersignature = keys.served, keys.key_proposal, keys.countersignature

officer = Table(
    "officer",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", CodeColumn, nullable=False),
)

mandate = Table(
    "mandate",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("officer", IdentColumn, ForeignKey("officer.id"), nullable=False),
    Column("role", CodeColumn, nullable=False),
    Column("body", CodeColumn),
    Column("since", DayColumn, nullable=False),
    Column("until", DayColumn, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("no", BigInteger, primary_key=True, autoincrement=False),
    Column("at", InstantColumn, nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("kind", CodeColumn, nullable=False),
    Column("subject", IdentColumn, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

rule = Table(
    "rule",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", DigestColumn(64), nullable=False),
    Column("until", DayColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("withdrawn_at", InstantColumn),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("rule", IdentColumn),
    Column("query", CodeColumn, nullable=False),
    Column("necessity", CodeColumn, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("subjects", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("taken_back_at", InstantColumn),
)

member = Table(
    "member",
    metadata,
    Column("enrolment", IdentColumn, ForeignKey("enrolment.id"), primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), primary_key=True),
    Column("necessity", CodeColumn, nullable=False),
)
"""Who was enrolled one by one, each with its necessity; a query's subjects follow from it."""

enquiry = Table(
    "enquiry",
    metadata,
    Column("enrolment", IdentColumn, ForeignKey("enrolment.id"), primary_key=True),
    Column("case_no", Text, nullable=False),
    Column("stays_to", DayColumn, nullable=False),
    Column("waits", Boolean, nullable=False),
    Column("second", IdentColumn),
)

handle = Table(
    "handle",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("handle", DigestColumn(16), primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False),
    UniqueConstraint("scope", "subject"),
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("enrolment", IdentColumn, ForeignKey("enrolment.id"), nullable=False),
    Column("scope", IdentColumn, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("key_type", CodeColumn, nullable=False),
    Column("condition", CodeColumn),
    Column("count", Integer, nullable=False),
    Column("work", LargeBinary),
    Column("masks", LargeBinary),
    Column("done_at", InstantColumn),
)

partial = Table(
    "partial",
    metadata,
    Column("evaluation", IdentColumn, ForeignKey("evaluation.id"), primary_key=True),
    Column("holder", PartyColumn, primary_key=True),
    Column("call", IdentColumn, nullable=False, index=True),
    Column("points", LargeBinary),
    Column("refused", CodeColumn),
)

entry = Table(
    "entry",
    metadata,
    Column("number", DigestColumn(16), primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("key_type", CodeColumn, nullable=False),
    Column("enrolment", IdentColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False),
    Column("lock", DigestColumn(32), nullable=False),
    Index("entry_enrolment", "enrolment"),
)

own_tag = Table(
    "own_tag",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("typology", CodeColumn, primary_key=True),
    Column("handle", DigestColumn(8), primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False),
)

hit = Table(
    "hit",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("handle", DigestColumn(16), nullable=False),
    Column("weight", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("gone_at", InstantColumn),
    Index("hit_pair", "scope", "subject", "party", "handle"),
)

judgement = Table(
    "judgement",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("scope", IdentColumn, nullable=False),
    Column("subject", IdentColumn, nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("handle", DigestColumn(16), nullable=False),
    Column("verdict", CodeColumn, nullable=False),
    Column("note", Text, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

firing = Table(
    "firing",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("typology", CodeColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

firing_note = Table(
    "firing_note",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("firing", IdentColumn, nullable=False, index=True),
    Column("relevance", CodeColumn, nullable=False),
    Column("note", Text, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

firing_disclosure = Table(
    "firing_disclosure",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("firing", IdentColumn, nullable=False),
    Column("scope", IdentColumn, nullable=False),
    Column("typology", CodeColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False, index=True),
    Column("conditions", Text, nullable=False),
    Column("receivers", Text, nullable=False),
    Column("rule", IdentColumn),
    Column("at", InstantColumn, nullable=False),
)
"""A firing tells its owners' conditions to each other: each has its own in this journal."""

casefile = Table(
    "casefile",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("scope", IdentColumn, nullable=False),
    Column("title", Text, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Column("header", IdentColumn),
)

casefile_subject = Table(
    "casefile_subject",
    metadata,
    Column("casefile", IdentColumn, ForeignKey("casefile.id"), primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), primary_key=True),
)

request = Table(
    "request",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("outgoing", Boolean, nullable=False),
    Column("peer", PartyColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id")),
    Column("casefile", IdentColumn, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

request_event = Table(
    "request_event",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("request", IdentColumn, ForeignKey("request.id"), nullable=False, index=True),
    Column("event", CodeColumn, nullable=False),
    Column("officer", IdentColumn),
    Column("at", InstantColumn, nullable=False),
)

disclosure = Table(
    "disclosure",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("request", IdentColumn, ForeignKey("request.id"), nullable=False, unique=True),
    Column("outgoing", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

amendment = Table(
    "amendment",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("id", IdentColumn, nullable=False, unique=True),
    Column("disclosure", IdentColumn, nullable=False, index=True),
    Column("outgoing", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""Corrections and recalls: what was said before stays, and the last word counts."""

annex = Table(
    "annex",
    metadata,
    Column("proposal", IdentColumn, primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("casefile", IdentColumn),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

command = Table(
    "command",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("kind", CodeColumn, nullable=False),
    Column("subject", IdentColumn, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Index("command_subject", "kind", "subject"),
)
