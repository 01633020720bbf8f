"""Signing in: in a demo on synthetic data by choosing an invented officer, else not listed here."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response

from samverkan.agency.web import blocks
from samverkan.agency.web.blocks import Notice, Sight
from samverkan.agency.web.desk import Desk, desk_of
from samverkan.agency.web.names import Names
from samverkan.domain.org import Officer, Role
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import refuse
from samverkan.kernel.purpose import Stamp
from samverkan.shell import pages
from samverkan.shell.links import local_path
from samverkan.shell.parts import Tone
from samverkan.shell.routes import FormData, open_act, open_page
from samverkan.shell.texts import Texts
from samverkan.shell.visit import AnyRequest


@open_page("/sign-in")
def form(request: AnyRequest) -> Response[str]:
    """The accounts of a demo; where it is none, a sentence that accounts come from the agency."""
    t, desk = pages.texts_of(request), desk_of(request)
    if not _listed(desk):
        notice = Notice(Tone.INFO, t("signin.elsewhere"), [t("signin.elsewhere_means")])
        return blocks.show(request, Sight(title=t("signin.title"), blocks=[notice]))
    names = Names(desk.pack, t.language.value)
    accounts = [_account(t, names, one) for one in sorted(desk.officers(), key=_first_role)]
    after = local_path(request.query_params.get("next", "/"))
    return pages.render(request, "signin.html", accounts=accounts, next=after)


@open_act("/sign-in")
def begin(request: AnyRequest, data: FormData) -> Response[str]:
    """Begin the session of the officer that was chosen."""
    desk = desk_of(request)
    asked = str(data.get("user", ""))
    officer = next((one for one in desk.officers() if one.user == asked), None)
    if officer is None or not _listed(desk):
        return pages.refusal_page(request, refuse(Code.NOT_FOUND))
    pages.sign_in(request, UserId(officer.user))
    pages.choose_language(request, officer.language)
    return pages.redirect(request, str(data.get("next", "/")))


def _listed(desk: Desk) -> bool:
    """Accounts without a proof of who signs in exist only on invented data."""
    return desk.demo and desk.stamp is Stamp.SYNTHETIC


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as: the number, the name, the roles, and what they are there for."""

    user: str
    name: str
    roles: str
    duties: str


def _account(t: Texts, names: Names, officer: Officer) -> Account:
    held = sorted({mandate.role for mandate in officer.mandates}, key=list(Role).index)
    duties = [names.words(names.pack.roles[role.value].duty) for role in held]
    return Account(officer.user, officer.name, _roles(t, names, officer), " ".join(duties))


def _first_role(officer: Officer) -> tuple[int, str]:
    """By role, in the order in which the chain meets them; then by name."""
    places = [list(Role).index(mandate.role) for mandate in officer.mandates]
    return min(places, default=len(Role)), officer.name


def _roles(t: Texts, names: Names, officer: Officer) -> str:
    """Each role once, with its body or with how many bodies it is held in."""
    held: dict[str, list[str]] = {}
    for mandate in officer.mandates:
        bodies = held.setdefault(mandate.role.value, [])
        bodies += [names.of(names.pack.bodies, mandate.body)] if mandate.body else []
    return ", ".join(_role(t, names.role(role), bodies) for role, bodies in held.items())


def _role(t: Texts, role: str, bodies: list[str]) -> str:
    if not bodies:
        return role
    return f"{role} ({bodies[0] if len(bodies) == 1 else t('signin.bodies', n=len(bodies))})"


HANDLERS = [form, begin]
