"""What leaves is what was asked for and chosen, field by field; a protected identity is guarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.disclosure import (
    GUARDED,
    PROTECTED_REASON,
    Choice,
    Fate,
    ForgedRelease,
    Released,
    Terms,
    release,
)
from samverkan.domain.statement import Prop, Schema, Statement
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from tests.instruments import seeded

DICE = seeded()
SUBJECT, DELIVERY = SubjectId.draw(DICE), DeliveryId.draw(DICE)
TERMS = Terms("sfs:2016:774", "sekretess", date(2027, 6, 1), frozenset({"ongoing-case"}))
LET = Choice(Fate.RELEASED)
KEEP = Choice(Fate.WITHHELD, "ongoing-case")


def said(prop: Prop, value: str, *, day: int = 1, expires: date = date(2028, 1, 1)) -> Statement:
    """A statement of that day in November."""
    return Statement(
        id=StatementId.draw(DICE),
        subject=SUBJECT,
        schema=Schema.PERSON,
        prop=prop,
        value=value,
        original=value,
        delivery=DELIVERY,
        row=1,
        said_at=datetime(2026, 11, day, tzinfo=UTC),
        basis="sfs:2010:110",
        purpose="benefit-control",
        classification="sekretess",
        expires_on=expires,
    )


HELD = [
    said(Prop.PHONE, "+46700000001", day=1),
    said(Prop.PHONE, "+46700000002", day=3),
    said(Prop.PHONE, "+46700000001", day=2),
    said(Prop.CITY, "1280"),
    said(Prop.LAST_NAME, "Andersson"),
]


def answer(
    choices: dict[Prop, Choice],
    *,
    asked: Sequence[Prop] = (Prop.PHONE, Prop.CITY),
    held: Sequence[Statement] = tuple(HELD),
    protected: bool = False,
) -> Released | Refused:
    """The answer to a request for a phone and a municipality, or what the test asks."""
    return release(asked, held, choices, terms=TERMS, protected=protected)


def test_a_released_field_leaves_with_its_values_newest_first_and_its_origin() -> None:
    done = answer({Prop.PHONE: LET, Prop.CITY: KEEP})
    assert isinstance(done, Released)
    phone, city = done.items
    assert phone.values == ("+46700000002", "+46700000001")
    assert (phone.said_on, phone.source) == (date(2026, 11, 3), "benefit-control")
    assert (city.fate, city.reason, city.values) == (Fate.WITHHELD, "ongoing-case", ())


def test_nothing_but_what_was_asked_leaves() -> None:
    done = answer(dict.fromkeys(Prop, LET), asked=[Prop.CITY])
    assert isinstance(done, Released)
    assert [item.prop for item in done.items] == [Prop.CITY]
    assert "Andersson" not in str([item.values for item in done.items])


def test_a_field_without_a_choice_refuses_the_whole() -> None:
    assert answer({Prop.PHONE: LET}) == refuse(Code.FIELD_MISSING, field="city")


@pytest.mark.parametrize("reason", [None, "", "because", "protected-identity"])
def test_withholding_needs_a_reason_that_the_terms_know(reason: str | None) -> None:
    choices = {Prop.PHONE: LET, Prop.CITY: Choice(Fate.WITHHELD, reason)}
    assert answer(choices) == refuse(Code.REASON_MISSING, field="city")


def test_a_released_field_of_which_nothing_is_held_is_absent() -> None:
    done = answer({Prop.PASSPORT: LET}, asked=[Prop.PASSPORT])
    assert isinstance(done, Released)
    (item,) = done.items
    assert (item.fate, item.values, item.reason) == (Fate.ABSENT, (), None)


@pytest.mark.parametrize("prop", sorted(GUARDED))
def test_a_protected_identitys_whereabouts_stay_whatever_is_ticked(prop: Prop) -> None:
    done = answer(
        {prop: LET, Prop.LAST_NAME: LET},
        asked=[prop, Prop.LAST_NAME],
        held=[*HELD, said(prop, "somewhere")],
        protected=True,
    )
    assert isinstance(done, Released)
    guarded, name = done.items
    assert (guarded.fate, guarded.reason) == (Fate.WITHHELD, PROTECTED_REASON)
    assert guarded.values == ()
    assert name.values == ("Andersson",)


def test_address_phone_account_and_vehicle_are_guarded() -> None:
    assert {
        Prop.STREET, Prop.POSTCODE, Prop.CITY, Prop.PHONE, Prop.ACCOUNT, Prop.VEHICLE,
    } == GUARDED  # fmt: skip


def test_an_answer_expires_with_the_first_of_what_it_is_drawn_from() -> None:
    short = [said(Prop.CITY, "1280", expires=date(2027, 1, 5))]
    done = answer({Prop.CITY: LET}, asked=[Prop.CITY], held=short)
    assert isinstance(done, Released)
    assert done.expires_on == date(2027, 1, 5)
    usual = answer({Prop.CITY: LET}, asked=[Prop.CITY])
    assert isinstance(usual, Released)
    assert usual.expires_on == TERMS.expires_on
    assert (usual.basis, usual.restriction) == (TERMS.basis, TERMS.restriction)


def test_nobody_else_makes_what_may_be_sent() -> None:
    done = answer({Prop.PHONE: LET, Prop.CITY: LET})
    assert isinstance(done, Released)
    with pytest.raises(ForgedRelease):
        type(done)(done.items, done.basis, done.restriction, done.expires_on, object())


def test_values_do_not_show_in_a_log_line() -> None:
    done = answer({Prop.PHONE: LET, Prop.CITY: LET})
    assert "+4670" not in repr(done)
    assert "1280" not in repr(done)


props = st.sampled_from(Prop)
choices = st.sampled_from([LET, KEEP, Choice(Fate.ABSENT, "ongoing-case"), Choice(Fate.ABSENT)])


@given(
    st.lists(props, unique=True, max_size=5),
    st.dictionaries(props, choices, max_size=9),
    st.booleans(),
)
def test_what_was_not_released_has_no_values(
    asked: list[Prop], chosen: dict[Prop, Choice], protected: bool
) -> None:
    done = answer(chosen, asked=asked, protected=protected)
    if isinstance(done, Refused):
        return
    assert [item.prop for item in done.items] == asked
    for item in done.items:
        let = chosen[item.prop].release is Fate.RELEASED
        if not let or (protected and item.prop in GUARDED):
            assert (item.fate, item.values) == (Fate.WITHHELD, ())
        assert bool(item.values) is (item.fate is Fate.RELEASED)


def test_an_answer_cannot_be_copied_with_more_in_it() -> None:
    cut = answer({Prop.PHONE: KEEP, Prop.CITY: KEEP})
    whole = answer({Prop.PHONE: LET, Prop.CITY: LET})
    assert isinstance(cut, Released)
    assert isinstance(whole, Released)
    with pytest.raises(ForgedRelease):
        replace(cut, items=whole.items)


@given(
    held=st.lists(st.sampled_from([*HELD, said(Prop.CITY, "0180", expires=date(2026, 12, 1))])),
    let=st.booleans(),
    protected=st.booleans(),
)
def test_an_answer_without_a_released_field_is_the_same_whatever_is_behind_it(
    held: list[Statement], *, let: bool, protected: bool
) -> None:
    terms = replace(TERMS, uniform=True)
    chosen = dict.fromkeys((Prop.PHONE, Prop.CITY), LET if let else KEEP)
    done = release(list(chosen), held, chosen, terms=terms, protected=protected)
    assert isinstance(done, Released)
    if not any(item.fate is Fate.RELEASED for item in done.items):
        assert done == release(list(chosen), [], chosen, terms=terms, protected=False)
        assert done.expires_on == TERMS.expires_on
        assert {item.fate for item in done.items} == {Fate.NO_ANSWER}
