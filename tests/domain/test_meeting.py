"""Meeting days follow the rhythm and pass over weekends and holidays; an agenda has two parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain import local, meeting
from samverkan.domain.local import Local
from samverkan.domain.meeting import Book, ItemState, Rule
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ItemId, MeetingsId, MinutesId
from samverkan.kernel.outcome import Refused
from samverkan.wire.meeting import AddItem, MarkItem, PlanMeetings, WriteMinutes
from tests.domain.test_local import BY, LOCAL, PACK, answered, event, started
from tests.instruments import seeded

draw = seeded()
FREE = tuple(PACK.holidays.values())
TODAY = date(2026, 12, 20)
ITEM = ItemId.draw(draw)
HERE: Local = local.fold(
    [
        event(local.START, started()),
        event(local.ANSWER, answered("takes-part"), "kfm"),
    ]
)[LOCAL]


def code(answer: Refused | None) -> Code | None:
    return None if answer is None else answer.code


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")],
)
def test_easter_is_where_the_calendar_has_it(year: int, easter: str) -> None:
    assert meeting.easter(year).isoformat() == easter


def test_the_holidays_of_a_year_are_those_of_the_pack() -> None:
    days = {day.isoformat() for day in meeting.holidays(FREE, 2026)}
    assert {"2026-04-03", "2026-04-06", "2026-05-14", "2026-06-19", "2026-12-24"} <= days
    assert "2026-06-20" not in days


def test_a_meeting_on_a_holiday_moves_to_the_next_working_day() -> None:
    days = meeting.series(Rule(1, 4, date(2026, 12, 1)), 6, FREE)
    assert [day.isoformat() for day in days] == [
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2026-12-28",  # the 24th to the 26th are free, the 27th is a Sunday
        "2027-01-04",  # the 31st and the 1st are free, then a weekend
        "2027-01-07",
    ]


@given(
    weeks=st.integers(1, 13),
    weekday=st.integers(1, 5),
    since=st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    count=st.integers(1, 30),
)
def test_no_meeting_is_on_a_weekend_a_holiday_or_before_the_first_day(
    weeks: int, weekday: int, since: date, count: int
) -> None:
    days = meeting.series(Rule(weeks, weekday, since), count, FREE)
    assert days == sorted(set(days))
    assert days[0] >= since
    for day in days:
        assert day.isoweekday() <= 5
        assert day not in meeting.holidays(FREE, day.year)


def planned(**changes: Any) -> PlanMeetings:
    rule = Rule(1, 4, date(2026, 12, 1))
    days = [day.isoformat() for day in meeting.series(rule, 4, FREE)]
    given_: dict[str, Any] = {"series": MeetingsId.draw(draw), "local": LOCAL, "days": days}
    given_ |= {"weeks": 1, "weekday": 4, "since": "2026-12-01"}
    return PlanMeetings(by=BY, **(given_ | changes))


def item(**changes: Any) -> AddItem:
    given_: dict[str, Any] = {"item": ITEM, "local": LOCAL, "meeting": "2026-12-03"}
    given_ |= {"part": "open", "title": "Lighting", "owner": "kfm"}
    return AddItem(by=BY, **(given_ | changes))


BOOK: Book = meeting.fold([event(meeting.PLAN, planned()), event(meeting.ITEM, item())])[LOCAL]


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({}, "polisen", None),
        ({}, "kfm", Code.NOT_THE_OWNER),
        ({"since": "2026-11-30"}, "polisen", Code.MEETING_TOO_EARLY),
        ({"days": ["2026-12-04"]}, "polisen", Code.FORM_INVALID),
        ({"days": []}, "polisen", Code.FIELD_TOO_GREAT),
        ({"series": ITEM}, "polisen", Code.FORM_INVALID),
    ],
)
def test_a_series_is_what_the_rule_gives_from_the_bodys_first_day(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    assert code(meeting.plan(HERE, Book(), party, planned(**changes), FREE)) is expected


def test_a_day_that_has_a_meeting_gets_no_second_one() -> None:
    assert code(meeting.plan(HERE, BOOK, "polisen", planned(), FREE)) is Code.ALREADY_DECIDED


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({}, "kfm", None),
        ({"part": "closed", "scope": "coo-" + "1" * 26}, "kfm", None),
        ({"scope": "coo-" + "1" * 26}, "kfm", Code.CLOSED_PART_ONLY),
        ({"part": "secret"}, "kfm", Code.FORM_INVALID),
        ({"meeting": "2026-12-04"}, "kfm", Code.MEETING_NOT_THERE),
        ({"owner": "fk"}, "kfm", Code.NOT_A_MEMBER),
        ({}, "fk", Code.NOT_A_MEMBER),
        ({"title": "x" * 201}, "kfm", Code.FIELD_TOO_LONG),
        ({"item": ITEM}, "kfm", Code.ALREADY_DECIDED),
    ],
)
def test_a_point_is_put_on_a_meeting_by_those_that_take_part(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    fresh = item(**({"item": ItemId.draw(draw)} | changes))
    assert code(meeting.add(HERE, BOOK, party, fresh)) is expected


def test_a_point_is_marked_by_who_answers_for_it_and_each_state_is_kept() -> None:
    done = MarkItem(by=BY, item=ITEM, local=LOCAL, state="done")
    assert meeting.mark(HERE, BOOK, "kfm", done) is None
    begun = MarkItem(by=BY, item=ITEM, local=LOCAL, state="under-way")
    marks = [event(meeting.MARK, begun, "kfm"), event(meeting.MARK, done, "kfm")]
    book = meeting.fold([event(meeting.ITEM, item()), *marks])[LOCAL]
    assert [state for _, state in book.items[ITEM].marks] == [ItemState.UNDER_WAY, ItemState.DONE]
    assert code(meeting.mark(HERE, book, "kfm", done)) is Code.ALREADY_DECIDED
    assert code(meeting.mark(HERE, BOOK, "fk", done)) is Code.NOT_FOUND


def test_a_mark_of_a_point_that_was_not_told_here_is_passed_over() -> None:
    mark = MarkItem(by=BY, item=ITEM, local=LOCAL, state="done")
    assert meeting.fold([event(meeting.MARK, mark)])[LOCAL] == Book()


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({}, "polisen", None),
        ({}, "kfm", Code.NOT_THE_OWNER),
        ({"meeting": "2026-12-28"}, "polisen", Code.NOT_YET),
        ({"meeting": "2026-12-04"}, "polisen", Code.MEETING_NOT_THERE),
        ({"present": ["fk"]}, "polisen", Code.NOT_A_MEMBER),
        ({"part": "secret"}, "polisen", Code.FORM_INVALID),
    ],
)
def test_minutes_are_written_by_the_leading_party_of_a_meeting_that_was_held(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    given_: dict[str, Any] = {"minutes": MinutesId.draw(draw), "local": LOCAL, "part": "open"}
    given_ |= {"meeting": "2026-12-03", "present": ["polisen", "kfm"], "text": "Agreed."}
    minutes = WriteMinutes(by=BY, **(given_ | changes))
    assert code(meeting.write(HERE, BOOK, party, minutes, TODAY)) is expected


def test_an_agenda_shows_the_parts_that_are_asked_for() -> None:
    assert [one.body.title for one in BOOK.agenda("2026-12-03", ["open"])] == ["Lighting"]
    assert BOOK.agenda("2026-12-03", ["closed"]) == []
    assert list(meeting.upcoming(BOOK, date(2026, 12, 10), 7)) == ["2026-12-10", "2026-12-17"]
