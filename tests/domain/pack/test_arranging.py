"""However a variant is put together, the law's steps stay, in order, before what they are there for."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.domain.basis import Answer, Matter, rule
from samverkan.domain.pack import Effect, MeetingPart, Pack, Process, Step, StepKind, Variant
from samverkan.domain.pack.arranging import arranged
from samverkan.domain.pack.variants import Change, Drop, Insert, Move
from samverkan.domain.variant import effective, parse
from tests.domain.packing import WORDS
from tests.national import national

ON = date(2026, 11, 24)
PACK = national()
PROCESSES = sorted(PACK.processes)
STEPS = sorted({step for one in PACK.processes.values() for step in one.steps})
NAMES = st.sampled_from([*STEPS, "own-a", "own-b", "own-c"])
PARTIES = sorted({*PACK.parties})
DATED = {"since": "2026-02-01", "decided": "2026-01-20", "by": "rsr-bergslagen", "why": WORDS}


def anchors() -> st.SearchStrategy[dict[str, str]]:
    return st.one_of(
        NAMES.map(lambda step: {"before": step}), NAMES.map(lambda step: {"after": step})
    )


@st.composite
def stepped(draw: st.DrawFn) -> dict[str, Any]:
    """A change of steps, sound or not."""
    at = {"process": draw(st.sampled_from(PROCESSES)), "step": draw(NAMES)}
    how = draw(st.sampled_from(["insert", "drop", "move"]))
    if how == "drop":
        return DATED | {"drop": at}
    own = {"names": WORDS, "role": "analyst"} if how == "insert" else {}
    return DATED | {how: at | own | draw(anchors())}


@st.composite
def partnered(draw: st.DrawFn) -> dict[str, Any]:
    """A partner, sound or not: of any kind, in any part, with any party and basis or none."""
    party = draw(st.none() | st.sampled_from(PARTIES))
    basis = draw(st.none() | st.sampled_from(sorted(PACK.bases)))
    kind = draw(st.sampled_from(["municipality", "housing-company", "county-board", "agency"]))
    part = draw(st.sampled_from(["open", "closed"]))
    at = {"code": "one", "names": WORDS, "kind": kind, "part": part}
    until = draw(st.none() | st.just("2026-12-31"))
    named = {"party": party, "basis": basis}
    return DATED | {"until": until, "partner": at | {k: v for k, v in named.items() if v}}


def allowed(changes: list[dict[str, Any]], **more: Any) -> list[Variant]:
    """The changes one by one, each kept if nothing speaks against it beside those kept before."""
    kept: dict[str, Any] = {}
    read: list[Variant] = []
    for no, change in enumerate(changes):
        data: dict[str, Any] = {
            "id": "tried", "names": WORDS, "level": "regional", "body": "rsr-bergslagen",
            "core": 1, "changes": {**kept, f"c{no}": change},
        }  # fmt: skip
        found = parse(data | more, PACK)
        if isinstance(found, Variant):
            kept[f"c{no}"] = change
            read = [found]
    return read


def legal(process: Process) -> list[str]:
    return [step.id for step in process.steps.values() if step.kind is StepKind.LEGAL]


def firm(steps: tuple[Step, ...]) -> list[str]:
    return [step.id for step in steps if step.kind in (StepKind.LEGAL, StepKind.CORE)]


def lawful(process: Process, steps: tuple[Step, ...]) -> bool:
    """Every legal step is there, in the order of the core, on the same side of the effect."""
    names = [step.id for step in steps]
    if process.effected_by is None:
        return [name for name in names if name in legal(process)] == legal(process)
    core = list(process.steps)
    before = [one for one in legal(process) if core.index(one) < core.index(process.effected_by)]
    upto = names[: names.index(process.effected_by)]
    return [name for name in upto if name in legal(process)] == before and set(
        legal(process)
    ) <= set(names)


@settings(max_examples=60, deadline=None)
@given(st.lists(stepped(), max_size=6))
def test_no_sequence_of_allowed_variations_loses_the_law(changes: list[dict[str, Any]]) -> None:
    model = effective(PACK, allowed(changes), "rsr-bergslagen", ON)
    for process in PACK.processes.values():
        assert lawful(process, model.steps(process.id)), process.id


@st.composite
def forced(draw: st.DrawFn) -> Change:
    """A change of steps that nobody has checked."""
    at = (draw(st.sampled_from(PROCESSES)), draw(NAMES))
    day = date(2026, 2, 1)
    how = draw(st.sampled_from(["insert", "drop", "move"]))
    anchor = draw(anchors())
    said: dict[str, Any] = {
        "insert": lambda: Insert(*at, names=WORDS, role="analyst", **anchor),
        "drop": lambda: Drop(*at),
        "move": lambda: Move(*at, **anchor),
    }
    return Change("c", day, day, "rsr-bergslagen", WORDS, **{how: said[how]()})


@settings(max_examples=200, deadline=None)
@given(st.lists(forced(), max_size=8))
def test_even_what_was_never_checked_cannot_move_the_law(changes: list[Change]) -> None:
    for process in PACK.processes.values():
        steps = arranged(process, changes)
        assert lawful(process, steps)
        assert firm(steps) == firm(tuple(process.steps.values()))


@settings(max_examples=150, deadline=None)
@given(partnered())
def test_no_variant_lets_a_partner_hear_of_persons_unless_a_basis_names_it(
    change: dict[str, Any],
) -> None:
    for variant in allowed([change]):
        for day in (date(2026, 2, 1), ON):
            for partner in effective(PACK, [variant], "rsr-bergslagen", day).partners:
                hears = partner.part is MeetingPart.CLOSED or partner.basis is not None
                assert not hears or named_by_a_basis(PACK, partner.party, partner.basis, day)


def named_by_a_basis(pack: Pack, party: str | None, basis: str | None, on: date) -> bool:
    """Whether some party may disclose to this one under the basis that day (`domain.basis`)."""
    if party is None or basis is None:
        return False
    matters = (
        Matter(party, other, on, cooperating=basis, asked=asked)
        for other in pack.parties
        for asked in (True, False)
    )
    return any(rule(pack, basis, matter).answer is not Answer.MAY_NOT for matter in matters)


def test_no_basis_names_a_municipality_or_a_housing_company_as_receiver() -> None:
    closed = {"code": "one", "names": WORDS, "kind": "municipality", "part": "closed"}
    assert allowed([DATED | {"partner": closed}]) == []
    assert allowed([DATED | {"partner": closed | {"kind": "housing-company"}}]) == []


def test_a_local_meeting_has_an_open_and_a_closed_part_whatever_is_left_out() -> None:
    shipped = PACK.variants["vivalla"]
    steps = [step.id for step in effective(PACK, [shipped], "a-local-body", ON).steps("meeting")]
    assert steps.index("open-part") < steps.index("closed-part")
    gone = {"drop": {"process": "meeting", "step": "closed-part"}}
    assert allowed([DATED | gone]) == []


def test_what_takes_effect_has_the_law_before_it() -> None:
    for process in PACK.processes.values():
        if process.effect in (Effect.DISCLOSES, Effect.DECIDES, Effect.DISPOSES):
            assert process.effected_by is not None
            before = list(process.steps)[: list(process.steps).index(process.effected_by)]
            assert set(before) & set(legal(process)), process.id
