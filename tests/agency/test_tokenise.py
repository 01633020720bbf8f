from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from samverkan.agency import enrolling, keymaking, releasing, tokenise
from samverkan.agency.sql import tables as t
from samverkan.domain.bundle import parse_batch, root_of
from samverkan.domain.policy import Action
from samverkan.domain.taglist import Kind, parse_tags
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Evaluate, Evaluated, Part
from samverkan.wire.matching import Tags, Upload, Uploads
from samverkan.wire.v1 import EXCHANGE, decode
from tests.agency.model import ANNA, DEBTS, DELTA, POLICE, TYPOLOGY, small_pack
from tests.agency.world import World

NOTHING = Evaluated(batches=[])


def given(world: World, call: str, points: bytes = bytes(32)) -> Evaluated:
    """An answer that holds these points for every batch that the call asked about."""
    with world.look(DEBTS) as reading:
        asked = reading.enrolments.asked(call)
    parts = [Part(key_type=one, batch=bytes(32), points=points) for one in sorted(asked)]
    return Evaluated(batches=parts)


def posted(world: World, kind: str) -> list[tuple[str, str, bytes]]:
    """Id, receiver and body of what the enforcement agency has written and not yet sent."""
    table = world.node(DEBTS).opened.store.tables.outbox
    with world.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(table.select().where(table.c.kind == kind)).all()
    return [(row.id, row.recipient, row.body) for row in rows if row.body is not None]


def enrol(world: World, query: str = "large-debt-persons", to: tuple[str, ...] = ()) -> None:
    """Enrol a query, open to these by a rule that ends before the scope does."""
    rule = None
    if to:
        until = date(2027, 1, 31)
        wish = releasing.RuleWish(world.scope.id, query, to, ("phone",), "prövat", until)
        rule = world.act(DEBTS, Action.SIGN_RULE, releasing.sign_rule, small_pack(), wish)
    asked = enrolling.EnrolWish(world.scope.id, query, rule, "scope-subjects")
    world.act(DEBTS, Action.ENROL, enrolling.enrol, world.node(DEBTS).means, asked)


def finish(world: World) -> None:
    """Every holder answers every batch; nothing is sent."""
    for call, holder, body in posted(world, "oprf.evaluate"):
        holding = keymaking.Holding(world.node(holder).oprf, world.node(holder).pack)
        asked = decode(body, Evaluate)
        answer = world.hear(holder, keymaking.evaluate, holding, DEBTS, asked)
        assert hear(world, call, answer) is None


def uploads(world: World) -> list[Upload]:
    ((_, to, body),) = posted(world, "index.upload")
    assert to == EXCHANGE
    found = decode(body, Uploads).batches
    assert found
    return found


def calls(world: World) -> list[str]:
    """The calls that wait for an answer: one to each holder."""
    with world.node(DEBTS).opened.store.view() as connection:
        return list(connection.execute(select(t.partial.c.call).distinct()).scalars())


def hear(world: World, call: str, body: Evaluated) -> Any:
    return world.hear(DEBTS, tokenise.evaluated, world.node(DEBTS).token_means, call, body)


def test_an_answer_to_no_call_of_ours_is_refused(founded: World) -> None:
    assert hear(founded, "msg-" + "1" * 26, NOTHING) == Refused(Code.NOT_FOUND)


def test_each_holder_is_asked_once_whatever_the_number_of_key_types(founded: World) -> None:
    enrol(founded)
    asked = [decode(body, Evaluate) for _, _, body in posted(founded, "oprf.evaluate")]
    assert len(asked) == 3
    assert all(len(one.batches) > 1 for one in asked)


def test_nothing_goes_out_while_one_holder_is_silent(founded: World) -> None:
    enrol(founded)
    first = calls(founded)[0]
    assert hear(founded, first, given(founded, first)) is None
    assert posted(founded, "index.upload") == []
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.waiting(founded.scope.id) > 0


def test_an_answer_that_leaves_a_batch_out_is_refused(founded: World) -> None:
    enrol(founded)
    first = calls(founded)[0]
    whole = given(founded, first)
    part = Evaluated(batches=whole.batches[1:])
    assert hear(founded, first, part) == Refused(Code.MESSAGE_MALFORMED)


def test_parts_of_another_length_are_refused(founded: World) -> None:
    enrol(founded)
    answers = [hear(founded, call, given(founded, call, bytes(31))) for call in calls(founded)]
    assert answers == [None, None, Refused(Code.MESSAGE_MALFORMED)]


def test_parts_that_are_no_points_are_refused(founded: World) -> None:
    enrol(founded)
    answers = []
    for call in calls(founded):
        asked = next(body for id_, _, body in posted(founded, "oprf.evaluate") if id_ == call)
        bad = [
            Part(key_type=one.key_type, batch=one.batch, points=b"\xff" * len(one.points))
            for one in decode(asked, Evaluate).batches
        ]
        answers.append(hear(founded, call, Evaluated(batches=bad)))
    assert answers == [None, None, Refused(Code.MESSAGE_MALFORMED)]


def test_an_answer_after_the_end_of_the_scope_gives_nothing(founded: World) -> None:
    enrol(founded)
    call = calls(founded)[0]
    answer = given(founded, call)
    founded.hear(DEBTS, keymaking.destroy, founded.scope.id)
    assert hear(founded, call, answer) == Refused(Code.NOT_FOUND)


def test_no_token_is_made_when_the_scope_has_run_out_meanwhile(founded: World) -> None:
    enrol(founded)
    founded.clock.advance(timedelta(days=800))
    answers = [hear(founded, call, given(founded, call)) for call in calls(founded)]
    assert answers[-1] == Refused(Code.COOPERATION_ENDED)


def test_enrolment_without_a_rule_is_silent(founded: World) -> None:
    enrol(founded)
    finish(founded)
    sent = uploads(founded)
    assert all((up.rule, up.open_to, up.open_fields) == (None, [], []) for up in sent)
    assert all(up.until == founded.scope.draft.until for up in sent)
    assert all(up.collisions == {} for up in sent)


def test_a_rule_opens_to_its_receivers_and_fields_until_its_day(founded: World) -> None:
    enrol(founded, to=(POLICE,))
    finish(founded)
    sent = uploads(founded)
    assert all((up.open_to, up.open_fields) == ([POLICE], ["phone"]) for up in sent)
    assert {up.until for up in sent} == {"2027-01-31"}
    assert None not in {up.rule for up in sent}


def test_open_records_tell_how_often_two_agree_by_chance_and_silent_ones_do_not(
    founded: World,
) -> None:
    enrol(founded, to=(POLICE,))
    finish(founded)
    weighings = founded.node(DEBTS).token_means.weighings
    for upload in uploads(founded):
        assert upload.collisions.keys() == weighings[upload.key_type].model.slots.keys()


def test_an_upload_holds_one_entry_for_each_value_and_no_word_of_anybody(founded: World) -> None:
    enrol(founded)
    finish(founded)
    weighings = founded.node(DEBTS).token_means.weighings
    numbers = set()
    for upload in uploads(founded):
        batch = parse_batch(upload.batch, weighings[upload.key_type].layout)
        assert len(batch.entries) == upload.count == batch.header.count
        assert upload.root == root_of(batch.entries)
        numbers |= {entry.number for entry in batch.entries}
        assert not [one for one in founded.subjects(DEBTS) if one.encode() in upload.batch]
    with founded.node(DEBTS).opened.store.view() as connection:
        own = {row.number for row in connection.execute(t.entry.select())}
    assert numbers == own


def test_two_parties_that_hold_the_same_person_get_the_same_index(enrolled: World) -> None:
    hit = enrolled.hit(POLICE, ANNA, DEBTS)
    with enrolled.look(DEBTS) as reading:
        assert reading.enrolments.subject_of(hit.scope, hit.handle) == enrolled.subject(DEBTS, ANNA)


def test_tags_of_a_typology_are_padded_and_kept_with_their_subjects(founded: World) -> None:
    enrol(founded, f"{TYPOLOGY}:debt-over-100k", (POLICE,))
    finish(founded)
    ((_, to, body),) = posted(founded, "typology.tags")
    sent = decode(body, Tags)
    assert (to, sent.condition, sent.typology) == (EXCHANGE, "kfm:debt-over-100k", TYPOLOGY)
    with founded.node(DEBTS).opened.store.view() as connection:
        own = {row.handle: row.subject for row in connection.execute(t.own_tag.select())}
    entries = parse_tags(sent.tags)
    assert set(own) < {entry.handle for entry in entries}
    assert {entry.kind for entry in entries if entry.handle in own} == {Kind.NUMBER, Kind.NAME}
    assert set(own.values()) == {founded.subject(DEBTS, DELTA)}


def test_a_list_of_tags_says_to_whom_its_rule_opens_it_and_until_when(founded: World) -> None:
    enrol(founded, f"{TYPOLOGY}:debt-over-100k", (POLICE,))
    finish(founded)
    ((_, _, body),) = posted(founded, "typology.tags")
    sent = decode(body, Tags)
    assert (sent.open_to, sent.until) == ([POLICE], "2027-01-31")


def test_values_and_masks_are_forgotten_when_done(enrolled: World) -> None:
    with enrolled.node(DEBTS).opened.store.view() as connection:
        rows = connection.execute(t.evaluation.select()).all()
        assert connection.execute(t.partial.select()).all() == []
    assert rows
    assert all((row.work, row.masks) == (None, None) for row in rows)
    assert all(row.done_at is not None for row in rows)
