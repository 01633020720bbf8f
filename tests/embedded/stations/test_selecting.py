"""Lists, enquiries, withdrawals by command: under the officer's own mandate, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samverkan.embedded.stations import selecting
from samverkan.embedded.stations.sharing import Opening
from samverkan.kernel.codes import Code
from tests.agency.model import ANNA, BO, DEBTS, DELTA, POLICE
from tests.agency.wishes import COLLEAGUE, colleague
from tests.agency.world import World
from tests.embedded.seats import DEBTS_OFFICER, DEBTS_RELEASER, at, refusal

SILENT, OPEN = Opening((), None), Opening((POLICE,), None)
WHY = "single-subject"


def test_a_list_is_enrolled_under_a_rule_that_is_signed_with_it(founded: World) -> None:
    officer, signer = at(founded, DEBTS, DEBTS_OFFICER), at(founded, DEBTS, DEBTS_RELEASER)
    records = selecting.Records(founded.scope.id, (ANNA, f"{BO}; scope-subjects"), WHY, OPEN)
    assert refusal(lambda: selecting.enrol_list(officer, None, records)) is Code.NO_RELEASE_RULE
    assert refusal(lambda: selecting.enrol_list(officer, officer, records)) is Code.NO_MANDATE
    unknown = replace(records, lines=(ANNA, "nobody"))
    assert refusal(lambda: selecting.enrol_list(officer, signer, unknown)) is Code.RECORD_UNKNOWN
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.rules(founded.scope.id) == []  # nor a rule for nothing
    made = selecting.enrol_list(officer, signer, records)
    assert (made.query, made.subjects, made.state) == ("listed", 2, "stands")
    later = selecting.enrol_list(officer, signer, replace(records, lines=(DELTA,)))
    assert later.rule == made.rule  # the same rule opens the same class
    taken = selecting.take_back(officer, made.enrolment)
    assert taken.state == "taken-back"
    assert {one.state for one in selecting.known(officer, founded.scope.id)} == {
        "stands",
        "taken-back",
    }
    assert made.rule is not None
    rule = made.rule
    assert refusal(lambda: selecting.withdraw_rule(officer, rule)) is Code.NO_MANDATE
    selecting.withdraw_rule(signer, rule)
    assert refusal(lambda: selecting.withdraw_rule(signer, rule)) is Code.TAKEN_BACK


def test_an_enquiry_above_the_cap_waits_for_a_colleague(founded: World) -> None:
    node = founded.node(DEBTS)
    limits = replace(node.means.pack.enrolment, asked_a_day=1)
    node.means = replace(node.means, pack=replace(node.means.pack, enrolment=limits))
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    wonder = selecting.Wonder(founded.scope.id, ANNA, "A-1", WHY, SILENT)
    assert selecting.ask(officer, None, wonder).state == "stands"
    waits = selecting.ask(officer, None, replace(wonder, record=BO))
    assert waits.state == "waits"
    assert refusal(lambda: selecting.second(officer, waits.enrolment)) is Code.SECOND_PERSON
    colleague(founded, DEBTS)
    assert selecting.second(at(founded, DEBTS, COLLEAGUE), waits.enrolment).state == "stands"
    assert refusal(lambda: selecting.take_back(officer, waits.enrolment)) is Code.TOO_EARLY


def test_nothing_is_named_before_the_keys_are_made(founded: World) -> None:
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    records = selecting.Records(founded.framework.id, (ANNA,), WHY, SILENT)
    assert refusal(lambda: selecting.enrol_list(officer, None, records)) is Code.NO_COOPERATION


@pytest.mark.parametrize("text", ["nonsense", "enr-" + "1" * 26])
def test_what_is_no_enrolment_of_ours_is_not_there(founded: World, text: str) -> None:
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    assert refusal(lambda: selecting.take_back(officer, text)) is Code.NOT_FOUND
    assert refusal(lambda: selecting.second(officer, text)) is Code.NOT_FOUND
    assert refusal(lambda: selecting.withdraw_rule(officer, text)) in {
        Code.NOT_FOUND,
        Code.NO_MANDATE,
    }


def test_a_lists_file_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(b"\xef\xbb\xbf8104129834\n\n  \nx; y\n")
    assert selecting.lines(file) == ("8104129834", "x; y")
    file.write_bytes(b"\xff\xfe1")
    assert refusal(lambda: selecting.lines(file)) is Code.FILE_ENCODING
    assert refusal(lambda: selecting.lines(tmp_path / "absent")) is Code.FILE_UNREADABLE
    file.write_bytes(b"1" * (selecting.LARGEST + 1))
    assert refusal(lambda: selecting.lines(file)) is Code.FILE_TOO_LARGE
