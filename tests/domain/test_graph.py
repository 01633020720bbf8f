"""A party's view: each line with its origin and clock; sameness is a judgement, which can go."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.graph import (
    Edge,
    Graph,
    Judgement,
    Part,
    Record,
    Seen,
    Verdict,
    disputed,
    edges,
    graph,
    places,
    standing,
)
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


OTHER = SubjectId.draw(DICE)


def line(prop: Prop, *values: str, subject: SubjectId = SUBJECT, source: str = "dlv-1") -> Edge:
    """A line of a subject, as the police say it unless another source is named."""
    day = date(2026, 11, 24)
    party = "polisen" if source == "dlv-1" else "fk"
    return Edge(subject, prop, values, party, source, "secret", day, day)


def others(drawn: Graph) -> set[str]:
    """What the ties lead to."""
    return {tie.other for tie in drawn.ties}


def test_a_value_of_two_subjects_ties_them_with_the_lines_that_say_so() -> None:
    mine, theirs = line(Prop.PHONE, "+46700000001"), line(Prop.PHONE, "+46700000001", subject=OTHER)
    drawn = graph([Seen(SUBJECT, (mine,)), Seen(OTHER, (theirs,))], most=0)
    assert [(tie.subject, tie.other, tie.lines) for tie in drawn.ties] == [
        (f"subject:{SUBJECT}", "phone:+46700000001", (mine,)),
        (f"subject:{OTHER}", "phone:+46700000001", (theirs,)),
    ]
    assert drawn.left_out == 0


def test_the_same_street_in_another_town_ties_nobody() -> None:
    here = (line(Prop.STREET, "storgatan 1"), line(Prop.POSTCODE, "71130"))
    there = (
        line(Prop.STREET, "storgatan 1", subject=OTHER),
        line(Prop.POSTCODE, "11120", subject=OTHER),
    )
    drawn = graph([Seen(SUBJECT, here), Seen(OTHER, there)], most=40)
    assert others(drawn) == {"street:storgatan 1, 71130", "street:storgatan 1, 11120"}


def test_a_director_in_the_case_is_tied_to_the_company_by_the_own_number() -> None:
    company = Seen(SUBJECT, (line(Prop.DIRECTOR, "198104129838"),))
    person = Seen(OTHER, (line(Prop.ID_NUMBER, "198104129838", subject=OTHER),))
    assert [tie.other for tie in graph([company, person], most=0).ties] == [
        "director:198104129838",
        "director:198104129838",
    ]
    assert graph([person], most=40).ties == ()


def test_values_of_one_subject_are_left_out_and_counted_when_there_are_too_many() -> None:
    lines = (line(Prop.PHONE, "+46700000001", "+46700000002"), line(Prop.NAME, "Anna"))
    assert len(graph([Seen(SUBJECT, lines)], most=3).of(Part.VALUE)) == 2
    few = graph([Seen(SUBJECT, lines)], most=2)
    assert (few.of(Part.VALUE), few.left_out) == ([], 2)


def test_a_protected_identity_shows_no_address_phone_or_account() -> None:
    guarded = (
        line(Prop.PROTECTED, "true"),
        line(Prop.STREET, "dolda vägen 3"),
        line(Prop.PHONE, "+46700000001"),
        line(Prop.ACCOUNT, "bg:1"),
    )
    home = line(Prop.PHONE, "+46700000001", subject=OTHER)
    drawn = graph([Seen(SUBJECT, guarded), Seen(OTHER, (home,))], most=40)
    assert [tie.subject for tie in drawn.ties] == [f"subject:{OTHER}"]


def test_a_record_is_tied_by_its_judgement_and_carries_what_was_disclosed_of_it() -> None:
    own, given = line(Prop.NAME, "Anna"), line(Prop.NAME, "ANNA", source="dis-1")
    asked = Record("hit-1", "fk", Verdict.SAME, frozenset({"dis-1"}))
    silent = Record("hit-2", "kfm")
    drawn = graph([Seen(SUBJECT, (own, given), (asked, silent))], most=40)
    assert [(tie.other, tie.verdict, tie.lines) for tie in drawn.ties] == [
        ("record:hit-1", Verdict.SAME, (given,)),
        ("record:hit-2", None, ()),
    ]


@given(st.permutations(range(4)))
def test_the_graph_is_the_same_in_whatever_order_the_lines_come(order: list[int]) -> None:
    lines = [line(Prop.PHONE, f"+4670000000{place}") for place in range(4)]
    turned = tuple(lines[place] for place in order)
    assert graph([Seen(SUBJECT, turned)], most=9) == graph([Seen(SUBJECT, tuple(lines))], most=9)


def test_sources_that_disagree_on_what_there_is_one_of_are_told() -> None:
    same = [line(Prop.ID_NUMBER, "1"), line(Prop.ID_NUMBER, "1", source="dis-1")]
    phones = [line(Prop.PHONE, "1", "2")]
    assert disputed([*same, *phones]) == []
    assert disputed([*same, line(Prop.ID_NUMBER, "2", source="dis-2")]) == [Prop.ID_NUMBER]


def test_a_place_is_counted_once_a_subject_and_never_of_a_protected_one() -> None:
    def said(subject: SubjectId, prop: Prop, *values: str, struck: bool = False) -> Edge:
        day = date(2026, 1, 1)
        return Edge(subject, prop, values, "p", "s", "r", day, day, struck)

    one, two, three = (SubjectId.draw(seeded(n)) for n in (1, 2, 3))
    seen = [
        Seen(one, (said(one, Prop.CITY, "1880"), said(one, Prop.CITY, "1880", "1885"))),
        Seen(two, (said(two, Prop.CITY, "1880"), said(two, Prop.CITY, "0180", struck=True))),
        Seen(three, (said(three, Prop.CITY, "0480"), said(three, Prop.PROTECTED, "true"))),
    ]
    assert places(seen) == {"1880": 2, "1885": 1}
