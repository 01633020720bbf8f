"""A party's tables of keys: shares of matching keys, and the own keys that are to come.

Nothing here names a person; what does stands in `tables`, which belongs to the same metadata.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table

from samverkan.infra.columns import CodeColumn, DigestColumn, IdentColumn, PartyColumn

metadata = MetaData()

share = Table(
    "share",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("key_type", CodeColumn, primary_key=True),
    Column("secret", DigestColumn(32), nullable=False),
)

contribution = Table(
    "contribution",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("holder", PartyColumn, primary_key=True),
    Column("key_type", CodeColumn, primary_key=True),
    Column("public", DigestColumn(32), nullable=False),
    Column("proof", DigestColumn(64), nullable=False),
)

transcript = Table(
    "transcript",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("holder", PartyColumn, primary_key=True),
    Column("digest", DigestColumn(32), nullable=False),
)

served = Table(
    "served",
    metadata,
    Column("scope", IdentColumn, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("key_type", CodeColumn, primary_key=True),
    Column("party", PartyColumn, primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
)
"""What this holder has evaluated for a party, and the greatest running total the party signed."""

key_proposal = Table(
    "key_proposal",
    metadata,
    Column("party", PartyColumn, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sign", DigestColumn(32), nullable=False),
    Column("seal", DigestColumn(32), nullable=False),
    Column("before", DigestColumn(32), nullable=False),
    Column("old", DigestColumn(64), nullable=False),
)

countersignature = Table(
    "countersignature",
    metadata,
    Column("party", PartyColumn, primary_key=True),
    Column("signature", DigestColumn(64), nullable=False),
)
