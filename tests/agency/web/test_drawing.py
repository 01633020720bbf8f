"""The drawing of a case: every tie is drawn, the same case always the same way, nothing overlaps."""

from __future__ import annotations

from itertools import combinations

from samverkan.agency.web.blocks import Card
from tests.agency.model import ANNA, BO, DEBTS, DEBTS_STREET, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, DEBTS_RELEASER = "Karin Lindqvist", "Robert Lund"


def _answered(world: World, browse: Opening, number: str = ANNA) -> Browser:
    """The police's officer, after the enforcement agency has disclosed all that was asked."""
    asked = world.request(DEBTS, number, POLICE)
    form = {f"fate.{prop}": "released" for prop in asked.ask.props}
    if number == BO:
        form |= {f"fate.{prop}": "withheld" for prop in asked.ask.props}
        form |= {f"reason.{prop}": "not-needed" for prop in asked.ask.props}
    releaser = browse(world, DEBTS).sign_in(DEBTS_RELEASER)
    assert releaser.send(f"/requests/{asked.id}/answer", form).status_code == 303
    world.house.settle()
    return browse(world).sign_in(OFFICER)


def test_the_case_is_drawn_with_its_sources_restrictions_and_clocks(
    asked: World, browse: Opening
) -> None:
    page = _answered(asked, browse).get(f"/cases/{asked.case()}").text
    drawn = page.split("<svg", 1)[1].split("</svg>", 1)[0]
    with asked.look(POLICE) as reading:
        given = reading.cases.disclosure(asked.request(POLICE, ANNA, DEBTS).id)
    assert given is not None
    assert DEBTS_STREET.capitalize() in drawn
    assert f"KFM, till {given.expires}" in drawn
    assert "Sekretess: SFS\u00a02009:400" in drawn
    assert "Bedömd som samma" in drawn


def test_the_table_behind_the_drawing_has_a_row_for_each_tie_and_source(
    asked: World, browse: Opening
) -> None:
    page = _answered(asked, browse).get(f"/cases/{asked.case()}").text
    table = page.split('id="ties"', 1)[1].split("</table>", 1)[0]
    assert f'href="/hits/{asked.hit(POLICE, ANNA, DEBTS).id}"' in table
    assert DEBTS_STREET.capitalize() in table
    assert table.count("Kronofogdemyndigheten: ") >= 3


def test_the_same_case_is_drawn_the_same_way(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    first, second = (browser.get(f"/cases/{asked.case()}").text for _ in range(2))
    assert first.split("<figure", 1)[1].split("</figure>", 1)[0] in second


def test_a_protected_identity_has_no_address_in_the_drawing(asked: World, browse: Opening) -> None:
    page = _answered(asked, browse, BO).get(f"/cases/{asked.case()}").text
    drawn = page.split("<figure", 1)[1].split("</figure>", 1)[0]
    assert "Skyddade personuppgifter" in drawn
    assert "dolda" not in drawn.lower()


def test_a_card_has_room_for_its_lines() -> None:
    cards = [Card("value", "x", ["line"] * count) for count in range(4)]
    assert all(
        b.height - a.height == 17 * (j - i) for (i, a), (j, b) in combinations(enumerate(cards), 2)
    )
