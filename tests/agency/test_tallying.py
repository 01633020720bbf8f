"""Own counts are made once a year and suppressed as one table before they are kept."""

from __future__ import annotations

from samverkan.agency.tallying import TYPOLOGY, own_tally
from samverkan.domain.place import municipality
from samverkan.domain.policy import Action
from samverkan.kernel.entry import Entry
from tests.agency.model import BO, DEBTS, POLICE, small_pack
from tests.agency.model import TYPOLOGY as FIRED
from tests.agency.world import World

PACK = small_pack()
DEBT = "kfm:debt-over-100k"


def test_what_is_counted_are_own_conditions_and_typologies_told_to_us(enrolled: World) -> None:
    told = enrolled.act(DEBTS, Action.DRAW_PICTURE, own_tally, PACK)
    categories = {category for _, category in told}
    assert DEBT in categories
    assert all(c == f"{TYPOLOGY}{FIRED}" or PACK.conditions[c].party == DEBTS for c in categories)


def test_no_number_below_k_is_kept(enrolled: World) -> None:
    told = enrolled.act(DEBTS, Action.DRAW_PICTURE, own_tally, PACK)
    with enrolled.look(DEBTS) as reading:
        year = str(reading.now.year)
        assert reading.statistics.tally(year) == told
        counts = reading.statistics.counted([DEBT], reading.now.date())
    assert counts
    assert all(told[municipality(place), DEBT] is None for (place, _), n in counts.items() if n < 5)


def test_the_second_time_the_first_table_stands(enrolled: World) -> None:
    first = enrolled.act(DEBTS, Action.DRAW_PICTURE, own_tally, PACK)
    with enrolled.node(DEBTS).write(enrolled.permit(DEBTS, Action.DRAW_PICTURE)) as work:
        assert own_tally(work, enrolled.permit(DEBTS, Action.DRAW_PICTURE), PACK) == first
        work.log(Entry("picture.count", "usr-" + "1" * 26, "pic-" + "1" * 26))
    assert enrolled.entries(DEBTS).count("tally.made") == 1


def test_a_protected_identity_is_not_counted(enrolled: World) -> None:
    bo = enrolled.subject(POLICE, BO)
    with enrolled.look(POLICE) as reading:
        fields = reading.register.own_fields([bo])[bo]
        counted = reading.statistics.placed({bo: "x"}, reading.now.date())
    assert fields.protected
    assert counted == {}
