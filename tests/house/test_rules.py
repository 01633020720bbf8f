"""Each rule of the house catches the fault that it was made for, and lets the good form pass."""

from __future__ import annotations

import pytest

from tests.house import rules
from tests.house.source import Source

DOMAIN = "src/samverkan/domain/sample.py"
EDGE = "src/samverkan/infra/sample.py"


def faults(rule: rules.Rule, text: str, path: str = DOMAIN) -> list[str]:
    """What the rule says of a planted file."""
    return list(rule(Source.of(path, text)))


@pytest.mark.parametrize(
    "text",
    [
        "at = datetime.now(UTC)",
        "at = datetime.datetime.utcnow()",
        "today = date.today()",
        "start = time.monotonic()",
        "clock = time.time",
        "from time import perf_counter",
        "import secrets",
        "from secrets import token_bytes",
        "key = os.urandom(32)",
        "from os import urandom",
        "number = random.random()",
        "from random import shuffle",
        "dice = random.Random()",
        "dice = random.SystemRandom()",
        "name = uuid.uuid4()",
    ],
)
def test_ambient_clock_and_randomness_are_caught(text: str) -> None:
    assert len(faults(rules.ambient, text)) == 1


@pytest.mark.parametrize(
    "text",
    ["dice = random.Random(seed)", "at = clock()", "time.sleep(1)", "from random import Random"],
)
def test_injected_clock_and_seeded_randomness_pass(text: str) -> None:
    assert faults(rules.ambient, text) == []


@pytest.mark.parametrize(
    "path",
    [EDGE, "src/samverkan/agency/app.py", "src/samverkan/embedded/x.py", "src/samverkan/cli/x.py"],
)
def test_the_edge_may_read_the_clock(path: str) -> None:
    assert faults(rules.ambient, "at = datetime.now(UTC)", path) == []


@pytest.mark.parametrize(
    "text", ["Permit(1)", "policy.Permit(1)", "object.__new__(Permit)", "disclosure.Released(x)"]
)
def test_a_proof_made_away_from_home_is_caught(text: str) -> None:
    assert len(faults(rules.forged_proof, text, "src/samverkan/agency/answer.py")) == 1
    assert len(faults(rules.forged_proof, text, "tests/agency/test_answer.py")) == 1


@pytest.mark.parametrize(
    "path",
    ["src/samverkan/agency/answer.py", "src/samverkan/agency/web/hits.py", "tests/embedded/x.py"],
)
def test_a_message_said_to_be_verified_away_from_the_postman_is_caught(path: str) -> None:
    assert len(faults(rules.forged_proof, "Verified(1, 2)", path)) == 1


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Permit(1)", "src/samverkan/domain/policy.py"),
        ("Permit(1)", "tests/domain/test_policy.py"),
        ("Released(1)", "src/samverkan/domain/disclosure.py"),
        ("Verified(1)", "src/samverkan/agency/app/inbound.py"),
        ("Verified(1)", "tests/agency/test_keymaking.py"),
    ],
)
def test_a_proof_made_at_home_passes(text: str, path: str) -> None:
    assert faults(rules.forged_proof, text, path) == []


@pytest.mark.parametrize("kind", ["", " Exception", " BaseException", " (KeyError, Exception)"])
def test_a_handler_of_everything_is_caught(kind: str) -> None:
    text = f"try:\n    act()\nexcept{kind}:\n    raise\n"
    assert len(faults(rules.swallowed, text)) == 1


def test_a_handler_of_a_named_failure_passes() -> None:
    assert faults(rules.swallowed, "try:\n    act()\nexcept KeyError:\n    pass\n") == []


def test_printing_is_caught_outside_the_command_line() -> None:
    assert len(faults(rules.printed, "print(1)")) == 1
    assert faults(rules.printed, "print(1)", "src/samverkan/cli/demo.py") == []


def test_a_file_over_its_budget_is_caught() -> None:
    assert faults(rules.too_long, "x = 1\n" * 400) == []
    assert len(faults(rules.too_long, "x = 1\n" * 401)) == 1


def test_a_function_over_its_budget_is_caught() -> None:
    assert faults(rules.too_long, "def act():\n" + "    x = 1\n" * 39) == []
    assert len(faults(rules.too_long, "def act():\n" + "    x = 1\n" * 40)) == 1


def test_keyword_parameters_count_and_self_does_not() -> None:
    assert faults(rules.too_long, "def act(self, a, b, c, *, d, e, f): ...") == []
    assert len(faults(rules.too_long, "def act(a, b, c, *, d, e, f, g): ...")) == 1


def test_a_public_function_without_a_rule_is_caught() -> None:
    text = '"""Module."""\nclass Body:\n    """A body."""\n    def decide(self): ...\n'
    assert faults(rules.undocumented, text) == [f"{DOMAIN}:4 decide states no rule"]


def test_private_and_inner_functions_need_no_docstring() -> None:
    text = '"""Module."""\ndef _inner():\n    def deeper(): ...\n'
    assert faults(rules.undocumented, text) == []


def test_the_field_of_a_protocol_is_described_by_the_protocol() -> None:
    head = (
        '"""Module."""\nclass Unit:\n    """A unit."""\n    @property\n    def size(self) -> int: '
    )
    assert faults(rules.undocumented, head + "...\n") == []
    assert len(faults(rules.undocumented, head + "return 1\n")) == 1


def test_swedish_in_a_string_is_caught_but_not_in_a_docstring() -> None:
    assert len(faults(rules.texts_in_code, 'title = "F\u00f6rslag"')) == 1
    assert len(faults(rules.texts_in_code, 'title = f"{n} \u00e4renden"')) == 1
    assert faults(rules.texts_in_code, '"""A proposal (f\u00f6rslag)."""') == []
