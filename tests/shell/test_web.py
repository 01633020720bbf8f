"""What every answer of every party has in common."""

from __future__ import annotations

import re

import pytest

from samverkan.shell.headers import ALWAYS
from tests.shell.conftest import Browser


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/", "/broken"])
def test_every_page_carries_the_protecting_headers(skv: Browser, path: str) -> None:
    skv.sign_in()
    answer = skv.client.get(path)
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    assert answer.headers["cache-control"] == "no-store"
    assert "max-age" in answer.headers["strict-transport-security"]


def test_no_page_holds_script_or_style_of_its_own(skv: Browser) -> None:
    skv.sign_in()
    for path in ("/", "/requests", "/requests/new", "/nowhere", "/sign-in"):
        page = skv.client.get(path).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
        assert re.findall(r"<script[^>]*>[^<]", page) == []


def test_the_bundle_is_kept_for_good_under_its_hashed_name(skv: Browser) -> None:
    page = skv.client.get("/sign-in").text
    for url in set(re.findall(r'"(/static/[^"]+)"', page)):
        answer = skv.client.get(url)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["manifest.json", "..%2fmanifest.json", "shell.css", "%2e%2e"])
def test_only_what_the_manifest_names_is_served(skv: Browser, name: str) -> None:
    assert skv.client.get(f"/static/{name}").status_code == 404


def test_the_cookie_is_of_this_origin_alone(skv: Browser) -> None:
    header = skv.client.get("/sign-in").headers["set-cookie"]
    name, *attributes = [part.strip().lower() for part in header.split(";")]
    assert name.startswith("__host-session=")
    assert set(attributes) == {"httponly", "path=/", "samesite=lax", "secure"}


def test_absent_and_forbidden_look_the_same(skv: Browser) -> None:
    skv.sign_in()
    forbidden, absent = (skv.client.get(f"/requests/{n}") for n in (7, 8))
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.text.replace("/requests/7", "/requests/8") == absent.text
    assert forbidden.headers == absent.headers


def test_a_failure_shows_a_number_and_nothing_else(
    skv: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    skv.sign_in()
    answer = skv.client.get("/broken")
    assert answer.status_code == 500
    incident = re.search(r"[0-9a-z]{12}(?=</p>)", answer.text)
    assert incident is not None
    assert incident.group() in caplog.text
    for told in (answer.text, caplog.text):
        assert "19121212" not in told
    assert "ValueError" in caplog.text
    assert "ValueError" not in answer.text


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("no_mandate", 404),
        ("forged_form", 403),
        ("unknown_host", 421),
        ("too_many", 429),
        ("form_invalid", 422),
        ("wrong_state", 409),
    ],
)
def test_a_refusal_is_a_page_with_its_status(skv: Browser, code: str, status: int) -> None:
    skv.sign_in()
    answer = skv.client.get(f"/refused/{code}")
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert answer.headers["hx-retarget"] == "#main"


def test_a_form_above_the_limit_is_refused_in_words(skv: Browser) -> None:
    skv.sign_in()
    form = {"_csrf": skv.token(), "need": "x" * 10_000_000}
    answer = skv.client.post("/requests/new", data=form)
    assert answer.status_code == 413
    assert "file_too_large" in answer.text


def test_the_reader_chooses_the_language(skv: Browser) -> None:
    assert '<html lang="sv">' in skv.client.get("/sign-in").text
    english = {"accept-language": "en-GB,en;q=0.9"}
    assert '<html lang="en">' in skv.client.get("/sign-in", headers=english).text
    form = {"_csrf": skv.token(), "language": "en", "back": "/sign-in"}
    assert '<html lang="en">' in skv.client.post("/language", data=form).text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_answer_leads_to_another_origin(skv: Browser, back: str) -> None:
    form = {"_csrf": skv.token(), "language": "en", "back": back}
    answer = skv.client.post("/language", data=form, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_receipt_shows_once(skv: Browser) -> None:
    skv.sign_in()
    form = {
        "_csrf": skv.token(),
        "party": "fk",
        "need": "Adress",
        "basis": "2016:774",
        "urgency": "plain",
        "fields": "address",
        "reply_by": "2026-12-01",
    }
    answer = skv.client.post("/requests/new", data=form)
    assert answer.url.path == "/requests"
    assert 'role="status"' in answer.text
    assert 'role="status"' not in skv.client.get("/requests").text


@pytest.mark.parametrize("key", ["frame.sign_out", "receipt.nonsense", "<b>x</b>"])
def test_a_forged_receipt_shows_nothing(skv: Browser, key: str) -> None:
    skv.sign_in()
    skv.client.cookies.set("__Host-receipt", key)
    assert 'role="status"' not in skv.client.get("/").text


def test_every_mistake_of_a_form_is_shown_at_once_with_a_way_to_its_field(skv: Browser) -> None:
    skv.sign_in()
    form = {"_csrf": skv.token(), "need": "x" * 201, "reply_by": "soon", "hours": "many"}
    page = skv.client.post("/requests/new", data=form).text
    wrong = ["party", "need", "basis", "urgency", "fields", "reply_by", "hours"]
    for name in wrong:
        assert f'<a href="#{name}">' in page
        assert f'id="{name}-error"' in page
        assert re.search(rf'aria-describedby="[^"]*{name}-error"', page)
    assert page.count('<a href="#') == len(wrong)


def test_the_stamp_stands_on_every_page(skv: Browser) -> None:
    for path in ("/sign-in", "/nowhere"):
        page = skv.client.get(path).text
        assert "Syntetiska data" in page
        assert "En process rymmer flera myndigheter." in page
