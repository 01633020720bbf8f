"""One request as the shell sees it: whose browser, which language, which cookies to set."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.types import Scope

from samverkan.kernel.codes import Code
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell import session
from samverkan.shell.frame import Site, Viewer
from samverkan.shell.texts import Language, choose

AnyRequest = Request[Any, Any, Any]

LANGUAGE_COOKIE = "__Host-language"
RECEIPT_COOKIE = "__Host-receipt"
MACHINE = "machine"
"""Route option of an endpoint for other machines: no cookie counts there, no form token is asked."""
OPEN = "open"
"""Route option of a page that needs no sign-in."""
_YEAR = 31_536_000


class Visit:
    """What is known of one request. Made once, kept with the request, never shared."""

    def __init__(self, request: AnyRequest, site: Site) -> None:
        self._site = site
        self._looked_up = False
        self._user: UserId | None = None
        self._asked_for = request.method == "GET"
        self.machine = bool(_options(request.scope).get(MACHINE))
        self.cookies: list[Cookie] = []
        token = request.cookies.get(session.COOKIE)
        self.fresh = not session.well_formed(token)
        self.token: str = site.sessions.draw() if self.fresh or token is None else token
        asked = request.cookies.get(LANGUAGE_COOKIE)
        self.language: Language = choose(asked, request.headers.get("accept-language"))

    @property
    def csrf(self) -> str:
        """The form token. Showing it to a browser without a cookie gives the browser one.

        Only a page that was asked for does: a stranger's form arrives without our cookie (Lax),
        and an answer that set a new one would sign the officer out.
        """
        if self.fresh and self._asked_for:
            self.fresh = False
            self.cookies.append(host_cookie(session.COOKIE, self.token))
        return form_token(self._site.secret, self.token)

    def look_up(self) -> UserId | None:
        """Who is signed in. Reads the session store once: call it in a handler's thread."""
        if not self._looked_up and not self.machine:
            found = self._site.sessions.find(self.token)
            self._user = found.user_id if found else None
        self._looked_up = True
        return self._user

    def known_viewer(self) -> Viewer:
        """The viewer as far as already looked up; for error pages, which must not wait."""
        return Viewer(self._user, self.language, self.csrf)

    def rotate(self, user_id: UserId) -> None:
        """Sign the officer in under a new token; the old one is worthless from now on."""
        self._site.sessions.end(self.token)
        self.token = self._site.sessions.begin(user_id)
        self._became(user_id)

    def leave(self) -> None:
        """Sign out: the session is dropped and the browser gets a token that nobody knows."""
        self._site.sessions.end(self.token)
        self.token = self._site.sessions.draw()
        self._became(None)

    def _became(self, user_id: UserId | None) -> None:
        self._user, self._looked_up, self.fresh = user_id, True, False
        self.cookies = [cookie for cookie in self.cookies if cookie.key != session.COOKIE]
        self.cookies.append(host_cookie(session.COOKIE, self.token))


def visit_of(request: AnyRequest) -> Visit:
    """The visit that this request is."""
    state: dict[str, Any] = request.scope["state"]
    if "visit" not in state:
        state["visit"] = Visit(request, request.app.state.site)
    visit: Visit = state["visit"]
    return visit


def current(request: AnyRequest) -> Viewer:
    """Who reads this page. `user_id` is None before sign-in."""
    visit = visit_of(request)
    return Viewer(visit.look_up(), visit.language, visit.csrf)


def signed_in(request: AnyRequest) -> UserId:
    """The officer who reads. Raises `RefusedError` (not_signed_in) when there is none."""
    user = visit_of(request).look_up()
    if user is None:
        raise RefusedError(refuse(Code.NOT_SIGNED_IN))
    return user


def form_token(secret: bytes, token: str) -> str:
    """The form token of a session: HMAC-SHA256 under the party's own secret.

    It is bound to the session's token, so it changes at sign-in and means nothing to another
    party; a copy of the session store does not suffice to make one.
    """
    message = b"samverkan form v1\0" + session.digest_of(token)
    return urlsafe_b64encode(hmac.digest(secret, message, hashlib.sha256)).rstrip(b"=").decode()


def host_cookie(name: str, value: str, max_age: int | None = None) -> Cookie:
    """A cookie of this origin alone (RFC 6265bis, `__Host-`), out of reach of scripts.

    Lax and not Strict: the answer of an identity provider and a link in a mail arrive from
    another site and must find the session; whatever changes anything needs the form token.
    """
    return Cookie(
        key=name, value=value, max_age=max_age, secure=True, httponly=True, samesite="lax"
    )


def language_cookie(language: Language) -> Cookie:
    """The reader's own choice of language, for a year."""
    return host_cookie(LANGUAGE_COOKIE, language.value, _YEAR)


def _options(scope: Scope) -> dict[str, Any]:
    """The route's options; none when no route was found."""
    handler: Any = scope.get("route_handler")
    return dict(handler.opt) if handler is not None else {}
