"""The agency's workspace in the browser: it translates between pages and use cases, never decides.

`app` gives `make_app` these handlers, the frame, and the desk under `services={"desk": …}`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from litestar.handlers import HTTPRouteHandler

from samverkan.agency.web import (
    amending_page,
    area_acts,
    area_upload,
    areas,
    asking_page,
    by_number,
    cases,
    contributions,
    cooperations,
    council,
    crediting_page,
    deliveries,
    disclosed,
    docket,
    drafting,
    ending,
    enrolments,
    figures,
    firing_page,
    follow_up,
    group,
    group_acts,
    hits,
    hours,
    inbox,
    joint,
    keys,
    local,
    local_acts,
    local_body,
    local_meetings,
    local_points,
    log,
    method_acts,
    methods,
    model,
    model_body,
    model_rules,
    one_by_one,
    operations,
    own_steps,
    picture_acts,
    picture_compare,
    picture_page,
    picture_paper,
    picture_statistics,
    pictures,
    proposing_page,
    rates,
    reports,
    requests,
    running,
    signin,
    variant_editor,
    variants,
    withdrawals,
)
from samverkan.agency.web.desk import Desk
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.ids import UserId
from samverkan.shell.frame import Frame, NavItem, Viewer
from samverkan.shell.texts import Language

FOLDER = Path(__file__).parent
"""Where this role's templates and texts lie."""

_ROOMS = (
    inbox,
    signin,
    cooperations,
    drafting,
    ending,
    enrolments,
    one_by_one,
    withdrawals,
    hits,
    firing_page,
    asking_page,
    by_number,
    requests,
    amending_page,
    disclosed,
    running,
    joint,
    cases,
    proposing_page,
    docket,
    council,
    own_steps,
    operations,
    crediting_page,
    contributions,
    hours,
    rates,
    follow_up,
    figures,
    reports,
    model,
    model_body,
    model_rules,
    variant_editor,
    variants,
    methods,
    method_acts,
    area_upload,
    area_acts,
    areas,
    pictures,
    picture_statistics,
    picture_compare,
    picture_acts,
    picture_paper,
    picture_page,
    deliveries,
    keys,
    log,
    local,
    local_acts,
    local_body,
    local_meetings,
    local_points,
    group,
    group_acts,
)
_Place = tuple[str, str, tuple[Action, ...]]
_PLACES: tuple[tuple[str, tuple[_Place, ...]], ...] = (
    (
        "nav.group.work",
        (
            ("nav.inbox", "/", (Action.READ_INBOX,)),
            ("nav.hits", "/hits", (Action.READ_HITS,)),
            ("nav.requests", "/requests", (Action.ANSWER, Action.ASK)),
            ("nav.disclosed", "/disclosures", (Action.ANSWER,)),
            ("nav.cases", "/cases", (Action.READ_CASE,)),
            ("nav.contributions", "/contributions", (Action.ASK, Action.ANSWER)),
        ),
    ),
    (
        "nav.group.together",
        (
            ("nav.cooperations", "/cooperations", (Action.READ_INBOX,)),
            ("nav.running", "/cases/running", (Action.READ_CASE, Action.READ_COUNCIL)),
            ("nav.council", "/council", (Action.READ_COUNCIL,)),
            ("nav.operations", "/operations", (Action.PLAN_MEASURE, Action.READ_COUNCIL)),
        ),
    ),
    (
        "nav.group.model",
        (
            ("nav.areas", "/areas", (Action.READ_INBOX,)),
            ("nav.local", "/local", (Action.READ_INBOX,)),
            ("nav.pictures", "/pictures", (Action.READ_INBOX,)),
            ("nav.model", "/model", (Action.READ_INBOX,)),
            ("nav.methods", "/methods", (Action.READ_INBOX,)),
            ("nav.permanent", "/group", (Action.WORK_LOCAL, Action.ANSWER_LOCAL)),
        ),
    ),
    (
        "nav.group.account",
        (
            ("nav.hours", "/hours", (Action.REPORT_HOURS,)),
            ("nav.follow_up", "/follow-up", (Action.PLAN_MEASURE, Action.READ_COUNCIL)),
            ("nav.reports", "/reports", (Action.READ_INBOX, Action.READ_LEDGER)),
            ("nav.log", "/log", (Action.READ_LEDGER,)),
        ),
    ),
    (
        "nav.group.upkeep",
        (
            ("nav.deliveries", "/deliveries", (Action.INGEST,)),
            ("nav.keys", "/keys", (Action.CHANGE_KEYS,)),
            ("nav.rates", "/hours/rates", (Action.SET_RATES,)),
        ),
    ),
)
"""The navigation in groups: text, path, and the acts of which one suffices to be led there."""


def handlers() -> list[HTTPRouteHandler]:
    """All routes of the workspace."""
    return [handler for room in _ROOMS for handler in room.HANDLERS]


def navigation(desk: Desk) -> Callable[[Viewer], Sequence[NavItem]]:
    """What an officer's mandates in force lead to."""

    def items(viewer: Viewer) -> list[NavItem]:
        user = viewer.user_id
        if user is None:
            return []
        return [
            NavItem(text, path, group=group)
            for group, places in _PLACES
            for text, path, actions in places
            if any(_may(desk, user, action) for action in actions)
        ]

    return items


def _may(desk: Desk, user: UserId, action: Action) -> bool:
    """Whether the officer may do this, in the matters of any body where that is asked."""
    bodies: list[str | None] = [None]
    if action in (Action.READ_COUNCIL, Action.WORK_LOCAL):
        bodies = list(desk.pack.bodies)
    return any(isinstance(desk.permit(user, action, body), Permit) for body in bodies)


def site_frame(desk: Desk, *, shared_process: bool = False) -> Frame:
    """The frame of the party's pages: its name, stamp, navigation and officers' names."""
    names = desk.pack.parties[desk.me].names

    def who(user: UserId) -> str:
        officer = desk.officer(user)
        return user if officer is None else officer.name

    return Frame(
        party={language: names[language.value] for language in Language},
        stamp=desk.stamp,
        zone=ZoneInfo(desk.pack.pack.timezone),
        shared_process=shared_process,
        navigation=navigation(desk),
        who=who,
    )


__all__ = ["FOLDER", "Desk", "handlers", "navigation", "site_frame"]
