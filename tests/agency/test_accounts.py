from __future__ import annotations

from typing import TYPE_CHECKING

from tests.agency.model import POLICE
from tests.agency.world import World

if TYPE_CHECKING:
    from samverkan.agency.accounts import Accounts


def test_every_reading_of_a_party_has_its_accounts(operating: World) -> None:
    with operating.look(POLICE) as reading:
        accounts: Accounts = reading.accounts
        assert accounts.rates() == []
        assert accounts.tells_cost() is False
