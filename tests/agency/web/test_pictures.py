"""Pictures on the screen: begun, counted, rated apart, promised, settled, given out, compared."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from samverkan.agency import picturing
from samverkan.domain.policy import Action
from samverkan.wire.picturing import Answer
from tests.agency.model import DEBTS, small_pack
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

PACK = small_pack()
OFFICER, SECRETARY, RELEASER = "Karin Lindqvist", "Mattias Ek", "Johan Bergström"
OREBRO = "municipality:1880"


def begun(world: World, browser: Browser, area: str = OREBRO) -> str:
    sent = browser.send("/pictures", {"area": area, "variant": ""})
    assert sent.status_code == 303, sent.text
    world.house.settle()
    page = browser.get("/pictures").text
    return page.split('href="/pictures/pic-', 1)[1].split('"', 1)[0]


def answers(score: str = "2", evidence: str = "Reports of the year") -> dict[str, str]:
    form = dict.fromkeys(PACK.questions, score)
    return form | {f"{code}-evidence": evidence for code in PACK.questions}


def other_rates(world: World, picture: str, score: int = 3) -> None:
    given = {code: Answer(score=score, evidence="Inspections") for code in PACK.questions}
    world.act(DEBTS, Action.DRAW_PICTURE, picturing.answer, PACK, f"pic-{picture}", given)
    world.house.settle()


def rated(world: World, browser: Browser) -> str:
    picture = begun(world, browser)
    sent = browser.send(f"/pictures/pic-{picture}/answer", answers())
    assert sent.status_code == 303, sent.text
    world.house.settle()
    other_rates(world, picture)
    return picture


def settled(world: World, browse: Opening) -> tuple[Browser, str]:
    picture = rated(world, browse(world).sign_in(OFFICER))
    browser = browse(world).sign_in(SECRETARY)
    assert browser.send(f"/pictures/pic-{picture}/settle", {}).status_code == 303
    world.house.settle()
    return browser, picture


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_a_new_picture_shows_in_the_list_and_as_a_page(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    page = browser.get(f"/pictures/pic-{picture}").text
    assert "Örebro" in page
    assert "<svg" in page
    assert 'id="figures"' in page


def test_one_who_does_not_draw_may_read_and_has_no_forms(founded: World, browse: Opening) -> None:
    picture = begun(founded, browse(founded).sign_in(OFFICER))
    page = browse(founded).sign_in(RELEASER).get(f"/pictures/pic-{picture}").text
    assert 'action="/pictures' not in page
    refused = browse(founded).sign_in(RELEASER).send(f"/pictures/pic-{picture}/count", {})
    assert refused.status_code == 404


def test_an_area_that_is_none_is_said_at_its_field(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    answer = browser.send("/pictures", {"area": "municipality:0000"})
    assert answer.status_code == 422
    assert "field_not_a_choice" in answer.text


def test_a_questionnaire_with_gaps_tells_every_one(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    form = answers()
    first, second, *_ = PACK.questions
    del form[first]
    form[f"{second}-evidence"] = "  "
    answer = browser.send(f"/pictures/pic-{picture}/answer", form)
    assert answer.status_code == 422
    assert answer.text.count("field_missing") >= 2
    assert "Reports of the year" in answer.text


def test_evidence_that_points_somebody_out_is_refused(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    answer = browser.send(f"/pictures/pic-{picture}/answer", answers(evidence="070-174 06 05"))
    assert answer.status_code == 422
    assert "text_identifies" in answer.text


def test_the_other_raters_answers_show_when_both_are_in(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    other_rates(founded, picture)
    assert "Inspections" not in browser.get(f"/pictures/pic-{picture}").text
    assert f"/pictures/pic-{picture}/answer" in browser.get("/").text
    browser.send(f"/pictures/pic-{picture}/answer", answers())
    founded.house.settle()
    page = browser.get(f"/pictures/pic-{picture}").text
    assert "Inspections" in page
    assert "Reports of the year" in page
    assert f"/pictures/pic-{picture}/answer" not in browser.get("/").text


def test_a_promise_is_given_and_followed_on_the_page(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    path = f"/pictures/pic-{picture}"
    wrong = browser.send(f"{path}/promise", {"text": "Lights", "due": "soon"})
    assert (wrong.status_code, "field_not_a_date" in wrong.text) == (422, True)
    browser.send(f"{path}/promise", {"text": "Lights in the park", "due": "2027-06-01"})
    founded.house.settle()
    page = browser.get(path).text
    assert "Lights in the park" in page
    promise = "prm-" + page.split('value="prm-', 1)[1].split('"', 1)[0]
    followed = browser.send(f"{path}/follow", {"promise": promise, "result": "kept"})
    assert followed.status_code == 303
    founded.house.settle()
    assert PACK.reasons["promise-result"]["kept"].names["sv"] in browser.get(path).text


def test_counts_show_suppressed(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    founded.act(DEBTS, Action.DRAW_PICTURE, picturing.count, PACK, f"pic-{picture}")
    assert browser.send(f"/pictures/pic-{picture}/count", {}).status_code == 303
    founded.house.settle()
    table = browser.get(f"/pictures/pic-{picture}").text.split('id="counts"', 1)[1]
    rows = table.split("</table>", 1)[0].split("<tr")[2:]
    assert rows
    shown = [row.rsplit("<td", 1)[1].split(">", 1)[1].split("<")[0].strip() for row in rows]
    assert all(word in {"Dolt", "0"} or int(word) >= 5 for word in shown)


def test_settling_gives_two_editions_and_the_public_one_says_less(
    founded: World, browse: Opening
) -> None:
    browser, picture = settled(founded, browse)
    path = f"/pictures/pic-{picture}"
    internal, public = browser.get(f"{path}/internal.pdf"), browser.get(f"{path}/public.pdf")
    assert internal.status_code == public.status_code == 200
    inside, outside = text_of(internal.content), text_of(public.content)
    assert "Reports of the year" in inside
    kept_in = ("Reports of the year", "Inspections", "Kronofogde", "Insatser")
    assert not any(word in outside for word in kept_in)
    assert "Örebro" in outside
    assert browser.get(f"{path}/internal.pdf").content == internal.content


def test_what_is_not_settled_has_no_edition(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    assert browser.get(f"/pictures/pic-{picture}/internal.pdf").status_code == 404


def test_a_settled_picture_has_a_clock_and_is_published_once(
    founded: World, browse: Opening
) -> None:
    browser, picture = settled(founded, browse)
    assert "dagar kvar" in browser.get("/pictures").text
    assert browser.send(f"/pictures/pic-{picture}/publish", {}).status_code == 303
    founded.house.settle()
    assert "Utgiven" in browser.get("/pictures").text
    again = browser.send(f"/pictures/pic-{picture}/publish", {})
    assert "already_decided" in again.text


def test_two_versions_and_two_areas_stand_side_by_side(founded: World, browse: Opening) -> None:
    _, first = settled(founded, browse)
    browser = browse(founded).sign_in(OFFICER)
    second = begun(founded, browser)
    browser.send(f"/pictures/pic-{second}/answer", answers("4"))
    founded.house.settle()
    other_rates(founded, second, 4)
    page = browser.get(f"/pictures/compare?one=pic-{first}&other=pic-{second}").text
    assert "+1,5" in page
    assert (
        f"/pictures/compare?one=pic-{second}&amp;other=pic-{first}"
        in browser.get(f"/pictures/pic-{second}").text
    )


def load(browser: Browser, text: str, **changes: Any) -> Any:
    form = {
        "title": "Brott",
        "source": "Byrån",
        "licence": "fri",
        "dated": "2022-01-20",
        "area": "kommun",
        "year": "2021",
        "value": "n",
        "unit": "antal",
    }
    files = {"file": ("brott.csv", text.encode(), "text/csv")}
    data = {"_csrf": browser.token(), **form, **changes}
    return browser.client.post(
        "/pictures/statistics", data=data, files=files, follow_redirects=False
    )


def test_statistics_are_loaded_and_stand_on_the_picture_with_their_source(
    founded: World, browse: Opening
) -> None:
    browser = browse(founded).sign_in(OFFICER)
    picture = begun(founded, browser)
    assert load(browser, "kommun;n\n1880;14321\n1881;..\n").status_code == 303
    page = browser.get(f"/pictures/pic-{picture}").text
    assert "14 321" in page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "uppgift saknas" in page
    assert "Byrån" in page
    assert "Byrån" in browser.get("/pictures/statistics").text


def test_every_fault_of_a_file_is_shown_and_nothing_kept(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    answer = load(browser, "kommun;n\n9999;4\n1881;many\n")
    assert answer.status_code == 422
    assert "Rad 2, kolumn kommun" in answer.text
    assert "Rad 3, kolumn n" in answer.text
    assert "Byrån" not in browser.get("/pictures/statistics").text


def test_a_series_is_taken_away(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in(OFFICER)
    load(browser, "kommun;n\n1880;14321\n")
    page = browser.get("/pictures/statistics").text
    series = "ser-" + page.split('value="ser-', 1)[1].split('"', 1)[0]
    sent = browser.send("/pictures/statistics/drop", {"series": series})
    assert sent.status_code == 303
    assert "Byrån" not in browser.get("/pictures/statistics").text
