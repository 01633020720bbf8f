"""One algorithm, one key, every byte covered: what is altered or swapped does not pass."""

from __future__ import annotations

import base64
import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwe, jws
from joserfc.jwk import OctKey, OKPKey

from samverkan.infra import seal
from samverkan.infra.seal import BadKey, BadSignature, CannotOpen, PrivateKeys, PublicKeys
from tests.instruments import seeded

ANNA = seal.draw_keys(random.Random(1).randbytes)
BERTIL = seal.draw_keys(random.Random(2).randbytes)
TEXT = "åäö, och 1 till"


def segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def okp(raw: bytes) -> OKPKey:
    return OKPKey.import_key(Ed25519PrivateKey.from_private_bytes(raw))


def test_what_is_signed_verifies_under_the_signers_key() -> None:
    assert seal.verify(seal.sign(b"payload", ANNA), ANNA.public) == b"payload"


def test_what_is_sealed_opens_for_the_receiver() -> None:
    assert seal.open_sealed(seal.seal(TEXT, BERTIL.public), BERTIL) == TEXT


def test_sealing_twice_gives_unlike_packets() -> None:
    assert seal.seal(TEXT, ANNA.public) != seal.seal(TEXT, ANNA.public)


def test_another_key_neither_verifies_nor_opens() -> None:
    with pytest.raises(BadSignature):
        seal.verify(seal.sign(b"payload", ANNA), BERTIL.public)
    with pytest.raises(CannotOpen):
        seal.open_sealed(seal.seal(TEXT, BERTIL.public), ANNA)


def test_no_altered_character_of_a_signed_text_passes() -> None:
    signed = seal.sign(b"payload", ANNA)
    for at, letter in enumerate(signed):
        swapped = "A" if letter != "A" else "B"
        with pytest.raises(BadSignature):
            seal.verify(signed[:at] + swapped + signed[at + 1 :], ANNA.public)


def test_no_altered_character_of_a_sealed_text_passes() -> None:
    packet = seal.seal(TEXT, ANNA.public)
    for at, letter in enumerate(packet):
        swapped = "A" if letter != "A" else "B"
        with pytest.raises(CannotOpen):
            seal.open_sealed(packet[:at] + swapped + packet[at + 1 :], ANNA)


@pytest.mark.parametrize(
    "header",
    [{"alg": "none"}, {"alg": "None"}, {"alg": "HS256"}, {"alg": "EdDSA"}, {"alg": "Ed448"}, {},
     {"alg": "Ed25519", "b64": False, "crit": ["b64"]}, {"alg": "Ed25519", "kid": "1"}],
)  # fmt: skip
def test_a_signature_under_any_other_header_is_refused(header: dict[str, object]) -> None:
    body = f"{segment(header)}.{segment(b'payload')}"
    signature = seal.sign_bytes(body.encode(), ANNA)  # right for these very bytes
    for tail in (segment(signature), ""):
        with pytest.raises(BadSignature):
            seal.verify(f"{body}.{tail}", ANNA.public)


def test_a_mac_keyed_with_the_public_key_is_no_signature() -> None:
    """The classic confusion: the public key used as the secret of HS256."""
    key = OctKey.import_key(ANNA.public.sign)
    forged = jws.serialize_compact({"alg": "HS256"}, b"payload", key)
    with pytest.raises(BadSignature):
        seal.verify(forged, ANNA.public)


def test_a_key_sent_along_is_not_believed() -> None:
    header = {"alg": "Ed25519", "jwk": okp(BERTIL.sign).as_dict(private=False)}
    forged = jws.serialize_compact(header, b"payload", okp(BERTIL.sign), algorithms=["Ed25519"])
    with pytest.raises(BadSignature):
        seal.verify(forged, ANNA.public)


@pytest.mark.parametrize(
    "header",
    [{"alg": "ECDH-ES", "enc": "A256GCM"}, {"alg": "ECDH-ES+A128KW", "enc": "A256GCM"},
     {"alg": "ECDH-ES+A256KW", "enc": "A128CBC-HS256"},
     {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "zip": "DEF"},
     {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "kid": "1"}],
)  # fmt: skip
def test_a_packet_under_any_other_header_is_not_opened(header: dict[str, str]) -> None:
    key = OKPKey.import_key(
        {"kty": "OKP", "crv": "X25519", "x": segment(ANNA.public.seal), "d": segment(ANNA.seal)}
    )
    packet = jwe.encrypt_compact(header, TEXT, key, algorithms=[*header.values()])
    with pytest.raises(CannotOpen):
        seal.open_sealed(packet, ANNA)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "....", "a.b.c.d.e", "å", "é.é.é.é.é"])
def test_what_is_no_message_at_all_is_refused(text: str) -> None:
    with pytest.raises(BadSignature):
        seal.verify(text, ANNA.public)
    with pytest.raises(CannotOpen):
        seal.open_sealed(text, ANNA)


@pytest.mark.parametrize("claims", [[], 1, None, "x", {"alg": 1, "enc": 2}, {"alg": None}])
def test_a_header_of_another_shape_is_refused(claims: object) -> None:
    packet = ".".join([segment(claims), *seal.seal(TEXT, ANNA.public).split(".")[1:]])
    with pytest.raises(CannotOpen):
        seal.open_sealed(packet, ANNA)


def test_an_ephemeral_key_of_low_order_is_refused() -> None:
    parts = seal.seal(TEXT, ANNA.public).split(".")
    epk = {"crv": "X25519", "x": segment(bytes(32)), "kty": "OKP"}
    header = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "epk": epk}
    with pytest.raises(CannotOpen):
        seal.open_sealed(".".join([segment(header), *parts[1:]]), ANNA)


def test_nothing_is_sealed_for_a_key_of_low_order() -> None:
    with pytest.raises(BadKey):
        seal.seal(TEXT, PublicKeys(sign=ANNA.public.sign, seal=bytes(32)))


def test_a_bare_signature_covers_its_bytes() -> None:
    signature = seal.sign_bytes(b"head", ANNA)
    seal.verify_bytes(signature, b"head", ANNA.public)
    for wrong, payload, keys in (
        (signature, b"tail", ANNA.public),
        (signature, b"head", BERTIL.public),
        (signature[:-1], b"head", ANNA.public),
    ):
        with pytest.raises(BadSignature):
            seal.verify_bytes(wrong, payload, keys)


def test_private_keys_are_never_shown() -> None:
    assert repr(ANNA) == str(ANNA) == "PrivateKeys(hidden)"
    assert ANNA.sign.hex() not in f"{[ANNA]}"


def test_keys_go_to_bytes_and_back() -> None:
    assert PrivateKeys.from_bytes(ANNA.to_bytes()) == ANNA
    assert PublicKeys.from_bytes(ANNA.public.to_bytes()) == ANNA.public


@pytest.mark.parametrize("raw", [b"", bytes(32), bytes(63), bytes(65)])
def test_key_bytes_of_another_length_are_refused(raw: bytes) -> None:
    with pytest.raises(BadKey):
        PublicKeys.from_bytes(raw)
    with pytest.raises(BadKey):
        PrivateKeys.from_bytes(raw)


def test_a_batch_of_megabytes_is_signed_and_sealed_whole() -> None:
    big = "x" * 3_000_000
    packet = seal.seal(seal.sign(big.encode(), ANNA), BERTIL.public)
    assert seal.verify(seal.open_sealed(packet, BERTIL), ANNA.public).decode() == big


def test_many_threads_may_seal_at_once() -> None:
    """The header of one packet never shows in another's, whoever seals beside it."""
    keys = [seal.draw_keys(seeded(number)) for number in range(3)]

    def seal_and_open(number: int) -> bool:
        text, own = f"packet {number}", keys[number % 3]
        return seal.open_sealed(seal.seal(text, own.public), own) == text

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(seal_and_open, range(300)))
