"""What signatures of this role cover: disclosures and release rules, byte for byte."""

from __future__ import annotations

from collections.abc import Callable

from samverkan.agency.facts import RuleFacts
from samverkan.wire.asking import Amended, Disclosed
from samverkan.wire.v1 import canonical

SignedBy = Callable[[str, bytes, bytes], bool]
"""(address, message, signature) → whether that address signed it."""


def signed_bytes(body: Disclosed) -> bytes:
    """What a disclosure's signature covers: all of it, with the signature's place empty."""
    return b"samverkan/disclosure/1\x00" + canonical(with_signature(body, bytes(64)))


def with_signature(body: Disclosed, signature: bytes) -> Disclosed:
    """The same disclosure under another signature."""
    fields = {name: getattr(body, name) for name in body.__struct_fields__}
    return Disclosed(**{**fields, "signature": signature})


def amended_bytes(body: Amended) -> bytes:
    """What the signature of a correction or recall covers: all of it, its own place empty."""
    return b"samverkan/amendment/1\x00" + canonical(with_amended_signature(body, bytes(64)))


def with_amended_signature(body: Amended, signature: bytes) -> Amended:
    """The same correction or recall under another signature."""
    fields = {name: getattr(body, name) for name in body.__struct_fields__}
    return Amended(**{**fields, "signature": signature})


def rule_bytes(rule: RuleFacts) -> bytes:
    """What a release rule's signature covers."""
    said = {
        "id": rule.id,
        "scope": rule.scope,
        "query": rule.query,
        "receivers": sorted(rule.receivers),
        "fields": sorted(rule.fields),
        "test": rule.test,
        "officer": rule.officer,
        "until": rule.until.isoformat(),
    }
    return b"samverkan/release-rule/1\x00" + canonical(said)
