"""The shapes that a wire value may have. None of the open ones could spell a person's data.

`Ident` is a random identifier, `Code` a word of a pack, `Party` an address, `Blob` bytes that are
ciphertext, points or digests. `SealedText` may hold a person's data and therefore occurs only in
messages from party to party, which the hub carries sealed (DESIGN section 2, promise 1).
`PublicText` is written to be read by anybody: of an area, a body, a method, never of a person. Its
pattern cannot say that; whoever takes it in asks `domain.normalise.identifying` (ADR 22).

Patterns end in `\\Z`, not `$`, which lets a line break pass, and say `[0-9]`, since `\\d` is any
digit of Unicode. A day is one of the Gregorian calendar, so that no receiver stumbles on it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

_LEAP = r"(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29"
_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_DAY = rf"(?:{_LEAP}|[1-9][0-9]{{3}}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1[0-9]|2[0-8])))"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"

Ident = Annotated[str, Meta(pattern=r"^[a-z]{3}-[0-9abcdefghjkmnpqrstvwxyz]{26}\Z")]
Code = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(?:[:._-][a-z0-9]+)*\Z", max_length=64)]
Party = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", max_length=40)]
Instant = Annotated[str, Meta(pattern=rf"^{_DAY}T{_TIME}Z\Z")]
Day = Annotated[str, Meta(pattern=rf"^{_DAY}\Z")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Amount = Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Short = Annotated[bytes, Meta(min_length=8, max_length=16)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
Blob = Annotated[bytes, Meta(max_length=64 * 1024 * 1024)]
SealedText = Annotated[str, Meta(max_length=10_000)]
PublicText = Annotated[
    str, Meta(pattern=r"^(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f]+\Z", max_length=4_000)
]
Sealed = Annotated[
    str, Meta(pattern=r"^eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){4}\Z", max_length=128 * 1024 * 1024)
]
"""A JWE in compact form (RFC 7516 section 3.1): header, wrapped key, nonce, ciphertext, tag."""
