"""Rows that the tests of the repositories start from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samverkan.agency.facts import CaseFacts, EnrolmentFacts, RequestFacts
from samverkan.domain.statement import Prop, Schema, Statement
from samverkan.kernel.ids import (
    CaseId,
    DeliveryId,
    EnrolmentId,
    RequestId,
    StatementId,
    SubjectId,
    UserId,
)
from samverkan.wire.asking import Ask, Disclosed, Item
from samverkan.wire.joining import By
from samverkan.wire.matching import HitTold
from tests.instruments import NOON

BY = By(user="usr-" + "1" * 26, role="officer", policy="ask-others")
SCOPE = "coo-" + "1" * 26
USER = UserId(BY.user)
_numbers = iter(range(1, 10_000))


def ident(prefix: str, number: int) -> str:
    """An identifier that ends in the number."""
    return f"{prefix}-{number:0>26}"


def subject(number: int) -> SubjectId:
    """A subject's number."""
    return SubjectId(ident("sub", number))


def said(number: int, prop: Prop, value: str, **other: Any) -> Statement:
    """A statement of a subject by number, from delivery 1, but for `other`."""
    base: dict[str, Any] = {
        "id": StatementId(ident("stm", next(_numbers))),
        "subject": subject(number),
        "schema": Schema.PERSON,
        "prop": prop,
        "value": value,
        "original": value.upper(),
        "delivery": DeliveryId(ident("dlv", 1)),
        "row": 1,
        "said_at": NOON - timedelta(days=30),
        "basis": "2001:184",
        "purpose": "enforcement",
        "classification": "osl-34-1",
        "expires_on": date(2028, 1, 1),
        "months": (),
    }
    return Statement(**base | other)


def enrolment(number: int = 1, **other: Any) -> EnrolmentFacts:
    """A silent enrolment."""
    base: dict[str, Any] = {
        "id": EnrolmentId(ident("enr", number)),
        "scope": SCOPE,
        "rule": None,
        "query": "worksites",
        "necessity": "scope-subjects",
        "officer": USER,
        "subjects": 2,
        "entries": 5,
        "at": NOON,
    }
    return EnrolmentFacts(**base | other)


def told(number: int, **other: Any) -> HitTold:
    """A hit as the exchange tells it."""
    base: dict[str, Any] = {
        "hit": ident("hit", number),
        "scope": SCOPE,
        "epoch": 1,
        "key_type": "p1",
        "own_entry": bytes([number]) * 16,
        "party": "kfm",
        "entry": bytes([number + 100]) * 16,
        "handle": b"h" * 16,
        "proof": b"p" * 16,
        "agreed": ["id"],
        "disagreed": [],
        "supports": 0,
        "against": 0,
        "rare": [],
        "weight": 20_000,
        "level": "strong",
    }
    return HitTold(**base | other)


def case(number: int = 1, *subjects: SubjectId) -> CaseFacts:
    """A case."""
    return CaseFacts(CaseId(ident("cas", number)), SCOPE, "Ärende", USER, NOON, subjects)


def request(number: int = 1, **other: Any) -> RequestFacts:
    """An outgoing request about subject 1."""
    body = Ask(
        request=ident("req", number),
        by=BY,
        scope=SCOPE,
        case=ident("cas", 1),
        handle=b"h" * 16,
        schema="Person",
        props=["street"],
        basis="sfs-2016-774",
        need="identify",
        need_text="behövs",
        answer_by="2026-12-08T12:00:00Z",
    )
    base: dict[str, Any] = {
        "id": RequestId(body.request),
        "outgoing": True,
        "peer": "kfm",
        "subject": subject(1),
        "case": CaseId(body.case),
        "ask": body,
        "at": NOON,
    }
    return RequestFacts(**base | other)


def disclosed(number: int, to: int) -> Disclosed:
    """An answer to a request."""
    return Disclosed(
        disclosure=ident("dis", number),
        request=ident("req", to),
        by=BY,
        basis="sfs-2016-774",
        items=[Item(prop="street", outcome="released", values=["storgatan 1"])],
        restriction="osl-35-1",
        expires="2027-01-01",
        signature=bytes(64),
    )
