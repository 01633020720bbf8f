"""Every page: permit first, then the log, then the look; absent and forbidden are one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from samverkan.agency import picturing
from samverkan.agency import web as workspace
from samverkan.agency.proof import Verified
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import UserId
from samverkan.shell.visit import OPEN
from tests.agency.model import ANNA, BO, DEBTS, DEBTS_STREET, POLICE
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

ABSENT = "0" * 26
OFFICER, RELEASER, COUNCIL = "Karin Lindqvist", "Johan Bergström", "Annika Hedlund"
SECRETARY, AUDITOR, KEEPER = "Mattias Ek", "Eva Norling", "Peter Dahl"
PLACES = {
    "/": OFFICER,
    "/cooperations": OFFICER,
    "/hits": OFFICER,
    "/requests": OFFICER,
    "/disclosures": RELEASER,
    "/cases": OFFICER,
    "/cases/running": COUNCIL,
    "/council": COUNCIL,
    "/operations": OFFICER,
    "/follow-up": OFFICER,
    "/contributions": OFFICER,
    "/hours": OFFICER,
    "/hours/template": OFFICER,
    "/hours/rates": KEEPER,
    "/reports": SECRETARY,
    "/group": COUNCIL,
    "/local": OFFICER,
    "/local/new": COUNCIL,
    "/pictures": OFFICER,
    "/pictures/statistics": OFFICER,
    "/pictures/compare": OFFICER,
    "/model": OFFICER,
    "/model?on=2012-05-01": RELEASER,
    "/model/agencies": OFFICER,
    "/model/bodies": OFFICER,
    "/model/bodies/rsr-bergslagen": OFFICER,
    "/model/processes": OFFICER,
    "/model/processes/disclosure": OFFICER,
    "/model/processes/proposal?body=rsr-bergslagen": COUNCIL,
    "/model/catalogue": OFFICER,
    "/model/law": OFFICER,
    "/model/openness": OFFICER,
    "/model/variants": OFFICER,
    "/model/variants/bergslagen": OFFICER,
    "/model/variants/vivalla?against=bergslagen": OFFICER,
    "/model/variants/new": COUNCIL,
    "/model/variants/new?from=bergslagen": SECRETARY,
    "/methods": OFFICER,
    "/methods/new": COUNCIL,
    "/methods/vivalla": KEEPER,
    "/areas": OFFICER,
    "/areas/new": SECRETARY,
    "/areas/merge": SECRETARY,
    "/deliveries": KEEPER,
    "/keys": KEEPER,
    "/keys/change": KEEPER,
    "/log": AUDITOR,
}
FORBIDDEN = {
    "/hits": KEEPER,
    "/requests": AUDITOR,
    "/disclosures": OFFICER,
    "/cases": RELEASER,
    "/cases/running": RELEASER,
    "/council": OFFICER,
    "/operations": KEEPER,
    "/deliveries": RELEASER,
    "/contributions": KEEPER,
    "/hours": KEEPER,
    "/hours/rates": OFFICER,
    "/log": OFFICER,
    "/cooperations/new": OFFICER,
    "/group": KEEPER,
    "/local": AUDITOR,
    "/local/new": OFFICER,
    "/model": AUDITOR,
    "/model/variants/new": OFFICER,
    "/methods": AUDITOR,
    "/methods/new": KEEPER,
    "/keys": OFFICER,
    "/keys/change": COUNCIL,
    "/areas": AUDITOR,
    "/areas/new": OFFICER,
    "/areas/merge": OFFICER,
}


@pytest.mark.parametrize("path", PLACES)
def test_each_place_opens_for_the_mandate_it_is_for(
    path: str, operating: World, browse: Opening
) -> None:
    answer = browse(operating).sign_in(PLACES[path]).get(path)
    assert answer.status_code == 200
    assert "<h1>" in answer.text or path == "/hours/template"


@pytest.mark.parametrize("path", FORBIDDEN)
def test_a_place_without_mandate_is_not_there(path: str, operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(FORBIDDEN[path])
    forbidden, absent = browser.get(path), browser.get("/no-such-page")
    assert (forbidden.status_code, absent.status_code) == (404, 404)


@pytest.mark.parametrize("path", PLACES)
def test_nobody_reads_without_signing_in(path: str, operating: World, browse: Opening) -> None:
    answer = browse(operating).get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("path", "who"),
    [
        (f"/hits/hit-{ABSENT}", OFFICER),
        (f"/firings/fir-{ABSENT}", OFFICER),
        (f"/cases/cas-{ABSENT}", OFFICER),
        (f"/cases/joint/cas-{ABSENT}", COUNCIL),
        (f"/requests/req-{ABSENT}", OFFICER),
        (f"/requests/req-{ABSENT}", RELEASER),
        (f"/council/pro-{ABSENT}", COUNCIL),
        (f"/operations/ope-{ABSENT}", OFFICER),
        (f"/cooperations/coo-{ABSENT}", OFFICER),
        (f"/deliveries/dlv-{ABSENT}", KEEPER),
        (f"/areas/are-{ABSENT}", OFFICER),
        (f"/reports/rep-{ABSENT}/pdf", SECRETARY),
        (f"/group/questions/que-{ABSENT}", COUNCIL),
        (f"/local/loc-{ABSENT}", OFFICER),
        (f"/local/loc-{ABSENT}/calendar.ics", OFFICER),
        (f"/pictures/pic-{ABSENT}", OFFICER),
        (f"/pictures/pic-{ABSENT}/answer", OFFICER),
        (f"/pictures/pic-{ABSENT}/internal.pdf", OFFICER),
        (f"/model/variants/var-{ABSENT}", OFFICER),
        ("/model/variants/atlantis", OFFICER),
        ("/model/processes/atlantis", OFFICER),
        ("/model/bodies/atlantis", OFFICER),
        (f"/methods/met-{ABSENT}", OFFICER),
        ("/methods/vivalla/versions/2", OFFICER),
        ("/methods/vivalla/revise", OFFICER),
        ("/cases/anything", OFFICER),
    ],
)
def test_what_does_not_exist_is_not_there(
    path: str, who: str, operating: World, browse: Opening
) -> None:
    assert browse(operating).sign_in(who).get(path).status_code == 404


def test_absent_and_forbidden_read_the_same(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(RELEASER)
    forbidden = browser.get(f"/cases/{asked.case()}")
    absent = browser.get(f"/cases/cas-{ABSENT}")
    assert forbidden.status_code == absent.status_code == 404
    assert _without_path(forbidden.text) == _without_path(absent.text)


def _without_path(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if 'name="back"' not in line)


def test_a_look_is_logged_with_its_reason_before_the_answer(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    hit = asked.hit(POLICE, ANNA, DEBTS)
    before = len(asked.entries(POLICE))
    assert browser.get(f"/hits/{hit.id}").status_code == 200
    assert asked.entries(POLICE)[before:] == ["read.read_hits"]


def test_a_look_that_cannot_be_logged_shows_nothing(asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    store = asked.node(POLICE).opened.store

    def full(*entries: object) -> None:
        del entries
        raise OSError

    store.record = full  # type: ignore[method-assign]
    hit = asked.hit(POLICE, ANNA, DEBTS)
    answer = browser.get(f"/hits/{hit.id}")
    assert answer.status_code == 500
    assert "Anna" not in answer.text


def test_a_forged_form_changes_nothing(enrolled: World, browse: Opening) -> None:
    browser = browse(enrolled).sign_in(OFFICER)
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    before = enrolled.entries(POLICE)
    form = {"verdict": "same", "note": "x"}
    answer = browser.send(f"/hits/{hit.id}/judge", form, token="forged")
    assert answer.status_code == 403
    assert enrolled.entries(POLICE) == before


def test_the_others_data_do_not_show_in_a_hit(enrolled: World, browse: Opening) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    page = browse(enrolled).sign_in(OFFICER).get(f"/hits/{hit.id}").text
    assert "Storgatan" in page.title()
    assert DEBTS_STREET.lower() not in page.lower()


def test_a_protected_identity_has_no_name_in_a_list(enrolled: World, browse: Opening) -> None:
    hits = enrolled.hit(POLICE, BO, DEBTS)
    page = browse(enrolled).sign_in(OFFICER).get("/hits").text
    row = page.split(f"/hits/{hits.id}", 1)[1].split("</tr>", 1)[0]
    assert "Skyddade personuppgifter" in row
    assert "Berg" not in row


def test_codes_are_shown_in_the_words_of_the_pack(operating: World, browse: Opening) -> None:
    pack: Pack = operating.node(POLICE).pack
    page = browse(operating).sign_in(OFFICER).get(f"/operations/{operating.operation()}").text
    for code in ("investigation", "seizure"):
        assert pack.measures[code].names["sv"] in page


def _log_numbers(browser: Browser, path: str) -> int:
    return browser.get(path).text.count("<tr ")


def test_the_ledger_is_shown_page_by_page_and_verified(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(AUDITOR)
    assert _log_numbers(browser, "/log") == 51  # the head and fifty entries
    assert 1 < _log_numbers(browser, "/log?before=11") <= 11
    verified = browser.send("/log/verify", {})
    assert verified.status_code == 200
    assert "The ledger is whole" in verified.text


def _real(world: World) -> dict[str, str]:
    """A number that exists, by the beginning of the paths that it stands in."""
    with world.look(POLICE) as reading:
        delivery = reading.register.deliveries()[0].id
        firing = reading.firings.all()[0].id
    return {
        "/cooperations": world.scope.id,
        "/hits": world.hit(POLICE, ANNA, DEBTS).id,
        "/firings": firing,
        "/requests": world.request(POLICE, ANNA, DEBTS).id,
        "/cases/joint": world.header(),
        "/cases": world.case(),
        "/council": world.proposal(),
        "/operations": world.operation(),
        "/deliveries": delivery,
        "/reports": f"rep-{ABSENT}",
        "/methods": "vivalla",
        "/pictures": picture(world),
    }


def picture(world: World) -> str:
    """A picture that has just been begun."""
    area = "municipality:1880"
    begun = world.act(POLICE, Action.DRAW_PICTURE, picturing.begin, world.node(POLICE).pack, area)
    world.house.settle()
    return str(begun)


def _routes() -> list[tuple[str, str]]:
    """Every route for signed-in officers alone but the first page, which says "no mandate"."""
    return sorted(
        (method, path)
        for handler in workspace.handlers()
        for method in handler.http_methods
        for path in handler.paths
        if not handler.opt.get(OPEN) and method in ("GET", "POST") and path != "/"
    )


def test_one_whose_mandate_has_run_out_finds_no_page_and_no_act(
    operating: World, browse: Opening
) -> None:
    node, real = operating.node(POLICE), _real(operating)
    past = operating.clock().date() - timedelta(days=1)
    user = UserId.draw(node.opened.store.randomness)
    held = tuple(Mandate(user, node.me, role, past, past, "rsr-bergslagen") for role in Role)
    with node.unit.write(Verified(POLICE, "appoint")) as work:
        work.people.add(Officer(user, node.me, "Former Officer", "sv", held))
        work.log(Entry("officer.appointed", POLICE, user))
    browser = browse(operating)
    browser.send("/sign-in", {"user": user, "next": "/"})
    absent, before = browser.get(f"/hits/hit-{ABSENT}"), operating.entries(POLICE)
    walked = 0
    for method, path in _routes():
        number = next((id_ for head, id_ in real.items() if path.startswith(head)), ABSENT)
        place = re.sub(r"\{kind:str\}", "pdf", re.sub(r"\{(?!kind)\w+:str\}", number, path))
        answer = browser.get(place) if method == "GET" else browser.send(place, {})
        assert answer.status_code == 404, (method, path)
        assert _without_path(answer.text) == _without_path(absent.text), (method, path)
        walked += 1
    assert walked > len(PLACES)
    assert "<table" not in browser.get("/").text
    assert operating.entries(POLICE) == before


def test_every_page_that_anybody_may_see_is_in_the_log_before_it_is_answered(
    operating: World, browse: Opening
) -> None:
    """Whoever may open it, under whichever mandate: one look more in the ledger for each page."""
    real, shown = _real(operating), set()
    for name in (OFFICER, RELEASER, COUNCIL, SECRETARY, AUDITOR, KEEPER):
        browser = browse(operating).sign_in(name)
        for method, path in _routes():
            if method != "GET":
                continue
            number = next((id_ for head, id_ in real.items() if path.startswith(head)), ABSENT)
            before = len(operating.entries(POLICE))
            answer = browser.get(re.sub(r"\{\w+:str\}", number, path))
            if answer.status_code == 200:
                shown.add(path)
                new = operating.entries(POLICE)[before:]
                assert any(one.startswith("read.") for one in new), (name, path)
    assert shown >= {"/hits/{hit:str}", "/cases/{case:str}", "/requests", "/log", "/keys"}
