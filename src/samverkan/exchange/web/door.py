"""The wire over HTTP, and the status page. No accounts: parties prove themselves by signature.

A frame that cannot be attributed to a pinned address gets a bare 403 with the code; nothing of
who is known here shows in the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from litestar import Response
from litestar.params import RawBody
from litestar.types import ControllerRouterHandler

from samverkan.exchange.ports import Status
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from samverkan.shell import pages
from samverkan.shell.routes import machine, open_page
from samverkan.shell.visit import AnyRequest

FOLDER = Path(__file__).parent
"""Where this role's templates and texts lie."""

WIRE_TYPE = "application/samverkan-wire"
Receive = Callable[[bytes], bytes]
StatusOf = Callable[[], Status]


def handlers() -> Sequence[ControllerRouterHandler]:
    """All routes of the role."""
    return [_wire, _status]


@machine("/wire/v1")
def _wire(request: AnyRequest, body: RawBody) -> Response[bytes]:
    receive: Receive = request.app.state["receive"]
    try:
        return Response(receive(body), media_type=WIRE_TYPE)
    except RefusedError:
        answer = Code.MESSAGE_SIGNATURE.value.encode()
        return Response(answer, status_code=403, media_type="text/plain")


@open_page("/")
def _status(request: AnyRequest) -> Response[str]:
    status_of: StatusOf = request.app.state["status"]
    return pages.render(request, "status.html", shown=status_of())
