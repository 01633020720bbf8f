"""An enrolment is taken back, a rule withdrawn, an enquiry decided on, by who may and on a page."""

from __future__ import annotations

from dataclasses import replace

from samverkan.agency import listing
from samverkan.domain.policy import Action
from samverkan.kernel.ids import EnrolmentId
from tests.agency.model import ANNA, BO, CRIME, DEBTS, POLICE
from tests.agency.web.conftest import Opening
from tests.agency.wishes import COLLEAGUE, colleague
from tests.agency.world import World

OFFICER, SIGNER = "Karin Lindqvist", "Johan Bergström"


def standing(world: World, query: str) -> bool:
    with world.look(POLICE) as reading:
        found = reading.enrolments.all(world.scope.id)
    return any(one.stands for one in found if one.query == query)


def test_an_enrolment_is_taken_back_on_its_page(enrolled: World, browse: Opening) -> None:
    with enrolled.look(POLICE) as reading:
        one = next(
            e
            for e in reading.enrolments.all(enrolled.scope.id)
            if e.query == "intelligence-persons"
        )
    page = f"/cooperations/{enrolled.scope.id}/enrolments/{one.id}"
    browser = browse(enrolled).sign_in(OFFICER)
    assert "Ta tillbaka urvalet" in browser.get(page).text
    assert browser.send(f"{page}/take-back", {}).status_code == 303
    assert not standing(enrolled, "intelligence-persons")
    assert "Taget tillbaka" in browser.get(page).text
    again = browser.send(f"{page}/take-back", {})
    assert "Uppgiften har tagits tillbaka" in again.text
    enrolled.house.settle()
    assert enrolled.hit(DEBTS, ANNA, POLICE).gone
    hit = enrolled.hit(DEBTS, ANNA, POLICE)
    shown = browse(enrolled, DEBTS).sign_in("Elin Falk").get(f"/hits/{hit.id}").text
    assert "Gäller inte längre" in shown


def test_a_rule_is_withdrawn_by_who_may_sign_one(enrolled: World, browse: Opening) -> None:
    with enrolled.look(POLICE) as reading:
        rule = next(
            r for r in reading.enrolments.rules(enrolled.scope.id) if r.query == "worksites"
        )
    page = f"/cooperations/{enrolled.scope.id}/rules/{rule.id}"
    officer = browse(enrolled).sign_in(OFFICER)
    assert "Återkalla regeln" not in officer.get(page).text
    assert officer.send(f"{page}/withdraw", {}).status_code == 404
    signer = browse(enrolled).sign_in(SIGNER)
    assert "Återkalla regeln" in signer.get(page).text
    assert signer.send(f"{page}/withdraw", {}).status_code == 303
    with enrolled.look(POLICE) as reading:
        kept = reading.enrolments.rule(rule.id)
    assert kept is not None
    assert kept.withdrawn
    assert "Återkallad" in signer.get(f"/cooperations/{enrolled.scope.id}").text
    assert "Uppgiften har tagits tillbaka" in signer.send(f"{page}/withdraw", {}).text


def test_an_enquiry_above_the_cap_waits_for_a_colleague(founded: World, browse: Opening) -> None:
    node = founded.node(POLICE)
    none = replace(node.means.pack.enrolment, asked_a_day=1)
    node.means = replace(node.means, pack=replace(node.means.pack, enrolment=none))
    browser = browse(founded).sign_in(OFFICER)
    path = f"/cooperations/{founded.scope.id}/ask"
    asked = {"case": "A-1", "necessity": "single-subject", "rule": "silent"}
    browser.send(path, asked | {"record": ANNA})
    sent = browser.send(path, asked | {"record": BO})
    page = sent.headers["location"].split("?")[0]
    assert "en kollega behöver besluta" in browser.get(page).text
    assert "en kollega behöver besluta" in browser.send(f"{page}/second", {}).text
    assert "Väntar på en kollega" in browser.get(f"/cooperations/{founded.scope.id}").text
    colleague(founded, POLICE)
    second = browse(founded).sign_in(COLLEAGUE)
    assert "Låt frågan gå" in second.get(page).text
    assert second.send(f"{page}/second", {}).status_code == 303
    with founded.look(POLICE) as reading:
        one = reading.enrolments.get(EnrolmentId(page.rsplit("/", 1)[1]))
    assert one is not None
    assert one.enquiry is not None
    assert not one.enquiry.waits
    assert COLLEAGUE in second.get(page).text


def test_what_is_of_another_scope_or_of_nobody_is_not_there(
    founded: World, browse: Opening
) -> None:
    wish = listing.ListWish(founded.scope.id, (listing.Listed(ANNA, "single-subject"),), None)
    made = founded.act(POLICE, Action.ENROL, listing.enrol, founded.node(POLICE).means, wish)
    browser = browse(founded).sign_in(OFFICER)
    scope = f"/cooperations/{founded.scope.id}"
    assert browser.get(f"{scope}/enrolments/{made}").status_code == 200
    assert browser.get(f"/cooperations/{founded.framework.id}/enrolments/{made}").status_code == 404
    assert browser.get(f"{scope}/enrolments/enr-{'1' * 26}").status_code == 404
    assert browser.get(f"{scope}/rules/rul-{'1' * 26}").status_code == 404
    assert browser.get(f"{scope}/rules/nonsense").status_code == 404
    outsider = browse(founded, CRIME).sign_in("Alla Roller")
    assert outsider.get(f"{scope}/enrolments/{made}").status_code == 404
