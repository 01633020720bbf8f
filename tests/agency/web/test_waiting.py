"""What waits is told with its last day, the nearest first; what others owe stands apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samverkan.agency.web.waiting import next_working_day, remaining
from samverkan.shell.parts import Tag, Tone
from tests.agency.model import ANNA, DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, COUNCIL, DEBTS_RELEASER = "Karin Lindqvist", "Annika Hedlund", "Robert Lund"
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("days", "tag"),
    [
        (-1, Tag("inbox.late", Tone.BAD)),
        (0, Tag("inbox.today", Tone.BAD)),
        (1, Tag("inbox.days", Tone.WARN, 1)),
        (7, Tag("inbox.days", Tone.WARN, 7)),
        (8, Tag("inbox.days", Tone.INFO, 8)),
    ],
)
def test_what_is_left_presses_more_the_less_it_is(days: int, tag: Tag) -> None:
    assert remaining(FRIDAY + timedelta(days=days), FRIDAY) == tag


def test_after_friday_comes_monday() -> None:
    monday = date(2026, 11, 30)
    assert [next_working_day(FRIDAY + timedelta(days=n)) for n in range(3)] == [monday] * 3
    assert next_working_day(FRIDAY - timedelta(days=1)) == FRIDAY


def _inbox(world: World, browse: Opening, party: str, name: str) -> str:
    return browse(world, party).sign_in(name).get("/").text


def test_a_request_to_answer_shows_its_last_moment_and_how_much_is_left(
    asked: World, browse: Opening
) -> None:
    page = _inbox(asked, browse, DEBTS, DEBTS_RELEASER)
    assert "14 dagar" in page
    assert "tisdag 2026-12-08, kl. 13.00" in page
    assert "Det är tisdag 24 november 2026, klockan 13.00." in page
    asked.clock.advance(timedelta(days=13))
    page = _inbox(asked, browse, DEBTS, DEBTS_RELEASER)
    assert "senast tisdag" in page
    assert "1 dag<" in page


def test_what_has_a_last_day_stands_before_what_has_none(asked: World, browse: Opening) -> None:
    page = _inbox(asked, browse, DEBTS, DEBTS_RELEASER)
    table = page.split('id="waiting"', 1)[1].split("</table>", 1)[0]
    assert table.index("/requests/") < table.rindex("<th ")
    rows = table.split('<tr role="row">')[2:]
    dated = ["2026-" in row for row in rows]
    assert dated == sorted(dated, reverse=True)


def test_the_asker_sees_whose_answer_is_awaited_and_until_when(
    asked: World, browse: Opening
) -> None:
    page = _inbox(asked, browse, POLICE, OFFICER)
    others = page.split('id="others"', 1)[1].split("</table>", 1)[0]
    asked_for = asked.request(POLICE, ANNA, DEBTS)
    assert f'href="/requests/{asked_for.id}"' in others
    assert "Svar från Kronofogdemyndigheten" in others
    assert "2026-12-08" in others


def test_a_cooperation_that_runs_out_is_told_before(founded: World, browse: Opening) -> None:
    assert "löper ut" not in _inbox(founded, browse, POLICE, COUNCIL)
    until = date.fromisoformat(founded.scope.draft.until)
    founded.clock.advance(until - founded.clock().date() - timedelta(days=20))
    page = _inbox(founded, browse, POLICE, COUNCIL)
    assert "Samverkan löper ut" in page
    assert until.isoformat() in page
