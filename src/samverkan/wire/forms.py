"""The shapes that a wire value may have. None of the open ones could spell a person's data.

`Ident` is a random identifier, `Code` a word of a pack, `Party` an address, `Blob` bytes that are
ciphertext, points or digests. `SealedText` may hold a person's data and therefore occurs only in
messages from party to party, which the hub carries sealed (DESIGN section 2, promise 1).
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

Ident = Annotated[str, Meta(pattern=r"^[a-z]{3}-[0-9abcdefghjkmnpqrstvwxyz]{26}$")]
Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(?:[:._-][a-z0-9]+)*$", max_length=64)]
Party = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$", max_length=40)]
Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Amount = Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Short = Annotated[bytes, Meta(min_length=8, max_length=16)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Blob = Annotated[bytes, Meta(max_length=64 * 1024 * 1024)]
SealedText = Annotated[str, Meta(max_length=10_000)]
