"""Each station is an act of a named officer under a mandate: whole, or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from samverkan.domain.normalise import check_digit
from samverkan.embedded import genesis
from samverkan.embedded.data import held
from samverkan.embedded.stations import founding, sharing
from samverkan.embedded.stations.founding import Wish
from samverkan.embedded.stations.seat import Seat, opened, seated
from samverkan.infra.opening import Ambient
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import RefusedError
from samverkan.kernel.purpose import Stamp
from samverkan.shell.texts import Language
from tests.agency.model import DEBTS, POLICE, TYPOLOGY
from tests.agency.world import World
from tests.embedded.conftest import PAIR, begin
from tests.embedded.seats import (
    ANALYST,
    DEBTS_DECIDER,
    DEBTS_OFFICER,
    DEBTS_RELEASER,
    DECIDER,
    RELEASER,
    at,
    refusal,
)
from tests.instruments import FixedClock, seeded

SITES = """\
id: my-sites
party: polisen
format: csv
names: {sv: Mina, en: Mine}
basis: "2018:1693 2:1"
purpose: serious-organised-crime
classification: osl-18-2
retention: {months: 36, from: year-end}
rows:
  - schema: Company
    columns: {number: registrationNumber, company: name}
"""


def around(seed: int = 40) -> Ambient:
    return Ambient(FixedClock(), seeded(seed))


# beginning a folder


def test_a_folder_is_begun_and_tells_who_can_act_in_it(tmp_path: Path) -> None:
    people = founding.found(tmp_path / "new", PAIR, around())
    assert {one.party for one in people} == set(PAIR)
    assert founding.Person("polisen", RELEASER, ("releasing_officer",)) in people
    with opened(tmp_path / "new", around(41)) as house:
        assert tuple(house.nodes) == PAIR


def test_a_folder_is_begun_once(tmp_path: Path) -> None:
    first = founding.found(tmp_path, PAIR, around())
    before = (tmp_path / genesis.DIRECTORY).read_bytes()
    assert founding.found(tmp_path, PAIR, around(41)) == first
    assert (tmp_path / genesis.DIRECTORY).read_bytes() == before


def test_a_start_that_was_killed_before_its_directory_was_written_is_taken_up(
    tmp_path: Path,
) -> None:
    founding.found(tmp_path, PAIR, around())
    (tmp_path / genesis.DIRECTORY).unlink()
    assert founding.found(tmp_path, PAIR, around(41))


@pytest.mark.parametrize("parties", [("polisen", "atlantis"), ("polisen", "polisen")])
def test_a_party_unknown_or_named_twice_is_refused_before_anything_is_made(
    tmp_path: Path, parties: tuple[str, ...]
) -> None:
    folder = tmp_path / "new"
    assert refusal(lambda: founding.found(folder, parties, around())) is Code.NOT_A_PARTY
    assert not folder.exists()


def test_a_folder_of_something_else_or_of_other_parties_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    assert refusal(lambda: founding.found(tmp_path, PAIR, around())) is Code.DATA_FOLDER
    assert [one.name for one in tmp_path.iterdir()] == ["letters.txt"]
    begin(tmp_path / "house")
    assert (
        refusal(lambda: founding.found(tmp_path / "house", ("polisen",), around()))
        is Code.DATA_FOLDER
    )


def test_a_place_where_no_folder_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    below = tmp_path / "letters.txt" / "house"
    assert refusal(lambda: founding.found(below, PAIR, around())) is Code.DATA_FOLDER
    assert refusal(lambda: founding.found(below.parent, PAIR, around())) is Code.DATA_FOLDER


# taking a seat


def test_a_seat_needs_a_house_a_party_in_it_and_a_name_that_somebody_has(tmp_path: Path) -> None:
    def sit(folder: Path, party: str, name: str) -> Callable[[], None]:
        def do() -> None:
            with seated(folder, party, name, around(41)):
                raise AssertionError("nobody may sit here")

        return do

    assert refusal(sit(tmp_path / "none", "polisen", ANALYST)) is Code.DATA_FOLDER
    assert not (tmp_path / "none").exists()
    begin(tmp_path)
    assert refusal(sit(tmp_path, "kfm", DEBTS_OFFICER)) is Code.NOT_A_PARTY
    assert refusal(sit(tmp_path, "polisen", "Nobody")) is Code.NO_MANDATE
    assert refusal(sit(tmp_path, "polisen", DEBTS_OFFICER)) is Code.NO_MANDATE


def test_one_process_at_a_time_is_at_work_on_a_folder(tmp_path: Path) -> None:
    begin(tmp_path)
    with held(tmp_path), pytest.raises(RefusedError) as refused, opened(tmp_path, around(41)):
        pass
    assert refused.value.refused.code is Code.STORE_LOCKED


def test_an_act_outside_the_mandate_is_refused(enrolled: World) -> None:
    seat = at(enrolled, POLICE, RELEASER)
    assert refusal(lambda: sharing.hits(seat)) is Code.NO_MANDATE


# deliveries


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A file of two rows, one with a number that cannot be, and a mapping for it."""
    number = f"558123-945{check_digit('558123945', Stamp.SYNTHETIC)}"
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    (tmp_path / "sites.csv").write_text(f"number;company\n{number};A AB\n{wrong};B AB\n")
    (tmp_path / "sites.yaml").write_text(SITES)
    return tmp_path


def clerk(world: World) -> Seat:
    return at(world, POLICE, "Peter Dahl")


def test_an_own_mapping_takes_in_an_own_file_and_tells_what_was_not_used(
    founded: World, desk: Path
) -> None:
    file, mapping = desk / "sites.csv", desk / "sites.yaml"
    taken = founding.ingest(clerk(founded), Wish(file, mapping=mapping))
    told = founding.account(taken)
    assert (told.kind, told.rows, told.subjects, told.rejects) == ("my-sites", 2, 2, 1)
    assert (told.form, told.unread) == ("csv.semicolon.utf-8", ())
    founding.write_rejects(taken, desk / "rejects.csv", Language.EN)
    text = (desk / "rejects.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    assert (row["Row"], row["Column"], row["Code"]) == ("3", "number", "id_check_digit")
    assert "check digit" in row["Why"]
    assert "repairs" in row["What happened"]


def test_the_same_file_again_changes_nothing(founded: World, desk: Path) -> None:
    file, mapping = desk / "sites.csv", desk / "sites.yaml"
    first = founding.ingest(clerk(founded), Wish(file, mapping=mapping))
    before = founded.subjects(POLICE)
    assert founding.ingest(clerk(founded), Wish(file, mapping=mapping)) == first
    assert founded.subjects(POLICE) == before


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("osl-18-2", "osl-99", "own-sites.yaml:7"),
        ("party: polisen", "party: atlantis", "own-sites.yaml:2"),
        ("id: my-sites", "id: polisen-underrattelse", "polisen-underrattelse"),
        ("id: my-sites", "id: My Sites", "sites.yaml: id"),
        ("schema: Company", "schema: Ship", "my-sites"),
        ("registrationNumber", "shoeSize", "my-sites"),
        ("from: year-end", "from: never", "never"),
        ("rows:", "lines:", "rows"),
    ],
)
def test_a_mapping_with_a_fault_is_refused_with_file_and_line(
    founded: World, desk: Path, old: str, new: str, named: str
) -> None:
    mapping = desk / "sites.yaml"
    mapping.write_text(SITES.replace(old, new))
    before = founded.subjects(POLICE)
    with pytest.raises(RefusedError) as refused:
        founding.ingest(clerk(founded), Wish(desk / "sites.csv", mapping=mapping))
    assert refused.value.refused.code is Code.PACK_INVALID
    assert named in refused.value.refused.params["detail"]
    assert founded.subjects(POLICE) == before


def manifest(desk: Path, **said: str) -> Path:
    data = (desk / "sites.csv").read_bytes()
    base = {"file": "sites.csv", "kind": "my-sites", "stamp": "synthetic"}
    base["sha256"] = hashlib.sha256(data).hexdigest()
    path = desk / "manifest.json"
    path.write_text(json.dumps(base | said))
    return path


def test_what_the_manifest_says_must_be_so(founded: World, desk: Path) -> None:
    seat, mapping = clerk(founded), desk / "sites.yaml"

    def take(**said: str) -> Code:
        wish = Wish(desk / "sites.csv", mapping=mapping, manifest=manifest(desk, **said))
        return refusal(partial(founding.ingest, seat, wish))

    assert take(sha256="ab" * 32) is Code.FILE_DIGEST
    assert take(stamp="live") is Code.STAMP_MISMATCH
    assert take(file="manifest.json") is Code.FILE_MANIFEST
    by_kind = Wish(desk / "sites.csv", kind="other", manifest=manifest(desk))
    assert refusal(partial(founding.ingest, seat, by_kind)) is Code.FILE_MANIFEST
    by_manifest = Wish(desk / "sites.csv", manifest=manifest(desk))
    assert refusal(partial(founding.ingest, seat, by_manifest)) is Code.NOT_IN_PACK
    good = Wish(desk / "sites.csv", mapping=mapping, manifest=manifest(desk))
    assert founding.ingest(seat, good).delivery.rows == 2


def test_a_long_reading_tells_how_far_it_is(founded: World, desk: Path) -> None:
    heard: list[tuple[int, int]] = []
    wish = Wish(desk / "sites.csv", mapping=desk / "sites.yaml")
    founding.ingest(clerk(founded), wish, lambda done, of: heard.append((done, of)))
    size = (desk / "sites.csv").stat().st_size
    assert heard[-1] == (size, size)


def test_a_mapping_of_another_party_takes_in_nothing(founded: World, desk: Path) -> None:
    mapping = desk / "sites.yaml"
    mapping.write_text(SITES.replace("party: polisen", "party: kfm"))
    seat = clerk(founded)
    do = partial(founding.ingest, seat, Wish(desk / "sites.csv", mapping=mapping))
    assert refusal(do) is Code.NOT_IN_PACK


def test_a_mapping_that_cannot_be_read_is_refused(founded: World, desk: Path) -> None:
    mapping = desk / "sites.yaml"
    for data in (b"", b"id: [", b"id: x\nparty: \xe5\n", b"- a list\n"):
        mapping.write_bytes(data)
        take = partial(founding.ingest, clerk(founded), Wish(desk / "sites.csv", mapping=mapping))
        assert refusal(take) is Code.PACK_INVALID, data


def test_a_file_that_is_not_there_or_lacks_a_column_is_refused(founded: World, desk: Path) -> None:
    seat, mapping = clerk(founded), desk / "sites.yaml"

    def take(name: str) -> Code:
        return refusal(lambda: founding.ingest(seat, Wish(desk / name, mapping=mapping)))

    (desk / "other.csv").write_text("number;firm\n1;2\n")
    assert take("none.csv") is Code.FILE_UNREADABLE
    assert take("other.csv") is Code.FILE_COLUMNS


# cooperation and enrolment


def terms(**wish: object) -> sharing.Terms:
    plain = sharing.Terms(
        parties=(POLICE, DEBTS),
        under=None,
        purpose="serious-organised-crime",
        grounds=("serious", "organised"),
        region="bergslagen",
        typologies=(),
        size="s",
        operator=None,
        until=None,
    )
    return replace(plain, **wish)  # type: ignore[arg-type]


def test_a_cooperation_is_in_force_when_every_party_has_decided(founded: World) -> None:
    police, debts = at(founded, POLICE, DECIDER), at(founded, DEBTS, DEBTS_DECIDER)
    made = sharing.cooperate(police, terms())
    assert sharing.accept(police, made).in_force is False
    assert refusal(lambda: sharing.accept(police, made)) is Code.ALREADY_DECIDED
    assert sharing.accept(debts, made).in_force is True
    assert made in {one.cooperation for one in sharing.known(debts)}


def test_what_steering_refuses_is_refused_here(founded: World) -> None:
    police = at(founded, POLICE, DECIDER)
    one_ground = terms(grounds=("serious",))
    assert refusal(lambda: sharing.cooperate(police, one_ground)) is Code.NO_BASIS
    above = sharing.cooperate(police, terms())
    scope = terms(under=above)
    assert refusal(lambda: sharing.cooperate(police, scope)) is Code.NO_COOPERATION
    unknown = terms(under=CooperationId.draw(seeded(9)))
    assert refusal(lambda: sharing.cooperate(police, unknown)) is Code.NOT_FOUND


def test_a_rule_is_signed_and_its_records_enrolled_in_one_transaction(founded: World) -> None:
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    signer = at(founded, DEBTS, DEBTS_RELEASER)
    scope = founded.scope.id
    choice = sharing.Choice(scope, ("large-debt-companies",), (POLICE,), None)
    twice = replace(choice, queries=("large-debt-companies", "large-debt-companies"))
    assert refusal(lambda: sharing.enrol(officer, signer, twice)) is Code.ALREADY_DECIDED
    with founded.look(DEBTS) as reading:
        assert reading.enrolments.rules(scope) == []
        assert reading.enrolments.all(scope) == []
    (made,) = sharing.enrol(officer, signer, choice)
    with founded.look(DEBTS) as reading:
        (rule,) = reading.enrolments.rules(scope)
    assert (made.rule, rule.receivers, rule.officer) == (rule.id, (POLICE,), signer.officer.user)
    assert made.subjects == 1


def test_nothing_is_opened_unless_a_releasing_officer_signs(founded: World) -> None:
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    choice = sharing.Choice(founded.scope.id, (), (POLICE,), None)
    assert refusal(lambda: sharing.enrol(officer, None, choice)) is Code.NO_RELEASE_RULE
    assert refusal(lambda: sharing.enrol(officer, officer, choice)) is Code.NO_MANDATE


def test_silent_records_need_no_rule(founded: World) -> None:
    officer = at(founded, DEBTS, DEBTS_OFFICER)
    choice = sharing.Choice(founded.scope.id, ("large-debt-companies",), (), None)
    (made,) = sharing.enrol(officer, None, choice)
    assert made.rule is None
    condition = replace(choice, queries=(f"{TYPOLOGY}:debt-over-100k",))
    assert refusal(lambda: sharing.enrol(officer, None, condition)) is Code.NO_RELEASE_RULE
