"""A party's view: each line with its origin and clock; sameness is a judgement, which can go."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.graph import Edge, Judgement, Verdict, edges, standing
from samverkan.domain.statement import Prop, Schema, Statement
from samverkan.kernel.ids import DeliveryId, StatementId, SubjectId
from tests.instruments import seeded

DICE = seeded()
SUBJECT = SubjectId.draw(DICE)
OWN, RECEIVED = DeliveryId.draw(DICE), DeliveryId.draw(DICE)
PARTIES = {str(OWN): "polisen", str(RECEIVED): "fk"}


def judged(verdict: Verdict, minute: int) -> Judgement:
    """A judgement of that minute."""
    at = datetime(2026, 11, 24, 12, minute, tzinfo=UTC)
    return Judgement(SUBJECT, "fk", bytes(16), verdict, "usr-1", at)


def said(
    prop: Prop, value: str, delivery: DeliveryId = OWN, *, day: int = 1, expires: int = 1
) -> Statement:
    """A statement of that day in November, to be kept until that day in January."""
    return Statement(
        id=StatementId.draw(DICE),
        subject=SUBJECT,
        schema=Schema.PERSON,
        prop=prop,
        value=value,
        original=value,
        delivery=delivery,
        row=1,
        said_at=datetime(2026, 11, day, tzinfo=UTC),
        basis="sfs:2018:1693",
        purpose="intelligence",
        classification="secret" if delivery is OWN else "received",
        expires_on=date(2027, 1, expires),
    )


def test_without_a_judgement_nothing_stands() -> None:
    assert standing([]) is None


def test_the_latest_judgement_stands_in_whatever_order_they_come() -> None:
    first, later = judged(Verdict.SAME, 1), judged(Verdict.DIFFERENT, 2)
    assert standing([first, later]) is later
    assert standing([later, first]) is later


def test_a_withdrawn_judgement_leaves_none() -> None:
    withdrawn = judged(Verdict.WITHDRAWN, 2)
    assert standing([judged(Verdict.SAME, 1), withdrawn]) is None
    again = judged(Verdict.UNSURE, 3)
    assert standing([judged(Verdict.SAME, 1), withdrawn, again]) is again


def test_each_line_has_its_origin_its_restriction_and_its_clock() -> None:
    statements = [
        said(Prop.PHONE, "+46700000001", day=2, expires=9),
        said(Prop.PHONE, "+46700000002", day=5, expires=7),
        said(Prop.PHONE, "+46700000001", RECEIVED, day=3, expires=3),
    ]
    assert edges(statements, parties=PARTIES) == [
        Edge(
            subject=SUBJECT,
            prop=Prop.PHONE,
            values=("+46700000001",),
            party="fk",
            source=str(RECEIVED),
            restriction="received",
            said_on=date(2026, 11, 3),
            expires_on=date(2027, 1, 3),
        ),
        Edge(
            subject=SUBJECT,
            prop=Prop.PHONE,
            values=("+46700000001", "+46700000002"),
            party="polisen",
            source=str(OWN),
            restriction="secret",
            said_on=date(2026, 11, 5),
            expires_on=date(2027, 1, 7),
        ),
    ]


def test_lines_stand_in_the_order_of_the_properties() -> None:
    lines = edges(
        [said(Prop.PHONE, "1"), said(Prop.LAST_NAME, "A"), said(Prop.CITY, "1280")],
        parties=PARTIES,
    )
    assert [line.prop for line in lines] == [Prop.LAST_NAME, Prop.CITY, Prop.PHONE]


statements = st.builds(
    said,
    st.sampled_from([Prop.PHONE, Prop.CITY, Prop.LAST_NAME]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([OWN, RECEIVED]),
    day=st.integers(1, 30),
    expires=st.integers(1, 31),
)


@given(st.lists(statements, max_size=12))
def test_nothing_said_is_lost_and_nothing_is_merged_across_origins(held: list[Statement]) -> None:
    lines = edges(held, parties=PARTIES)
    shown = {(e.prop, e.source, value) for e in lines for value in e.values}
    assert shown == {(s.prop, str(s.delivery), s.value) for s in held}
    assert len({(e.prop, e.source) for e in lines}) == len(lines)
    assert all(PARTIES[line.source] == line.party for line in lines)


@given(st.lists(statements, max_size=12))
def test_the_order_in_which_statements_came_changes_only_the_order_of_values(
    held: list[Statement],
) -> None:
    def shape(lines: list[Edge]) -> list[tuple[object, ...]]:
        return [(e.prop, e.source, set(e.values), e.said_on, e.expires_on) for e in lines]

    forwards = shape(edges(held, parties=PARTIES))
    assert shape(edges(held[::-1], parties=PARTIES)) == forwards
