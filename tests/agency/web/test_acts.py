"""Acts: mistakes stay at their field, refusals keep nothing, what is done shows."""

from __future__ import annotations

from typing import Any

from samverkan.agency.answer import standing
from samverkan.agency.assessing import judgement
from samverkan.domain.graph import Verdict
from samverkan.domain.request import State
from samverkan.domain.statement import Prop
from tests.agency.model import ANNA, DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World

OFFICER, RELEASER, COUNCIL = "Karin Lindqvist", "Johan Bergström", "Annika Hedlund"
DEBTS_RELEASER = "Robert Lund"


def test_a_judgement_without_reasons_stays_on_the_form(enrolled: World, browse: Opening) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    browser = browse(enrolled).sign_in(OFFICER)
    answer = browser.send(f"/hits/{hit.id}/judge", {"verdict": "same", "note": "  "})
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    with enrolled.look(POLICE) as reading:
        assert judgement(reading, hit) is None


def test_a_judged_hit_opens_the_way_to_a_case(enrolled: World, browse: Opening) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    browser = browse(enrolled).sign_in(OFFICER)
    assert f"/hits/{hit.id}/case" not in browser.get(f"/hits/{hit.id}").text
    form = {"verdict": "same", "note": "Nummer och namn stämmer."}
    assert browser.send(f"/hits/{hit.id}/judge", form).status_code == 303
    with enrolled.look(POLICE) as reading:
        judged = judgement(reading, hit)
    assert judged is not None
    assert judged.verdict is Verdict.SAME
    assert f"/hits/{hit.id}/case" in browser.get(f"/hits/{hit.id}").text
    opened = browser.send(f"/hits/{hit.id}/case", {"title": "Nätverk i Örebro"})
    assert opened.headers["location"].startswith("/cases/cas-")
    assert "Nätverk i Örebro" in browser.get(opened.headers["location"]).text


def _answer_form(world: World, fate: str, reason: str) -> dict[str, Any]:
    asked = world.request(DEBTS, ANNA, POLICE)
    form = {f"fate.{prop}": "released" for prop in asked.ask.props}
    return form | {f"fate.{asked.ask.props[-1]}": fate, f"reason.{asked.ask.props[-1]}": reason}


def test_every_field_of_a_request_must_be_decided(asked: World, browse: Opening) -> None:
    request = asked.request(DEBTS, ANNA, POLICE)
    browser = browse(asked, DEBTS).sign_in(DEBTS_RELEASER)
    answer = browser.send(f"/requests/{request.id}/answer", {})
    assert answer.status_code == 422
    for prop in request.ask.props:
        assert f'id="fate.{prop}-error"' in answer.text
    with asked.look(DEBTS) as reading:
        assert reading.cases.disclosure(request.id) is None


def test_withholding_needs_a_reason(asked: World, browse: Opening) -> None:
    request = asked.request(DEBTS, ANNA, POLICE)
    browser = browse(asked, DEBTS).sign_in(DEBTS_RELEASER)
    form = _answer_form(asked, "withheld", "")
    answer = browser.send(f"/requests/{request.id}/answer", form)
    assert answer.status_code == 422
    assert f'id="reason.{request.ask.props[-1]}-error"' in answer.text


def test_an_answer_leaves_with_its_reasons(asked: World, browse: Opening) -> None:
    request = asked.request(DEBTS, ANNA, POLICE)
    browser = browse(asked, DEBTS).sign_in(DEBTS_RELEASER)
    form = _answer_form(asked, "withheld", "not-needed")
    assert browser.send(f"/requests/{request.id}/answer", form).status_code == 303
    with asked.look(DEBTS) as reading:
        sent = reading.cases.disclosure(request.id)
        found = reading.cases.request(request.id)
        assert found is not None
        assert standing(found, reading.now) is State.ANSWERED
    assert sent is not None
    assert (sent.items[-1].outcome, sent.items[-1].reason) == ("withheld", "not-needed")
    again = browser.send(f"/requests/{request.id}/answer", form)
    assert again.status_code == 409


def test_an_answer_shows_to_the_asker_with_its_clock(asked: World, browse: Opening) -> None:
    request = asked.request(DEBTS, ANNA, POLICE)
    form = _answer_form(asked, "released", "")
    releaser = browse(asked, DEBTS).sign_in(DEBTS_RELEASER)
    assert releaser.send(f"/requests/{request.id}/answer", form).status_code == 303
    asked.house.settle()
    page = browse(asked).sign_in(OFFICER).get(f"/requests/{request.id}").text
    with asked.look(POLICE) as reading:
        taken = reading.cases.disclosure(request.id)
    assert taken is not None
    assert taken.expires in page
    assert Prop.ID_NUMBER.value in request.ask.props


def test_the_officer_who_asks_cannot_answer(asked: World, browse: Opening) -> None:
    request = asked.request(DEBTS, ANNA, POLICE)
    browser = browse(asked, DEBTS).sign_in("Elin Falk")
    form = _answer_form(asked, "released", "")
    assert browser.get(f"/requests/{request.id}").status_code == 404
    assert browser.send(f"/requests/{request.id}/answer", form).status_code == 404


def test_a_position_other_than_for_needs_a_reason(asked: World, browse: Opening) -> None:
    asked.play("answer", "assess", "propose")
    browser = browse(asked).sign_in(COUNCIL)
    path = f"/council/{asked.proposal()}"
    sent = browser.send(f"{path}/position", {"position": "against"})
    assert sent.status_code == 422
    assert 'id="reason-error"' in sent.text
    taken = browser.send(f"{path}/position", {"position": "against", "reason": "no-resources"})
    assert taken.status_code == 303
    asked.house.settle()
    assert "Resurser saknas" in browser.get(path).text


def test_a_round_needs_its_quorum(asked: World, browse: Opening) -> None:
    asked.play("answer", "assess", "propose")
    browser = browse(asked).sign_in(COUNCIL)
    sent = browser.send(f"/council/{asked.proposal()}/close", {"present": [POLICE]})
    assert sent.status_code == 422
    assert 'id="present-error"' in sent.text


def test_a_decided_proposal_takes_no_position(operating: World, browse: Opening) -> None:
    browser = browse(operating).sign_in(COUNCIL)
    path = f"/council/{operating.proposal()}/position"
    assert browser.send(path, {"position": "against"}).status_code == 409


def test_own_hours_go_in_and_leave_with_the_month_as_one_sum(
    operating: World, browse: Opening
) -> None:
    browser = browse(operating).sign_in(OFFICER)
    path = f"/operations/{operating.operation()}/hours"
    wrong = {"hours_week": "vecka 40", "hours_level": "regional", "hours_count": "många"}
    answer = browser.send(path, wrong)
    assert answer.status_code == 422
    assert 'id="hours_count-error"' in answer.text
    right = {
        "hours_week": "2026-w41",
        "hours_level": "regional",
        "hours_kind": "control",
        "hours_count": "12,25",
    }
    assert browser.send(path, right).status_code == 303
    operating.house.settle()
    page = browser.get(f"/operations/{operating.operation()}").text
    assert "12,0" in page
    assert "månad 10, 2026" in page


def test_a_release_rule_is_signed_for_its_receivers(founded: World, browse: Opening) -> None:
    founded.play("draft", "accept")
    path = f"/cooperations/{founded.scope.id}"
    browser = browse(founded).sign_in(RELEASER)
    asked = {"query": "worksites", "receivers": [DEBTS], "until": "2027-01-31"}
    assert browser.send(f"{path}/rule", asked).status_code == 422
    assert browser.send(f"{path}/rule", asked | {"test": "Vägt."}).status_code == 303
    with founded.look(POLICE) as reading:
        (rule,) = reading.enrolments.rules(founded.scope.id)
    assert (rule.query, rule.receivers) == ("worksites", (DEBTS,))
    officer = browse(founded).sign_in(OFFICER)
    page = officer.get(f"{path}/enrol?query=worksites").text
    assert str(rule.id) in page
    form = {"query": "worksites", "rule": rule.id, "necessity": "scope-subjects"}
    assert officer.send(f"{path}/enrol", form).status_code == 303
    with founded.look(POLICE) as reading:
        (made,) = reading.enrolments.all(founded.scope.id)
    assert (made.rule, made.subjects) == (rule.id, 1)


def test_a_file_of_another_kind_is_not_taken_in(founded: World, browse: Opening) -> None:
    browser = browse(founded).sign_in("Peter Dahl")
    files = {"file": ("hemligt.exe", b"MZ", "application/octet-stream")}
    answer = browser.client.post(
        "/deliveries",
        data={"_csrf": browser.token(), "kind": "no-such-kind"},
        files=files,
        follow_redirects=False,
    )
    assert answer.status_code == 422
    assert 'id="kind-error"' in answer.text
    assert 'id="file-error"' in answer.text
