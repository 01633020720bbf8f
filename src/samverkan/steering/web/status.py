"""The page that anybody may read: role, kind of data, model, head of the ledger. No accounts.

It names nothing but machinery, so it needs no mandate and leaves no ledger entry: an open page
that wrote one would let a stranger fill the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from litestar import Response
from litestar.types import ControllerRouterHandler

from samverkan.shell import pages
from samverkan.shell.routes import open_page
from samverkan.shell.visit import AnyRequest
from samverkan.steering.ports import Status

FOLDER = Path(__file__).parent
"""Where this role's templates and texts lie."""

StatusOf = Callable[[], Status]


def handlers() -> Sequence[ControllerRouterHandler]:
    """All routes of the role."""
    return [_status]


@open_page("/")
def _status(request: AnyRequest) -> Response[str]:
    status_of: StatusOf = request.app.state["status"]
    return pages.render(request, "status.html", shown=status_of())
