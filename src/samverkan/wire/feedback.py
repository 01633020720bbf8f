"""What came of a contribution, from the one who received it to the one who gave it, sealed."""

from __future__ import annotations

from samverkan.wire.forms import Code, Ident
from samverkan.wire.v1 import Message


class Feedback(Message, frozen=True, kw_only=True):
    """`feedback.give`: a code that names nobody, for the disclosure that answered a request.

    `why` is a code of the pack, demanded where the contribution could not be used.
    """

    request: Ident
    code: Code
    why: Code | None = None
