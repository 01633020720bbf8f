"""Turns a handler's answer into a page: the frame around it, refusals, redirects, receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response

from samverkan.kernel.codes import Code
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused
from samverkan.shell import texts
from samverkan.shell.bundle import read_bundle
from samverkan.shell.formats import Formats
from samverkan.shell.frame import Frame, NavItem, Site, Viewer, grouped
from samverkan.shell.guard import FIELD, HEADER
from samverkan.shell.links import Here, local_path
from samverkan.shell.refusals import shown_as, status_of
from samverkan.shell.texts import Language, Texts
from samverkan.shell.visit import (
    RECEIPT_COOKIE,
    AnyRequest,
    current,
    host_cookie,
    language_cookie,
    visit_of,
)

SIGN_IN = "/sign-in"
_TEMPLATES = Path(__file__).parent / "templates"
_RECEIPT = "receipt."
_HEADINGS = {401, 403, 404, 409, 413, 429, 500}


def render(
    request: AnyRequest, template: str, /, *, status: int = 200, **context: object
) -> Response[str]:
    """The page, in the reader's language. Call it in the handler's own thread."""
    return _page(request, template, current(request), status, context)


def redirect(request: AnyRequest, path: str, *, receipt: str = "") -> Response[str]:
    """Go and read another page (303), which shows a receipt once.

    `receipt` is a text key below `receipt.`; it travels in a cookie, so it holds no value.
    """
    if receipt:
        visit_of(request).cookies.append(host_cookie(RECEIPT_COOKIE, receipt, 60))
    return Response("", status_code=303, headers={"location": local_path(path)})


def refusal_page(request: AnyRequest, refused: Refused) -> Response[str]:
    """The page that says no. Sends a reader who is not signed in to the sign-in page."""
    if refused.code is Code.NOT_SIGNED_IN:
        return _to_sign_in(request)
    status = status_of(refused.code)
    shown = Refused(shown_as(refused.code), refused.params)
    return error_page(request, status, sentence=shown)


def error_page(
    request: AnyRequest, status: int, *, sentence: Refused | None = None, incident: str = ""
) -> Response[str]:
    """A page for what went wrong: a heading by status, a sentence, perhaps an incident number."""
    heading = status if status in _HEADINGS else 422
    context = {"heading": heading, "refused": sentence, "incident": incident}
    viewer = visit_of(request).known_viewer()
    if incident:  # what failed may be what the navigation or the name asks: show neither
        viewer = replace(viewer, user_id=None)
    answer = _page(request, "shell/error.html", viewer, status, context)
    # an enhanced part of a page must not swallow the answer: it replaces the main content
    answer.headers.update({"HX-Retarget": "#main", "HX-Reselect": "#main"})
    answer.headers.update({"HX-Reswap": "outerHTML"})
    return answer


def sign_in(request: AnyRequest, user_id: UserId) -> None:
    """Sign the officer in; the cookie with the new token goes out with this answer."""
    visit_of(request).rotate(user_id)


def sign_out(request: AnyRequest) -> None:
    """Sign the reader out, whoever it is."""
    visit_of(request).leave()


def choose_language(request: AnyRequest, asked: str) -> None:
    """Remember the reader's choice of language."""
    visit_of(request).cookies.append(language_cookie(texts.choose(asked, None)))


def texts_of(request: AnyRequest) -> Texts:
    """The catalogue in the reader's language, the role's own texts included."""
    return _catalogue(request.app.state.site, visit_of(request).language)


def _page(
    request: AnyRequest,
    template: str,
    viewer: Viewer,
    status: int,
    context: Mapping[str, object],
) -> Response[str]:
    site: Site = request.app.state.site
    catalogue = _catalogue(site, viewer.language)
    frame = _frame(request, site.frame, viewer, catalogue)
    body = _environment(site.web).get_template(template).render({**frame, **context})
    return Response(body, status_code=status, media_type=MediaType.HTML)


def _frame(
    request: AnyRequest, frame: Frame, viewer: Viewer, catalogue: Texts
) -> dict[str, object]:
    """What `shell/page.html` and the parts need, whatever the page."""
    path = request.url.path
    signed_in = viewer.user_id is not None
    items = list(frame.navigation(viewer)) if signed_in else []
    return {
        "t": catalogue,
        "f": Formats(catalogue, frame.zone),
        "viewer": viewer,
        "who": frame.who(viewer.user_id) if viewer.user_id is not None else "",
        "party": frame.party[viewer.language],
        "stamp": frame.stamp,
        "shared_process": frame.shared_process,
        "navigation": grouped(items),
        "current_item": _nearest(items, path),
        "other_language": Language.EN if viewer.language is Language.SV else Language.SV,
        "here": Here(path, tuple(parse_qsl(request.scope["query_string"].decode("latin-1")))),
        "csrf_field": FIELD,
        "csrf_header": HEADER,
        "receipt": _receipt(request, catalogue),
        "asset": read_bundle().url,
    }


def _nearest(items: list[NavItem], path: str) -> NavItem | None:
    """The entry that the page belongs to: the longest path that leads to it."""
    leading = [item for item in items if path == item.path or path.startswith(item.path + "/")]
    return max(leading, key=lambda item: len(item.path), default=None)


def _receipt(request: AnyRequest, catalogue: Texts) -> str:
    """The receipt to show once. The cookie is a browser's word: only our own keys count."""
    key = request.cookies.get(RECEIPT_COOKIE)
    if key is None:
        return ""
    visit_of(request).cookies.append(host_cookie(RECEIPT_COOKIE, "", 0))
    return catalogue(key) if key.startswith(_RECEIPT) and catalogue.has(key) else ""


def _to_sign_in(request: AnyRequest) -> Response[str]:
    path = request.url.path if request.method == "GET" else "/"
    target = f"{SIGN_IN}?next={quote(path)}"
    if request.headers.get("hx-request") == "true":
        return Response("", status_code=401, headers={"HX-Redirect": target})
    return Response("", status_code=303, headers={"location": target})


def _catalogue(site: Site, language: Language) -> Texts:
    return texts.load(texts.HERE, site.web / "texts")[language]


@cache
def _environment(web: Path) -> Environment:
    """Templates of one role's folder, then the shell's. Shared by all parties of the role."""
    return Environment(
        loader=FileSystemLoader([web / "templates", _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


__all__ = [
    "SIGN_IN",
    "choose_language",
    "current",
    "error_page",
    "redirect",
    "refusal_page",
    "render",
    "sign_in",
    "sign_out",
    "texts_of",
]
