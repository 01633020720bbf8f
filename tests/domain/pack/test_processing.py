"""The processes of the pack are those of the product: each step is done by something that is there."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from samverkan.domain.pack import Fault, Openness, StepKind
from samverkan.domain.policy import RULES, Action
from tests.domain import packing, varied
from tests.domain.packing import WORDS
from tests.domain.varied import legal, process
from tests.house.source import python_files
from tests.national import national


def spoken() -> set[str]:
    """Every kind of message and log entry that the code has a word for."""
    texts = (
        node.value
        for source in python_files("src")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
    )
    return {text for text in texts if isinstance(text, str) and "." in text and " " not in text}


def test_every_step_is_carried_out_by_an_act_or_a_message_of_the_product() -> None:
    known = spoken()
    for one in national().processes.values():
        for step in one.steps.values():
            assert set(step.events) <= known, step.id
            assert step.action is None or Action(step.action) in set(Action), step.id


def test_every_role_of_a_step_may_do_what_the_step_asks() -> None:
    permitted = {(role.value, action.value) for role, action in RULES}
    for one in national().processes.values():
        for step in one.steps.values():
            if step.action is not None:
                assert all((role, step.action) in permitted for role in step.roles), step.id


def test_the_law_is_in_every_process_that_discloses_decides_or_disposes() -> None:
    for one in national().processes.values():
        if one.effect is not None:
            assert any(step.kind is StepKind.LEGAL for step in one.steps.values()), one.id


def test_everything_that_the_issue_lets_vary_is_open_within_the_pack() -> None:
    opened = {c for c, one in national().openness.items() if one.openness is not Openness.FIXED}
    assert opened >= {
        "rhythm", "extra-steps", "forms", "questionnaire", "criteria", "weights", "partners",
        "mandates", "groups", "words",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"effected_by": "nothing"}, Fault.EFFECT),
        ({"steps": {"send": {"names": WORDS, "kind": "core", "events": ["a.b"]}}}, Fault.EFFECT),
        ({"steps": {"test": legal(), "send": {"names": WORDS, "kind": "core"}}}, Fault.UNTOLD),
        ({"steps": {"test": {"names": WORDS, "kind": "legal", "events": ["a.b"]},
                    "send": {"names": WORDS, "kind": "core", "events": ["a.b"]}}}, Fault.LAWLESS),
        ({"steps": {"test": legal(), "send": {"names": WORDS, "kind": "added",
                                              "events": ["a.b"]}}}, Fault.NOT_A_CHOICE),
    ],
)  # fmt: skip
def test_a_process_that_lacks_the_law_or_the_act_is_a_fault(
    more: dict[str, Any], fault: Fault
) -> None:
    read = packing.read(**varied.sections(processes={"disclosure": process(**more)}))
    assert isinstance(read, tuple)
    assert fault in [error.code for error in read]


def test_what_is_fixed_names_its_statute() -> None:
    law = varied.variable("fixed")
    read = packing.read(**varied.sections(openness=varied.openness() | {"partners": law}))
    assert isinstance(read, tuple)
    assert Fault.LAWLESS in [error.code for error in read]
