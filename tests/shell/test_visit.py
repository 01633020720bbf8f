"""The form token, and the cookies that a visit sets."""

from __future__ import annotations

from samverkan.shell.texts import Language
from samverkan.shell.visit import form_token, host_cookie, language_cookie
from tests.shell.conftest import Browser


def test_the_form_token_depends_on_secret_and_session() -> None:
    tokens = {form_token(secret * 32, cookie) for secret in (b"a", b"b") for cookie in ("x", "y")}
    assert len(tokens) == 4


def test_the_form_token_tells_nothing_of_the_session_token() -> None:
    assert "secret-session-token" not in form_token(b"a" * 32, "secret-session-token")


def test_a_cookie_never_leaves_its_origin_nor_reaches_a_script() -> None:
    for cookie in (host_cookie("__Host-x", "y"), language_cookie(Language.EN)):
        assert cookie.key.startswith("__Host-")
        assert cookie.domain is None
        assert cookie.path == "/"
        assert cookie.secure
        assert cookie.httponly


def test_a_cookie_that_is_no_token_is_replaced(skv: Browser) -> None:
    skv.client.cookies.set("__Host-session", "short")
    answer = skv.client.get("/sign-in")
    assert "__Host-session=" in answer.headers["set-cookie"]


def test_a_cookie_that_is_a_token_is_kept(skv: Browser) -> None:
    skv.client.get("/sign-in")
    assert "set-cookie" not in skv.client.get("/sign-in").headers
