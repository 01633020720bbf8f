"""Secrecy holds between the branches of one agency as between agencies (OSL 8:2).

The tax crime unit takes part in a scope and receives disclosures there. Nothing of that is found
anywhere in the folder of the same agency's taxation branch, which runs in the same process.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from samverkan.agency import asking, casework
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.embedded import casework_duties
from samverkan.embedded.officers import Desk
from samverkan.infra.sql import StoreLocked, open_file
from samverkan.kernel.outcome import Refused
from tests.agency.model import ANNA, BASIS, CRIME, DEBTS, POLICE, SCOPE, TAX
from tests.agency.world import World, make_stages, open_world

MARK = "hemliga"
"""A word of Anna's street as the enforcement agency alone has it."""
TITLE = "Utredning Markör"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The tax crime unit has asked the enforcement agency about Anna, and was answered."""
    stages = make_stages(tmp_path_factory.mktemp("walls"))
    opened = open_world(stages["asked"], 500)
    _ask(opened)
    casework_duties.answer_requests(Desk(opened.node(DEBTS), opened.plan))
    opened.house.settle()
    yield opened
    opened.house.close()


def _ask(world: World) -> None:
    subject = world.subject(CRIME, ANNA)
    case = world.act(
        CRIME,
        Action.READ_CASE,
        casework.open_case,
        scope=world.scope.id,
        title=TITLE,
        subjects=(subject,),
    )
    asked = asking.Question(
        hit=world.hit(CRIME, ANNA, DEBTS).id,
        case=case,
        props=(Prop.STREET, Prop.PHONE),
        basis=BASIS,
        need="identify",
        need_text="behövs för utredningen",
        days=14,
    )
    sent = world.act(CRIME, Action.ASK, asking.ask, world.node(CRIME).pack, asked)
    assert not isinstance(sent, Refused)
    world.house.settle()


def dump(world: World, party: str) -> str:
    """Every cell of every table in the party's store, opened with its own key."""
    opened = world.node(party).opened
    engine = open_file(opened.settings.store_path, opened.secrets.store)
    cells = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608
                cells += [
                    c.decode(errors="replace") if isinstance(c, bytes) else str(c) for c in row
                ]
    engine.dispose()
    assert len(cells) > 50
    return "\n".join(cells).lower()


def test_what_was_disclosed_is_at_its_receiver(world: World) -> None:
    subject = world.subject(CRIME, ANNA)
    with world.look(CRIME) as reading:
        said = reading.register.statements(subject)
        givers = reading.register.sources(subject)
    theirs = [s for s in said if givers[str(s.delivery)] == DEBTS]
    assert [s for s in theirs if s.prop is Prop.STREET and MARK in s.value.lower()]
    assert MARK in dump(world, CRIME)
    assert TITLE.lower() in dump(world, CRIME)


def test_the_other_branch_of_the_same_agency_holds_no_word_of_it(world: World) -> None:
    """Neither in any table, and so neither in its feed, its ledger nor its outbox.

    It sits in the region's council, and so hears headers of joint cases: codes, days and the scope.
    """
    found = dump(world, TAX)
    request = world.request(CRIME, ANNA, DEBTS)
    marks = {
        MARK,
        TITLE.lower(),
        ANNA.replace("-", ""),
        "behövs för utredningen",
        request.id,
        str(request.case),
        str(request.subject),
        world.framework.id,
    }
    assert not {mark for mark in marks if mark in found}


def test_no_repository_of_the_other_branch_knows_anything(world: World) -> None:
    with world.look(TAX) as reading:
        assert reading.register.counts() == {}
        assert (reading.hits.all(), reading.firings.all()) == ([], [])
        assert (reading.cases.all(), reading.cases.requests()) == ([], [])
        assert [(e.kind, e.party) for e in reading.feed.all()] == [("case.opened", POLICE)]
        assert reading.keys.share(world.scope.id, 1, "p1") is None
        assert reading.enrolments.all(world.scope.id) == []


def test_the_other_branchs_ledger_tells_of_itself_alone(world: World) -> None:
    assert set(world.entries(TAX)) <= {
        "store.made",
        "directory.pinned",
        "officer.appointed",
        "feed.event",
        "mail.applied",
        "mail.sent",
    }


def test_a_third_party_of_the_scope_has_not_heard_of_the_answer(world: World) -> None:
    request = world.request(CRIME, ANNA, DEBTS)
    found = dump(world, POLICE)
    assert request.id not in found
    assert TITLE.lower() not in found


def test_what_the_hub_carried_it_cannot_read(world: World) -> None:
    for opened in (world.house.exchange.opened, world.house.steering.opened):
        engine = open_file(opened.settings.store_path, opened.secrets.store)
        with engine.connect() as connection:
            for table in inspect(engine).get_table_names():
                rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()  # noqa: S608
                shown = repr(rows).lower()
                assert MARK not in shown
                assert ANNA.replace("-", "") not in shown
        engine.dispose()


@pytest.mark.parametrize("mine", SCOPE)
def test_no_partys_key_opens_anothers_store(world: World, mine: str) -> None:
    key = world.node(mine).opened.secrets.store
    others = [name for name in (*SCOPE, TAX) if name != mine]
    for other in others:
        path = world.node(other).opened.settings.store_path
        assert world.node(other).opened.secrets.store != key
        with pytest.raises(StoreLocked):
            _look(path, key)


def _look(path: Path, key: bytes) -> None:
    engine = open_file(path, key)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
    finally:
        engine.dispose()


def test_no_file_in_any_folder_shows_what_was_disclosed(world: World) -> None:
    """Stores are enciphered as a whole; what lies beside them is keys and addresses."""
    files = [p for p in world.folder.rglob("*") if p.is_file() and "deliveries" not in p.parts]
    assert len(files) > 10
    for path in files:
        data = path.read_bytes().lower()
        assert MARK.encode() not in data
        assert ANNA.replace("-", "").encode() not in data
