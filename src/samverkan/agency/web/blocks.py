"""What a page of the workspace is made of, in order. `templates/desk.html` shows each kind.

A handler fills these with words that are already in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from litestar import Response

from samverkan.kernel.outcome import Refused
from samverkan.shell import pages
from samverkan.shell.charts import BarChart
from samverkan.shell.forms import Form
from samverkan.shell.maps import MapView
from samverkan.shell.parts import Link, Step, Table, Tone
from samverkan.shell.texts import Texts
from samverkan.shell.visit import AnyRequest

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the page."""

    block: ClassVar[str] = "heading"
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    block: ClassVar[str] = "text"
    words: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of words and a value."""

    block: ClassVar[str] = "facts"
    pairs: Sequence[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message in a box, perhaps with a way on."""

    block: ClassVar[str] = "notice"
    tone: Tone
    heading: str
    words: Sequence[str] = ()
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in a row, or below each other in full."""

    block: ClassVar[str] = "chain"
    words: str
    steps: Sequence[Step]
    full: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways on to other pages, as buttons; the first is the page's main one if `main`."""

    block: ClassVar[str] = "ways"
    links: Sequence[Link]
    main: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A point of the drawing: its place, what it is, a title and lines below it."""

    part: str
    title: str
    lines: Sequence[str]
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        """Room for the title and the lines."""
        return 42 + 17 * len(self.lines)

    @property
    def middle(self) -> int:
        """Where ties meet the card."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie of the drawing: from card to card, how it is drawn, and the sign upon it."""

    x1: int
    y1: int
    x2: int
    y2: int
    style: str
    mark: str = ""

    @property
    def path(self) -> str:
        """A curve that leaves and arrives level."""
        half = (self.x1 + self.x2) // 2
        return f"M{self.x1} {self.y1} C{half} {self.y1} {half} {self.y2} {self.x2} {self.y2}"

    @property
    def at(self) -> tuple[int, int]:
        """Its middle, where the sign stands."""
        return (self.x1 + self.x2) // 2, (self.y1 + self.y2) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A block of a page: the drawing in words, its size, its cards and curves, its signs."""

    block: ClassVar[str] = "drawing"
    words: str
    width: int
    height: int
    cards: Sequence[Card]
    curves: Sequence[Curve]
    heads: Sequence[tuple[int, str]]
    signs: Sequence[tuple[str, str, str]]
    """Style, mark and meaning of each kind of tie that stands in the drawing."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a diagram: its place and size, how it is drawn, a title and lines below it."""

    x: int
    y: int
    width: int
    height: int
    style: str
    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a diagram, as SVG writes a path (SVG 2 section 9.3)."""

    path: str
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words in a diagram; `anchor` is start, middle or end."""

    x: int
    y: int
    words: str
    anchor: str = "start"
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes, lines and words drawn on the server. What stands beside it says the same in words.

    `signs` are the styles of box that occur, each with its meaning.
    """

    block: ClassVar[str] = "diagram"
    words: str
    width: int
    height: int
    boxes: Sequence[Box] = ()
    lines: Sequence[Line] = ()
    marks: Sequence[Mark] = ()
    signs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A point of a nested list, and what lies below it."""

    words: str
    remark: str = ""
    below: Sequence[Branch] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A nested list."""

    block: ClassVar[str] = "tree"
    branches: Sequence[Branch]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a text while it is written: a place of the page that is renewed.

    `lines` are its faults. Without any, `good` says so, and `sheet` sends the text on: it stands
    in the place that is renewed, so that no older text can be sent.
    """

    block: ClassVar[str] = "verdict"
    id: str
    heading: str
    lines: Sequence[str]
    good: str = ""
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks under a heading that the reader opens; `open` shows them at once."""

    block: ClassVar[str] = "fold"
    heading: str
    blocks: Sequence[Block]
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a form: `kind` is text, area, code, date, number, select, radio, ticks, file
    or hidden. A text of kind `code` is sent to `live` as it is written; `live_to` shows the answer.

    Those `beside` it belong to it and stand on its line where there is room.
    """

    name: str
    words: str
    kind: str = "text"
    choices: Choices = ()
    hint: str = ""
    required: bool = True
    width: str = "medium"
    unit: str = ""
    beside: Sequence[Ask] = ()
    live: str = ""
    live_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form: where it goes, its questions, what its button says. `quiet` folds it away."""

    block: ClassVar[str] = "sheet"
    path: str
    heading: str
    button: str
    asks: Sequence[Ask] = ()
    form: Form = field(default_factory=Form)
    lead: str = ""
    quiet: bool = False
    kind: str = "primary"
    upload: bool = False

    @property
    def words(self) -> dict[str, str]:
        """Labels by field, for the list of mistakes."""
        return {one.name: one.words for ask in self.asks for one in (ask, *ask.beside)}


@dataclass(frozen=True, slots=True)
class Filter:
    """Choices and words above a list, as a form that only asks for the page again. `set` offers
    them all."""

    block: ClassVar[str] = "filter"
    path: str
    words: str
    asks: Sequence[Ask]
    form: Form
    set: bool = False


Block = (
    Heading
    | Text
    | Facts
    | Notice
    | Chain
    | Ways
    | Drawing
    | Diagram
    | Tree
    | Verdict
    | Fold
    | Filter
    | MapView
    | BarChart
    | Sheet
    | Table
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A whole page."""

    title: str
    lead: str = ""
    above: Link | None = None
    blocks: Sequence[Block] = ()


def show(request: AnyRequest, sight: Sight) -> Response[str]:
    """The page; 422 when one of its forms has mistakes."""
    wrong = _wrong(sight.blocks)
    return pages.render(
        request, "desk.html", status=422 if wrong else 200, sight=sight, wrong=wrong
    )


def refusal(t: Texts, refused: Refused) -> Notice:
    """Why something was not done: the sentence and the code of it."""
    words = [t.refusal(refused), t("error.code", code=refused.code)]
    return Notice(Tone.BAD, t("act.refused"), words)


def _wrong(shown: Sequence[Block]) -> bool:
    """Whether a form on the page has a mistake."""
    return any(
        bool(one.form.errors) if isinstance(one, Sheet) else _wrong(one.blocks)
        for one in shown
        if isinstance(one, Sheet | Fold)
    )


def with_defaults(form: Form, defaults: Mapping[str, Sequence[str]]) -> Form:
    """An untouched form shows what is likely; one that was sent shows what was written."""
    return form if form.values or form.errors else replace(form, values=defaults)


def sent(sheet: Sheet, form: Form) -> Sheet:
    """The same form of a page, showing what was sent in it, or what is likely."""
    return replace(sheet, form=form)
