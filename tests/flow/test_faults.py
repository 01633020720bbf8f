"""What an officer cannot do is refused: a stable code, a sentence, nothing half-written.

All cases work on one opened world, since what is refused leaves no row behind in any store: a
digest of every table, but for the log and the post's counters, is taken before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from samverkan.agency import asking
from samverkan.domain.policy import Action
from samverkan.embedded.stations import selecting, sharing
from samverkan.infra.ledger import Recorded
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.shell import texts
from samverkan.shell.texts import Language
from tests.agency.model import ANNA, BO, DEBTS, POLICE
from tests.agency.stages import stages
from tests.agency.web.conftest import Opening, browse
from tests.agency.wishes import enrol, enrol_list, sign
from tests.agency.world import World, question
from tests.embedded.seats import DEBTS_OFFICER, DEBTS_RELEASER, at
from tests.flow.faults import (
    Fault,
    digest,
    in_,
    later,
    model,
    receiving,
    registers,
    spoken,
    unaccepted,
    world,
)

__all__ = ["browse", "stages", "world"]
WHY = "single-subject"


# ------------------------------------------------------------------ use cases and commands


def signing(world: World, **other: Any) -> object:
    """A rule, by what the node's own model says."""
    return sign(world, model=world.node(DEBTS).pack, **other)


def asks(world: World) -> object:
    node = world.node(POLICE)
    return world.act(POLICE, Action.ASK, asking.ask, node.pack, question(world))


def without_mandate(world: World) -> object:
    """The officer who works on cases tries to sign a release rule."""
    officer = at(world, DEBTS, DEBTS_OFFICER)
    return world.node(DEBTS).permit(officer.officer.user, Action.SIGN_RULE)


def commanded(world: World, *, open_to: tuple[str, ...] = (), scope: str | None = None) -> object:
    """`samverkan enrol --list`."""
    officer, signer = at(world, DEBTS, DEBTS_OFFICER), at(world, DEBTS, DEBTS_RELEASER)
    records = selecting.Records(
        scope or world.scope.id, (ANNA, BO), WHY, sharing.Opening(open_to, None)
    )
    return selecting.enrol_list(officer, signer, records)


BY_OFFICERS = [
    Fault("a rule for an unknown agency", Code.NOT_A_PARTY, lambda w: sign(w, receivers=("no",))),
    Fault("a rule after the last day", Code.COOPERATION_ENDED, in_(later, sign)),
    Fault("an enrolment after the last day", Code.COOPERATION_ENDED, in_(later, enrol)),
    Fault("a request after the last day", Code.COOPERATION_ENDED, in_(later, asks)),
    Fault(
        "a rule in a cooperation that others have not accepted",
        Code.NO_COOPERATION,
        lambda w: sign(w, scope=unaccepted(w)),
    ),
    Fault(
        "records in a cooperation that others have not accepted",
        Code.NO_COOPERATION,
        lambda w: enrol_list(w, (ANNA, WHY), scope=unaccepted(w)),
    ),
    Fault("an officer without mandate", Code.NO_MANDATE, without_mandate),
    Fault("a prosecutor's open record", Code.RECEIVES_ONLY, in_(model(receiving), signing)),
    Fault(
        "a whole register by list",
        Code.WHOLE_REGISTER,
        in_(model(registers), lambda w: enrol_list(w, (ANNA, WHY), (BO, WHY))),
    ),
]
BY_COMMAND = [
    Fault("an unknown agency", Code.NOT_A_PARTY, lambda w: commanded(w, open_to=("no",))),
    Fault("an expired cooperation", Code.COOPERATION_ENDED, in_(later, commanded)),
    Fault("one not accepted", Code.NO_COOPERATION, lambda w: commanded(w, scope=unaccepted(w))),
    Fault(
        "a prosecutor's open record",
        Code.RECEIVES_ONLY,
        in_(model(receiving), lambda w: commanded(w, open_to=(POLICE,))),
    ),
    Fault("a whole register", Code.WHOLE_REGISTER, in_(model(registers), commanded)),
]


@pytest.mark.parametrize("fault", BY_OFFICERS + BY_COMMAND, ids=lambda fault: fault.name)
def test_what_an_officer_cannot_do_is_refused_and_leaves_nothing(
    world: World, fault: Fault
) -> None:
    before = digest(world)
    try:
        answer = fault.do(world)
    except RefusedError as error:
        answer = error.refused
    assert isinstance(answer, Refused), answer
    assert answer.code is fault.code
    assert digest(world) == before
    spoken(answer)


# ------------------------------------------------------------------ pages


@dataclass(frozen=True)
class Sent:
    """A form that is sent to a page under some circumstances, and how it is answered."""

    name: str
    code: Code
    path: str
    form: dict[str, str]
    how: Callable[[World], Any] | None = None
    who: str = DEBTS_RELEASER


RULE = {"query": "listed", "receivers": POLICE, "test": "Vägt.", "until": "2026-12-31"}
LIST = {"records": f"{ANNA}\n{BO}", "necessity": WHY, "rule": "silent"}
ON_PAGES = [
    Sent("an unknown agency", Code.NOT_A_PARTY, "rule", RULE | {"receivers": "nobody"}),
    Sent("an expired cooperation", Code.COOPERATION_ENDED, "rule", RULE, later),
    Sent("an officer without mandate", Code.NOT_FOUND, "rule", RULE, who=DEBTS_OFFICER),
    Sent("a prosecutor's open record", Code.RECEIVES_ONLY, "rule", RULE, model(receiving)),
    Sent("a whole register", Code.WHOLE_REGISTER, "list", LIST, model(registers), DEBTS_OFFICER),
]


@pytest.mark.parametrize("sent", ON_PAGES, ids=lambda sent: sent.name)
def test_a_page_says_why_in_the_officers_language_and_keeps_nothing(
    world: World, browse: Opening, sent: Sent
) -> None:
    _page(world, browse, sent, world.scope.id)


def test_a_page_of_a_cooperation_that_is_not_accepted_says_so(
    world: World, browse: Opening
) -> None:
    _page(world, browse, Sent("", Code.NO_COOPERATION, "rule", RULE), unaccepted(world))


def _page(world: World, browse: Opening, sent: Sent, scope: str) -> None:
    before = digest(world)
    how = sent.how or model(lambda pack: pack)
    with how(world):
        browser = browse(world, DEBTS).sign_in(sent.who)
        answer = browser.send(f"/cooperations/{scope}/{sent.path}", sent.form)
    if sent.code is Code.NOT_FOUND:  # forbidden and absent are one page
        assert answer.status_code == 404
        assert digest(world) == before
        return
    assert 400 <= answer.status_code < 500
    said = texts.load(texts.HERE)[Language.SV].refusal(Refused(sent.code))
    assert said in answer.text
    assert digest(world) == before


def test_every_refusal_stands_in_the_log_by_its_code_alone(world: World) -> None:
    """Without a value of anybody: which officer, which act, which code."""
    sign(world, receivers=("no",))
    found = _newest(world)
    assert (found.entry.action, found.entry.subject) == ("refused.sign_rule", "not_a_party")


def _newest(world: World) -> Recorded:
    store = world.node(DEBTS).opened.store
    with store.view() as connection:
        return store.ledger.recent(connection, limit=1, before=None)[0]
