from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from samverkan.agency.app import intake
from samverkan.agency.app.intake import Sending
from samverkan.agency.app.manifest import Manifest
from samverkan.agency.facts import DeliveryFacts
from samverkan.agency.proof import WrongPermit
from samverkan.domain.normalise import check_digit
from samverkan.domain.policy import Action
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.agency.model import DEBTS, POLICE, personal, small_pack
from tests.agency.world import World

HEADER = (
    "part,uppgiftsdatum,person_orgnr,namn,adress,postnr,kommun,telefon,konto,skuldklass,skyddad"
)
ROW = 'fysisk,2026-05-09,,"DALIN, DISA",Nygatan 1,711 30,1885,,,C,nej'


def take(world: World, path: Path, kind: str = "kfm-galdenarer", **other: Any) -> Any:
    permit = world.permit(DEBTS, other.get("action", Action.INGEST))
    stamp = other.get("stamp", Stamp.SYNTHETIC)
    unit = world.node(DEBTS).unit
    sending = Sending(path, kind, other.get("manifest"))
    watch = other.get("watch")
    return intake.take_in(unit, permit, small_pack(), sending, stamp=stamp, watch=watch)


def state(world: World) -> tuple[Any, ...]:
    with world.look(DEBTS) as reading:
        statements = [reading.register.statements(s) for s in world.subjects(DEBTS)]
        return reading.register.counts(), reading.register.deliveries(), statements


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A delivery that nobody has read."""
    path = tmp_path / "fresh.csv"
    path.write_text(f"{HEADER}\n{ROW}\n")
    return path


def test_taking_in_needs_its_own_permit(founded: World, fresh: Path) -> None:
    with pytest.raises(WrongPermit):
        take(founded, fresh, action=Action.ENROL)


def test_a_delivery_is_kept_whole_and_logged(founded: World, fresh: Path) -> None:
    founded.clock.advance(timedelta(minutes=1))
    facts = take(founded, fresh)
    assert isinstance(facts, DeliveryFacts)
    assert (facts.rows, facts.subjects, facts.rejects) == (1, 1, 0)
    with founded.look(DEBTS) as reading:
        assert reading.register.deliveries()[0].id == facts.id
        assert reading.register.counts()["Person"] == 3
    assert founded.entries(DEBTS)[-1] == "delivery.taken"


def test_the_same_delivery_twice_changes_nothing(founded: World, fresh: Path) -> None:
    first = take(founded, fresh)
    before = state(founded)
    renamed = fresh.with_name("again.csv")
    renamed.write_bytes(fresh.read_bytes())
    assert take(founded, renamed) == first
    assert state(founded) == before


def test_a_kind_that_the_pack_does_not_know_is_refused(founded: World, fresh: Path) -> None:
    assert take(founded, fresh, kind="unheard-of") == Refused(Code.NOT_IN_PACK)


@pytest.mark.parametrize("kind", ["polisen-underrattelse", "skv-brott-register"])
def test_another_partys_kind_is_as_if_it_were_not(founded: World, fresh: Path, kind: str) -> None:
    before = state(founded)
    assert take(founded, fresh, kind=kind) == Refused(Code.NOT_IN_PACK)
    assert state(founded) == before


def test_a_file_without_the_mapped_columns_is_refused(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "columns.csv"
    path.write_text("part,namn\nfysisk,X\n")
    before = state(founded)
    refused = take(founded, path)
    assert isinstance(refused, Refused)
    assert refused.code is Code.FILE_COLUMNS
    assert state(founded) == before


def test_a_file_that_breaks_off_half_way_leaves_nothing(founded: World, tmp_path: Path) -> None:
    good = json.dumps({"typ": "person", "klass": "underrattelse", "registrerad": "2026-05-02"})
    path = tmp_path / "broken.jsonl"
    path.write_text(f"{good}\n" * 3 + '{"typ": "per')
    permit = founded.permit(POLICE, Action.INGEST)
    with founded.look(POLICE) as reading:
        before = (reading.register.counts(), reading.register.deliveries())
    taken = founded.node(POLICE).take_in(permit, path, "polisen-underrattelse")
    assert isinstance(taken, Refused)
    with founded.look(POLICE) as reading:
        assert (reading.register.counts(), reading.register.deliveries()) == before


def test_what_stops_in_the_middle_leaves_nothing(founded: World, fresh: Path) -> None:
    before = state(founded)

    def stop(rows: int, done: int, total: int) -> None:
        assert (rows, done) == (1, total)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(founded, fresh, watch=stop)
    assert state(founded) == before
    assert isinstance(take(founded, fresh), DeliveryFacts), "it can be taken in afterwards"


def test_a_file_that_changes_while_it_is_read_is_refused(founded: World, fresh: Path) -> None:
    before = state(founded)

    def change(rows: int, done: int, total: int) -> None:
        fresh.write_text(fresh.read_text().replace("DISA", "DORA"))

    assert take(founded, fresh, watch=change) == Refused(Code.FILE_DIGEST)
    assert state(founded) == before


@pytest.mark.parametrize(
    ("stamp", "digest", "code"),
    [
        (Stamp.SYNTHETIC, "right", None),
        (Stamp.SYNTHETIC, "wrong", Code.FILE_DIGEST),
        (Stamp.LIVE, "right", Code.STAMP_MISMATCH),
        (Stamp.EVALUATION, "right", Code.STAMP_MISMATCH),
    ],
)
def test_stamp_and_digest_of_the_manifest_must_be_the_files(
    founded: World, fresh: Path, stamp: Stamp, digest: str, code: Code | None
) -> None:
    right = hashlib.sha256(fresh.read_bytes()).digest()
    said = Manifest(fresh, "kfm-galdenarer", right if digest == "right" else bytes(32), stamp)
    taken = take(founded, fresh, manifest=said)
    assert (taken.code if isinstance(taken, Refused) else None) is code


def test_a_later_delivery_corrects_an_earlier_one_and_both_are_kept(
    founded: World, fresh: Path
) -> None:
    fresh.write_text(fresh.read_text().replace(",,", f",{personal('800101', '983')},", 1))
    take(founded, fresh)
    then = fresh.with_name("then.csv")
    then.write_text(fresh.read_text().replace("Nygatan 1", "Nygatan 2").replace(",C,", ",A,"))
    take(founded, then)
    with founded.look(DEBTS) as reading:
        known = reading.register.own_fields(founded.subjects(DEBTS))
        (disa,) = [s for s, f in known.items() if f.current(Prop.FIRST_NAME) == "Disa"]
        said = [s.value for s in reading.register.statements(disa) if s.prop is Prop.STREET]
    assert known[disa].all(Prop.STREET) == ("nygatan 2", "nygatan 1")
    assert said == ["nygatan 1", "nygatan 2"]
    assert known[disa].conditions == {}, "the debt is no longer so large"


def test_how_a_file_was_read_is_said(founded: World, fresh: Path) -> None:
    text = fresh.read_text().replace("DISA", "ÅSA").splitlines()
    other = fresh.with_name("other.csv")
    other.write_bytes(f"{text[0]},ort,notis\n{text[1]},Kil,x\n".encode("latin-1"))
    facts = take(founded, other)
    assert (facts.form, facts.unread) == ("csv.comma.latin-1", ("notis", "ort"))


def test_a_refusal_is_logged_by_its_code(founded: World, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    permit = founded.permit(DEBTS, Action.INGEST)
    founded.node(DEBTS).take_in(permit, path, "kfm-galdenarer")
    assert founded.entries(DEBTS)[-1] == "refused.ingest"


def test_numbers_of_another_stamp_are_not_taken_in(founded: World, tmp_path: Path) -> None:
    """A number with the right check digit could be somebody's: refused in synthetic data."""
    path = tmp_path / "live.csv"
    other = ROW.replace("2026-05-09,,", f"2026-05-09,{_other_stamp()},")
    path.write_text(f"{HEADER}\n{other}\n")
    facts = take(founded, path)
    assert isinstance(facts, DeliveryFacts)
    with founded.look(DEBTS) as reading:
        codes = {reject.code for reject in reading.register.rejects(facts.id)}
    assert codes == {Code.ID_OF_OTHER_STAMP}


def _other_stamp() -> str:
    body = "000229" + "000"  # no such day in any century that the number allows: nobody's
    return f"{body[:6]}-{body[6:]}{check_digit(body, Stamp.LIVE)}"
