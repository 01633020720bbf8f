"""Who leads has the forms, who takes part has its number, and a mistake stays at its field."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agency import casework
from samverkan.agency.headers import headers
from samverkan.domain.case import State
from samverkan.domain.policy import Action
from samverkan.kernel.ids import CaseId
from tests.agency.model import ANNA, DEBTS, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, COUNCIL = "Karin Lindqvist", "Annika Hedlund"
TURNS = ("phase", "prioritise", "pause", "close", "review", "number")


def _alone(world: World) -> CaseId:
    subject = world.subject(POLICE, ANNA)
    case: CaseId = world.act(
        POLICE,
        Action.READ_CASE,
        casework.open_case,
        scope=world.scope.id,
        title="Ensam",
        subjects=(subject,),
    )
    return case


def test_the_lead_has_every_form_and_others_have_none_of_them(
    asked: World, browse: Opening
) -> None:
    path = f"/cases/joint/{asked.header()}"
    page = browse(asked).sign_in(OFFICER).get(path).text
    assert all(f'action="{path}/{turn}"' in page for turn in TURNS)
    assert f'action="{path}/resume"' not in page
    for browser in (browse(asked, DEBTS).sign_in("Elin Falk"), browse(asked).sign_in(COUNCIL)):
        other = browser.get(path).text
        assert not any(f'action="{path}/{turn}"' in other for turn in TURNS)


def test_an_own_file_gets_a_header_and_then_no_second_one(asked: World, browse: Opening) -> None:
    case, browser = _alone(asked), browse(asked).sign_in(OFFICER)
    form = {
        "purpose": "follow-money",
        "crime_area": "economic",
        "priority": "high",
        "review": (asked.clock().date() + timedelta(days=90)).isoformat(),
        "number": "K 2026/5",
    }
    assert f"/cases/{case}/joint" in browser.get(f"/cases/{case}").text
    assert browser.send(f"/cases/{case}/joint", form).status_code == 303
    asked.house.settle()
    page = browser.get(f"/cases/{case}").text
    assert f"/cases/{case}/joint" not in page
    assert "/cases/joint/" in page
    with asked.look(POLICE) as reading:
        found = [one for one in headers(reading).values() if one.purpose == "follow-money"]
    assert [one.numbers for one in found] == [{POLICE: "k-2026-5"}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "Anna Alm"}, "number"),
        ({"number": "810412-9838"}, "number"),
        ({"review": "2020-01-01"}, "review"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_a_mistake_stays_at_its_field_and_nothing_is_sent(
    changes: dict[str, str], field: str, asked: World, browse: Opening
) -> None:
    case, browser = _alone(asked), browse(asked).sign_in(OFFICER)
    form = {"purpose": "follow-money", "crime_area": "economic", "priority": "high"}
    form |= {"review": (asked.clock().date() + timedelta(days=90)).isoformat(), **changes}
    before = asked.outbox(POLICE)
    answer = browser.send(f"/cases/{case}/joint", form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert asked.outbox(POLICE) == before


def test_the_lead_pauses_and_takes_up_again(asked: World, browse: Opening) -> None:
    browser, path = browse(asked).sign_in(OFFICER), f"/cases/joint/{asked.header()}"
    _send(asked, browser, f"{path}/pause", {"code": "awaits-answers"})
    assert _state(asked) is State.PAUSED
    assert f'action="{path}/resume"' in browser.get(path).text
    _send(asked, browser, f"{path}/resume", {})
    assert _state(asked) is State.RUNNING
    _send(asked, browser, f"{path}/close", {"code": "nothing-found"})
    assert _state(asked) is State.CLOSED
    assert 'action="/cases/joint' not in browser.get(path).text


def _send(world: World, browser: Browser, path: str, form: dict[str, str]) -> None:
    assert browser.send(path, form).status_code == 303
    world.house.settle()


def _state(world: World) -> State:
    with world.look(POLICE) as reading:
        return headers(reading)[world.header()].state


def test_a_turn_that_there_is_none_of_is_not_there(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    assert browser.send(f"/cases/joint/{asked.header()}/rename", {"code": "x"}).status_code == 404


def test_a_review_waits_for_the_lead_two_weeks_before(asked: World, browse: Opening) -> None:
    browser, link = browse(asked).sign_in(OFFICER), f"/cases/joint/{asked.header()}"
    assert link not in browser.get("/").text
    asked.clock.advance(timedelta(days=17))
    assert link in browse(asked).sign_in(OFFICER).get("/").text
    assert link not in browse(asked, DEBTS).sign_in("Elin Falk").get("/").text
