"""A map is one drawing for page, print and paper; classes follow the figures; a table names its areas."""

from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from samverkan.shell import maps
from samverkan.shell.maps import COLOURS, NO_DATA, MapView, Mark, Swatch, breaks, fill_of, level

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = "M3100 11700l10 0 0 10 -10 0z"
AREA = Mark(
    "are-1", "Norr & <Söder>", d=SQUARE, box=(3100, 11700, 3110, 11710), colour="#d95f02",
    path="/areas/are-1", polygons=[[[[15.1, 59.2], [15.2, 59.2], [15.2, 59.3], [15.1, 59.2]]]],
)  # fmt: skip


def drawn(view: MapView) -> ET.Element:
    return ET.fromstring(view.svg)  # noqa: S314  our own bytes


def paths(view: MapView) -> dict[str, ET.Element]:
    found = drawn(view).iter(f"{SVG}path")
    return {each.attrib["data-code"]: each for each in found if "data-code" in each.attrib}


def test_the_whole_country_is_drawn_by_municipality() -> None:
    view = MapView(id="m", words="Kartan")
    assert len(paths(view)) == 290
    assert drawn(view).attrib["aria-label"] == "Kartan"


def test_an_area_has_the_colour_of_its_class_and_one_without_a_figure_is_grey() -> None:
    marks = [Mark("1880", "Örebro", "12", 0), Mark("1885", "Lindesberg", "40", 4)]
    found = paths(MapView(id="m", words="w", marks=marks))
    fills = [found[code].attrib["fill"] for code in ("1880", "1885", "0180")]
    assert fills == [COLOURS[0], COLOURS[4], NO_DATA]
    title = found["1880"].find(f"{SVG}title")
    assert title is not None
    assert title.text == "Örebro: 12"


def test_a_view_holds_what_it_is_around_and_the_neighbours_that_meet_it() -> None:
    view = MapView(id="m", words="w", around=["1880"])
    assert "1880" in paths(view)
    assert 2 < len(paths(view)) < 40
    whole = MapView(id="m", words="w")
    assert len(view.svg) < len(whole.svg) / 5


def test_a_named_area_lies_above_with_a_way_to_its_page_and_without_a_stop_for_the_keyboard() -> (
    None
):
    view = MapView(id="m", words="w", around=["1880"], areas=[AREA])
    (link,) = drawn(view).iter(f"{SVG}a")
    assert (link.attrib["href"], link.attrib["tabindex"]) == ("/areas/are-1", "-1")
    title = next(link.iter(f"{SVG}title"))
    assert title.text == "Norr & <Söder>"
    assert drawn(view).attrib["role"] == "group"
    assert drawn(MapView(id="m", words="w")).attrib["role"] == "img"


def test_a_drawing_has_no_style_that_the_policy_would_refuse() -> None:
    text = MapView(id="m", words="w", areas=[AREA]).svg
    assert "style" not in text
    assert "script" not in text


def test_the_map_that_moves_is_told_the_same_classes_and_areas() -> None:
    view = MapView(
        id="m", words="w", marks=[Mark("1880", "Ö", level=3)], areas=[AREA], around=["1880"]
    )
    told = json.loads(view.told)
    assert told["levels"] == {"1880": 3}
    (feature,) = told["areas"]["features"]
    assert feature["properties"] == {
        "code": "are-1",
        "colour": "#d95f02",
        "label": "Norr & <Söder>",
    }
    west, south, east, north = told["bounds"]
    assert west < 15.1 < east
    assert south < 59.3 < north


def test_areas_alone_are_held_with_their_surroundings() -> None:
    view = MapView(id="m", words="w", areas=[AREA])
    west, north, east, south = view.box
    assert west < 3100
    assert east > 3110
    assert east - west < 50
    assert south - north < 50
    (label,) = drawn(view).iter(f"{SVG}text")
    assert label.text == "Norr & <Söder>"


def test_around_nothing_is_the_country() -> None:
    told = json.loads(MapView(id="m", words="w").told)
    assert told["bounds"][0] < 11.5
    assert told["bounds"][3] > 68.5


@pytest.mark.parametrize(
    ("values", "limits"),
    [
        ([], ()),
        ([7, 7, 7], ()),
        (range(10), (2, 4, 6, 8)),
        ([0, 0, 0, 0, 0, 0, 0, 0, 1, 9], (1,)),
        ([1, 2], (2,)),
    ],
)
def test_classes_hold_as_many_areas_each_as_ties_allow(
    values: list[float], limits: tuple[float, ...]
) -> None:
    assert breaks(values) == limits


def test_a_value_is_in_the_class_whose_limit_it_reaches() -> None:
    assert [level(value, (2, 4)) for value in (0, 1.9, 2, 3.9, 4, 99)] == [0, 0, 1, 1, 2, 2]


def test_the_colours_darken_from_class_to_class() -> None:
    def light(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lights = [light(colour) for colour in COLOURS]
    assert lights == sorted(lights, reverse=True)
    assert all(one - other > 20 for one, other in pairwise(lights))


def test_a_legend_line_shows_the_colour_of_its_class_or_its_own() -> None:
    fills = [Swatch("a", 1).fill, Swatch("b").fill, Swatch("c", colour="#123456").fill]
    assert fills == [fill_of(1), NO_DATA, "#123456"]


def test_the_ground_knows_every_county() -> None:
    assert len(maps.ground().counties) == 21
