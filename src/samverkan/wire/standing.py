"""The standing work of a group: questions, decisions, the year's plan, so that it outlives the people.

Texts are of the work and never of a person (ADR 22). Each command is also the body of the event that
tells the members of it.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from samverkan.wire.forms import Code, Day, Ident, Party, PublicText
from samverkan.wire.joining import By
from samverkan.wire.v1 import Message

Month = Annotated[str, Meta(pattern=r"^2[0-9]{3}-(?:0[1-9]|1[0-2])\Z")]


class RaiseQuestion(Message, frozen=True, kw_only=True):
    """`question.raise`: something that is not answered yet."""

    by: By
    question: Ident
    body: Code
    text: PublicText


class AssignQuestion(Message, frozen=True, kw_only=True):
    """`question.assign`: which party is to answer, and until when."""

    by: By
    question: Ident
    body: Code
    to: Party
    due: Day | None = None


class AnswerQuestion(Message, frozen=True, kw_only=True):
    """`question.answer`: an answer; a later one stands beside it."""

    by: By
    question: Ident
    body: Code
    text: PublicText


class CloseQuestion(Message, frozen=True, kw_only=True):
    """`question.close`: nothing more is to be done."""

    by: By
    question: Ident
    body: Code


class NoteDecision(Message, frozen=True, kw_only=True):
    """`group.decide`: what the members have agreed on for their own work, on a day."""

    by: By
    decision: Ident
    body: Code
    on: Day
    text: PublicText


class PlanEntry(Message, frozen=True, kw_only=True):
    """`plan.add`: an item of the year's plan: in which month, and which party answers for it."""

    by: By
    entry: Ident
    body: Code
    month: Month
    owner: Party
    title: PublicText
