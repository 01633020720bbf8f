"""Bars are drawn by number; what has none has no bar; words reach the drawing as text alone."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from samverkan.shell.charts import OTHER, OWN, Bar, BarChart

SVG = "{http://www.w3.org/2000/svg}"
CHART = BarChart(
    words='Crimes & "more"',
    bars=[
        Bar("One", "200", 200.0, own=True),
        Bar("Other", "100", 100.0),
        Bar("Third <b>", ".. (not available)", None),
    ],
)


def drawn(chart: BarChart = CHART) -> ET.Element:
    return ET.fromstring(chart.svg)  # noqa: S314 - our own drawing


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = drawn().findall(f"{SVG}rect")
    assert [bar.get("fill") for bar in bars] == [OWN, OTHER]
    one, other = (float(bar.get("width", "0")) for bar in bars)
    assert one == 2 * other


def test_what_has_no_number_has_no_bar_and_says_why() -> None:
    texts = [text.text for text in drawn().findall(f"{SVG}text")]
    assert ".. (not available)" in texts
    assert len(drawn().findall(f"{SVG}rect")) == 2


def test_words_are_text_and_the_drawing_says_what_it_shows() -> None:
    assert drawn().get("aria-label") == 'Crimes & "more"'
    assert "Third <b>" in [text.text for text in drawn().findall(f"{SVG}text")]


def test_a_chart_of_nothing_or_of_zeros_is_a_drawing_all_the_same() -> None:
    assert drawn(BarChart(words="none", bars=[])).findall(f"{SVG}rect") == []
    zeros = drawn(BarChart(words="zeros", bars=[Bar("a", "0", 0.0)]))
    assert zeros.findall(f"{SVG}rect") == []


def test_a_long_label_is_cut_where_the_room_ends() -> None:
    long = drawn(BarChart(words="long", bars=[Bar("x" * 60, "1", 1.0)]))
    assert any((text.text or "").endswith("…") for text in long.findall(f"{SVG}text"))
