"""The protecting headers, and when a page may be stored."""

from __future__ import annotations

from typing import Any

from samverkan.shell.headers import CONTENT_SECURITY_POLICY, protect


def headers(scheme: str, *given: tuple[bytes, bytes]) -> dict[bytes, bytes]:
    start: dict[str, Any] = {"type": "http.response.start", "headers": list(given)}
    protect(start, {"scheme": scheme})
    return dict(start["headers"])


def test_nothing_is_allowed_that_is_not_named() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; ")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in CONTENT_SECURITY_POLICY


def test_what_says_nothing_of_caching_is_never_stored() -> None:
    assert headers("http")[b"cache-control"] == b"no-store"
    kept = (b"Cache-Control", b"immutable")
    assert b"cache-control" not in headers("http", kept)


def test_only_a_page_that_came_over_tls_demands_tls() -> None:
    assert b"strict-transport-security" in headers("https")
    assert b"strict-transport-security" not in headers("http")
