"""How a role declares its routes: pages that show, acts that change, endpoints of machines.

A handler is a plain function `(request, …) -> Response[str]`; it runs in a thread of its own, so
it may read the database. Use these decorators and not the framework's: Litestar 2.25 wraps a
threaded handler twice when a path has two methods, and its answer is then never awaited.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body

from samverkan.shell.visit import MACHINE, OPEN

FormData = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""The posted form, as `data: FormData`; give it to `forms.read`."""

FileData = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
"""The posted form with files (`litestar.datastructures.UploadFile`), as `data: FileData`."""

P = ParamSpec("P")
R = TypeVar("R")
Decorator = Callable[[Callable[..., Any]], HTTPRouteHandler]


def page(path: str) -> Decorator:
    """A page for readers who are signed in (GET)."""
    return lambda handler: get(path)(_in_thread(handler))


def act(path: str) -> Decorator:
    """A form that a signed-in reader sends (POST). The form token is already checked."""
    return lambda handler: post(path, status_code=200)(_in_thread(handler))


def open_page(path: str) -> Decorator:
    """A page that needs no sign-in, such as the sign-in page."""
    return lambda handler: get(path, opt={OPEN: True})(_in_thread(handler))


def open_act(path: str) -> Decorator:
    """A form that needs no sign-in; its form token is checked all the same."""
    return lambda handler: post(path, status_code=200, opt={OPEN: True})(_in_thread(handler))


def machine(path: str) -> Decorator:
    """An endpoint for other machines (POST): no cookie, no form token; it proves itself otherwise."""
    return lambda handler: post(path, status_code=200, opt={MACHINE: True})(_in_thread(handler))


def _in_thread(handler: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    @wraps(handler)
    async def threaded(*args: P.args, **kwargs: P.kwargs) -> R:
        return await sync_to_thread(handler, *args, **kwargs)

    return threaded
