"""The way to a question by number says what it discloses; who answers sees what it is asked by."""

from __future__ import annotations

import pytest

from samverkan.domain.statement import Prop
from tests.agency.model import ANNA, BASIS, CILLA, CRIME, DEBTS, POLICE, TAX
from tests.agency.test_revealing import OPEN, ask, respond
from tests.agency.web.conftest import Browser, Opening
from tests.agency.world import World

OFFICER, RELEASER, DEBTS_RELEASER = "Karin Lindqvist", "Johan Bergström", "Robert Lund"


def _path(world: World, number: str = CILLA) -> str:
    return f"/cases/{world.case()}/subjects/{world.subject(POLICE, number)}/ask"


def _form(world: World, **other: str) -> dict[str, object]:
    base: dict[str, object] = {
        "case": str(world.case()),
        "props": [Prop.ID_NUMBER.value, Prop.STREET.value],
        "basis": BASIS,
        "need": "identify",
        "need_text": "Behövs i ärendet.",
        "days": "14",
    }
    return base | other


def test_from_the_case_to_the_parties_to_the_form_to_the_question(
    asked: World, browse: Opening
) -> None:
    browser, path = browse(asked).sign_in(OFFICER), _path(asked)
    assert path in browser.get(f"/cases/{asked.case()}").text
    parties = browser.get(path).text
    assert f"{path}/{DEBTS}" in parties
    assert f"{path}/{CRIME}" in parties
    assert f"{path}/{TAX}" not in parties
    assert "Frågan är ett utlämnande från oss" in browser.get(f"{path}/{DEBTS}").text
    assert browser.send(f"{path}/{DEBTS}", _form(asked, need_text="")).status_code == 422
    sent = browser.send(f"{path}/{DEBTS}", _form(asked))
    assert sent.headers["location"].startswith("/requests/req-")
    page = browser.get(sent.headers["location"]).text
    assert "900101" in page


@pytest.mark.parametrize("party", [TAX, POLICE, "nobody"])
def test_whom_one_cannot_ask_is_not_there(party: str, asked: World, browse: Opening) -> None:
    browser = browse(asked).sign_in(OFFICER)
    assert browser.get(f"{_path(asked)}/{party}").status_code == 404


def test_who_may_not_ask_and_whom_the_case_is_not_about_are_not_there(
    asked: World, browse: Opening
) -> None:
    assert browse(asked).sign_in(RELEASER).get(_path(asked)).status_code == 404
    foreign = f"/cases/{asked.case()}/subjects/sub-{'1' * 26}/ask"
    assert browse(asked).sign_in(OFFICER).get(foreign).status_code == 404


def _answering(world: World, browse: Opening, request: str) -> tuple[Browser, str]:
    browser = browse(world, DEBTS).sign_in(DEBTS_RELEASER)
    return browser, browser.get(f"/requests/{request}").text


def test_who_answers_sees_the_number_the_basis_and_earlier_questions(
    asked: World, browse: Opening
) -> None:
    first = ask(asked, CILLA)
    _, page = _answering(asked, browse, first)
    assert "900101" in page
    assert "Ingen uppgift hos oss har numret" in page
    assert "Samma fråga" not in page
    _, page = _answering(asked, browse, ask(asked, CILLA))
    assert "Samma fråga har ställts 1 gång förut" in page


def test_the_officer_of_the_asker_reads_no_answer_possible(asked: World, browse: Opening) -> None:
    body = respond(asked, ask(asked, CILLA), OPEN)
    page = browse(asked).sign_in(OFFICER).get(f"/requests/{body.request}").text
    assert page.count("Inget svar möjligt") == len(body.items)


def test_the_question_stands_among_what_we_have_disclosed(asked: World, browse: Opening) -> None:
    ask(asked, ANNA)
    page = browse(asked).sign_in(RELEASER).get("/disclosures").text
    assert "Att vi arbetar med objektet" in page


def test_a_question_above_the_quota_says_so(asked: World, browse: Opening) -> None:
    path, browser = f"{_path(asked)}/{DEBTS}", browse(asked).sign_in(OFFICER)
    for _ in range(asked.node(POLICE).pack.enrolment.numbers_a_day):
        assert browser.send(path, _form(asked)).status_code == 303
    before = asked.outbox(POLICE)
    refused = browser.send(path, _form(asked))
    assert refused.status_code == 422
    assert "too_many" in refused.text
    assert asked.outbox(POLICE) == before
