"""How long one permission check takes on the hot path."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, date, datetime
from random import Random

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from samverkan.domain.org import Mandate, Officer, Role
from samverkan.domain.policy import Action, Resource, check
from samverkan.kernel.ids import PartyId, UserId
from samverkan.kernel.outcome import Refused

_ROUNDS = 20_000
_NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_FK = PartyId("fk")


def permission(conditions: Conditions) -> Iterable[Figure]:
    """An officer of eight mandates asks for every action in turn; most are refused, the slow way."""
    officer = _officer(conditions.seed)
    asked = [(action, Resource(_FK, "rsr-syd")) for action in Action]
    answers = [check(officer, action, resource, _NOW) for action, resource in asked]
    assert {isinstance(answer, Refused) for answer in answers} == {True, False}
    rounds = _ROUNDS // len(asked)
    start = time.perf_counter()
    for _ in range(rounds):
        for action, resource in asked:
            check(officer, action, resource, _NOW)
    took = time.perf_counter() - start
    yield Figure("permission_check_us", took / (rounds * len(asked)) * 1e6, "µs", Must("<=", 50))


def _officer(seed: int) -> Officer:
    user = UserId.draw(Random(seed).randbytes)
    roles = [Role.AUDITOR, Role.ADMINISTRATOR, Role.DEPUTY, Role.COUNCIL_MEMBER]
    lapsed = [Mandate(user, _FK, role, date(2020, 1, 1), date(2021, 1, 1)) for role in roles]
    mandates = [
        Mandate(user, _FK, role, date(2026, 1, 1), date(2026, 12, 31), "rsr-syd")
        for role in (Role.OFFICER, Role.ANALYST, Role.RELEASING_OFFICER, Role.CHAIR)
    ]
    return Officer(user, _FK, "Sample", "sv", (*lapsed, *mandates))
