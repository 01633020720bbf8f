"""`policy.cedar` is the source: valid by its schema, and equal to the fast check in every answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.policy import RULES, Action, Permit, Resource, check
from samverkan.infra.cedar import Policy, PolicyInvalid, load_policy
from samverkan.kernel.ids import PartyId, UserId
from tests.instruments import seeded

draw = seeded()
PARTIES = (PartyId("skv-beskattning"), PartyId("skv-brott"))
USERS = (UserId.draw(draw), UserId.draw(draw))
BODIES = (None, "rsr-syd", "rsr-nord")
DAYS = [date(2026, 1, day) for day in range(1, 6)]
POLICY = load_policy()
SOURCE = resources.files("samverkan.domain").joinpath("policy.cedar").read_text(encoding="utf-8")

mandates = st.builds(
    Mandate,
    user=st.sampled_from((USERS[0], *USERS)),
    party=st.sampled_from((PARTIES[0], *PARTIES)),
    role=st.sampled_from(Role),
    since=st.sampled_from(DAYS[:3]),
    until=st.sampled_from(DAYS[2:]),
    body=st.sampled_from(BODIES),
)
officers = st.builds(
    Officer,
    user=st.just(USERS[0]),
    party=st.sampled_from((PARTIES[0], *PARTIES)),
    name=st.just("N"),
    language=st.just("sv"),
    mandates=st.lists(mandates, max_size=4).map(tuple),
)
resources_ = st.builds(
    Resource, party=st.sampled_from((PARTIES[0], *PARTIES)), body=st.sampled_from(BODIES)
)
times = st.sampled_from(DAYS).flatmap(
    lambda day: st.sampled_from(
        [datetime(day.year, day.month, day.day, hour, 59, tzinfo=UTC) for hour in (0, 12, 23)]
    )
)


def agree(
    policy: Policy, officer: Officer, action: Action, resource: Resource, at: datetime
) -> bool:
    """Whether source and fast check give the same answer, by the same mandate and rule."""
    source = policy.allowed(officer, action, resource, at)
    fast = check(officer, action, resource, at)
    if not isinstance(fast, Permit):
        return source is None
    return source is not None and (source[0].role, source[1]) == (fast.role, fast.policy)


@settings(max_examples=600, deadline=None)
@given(officer=officers, action=st.sampled_from(Action), resource=resources_, at=times)
def test_the_fast_check_equals_the_source(
    officer: Officer, action: Action, resource: Resource, at: datetime
) -> None:
    assert agree(POLICY, officer, action, resource, at)


@pytest.mark.parametrize("role", Role)
def test_every_role_and_act_is_answered_alike(role: Role) -> None:
    """The random test may miss a pair; this one cannot."""
    held = Mandate(USERS[0], PARTIES[0], role, DAYS[0], DAYS[4], "rsr-syd")
    officer = Officer(USERS[0], PARTIES[0], "N", "sv", (held,))
    at = datetime(2026, 1, 3, tzinfo=UTC)
    for action in Action:
        assert agree(POLICY, officer, action, Resource(PARTIES[0], "rsr-syd"), at)


def test_a_planted_difference_would_be_seen() -> None:
    """The comparison itself is tried: an auditor who may answer is no longer equal."""
    loose = SOURCE + (
        '\n@id("planted") permit (principal in Role::"auditor", action == Action::"answer",'
        " resource);"
    )
    held = Mandate(USERS[0], PARTIES[0], Role.AUDITOR, DAYS[0], DAYS[4])
    officer = Officer(USERS[0], PARTIES[0], "N", "sv", (held,))
    at = datetime(2026, 1, 3, tzinfo=UTC)
    assert not agree(load_policy(loose), officer, Action.ANSWER, Resource(PARTIES[0]), at)


def test_every_rule_of_the_source_is_named_once_and_known_to_the_fast_check() -> None:
    named = re.findall(r'@id\("([a-z-]+)"\)\s*(permit|forbid)', SOURCE)
    rules = len(re.findall(r"^(?:permit|forbid)\b", SOURCE, re.MULTILINE))
    assert len(named) == rules == len({name for name, _ in named})
    assert {name for name, kind in named if kind == "permit"} == set(RULES.values())


def test_every_forbidding_rule_cites_why() -> None:
    for name in ("own-party-only", "own-mandate-only", "mandate-in-force", "own-body-only"):
        before = SOURCE.split(f'@id("{name}")')[0].rstrip().splitlines()[-1]
        assert before.startswith("//")


@pytest.mark.parametrize(
    "wrong",
    [
        'permit (principal in Role::"officer", action == Action::"fly", resource);',
        "permit (principal, action, resource) when { principal.rank > 3 };",
        "permit (principal, action, resource) when { principal.since <= context.today",
    ],
)
def test_a_rule_that_does_not_fit_the_schema_is_refused(wrong: str) -> None:
    with pytest.raises(PolicyInvalid):
        load_policy(SOURCE + "\n" + wrong)
