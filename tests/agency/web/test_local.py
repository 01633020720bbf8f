"""The guided start and the pages of a local body: what each reader may see, and nothing besides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.agency import meeting
from samverkan.agency.localities import bodies, book
from samverkan.domain.policy import Action
from samverkan.kernel.outcome import Refused
from tests.agency.localities import DAY, at_work, begin, officer
from tests.agency.model import DEBTS, POLICE, TAX
from tests.agency.web.conftest import Opening
from tests.agency.world import World

COUNCIL, OFFICER, DEBTS_COUNCIL = "Annika Hedlund", "Karin Lindqvist", "Ingela Sjö"


def name_of(world: World, party: str) -> str:
    return world.node(party).officers()[0].name


@pytest.fixture
def local(founded: World) -> str:
    return at_work(founded)


def test_the_first_step_shows_who_speaks_for_each_agency_in_the_area(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(COUNCIL)
    assert "Vem företräder" not in browser.get("/local/new").text
    page = browser.get("/local/new?area=1880").text
    assert "Kronofogdemyndigheten" in page
    assert "Plats i rådet: Regionala samverkansrådet Bergslagen" in page
    assert 'name="invite"' in page
    assert "Området finns inte" in browser.get("/local/new?area=9999").text


def test_a_body_is_started_answered_and_filled_in_the_browser_and_can_be_left_half_way(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(COUNCIL)
    form = {"name": "Vivalla", "area": "1880", "under": "rsr-bergslagen", "since": "2026-12-01"}
    assert browser.send("/local/new", {**form, "invite": ["kfm"]}).status_code == 303
    founded.house.settle()
    with founded.look(POLICE) as reading:
        (local,) = bodies(reading)
    page = f"/local/{local}"
    assert "Svar (1 väntar)" in browser.get(page).text
    other = browse(founded, DEBTS).sign_in(DEBTS_COUNCIL)
    assert "Inbjuden" in other.get("/local").text
    assert other.send(f"{page}/answer", {"answer": "from-afar"}).status_code == 303
    founded.house.settle()
    user = officer(founded, DEBTS)
    seat = {"seat": "member", "user": user, "since": "2026-12-01", "until": "2027-06-30"}
    assert other.send(f"{page}/delegate", seat).status_code == 303
    founded.house.settle()
    here, there = other.get(page).text, browser.get(page).text
    assert f"{name_of(founded, DEBTS)}, 2026-12-01" in here
    assert name_of(founded, DEBTS) not in there
    assert "Lokal representant (2026-12-01 – 2027-06-30)" in there


def test_bad_input_is_said_in_one_sentence_and_nothing_is_sent(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(COUNCIL)
    form = {"name": "Vivalla", "area": "9999", "under": "rsr-bergslagen", "since": "2026-12-01"}
    browser.send("/local/new", form)
    assert ("steering", "local.start") not in founded.outbox(POLICE)
    local = begin(founded)
    early = {"until": "2026-11-01"}
    answer = browser.send(f"/local/{local}/close", early)
    assert answer.status_code == 422
    twice = {"party": "kfm"}
    assert browser.send(f"/local/{local}/invite", twice).status_code == 422
    founded.house.settle()
    with founded.look(POLICE) as reading:
        assert bodies(reading)[local].until == "9999-12-31"


def test_the_closed_part_is_shown_to_those_who_sit_there_alone(
    founded: World, local: str, browse: Opening
) -> None:
    pack = founded.node(DEBTS).pack
    for part, title in (("open", "Belysningen"), ("closed", "Tillslaget")):
        point = meeting.Point(meeting=DAY, part=part, title=title, owner=DEBTS)
        done = founded.act(DEBTS, Action.WORK_LOCAL, meeting.add, pack, local, point, council=local)
        assert not isinstance(done, Refused), done
    founded.house.settle()
    page = f"/local/{local}/meetings/{DAY}"
    sits = browse(founded, DEBTS).sign_in(name_of(founded, DEBTS))
    assert "Tillslaget" in sits.get(page).text
    assert "Tillslaget" not in sits.get(f"/local/{local}/open/{DAY}").text
    outside = browse(founded, TAX).sign_in("Marie Öberg").get(page).text
    assert "Belysningen" in outside
    colleague = browse(founded, DEBTS)
    stranger = next(o.name for o in founded.node(DEBTS).officers()[1:] if o.name != "Alla Roller")
    inside = colleague.sign_in(stranger).get(page)
    for shown in (outside, inside.text):
        assert "Tillslaget" not in shown
        assert "Sluten del" not in shown


def test_points_are_added_marked_and_minuted_on_the_page(
    founded: World, local: str, browse: Opening
) -> None:
    browser = browse(founded).sign_in(name_of(founded, POLICE))
    page = f"/local/{local}/meetings/{DAY}"
    assert "Lägg in den första dagordningen" in browser.get(page).text
    point = {"title": "Belysning", "part": "open", "owner": "polisen", "due": "2026-12-20"}
    assert browser.send(f"{page}/item", point).status_code == 303
    founded.house.settle()
    with founded.look(POLICE) as reading:
        (item,) = book(reading, local).items
    assert browser.send(f"{page}/mark", {"item": item, "state": "done"}).status_code == 303
    minutes = {"part": "open", "present": ["polisen", "kfm"], "text": "Klart."}
    assert browser.send(f"{page}/minutes", minutes).status_code == 303
    founded.house.settle()
    shown = browser.get(page).text
    for words in ("Belysning", "Klar", "Klart.", "2026-12-20"):
        assert words in shown
    wrong = browser.send(f"{page}/item", {**point, "title": "Ring 070-123 45 67"})
    assert wrong.status_code == 422
    assert browser.send(f"/local/{local}/meetings/whenever/item", point).status_code == 404


def test_a_question_for_the_body_goes_onto_its_first_agenda(
    founded: World, local: str, browse: Opening
) -> None:
    browser = browse(founded).sign_in(name_of(founded, POLICE))
    asked = {"text": "Vem talar med hyresvärden?"}
    assert browser.send(f"/local/{local}/question", asked).status_code == 303
    founded.house.settle()
    other = browse(founded, TAX).sign_in("Marie Öberg").get(f"/local/{local}")
    assert asked["text"] in browser.get(f"/local/{local}").text
    assert asked["text"] not in other.text
    page = f"/local/{local}/meetings/{DAY}"
    assert browser.send(f"{page}/first", {}).status_code == 303
    founded.house.settle()
    shown = browser.get(page).text
    assert asked["text"] in shown
    assert "Pågående insatser" in shown


def test_the_calendar_holds_days_and_the_bodys_name_and_nothing_of_the_agenda(
    founded: World, local: str, browse: Opening
) -> None:
    answer = browse(founded, TAX).sign_in("Marie Öberg").get(f"/local/{local}/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == 5
    assert "DTSTART;VALUE=DATE:20261203" in answer.text
    assert "SUMMARY:Vivalla" in answer.text


def test_meetings_are_planned_by_the_coordinator_alone(
    founded: World, local: str, browse: Opening
) -> None:
    form = {"weeks": "1", "weekday": "4", "since": "2027-02-01", "count": "3"}
    other = browse(founded).sign_in(OFFICER)
    assert other.send(f"/local/{local}/plan", form).status_code == 404
    browser = browse(founded).sign_in(name_of(founded, POLICE))
    assert browser.send(f"/local/{local}/plan", form).status_code == 303
    founded.house.settle()
    founded.clock.advance(timedelta(days=1))
    with founded.look(DEBTS) as reading:
        assert book(reading, local).days[-3:] == ("2027-02-04", "2027-02-11", "2027-02-18")
