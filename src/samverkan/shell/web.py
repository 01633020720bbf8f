"""Makes the web application of one party from its handlers and its site."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.concurrency import set_asyncio_executor
from litestar.datastructures import MutableScopeHeaders, State
from litestar.exceptions import HTTPException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler, Message, Scope

from samverkan.kernel.ids import encode
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.shell.bundle import read_bundle
from samverkan.shell.frame import Site
from samverkan.shell.guard import FormGuard, only_signed_in
from samverkan.shell.headers import protect
from samverkan.shell.links import local_path
from samverkan.shell.pages import (
    SIGN_IN,
    choose_language,
    error_page,
    redirect,
    refusal_page,
    sign_out,
)
from samverkan.shell.refusals import code_of
from samverkan.shell.routes import FormData, open_act
from samverkan.shell.visit import OPEN, AnyRequest, Visit

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]

_log = logging.getLogger("samverkan.shell")
_FOREVER = "public, max-age=31536000, immutable"


def make_app(
    name: str,
    route_handlers: Sequence[ControllerRouterHandler],
    site: Site,
    *,
    services: Mapping[str, object] | None = None,
    lifespan: Sequence[Lifespan] = (),
) -> Litestar:
    """The application of one party; `name` is its role, for the log.

    `services` are the role's use cases, found by handlers as `request.app.state[name]`.
    Every route is closed to readers who are not signed in unless it says `open` or `machine`.
    """
    read_bundle()  # a missing bundle stops the start, not the first reader
    state = State({**(services or {}), "site": site, "role": name})
    return Litestar(
        [*route_handlers, _static, _language, _leave],
        middleware=[FormGuard],
        guards=[only_signed_in],
        exception_handlers={
            RefusedError: _on_refusal,
            HTTPException: _on_status,
            Exception: _on_failure,
        },
        before_send=[_finish],
        lifespan=list(lifespan),
        request_max_body_size=site.upload_limit,
        state=state,
        openapi_config=None,
        logging_config=None,
    )


def limit_threads(count: int) -> None:
    """Handlers of all parties share this many threads: about the number of cores.

    More threads than cores only queue inside SQLite and the interpreter. Call it before the
    server's loop runs.
    """
    set_asyncio_executor(ThreadPoolExecutor(count, thread_name_prefix="handler"))


@get("/static/{name:str}", opt={OPEN: True}, sync_to_thread=False)
def _static(name: FromPath[str]) -> Response[bytes]:
    file = read_bundle().files.get(name)
    if file is None:
        raise HTTPException(status_code=404)
    return Response(file.content, media_type=file.media_type, headers={"cache-control": _FOREVER})


@open_act("/language")
def _language(request: Request[Any, Any, Any], data: FormData) -> Response[str]:
    choose_language(request, str(data.get("language", "")))
    return redirect(request, local_path(str(data.get("back", "/"))))


@open_act("/sign-out")
def _leave(request: Request[Any, Any, Any]) -> Response[str]:
    sign_out(request)
    return redirect(request, SIGN_IN, receipt="receipt.signed_out")


async def _finish(message: Message, scope: Scope) -> None:
    """Last touch on every answer: protecting headers, and the cookies of the visit."""
    if message["type"] != "http.response.start":
        return
    protect(message, scope)
    visit: Visit | None = scope["state"].get("visit")
    headers = MutableScopeHeaders.from_message(message)
    for cookie in visit.cookies if visit else ():
        headers.add("set-cookie", cookie.to_header(header=""))


def _on_refusal(request: AnyRequest, error: RefusedError) -> Response[str]:
    return refusal_page(request, error.refused)


def _on_status(request: AnyRequest, error: HTTPException) -> Response[str]:
    if error.status_code >= 500:
        return _on_failure(request, error)
    return refusal_page(request, Refused(code_of(error.status_code)))


def _on_failure(request: AnyRequest, error: Exception) -> Response[str]:
    """The reader gets a number and no detail; the log gets the place, never a value."""
    incident = encode(request.app.state.site.randomness(16))[-12:]
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    place = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    kind = type(error).__qualname__
    _log.error(
        "page.failed role=%s incident=%s kind=%s at=%s",
        request.app.state.role,
        incident,
        kind,
        place,
    )
    return error_page(request, 500, incident=incident)
