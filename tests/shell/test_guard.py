"""Forged forms are refused, and nothing of one party counts at another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.instruments import FixedClock
from tests.shell.conftest import Browser


def test_the_sign_in_form_itself_needs_a_token(skv: Browser) -> None:
    skv.client.get("/sign-in")
    answer = skv.client.post("/sign-in", data={"user": "anna"})
    assert answer.status_code == 403
    assert "forged_form" in answer.text


def test_a_browser_without_cookie_cannot_post(skv: Browser) -> None:
    token = skv.token()
    skv.client.cookies.clear()
    assert skv.client.post("/sign-in", data={"_csrf": token}).status_code == 403


def test_signing_in_draws_a_new_token(skv: Browser) -> None:
    anonymous = skv.token()
    before = skv.cookie
    skv.sign_in()
    assert skv.cookie != before
    assert skv.client.post("/sign-out", data={"_csrf": anonymous}).status_code == 403
    assert skv.client.get("/").status_code == 200


def test_the_token_of_another_session_is_refused(skv: Browser) -> None:
    stolen = skv.token()
    skv.client.cookies.clear()
    skv.sign_in()
    assert skv.client.post("/requests/new", data={"_csrf": stolen}).status_code == 403


def test_a_token_in_the_header_is_as_good(skv: Browser) -> None:
    skv.sign_in()
    headers = {"x-csrf-token": skv.token()}
    assert skv.client.post("/requests/new", headers=headers, data={"need": "x"}).status_code == 422


def test_a_form_with_files_carries_the_token_too(skv: Browser) -> None:
    files = {"enclosure": ("a.csv", b"a;b")}
    skv.client.get("/sign-in")
    assert skv.client.post("/language", files=files).status_code == 403
    form = {"_csrf": skv.token(), "language": "en", "back": "/sign-in"}
    assert skv.client.post("/language", data=form).status_code == 200


def test_a_json_body_needs_the_header(skv: Browser) -> None:
    skv.sign_in()
    body = {"_csrf": skv.token()}
    assert skv.client.post("/requests/new", json=body).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_post_from_elsewhere_is_refused_even_with_the_token(skv: Browser, site: str) -> None:
    skv.sign_in()
    form = {"_csrf": skv.token()}
    answer = skv.client.post("/sign-out", data=form, headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert skv.client.get("/").status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://fk.localhost", "http://skv.localhost", "null", "https://evil.example"]
)
def test_a_foreign_origin_is_refused_even_with_the_token(skv: Browser, origin: str) -> None:
    skv.sign_in()
    form = {"_csrf": skv.token()}
    assert skv.client.post("/sign-out", data=form, headers={"origin": origin}).status_code == 403


def test_a_refused_form_never_replaces_the_cookie(skv: Browser) -> None:
    skv.client.cookies.clear()
    answer = skv.client.post("/sign-out", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_our_own_page_is_believed(skv: Browser) -> None:
    skv.sign_in()
    headers = {"origin": "https://skv.localhost", "sec-fetch-site": "same-origin"}
    form = {"_csrf": skv.token()}
    answer = skv.client.post("/sign-out", data=form, headers=headers, follow_redirects=False)
    assert answer.status_code == 303


def test_the_cookie_of_one_party_signs_nobody_in_at_another(skv: Browser, fk: Browser) -> None:
    skv.sign_in()
    fk.client.cookies.set("__Host-session", skv.cookie)
    answer = fk.client.get("/", follow_redirects=False)
    assert answer.headers["location"] == "/sign-in?next=/"


def test_the_form_token_of_one_party_is_useless_at_another(skv: Browser, fk: Browser) -> None:
    skv.sign_in()
    token = skv.token()
    fk.client.cookies.set("__Host-session", skv.cookie)
    assert fk.client.post("/language", data={"_csrf": token}).status_code == 403


def test_an_endpoint_of_machines_knows_no_cookie(skv: Browser) -> None:
    skv.sign_in()
    answer = skv.client.post("/wire")
    assert answer.status_code == 200
    assert answer.text == "None"


def test_every_page_is_closed_to_readers_not_signed_in(skv: Browser) -> None:
    for path in ("/", "/requests", "/requests/new", "/requests/7"):
        answer = skv.client.get(path, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path}"


def test_an_enhanced_part_is_sent_to_sign_in_as_a_whole_page(skv: Browser) -> None:
    answer = skv.client.get("/requests", headers={"hx-request": "true"}, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=/requests"


def test_a_session_that_idled_out_must_sign_in_again(skv: Browser, clock: FixedClock) -> None:
    skv.sign_in()
    clock.advance(timedelta(minutes=31))
    assert skv.client.get("/", follow_redirects=False).status_code == 303


def test_signing_out_makes_the_old_cookie_worthless(skv: Browser) -> None:
    skv.sign_in()
    old = skv.cookie
    skv.client.post("/sign-out", data={"_csrf": skv.token()})
    skv.client.cookies.clear()
    skv.client.cookies.set("__Host-session", old)
    assert skv.client.get("/", follow_redirects=False).status_code == 303
