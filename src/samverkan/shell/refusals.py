"""The one place where a refusal becomes an HTTP status."""

from __future__ import annotations

from samverkan.kernel.codes import Code

_STATUS = {
    Code.NOT_FOUND: 404,
    # another's resource and a missing mandate answer as if nothing were there
    Code.NO_MANDATE: 404,
    Code.NOT_A_PARTY: 404,
    Code.NOT_A_MEMBER: 404,
    Code.NOT_SIGNED_IN: 401,
    Code.FORGED_FORM: 403,
    Code.UNKNOWN_HOST: 421,
    Code.TOO_MANY: 429,
    Code.FILE_TOO_LARGE: 413,
    Code.STORE_LOCKED: 503,
    # the thing has moved on since the page was shown
    Code.ALREADY_ANSWERED: 409,
    Code.ALREADY_DECIDED: 409,
    Code.COOPERATION_ENDED: 409,
    Code.WRONG_STATE: 409,
    Code.NOT_YET: 409,
    Code.MESSAGE_REPLAYED: 409,
    Code.MESSAGE_OUT_OF_ORDER: 409,
    Code.MESSAGE_MALFORMED: 400,
    Code.MESSAGE_UNKNOWN_KIND: 400,
    Code.MESSAGE_SIGNATURE: 403,
    Code.MESSAGE_NOT_FOR_US: 403,
    Code.LEDGER_BROKEN: 500,
}
_UNACCEPTABLE = 422

_SHOWN_AS = {Code.NO_MANDATE: Code.NOT_FOUND, Code.NOT_A_PARTY: Code.NOT_FOUND}
_SHOWN_AS[Code.NOT_A_MEMBER] = Code.NOT_FOUND

_CODE = {
    400: Code.FORM_INVALID,
    401: Code.NOT_SIGNED_IN,
    403: Code.FORGED_FORM,
    413: Code.FILE_TOO_LARGE,
    422: Code.FORM_INVALID,
    429: Code.TOO_MANY,
}


def status_of(code: Code) -> int:
    """The HTTP status of a refusal. What is refused for its content is 422."""
    return _STATUS.get(code, _UNACCEPTABLE)


def shown_as(code: Code) -> Code:
    """The code that a page may name: a whole page refused for lack of mandate was never there.

    In a form, where the officer's own act is refused on the own case, the code itself shows.
    """
    return _SHOWN_AS.get(code, code)


def code_of(status: int) -> Code:
    """The refusal that a status of the web framework amounts to; what is unknown is absent."""
    return _CODE.get(status, Code.NOT_FOUND)
