"""Accounts without a proof of who signs in are listed in a demo on invented data, nowhere else."""

from __future__ import annotations

from tests.agency.model import POLICE
from tests.agency.web.conftest import Opening
from tests.agency.world import World


def test_a_demo_lists_its_invented_officers(founded: World, browse: Opening) -> None:
    page = browse(founded).get("/sign-in").text
    assert "Karin Lindqvist" in page
    assert "syntetiska" in page


def test_a_role_held_in_many_bodies_is_said_once_with_their_number(
    founded: World, browse: Opening
) -> None:
    page = browse(founded).get("/sign-in").text
    bodies = len({m.body for m in founded.node(POLICE).pack.people["polisen-rad"].mandates})
    assert f">Ledamot ({bodies} organ), Ordförande ({bodies} organ)</td>" in page
    assert ">Granskare</td>" in page


def test_people_stand_in_the_order_of_the_chain_with_what_each_does(
    founded: World, browse: Opening
) -> None:
    page = browse(founded).get("/sign-in").text
    names = ["Karin Lindqvist", "Johan Bergström", "Annika Hedlund", "Mattias Ek", "Eva Norling"]
    places = [page.index(f">{name}</th>") for name in names]
    assert places == sorted(places)
    duties = founded.node(POLICE).pack.roles["releasing_officer"].duty
    assert duties["sv"] in page


def test_without_demo_nobody_is_listed_and_nobody_signs_in(founded: World, browse: Opening) -> None:
    browser = browse(founded, demo=False)
    page = browser.get("/sign-in").text
    assert "Karin Lindqvist" not in page
    answer = browser.send("/sign-in", {"user": browser.officer("Karin Lindqvist")})
    assert answer.status_code == 404
    assert browser.get("/").status_code == 303


def test_an_unknown_number_does_not_sign_in(founded: World, browse: Opening) -> None:
    answer = browse(founded).send("/sign-in", {"user": "usr-" + "0" * 26})
    assert answer.status_code == 404


def test_sign_in_leads_only_within_this_origin(founded: World, browse: Opening) -> None:
    browser = browse(founded)
    form = {"user": browser.officer("Karin Lindqvist"), "next": "//evil.example/"}
    assert browser.send("/sign-in", form).headers["location"] == "/"
