"""What a person says of a lead, hit or firing: the form to say it, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from samverkan.agency.web.blocks import Ask, Block, Chain, Choices, Heading, Sheet
from samverkan.agency.web.desk import Seat
from samverkan.shell.forms import Form
from samverkan.shell.parts import Progress, Step


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer said of it once, why, and when; `words` in the reader's language."""

    words: str
    at: datetime
    officer: str
    note: str


def history(at: Seat, said: Sequence[Said]) -> list[Block]:
    """What was said of a lead so far; nothing where nobody has said anything."""
    if not said:
        return []
    steps = [Step(one.words, Progress.DONE, one.at, at.who(one.officer), one.note) for one in said]
    return [Heading(at.t("hit.history")), Chain(at.t("hit.history"), steps, full=True)]


@dataclass(frozen=True, slots=True)
class Saying:
    """What can be said of a lead: where it goes, its words, and the name of the choice."""

    path: str
    heading: str
    lead: str
    name: str
    words: str
    choices: Choices


def sheet(at: Seat, saying: Saying, form: Form, *, again: bool) -> Sheet:
    """The form to say it, with a note. `again`: it was said before, so the form stands back."""
    return Sheet(
        path=saying.path,
        heading=saying.heading,
        lead=saying.lead,
        button=at.t("hit.judge_send"),
        form=form,
        quiet=again,
        kind="secondary" if again else "primary",
        asks=[
            Ask(name=saying.name, words=saying.words, kind="radio", choices=saying.choices),
            Ask(name="note", words=at.t("hit.note"), kind="area", hint=at.t("hit.note_hint")),
        ],
    )
