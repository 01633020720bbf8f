"""What stands before every handler: forms that others forged, and readers not signed in."""

from __future__ import annotations

import hmac
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell.visit import MACHINE, OPEN, AnyRequest, signed_in, visit_of

FIELD = "_csrf"
HEADER = "x-csrf-token"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class FormGuard:
    """Middleware: an unsafe request needs our own page as its origin, and its form token.

    Holds for the sign-in form too: an anonymous browser has a token of its own. Endpoints for
    other machines are exempt, and for them no cookie counts.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or raise `RefusedError` (forged_form)."""
        if scope["type"] == ScopeType.HTTP and scope["method"] not in _SAFE:
            request: AnyRequest = Request(scope, receive=receive, send=send)
            if not scope["route_handler"].opt.get(MACHINE) and not await _genuine(request):
                await _let_go(request)
                raise RefusedError(refuse(Code.FORGED_FORM))
        await self._app(scope, receive, send)


async def _genuine(request: AnyRequest) -> bool:
    visit = visit_of(request)
    if visit.fresh or not _from_our_page(request):
        return False
    given = request.headers.get(HEADER) or await _field(request)
    return hmac.compare_digest(given.encode(), visit.csrf.encode())


async def _field(request: AnyRequest) -> str:
    if request.content_type[0] not in _FORMS:
        return ""
    form = await request.form()
    return str(form.get(FIELD, ""))


async def _let_go(request: AnyRequest) -> None:
    """Close the files of a form that no handler will see."""
    if request.content_type[0] in _FORMS:
        await (await request.form()).close()


def _from_our_page(request: AnyRequest) -> bool:
    """The browser's own word on where the request began (Fetch Metadata, else Origin).

    A client that says neither is no browser of today; it still needs the form token.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    own = f"{request.scope['scheme']}://{request.headers.get('host', '')}"
    return origin is None or origin == own


def only_signed_in(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Guard of every route: closed unless the route says `open` or `machine`."""
    if handler.opt.get(OPEN) or handler.opt.get(MACHINE):
        return
    request: AnyRequest = Request(connection.scope)
    signed_in(request)
