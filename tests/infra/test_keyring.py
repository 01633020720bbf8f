"""Own keys, by version."""

from __future__ import annotations

from samverkan.infra.keyring import KeyRing
from tests.infra.stores import keys_of


def test_a_ring_counts_its_versions_from_the_first() -> None:
    first, second = keys_of("fk"), keys_of("fk2")
    ring = KeyRing([first])
    assert (ring.version, ring.current) == (1, first)
    ring.renew(second)
    assert (ring.version, ring.current) == (2, second)
    assert [ring.of(1), ring.of(2)] == [first, second]
