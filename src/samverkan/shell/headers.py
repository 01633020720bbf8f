"""The response headers that every page of every party carries."""

from __future__ import annotations

from typing import Any

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())

ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ALWAYS = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]
_NO_STORE = (b"cache-control", b"no-store")
_ONLY_TLS = (b"strict-transport-security", b"max-age=31536000")


def protect(start: Any, scope: Any) -> None:
    """Add the headers to a response's start message, in place.

    What says nothing of its own about caching is never stored: a page shows what one officer
    may see now, and must not come back from a shared computer's disk.
    """
    headers = start.setdefault("headers", [])
    headers.extend(_ALWAYS)
    if not any(name.lower() == b"cache-control" for name, _ in headers):
        headers.append(_NO_STORE)
    if scope.get("scheme") == "https":
        headers.append(_ONLY_TLS)
