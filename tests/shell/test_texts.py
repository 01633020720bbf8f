"""The catalogues say the same things in both languages, and nothing that nobody asks for."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from samverkan.domain.pack import Fault
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.shell import texts
from samverkan.shell.texts import DoubledText, Language, MissingText, NotAText, Texts, choose, load

SOURCE = Path(texts.__file__).parents[1]
GALLERY = Path(__file__).parent / "gallery_web"
PLACES = [SOURCE / "shell", GALLERY, *sorted(SOURCE.glob("*/web"))]
# keys that are put together from parts: a status, a code, a month, a column of a report
COMPOSED = (
    "refusal.",
    "fault.",
    "variation.",
    "variant.say.",
    "model.part.",
    "model.tier_of.",
    "model.way.",
    "model.kind.",
    "model.level_of.",
    "model.matter.",
    "model.step.",
    "model.from.",
    "model.openness_of.",
    "format.month.",
    "format.weekday.",
    "error.title.",
    "error.advice.",
    "step.",
    "stamp.",
    "report.",
    "reports.",
    "contribution.",
    "reject.",
    "effect.",
    "form.",
    "rejects.",
    "area.act.",
    "area.at.",
    "area.by.",
    "area.format.",
    "area.known_by.",
    "pictures.",
    "receipt.picture_",
)
ASKED = re.compile(r"""\bt\(\s*["']([a-z0-9_.]+)["']\s*[,)]""")


def catalogue(place: Path) -> Mapping[Language, Texts]:
    return load(texts.HERE) if place == SOURCE / "shell" else load(texts.HERE, place / "texts")


def sources(place: Path) -> Iterator[str]:
    """Where the texts of a place may be asked for: the shell's anywhere, a role's in the role."""
    room = SOURCE if place == SOURCE / "shell" else place.parent
    for file in [*room.rglob("*.html"), *room.rglob("*.py")]:
        yield file.read_text(encoding="utf-8")


def asking(place: Path) -> Iterator[str]:
    """The sources that ask with this catalogue in hand: the shell's own, or a role's."""
    room = place if place == SOURCE / "shell" else place.parent
    for file in [*room.rglob("*.html"), *room.rglob("*.py")]:
        yield file.read_text(encoding="utf-8")


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def unpluralised(key: str) -> str:
    return re.sub(r"\.(one|other)$", "", key)


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_both_languages_hold_the_same_keys(place: Path) -> None:
    swedish, english = (set(catalogue(place)[language].entries) for language in Language)
    assert swedish == english


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_both_languages_ask_for_the_same_words(place: Path) -> None:
    both = catalogue(place)
    for key, text in both[Language.SV].entries.items():
        assert parameters(text) == parameters(both[Language.EN].entries[key]), key


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_every_key_that_a_page_asks_for_exists(place: Path) -> None:
    known = {unpluralised(key) for key in catalogue(place)[Language.SV].entries}
    asked = {key for text in asking(place) for key in ASKED.findall(text)}
    assert asked - known == set()


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_no_text_stands_unused(place: Path) -> None:
    own = set(catalogue(place)[Language.SV].entries)
    if place != SOURCE / "shell":
        own -= set(load(texts.HERE)[Language.SV].entries)
    written = {word for text in sources(place) for word in re.findall(r"[a-z0-9_.]+", text)}
    unused = {unpluralised(key) for key in own if not key.startswith(COMPOSED)} - written
    assert unused == set()


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("language", list(Language))
def test_every_refusal_has_a_sentence(code: Code, language: Language) -> None:
    sentence = load(texts.HERE)[language].entries[f"refusal.{code.value}"]
    params = dict.fromkeys(parameters(sentence), "x")
    assert load(texts.HERE)[language].refusal(Refused(code, params))


@pytest.mark.parametrize("language", list(Language))
def test_every_fault_of_a_pack_has_a_sentence_and_no_other(language: Language) -> None:
    known = {f"fault.{fault.name.lower()}" for fault in Fault}
    told = {key for key in load(texts.HERE)[language].entries if key.startswith("fault.")}
    assert told == known


def test_a_missing_text_is_a_failure() -> None:
    with pytest.raises(MissingText):
        load(texts.HERE)[Language.SV]("no.such.text")


def test_one_and_many_read_differently() -> None:
    t = load(texts.HERE)[Language.EN]
    assert t("form.fix", n=1) == "One field needs correcting"
    assert t("form.fix", n=2) == "2 fields need correcting"


def test_two_files_may_not_hold_one_key(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "sv").mkdir(exist_ok=True)
        (tmp_path / "sv" / f"{name}.yaml").write_text("hello: hej\n")
    with pytest.raises(DoubledText):
        load(tmp_path)


def test_one_file_may_not_hold_a_key_twice(tmp_path: Path) -> None:
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "a.yaml").write_text("hello: hej\nhello: goddag\n")
    with pytest.raises(DoubledText):
        load(tmp_path)


@pytest.mark.parametrize("written", ["hello: [hej]\n", "hej\n"])
def test_a_catalogue_holds_texts_under_keys_and_nothing_else(tmp_path: Path, written: str) -> None:
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "a.yaml").write_text(written)
    with pytest.raises(NotAText):
        load(tmp_path)


@pytest.mark.parametrize(
    ("asked", "accept", "spoken"),
    [
        (None, None, "sv"),
        (None, "en", "en"),
        (None, "de, en;q=0.5, sv;q=0.4", "en"),
        (None, "en;q=0.1, sv-SE;q=0.9", "sv"),
        (None, "en;q=0", "sv"),
        (None, "en;q=nonsense", "sv"),
        ("sv", "en", "sv"),
        ("en", "sv", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_own_choice_goes_before_the_browsers_wish(
    asked: str | None, accept: str | None, spoken: str
) -> None:
    assert choose(asked, accept) == spoken
