"""Permission: who may do what, when. The source is `policy.cedar`; this is its fast twin.

Deny by default, no superuser: a permit comes from one dated mandate at the own party, under one
named rule. `Permit` is proof: only `check` makes one, and repositories take nothing less.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from samverkan.domain.org import Officer, Role, day_of
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId, UserId
from samverkan.kernel.outcome import Refused, SamverkanError


@dataclass(frozen=True, slots=True)
class _Seal:
    """Made by `check` alone, over the very fields: a copy with another field does not fit it."""

    over: tuple[object, ...]


class Action(StrEnum):
    """What may be asked of the check. Pack texts name each."""

    INGEST = "ingest"
    DECIDE_COOPERATION = "decide_cooperation"
    ENROL = "enrol"
    SIGN_RULE = "sign_rule"
    READ_HITS = "read_hits"
    JUDGE_HIT = "judge_hit"
    READ_REGISTER = "read_register"
    ASK = "ask"
    ANSWER = "answer"
    READ_CASE = "read_case"
    LEAD_CASE = "lead_case"
    PROPOSE = "propose"
    READ_COUNCIL = "read_council"
    TAKE_POSITION = "take_position"
    CLOSE_DECISION = "close_decision"
    PLAN_MEASURE = "plan_measure"
    REPORT_HOURS = "report_hours"
    RECORD_OUTCOME = "record_outcome"
    SET_RATES = "set_rates"
    FREEZE_REPORT = "freeze_report"
    DRAW_PICTURE = "draw_picture"
    SETTLE_PICTURE = "settle_picture"
    KEEP_METHODS = "keep_methods"
    VARY = "vary"
    DO_STEP = "do_step"
    START_LOCAL = "start_local"
    ANSWER_LOCAL = "answer_local"
    LEAD_LOCAL = "lead_local"
    WORK_LOCAL = "work_local"
    READ_LEDGER = "read_ledger"
    CHANGE_KEYS = "change_keys"
    READ_INBOX = "read_inbox"
    DECIDE_AREA = "decide_area"


class ForgedPermit(SamverkanError):
    """Somebody built a `Permit` without the check. A fault of ours."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Whose thing it is, and in which body's matters, if any."""

    party: PartyId
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Permit:
    """Proof that the check has allowed this act. Raises `ForgedPermit` when made elsewhere.

    `role` is that of the mandate used, `policy` the rule's @id in `policy.cedar`, for the ledger.
    """

    action: Action
    user: UserId
    party: PartyId
    role: Role
    body: str | None
    policy: str
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        over = (self.action, self.user, self.party, self.role, self.body, self.policy)
        if not isinstance(self.seal, _Seal) or self.seal.over != over:
            raise ForgedPermit


_WORKS = (Role.OFFICER, Role.ANALYST)
_DECIDES = (Role.COUNCIL_MEMBER, Role.DEPUTY)
_SITS = (*_DECIDES, Role.CHAIR, Role.SECRETARIAT)
_LOCAL = (Role.LOCAL_MEMBER, Role.LOCAL_DEPUTY, Role.COORDINATOR)

BODY_BOUND = frozenset(
    {
        Action.READ_COUNCIL,
        Action.TAKE_POSITION,
        Action.CLOSE_DECISION,
        Action.DECIDE_AREA,
        Action.VARY,
        Action.LEAD_LOCAL,
        Action.WORK_LOCAL,
    }
)
"""Acts for which only a mandate for the very body counts."""

_TABLE: tuple[tuple[str, tuple[Role, ...], tuple[Action, ...]], ...] = (
    ("take-in-deliveries", (Role.ADMINISTRATOR,), (Action.INGEST,)),
    ("take-in-own-material", (Role.ANALYST,), (Action.INGEST,)),
    ("decide-for-own-party", _DECIDES, (Action.DECIDE_COOPERATION,)),
    ("enrol-subjects", _WORKS, (Action.ENROL,)),
    ("sign-release-rules", (Role.RELEASING_OFFICER,), (Action.SIGN_RULE,)),
    ("read-and-judge-hits", _WORKS, (Action.READ_HITS, Action.JUDGE_HIT)),
    ("read-own-register", (*_WORKS, Role.RELEASING_OFFICER), (Action.READ_REGISTER,)),
    ("read-own-cases", _WORKS, (Action.READ_CASE,)),
    ("lead-joint-cases", _WORKS, (Action.LEAD_CASE,)),
    ("ask-others", _WORKS, (Action.ASK,)),
    ("answer-others", (Role.RELEASING_OFFICER,), (Action.ANSWER,)),
    ("propose-to-a-body", _WORKS, (Action.PROPOSE,)),
    ("read-own-body", _SITS, (Action.READ_COUNCIL,)),
    ("take-position-for-own-party", _DECIDES, (Action.TAKE_POSITION,)),
    ("close-the-round", (Role.CHAIR, Role.SECRETARIAT), (Action.CLOSE_DECISION,)),
    ("decide-over-areas", (Role.CHAIR, Role.SECRETARIAT), (Action.DECIDE_AREA,)),
    ("plan-own-measures", (Role.OFFICER,), (Action.PLAN_MEASURE,)),
    ("account-for-own-work", (Role.OFFICER,), (Action.REPORT_HOURS, Action.RECORD_OUTCOME)),
    ("set-own-rates", (Role.ADMINISTRATOR,), (Action.SET_RATES,)),
    ("freeze-reports", (Role.SECRETARIAT,), (Action.FREEZE_REPORT,)),
    ("draw-pictures", (*_WORKS, Role.SECRETARIAT), (Action.DRAW_PICTURE,)),
    ("settle-pictures", (Role.CHAIR, Role.SECRETARIAT), (Action.SETTLE_PICTURE,)),
    ("vary-own-body", _SITS, (Action.VARY,)),
    ("do-added-steps", (*_WORKS, *_SITS), (Action.DO_STEP,)),
    ("keep-the-method-library", (*_WORKS, *_SITS, *_LOCAL), (Action.KEEP_METHODS,)),
    ("start-local-bodies", _SITS, (Action.START_LOCAL,)),
    ("answer-for-own-party-locally", _DECIDES, (Action.ANSWER_LOCAL,)),
    ("lead-own-local-body", (Role.COORDINATOR,), (Action.LEAD_LOCAL,)),
    ("work-in-own-local-body", _LOCAL, (Action.WORK_LOCAL,)),
    ("read-own-local-body", _LOCAL, (Action.READ_COUNCIL,)),
    ("read-own-ledger", (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER), (Action.READ_LEDGER,)),
    ("change-own-keys", (Role.ADMINISTRATOR,), (Action.CHANGE_KEYS,)),
    (
        "read-own-inbox",
        (*_WORKS, Role.RELEASING_OFFICER, *_SITS, *_LOCAL, Role.ADMINISTRATOR),
        (Action.READ_INBOX,),
    ),
)

RULES: dict[tuple[Role, Action], str] = {
    (role, action): policy
    for policy, roles, actions in _TABLE
    for role in roles
    for action in actions
}
"""(role, action) → the rule that permits it. What is absent is denied."""


def check(
    officer: Officer,
    action: Action,
    resource: Resource,
    at: datetime,
    *,
    role: Role | None = None,
) -> Permit | Refused:
    """The permit of the first mandate that allows the act, else `NO_MANDATE`.

    With `role` only mandates to that role are looked at: some acts are for a named one.
    """
    if officer.party != resource.party:
        return Refused(Code.NO_MANDATE)
    today = day_of(at)
    for mandate in officer.mandates:
        policy = RULES.get((mandate.role, action))
        if (
            policy is not None
            and role in (None, mandate.role)
            and mandate.user == officer.user
            and mandate.party == officer.party
            and mandate.since <= today <= mandate.until
            and _reaches(mandate.body, action, resource)
        ):
            made = (action, officer.user, officer.party, mandate.role, resource.body, policy)
            return Permit(*made, seal=_Seal(made))
    return Refused(Code.NO_MANDATE)


def _reaches(body: str | None, action: Action, resource: Resource) -> bool:
    """In a body's matters the mandate must be for that body; elsewhere its body does not narrow it."""
    return action not in BODY_BOUND or (body is not None and body == resource.body)
