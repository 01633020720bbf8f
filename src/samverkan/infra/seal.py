"""Signing and sealing between addresses: JWS (Ed25519) inside JWE (ECDH-ES+A256KW, A256GCM).

RFC 7515, 7516, 8037 and 9864. One algorithm each and no negotiation: a message that names any
other is refused before a key is touched. The JWS header is compared byte for byte, so `alg` none,
a key sent along (`jwk`, `jku`) or an unencoded payload (`b64`) has no place to stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from joserfc import jwe, jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from samverkan.kernel.ids import Randomness
from samverkan.kernel.outcome import SamverkanError

KEY_BYTES = 32
_KEPT = 256
"""Key objects kept ready: the parties of a cooperation and their older versions."""
_LONGEST = 256 * 1024 * 1024
"""Bytes of one signed or sealed text. The wire's largest body, in base 64 twice, fits."""
_JWS_HEADER = {"alg": "Ed25519"}
_JWE_HEADER = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}


class BadSignature(SamverkanError):
    """The bytes are not signed by the holder of this key, or not by the one algorithm we use."""


class CannotOpen(SamverkanError):
    """The packet is not sealed for this key, was altered, or names another algorithm."""


class BadKey(SamverkanError):
    """Key bytes of the wrong length, or a public key that is no usable point."""


class _Signatures(jws.JWSRegistry):
    max_payload_length = _LONGEST


class _Seals(jwe.JWERegistry):
    max_ciphertext_length = _LONGEST


_signatures = _Signatures(algorithms=["Ed25519"])
_seals = _Seals(algorithms=["ECDH-ES+A256KW", "A256GCM"])
_header_segment: str = "eyJhbGciOiJFZDI1NTE5In0"
"""`{"alg":"Ed25519"}` in base64url: the only header that `verify` reads on from."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know of an address: Ed25519 to verify, X25519 to seal; 32 bytes each."""

    sign: bytes
    seal: bytes

    def __post_init__(self) -> None:
        if len(self.sign) != KEY_BYTES or len(self.seal) != KEY_BYTES:
            raise BadKey

    def to_bytes(self) -> bytes:
        """Both keys, 64 bytes, the verifying one first."""
        return self.sign + self.seal

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """The keys that 64 bytes spell. Raises `BadKey`."""
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:])


@dataclass(frozen=True, slots=True, repr=False)
class PrivateKeys:
    """What an address keeps to itself. Never shown: a traceback or log line prints its kind."""

    sign: bytes
    seal: bytes

    def __post_init__(self) -> None:
        if len(self.sign) != KEY_BYTES or len(self.seal) != KEY_BYTES:
            raise BadKey

    def __repr__(self) -> str:
        return "PrivateKeys(hidden)"

    @property
    def public(self) -> PublicKeys:
        """The keys that others may know."""
        return PublicKeys(
            _signing(self.sign).public_key().public_bytes_raw(),
            _opening_raw(self.seal).public_key().public_bytes_raw(),
        )

    def to_bytes(self) -> bytes:
        """Both keys, 64 bytes, the signing one first. For the key file alone."""
        return self.sign + self.seal

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """The keys that 64 bytes spell. Raises `BadKey`."""
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:])


def draw_keys(randomness: Randomness) -> PrivateKeys:
    """New keys of an address: 32 random bytes each (RFC 8032, 7748)."""
    return PrivateKeys(sign=randomness(KEY_BYTES), seal=randomness(KEY_BYTES))


def sign(payload: bytes, keys: PrivateKeys) -> str:
    """The payload as a JWS in compact form."""
    return jws.serialize_compact(
        {**_JWS_HEADER}, payload, _jws_signing(keys.sign), None, _signatures
    )


def verify(signed: str, public: PublicKeys) -> bytes:
    """The payload of a JWS signed by these keys. Raises `BadSignature`."""
    if signed.partition(".")[0] != _header_segment:
        raise BadSignature
    try:
        parsed = jws.deserialize_compact(signed, _jws_verifying(public.sign), None, _signatures)
    except (JoseError, ValueError, IndexError) as error:
        raise BadSignature from error
    return parsed.payload


def seal(text: str, to: PublicKeys) -> str:
    """The text as a JWE in compact form that only the holder of `to` opens. Raises `BadKey`."""
    try:
        # a header of its own: joserfc writes the ephemeral key into the mapping that it is given
        return jwe.encrypt_compact({**_JWE_HEADER}, text, _jwe_sealing(to.seal), None, _seals)
    except ValueError as error:  # a public key of low order gives no shared secret
        raise BadKey from error


def open_sealed(sealed: str, keys: PrivateKeys) -> str:
    """The text of a JWE sealed for these keys. Raises `CannotOpen`."""
    try:
        opened = jwe.decrypt_compact(sealed, _jwe_opening(keys.seal), None, _seals)
        if set(opened.protected) != {"alg", "enc", "epk"} or opened.plaintext is None:
            raise CannotOpen
        return opened.plaintext.decode()
    # joserfc lets several of its helpers' own errors through for malformed segments
    except (JoseError, ValueError, IndexError, TypeError, KeyError) as error:
        raise CannotOpen from error


def sign_bytes(payload: bytes, keys: PrivateKeys) -> bytes:
    """A bare Ed25519 signature, 64 bytes. The caller keeps its contexts apart in the payload."""
    return _signing(keys.sign).sign(payload)


def verify_bytes(signature: bytes, payload: bytes, public: PublicKeys) -> None:
    """Check a bare signature. Raises `BadSignature`."""
    try:
        _verifying(public.sign).verify(signature, payload)
    except InvalidSignature as error:
        raise BadSignature from error


@lru_cache(_KEPT)
def _signing(raw: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(raw)


@lru_cache(_KEPT)
def _opening_raw(raw: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(raw)


@lru_cache(_KEPT)
def _verifying(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


@lru_cache(_KEPT)
def _jws_signing(raw: bytes) -> OKPKey:
    return OKPKey.import_key(_signing(raw))


@lru_cache(_KEPT)
def _jws_verifying(raw: bytes) -> OKPKey:
    return OKPKey.import_key(_verifying(raw))


@lru_cache(_KEPT)
def _jwe_sealing(raw: bytes) -> OKPKey:
    return OKPKey.import_key(X25519PublicKey.from_public_bytes(raw))


@lru_cache(_KEPT)
def _jwe_opening(raw: bytes) -> OKPKey:
    return OKPKey.import_key(_opening_raw(raw))
