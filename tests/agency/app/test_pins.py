from __future__ import annotations

from samverkan.agency.app.pins import PinnedKeys
from samverkan.infra.seal import sign_bytes
from tests.agency.model import DEBTS, POLICE
from tests.agency.world import World


def test_the_pinned_keys_of_an_address_are_those_in_force(founded: World) -> None:
    opened = founded.node(POLICE).opened
    theirs = founded.node(DEBTS).opened.ring.current
    with opened.store.view() as connection:
        pins = PinnedKeys(opened.book, connection)
        pinned = pins.current(DEBTS)
        assert pinned is not None
        assert (pinned.card.version, pinned.card.sign) == (1, theirs.public.sign)
        assert pins.current("nobody") is None
        signature = sign_bytes(b"data", theirs)
        assert pins.valid(pinned.card.sign, b"data", signature)
        assert not pins.valid(pinned.card.sign, b"other", signature)
        assert not pins.valid(pinned.card.sign, b"data", bytes(64))
