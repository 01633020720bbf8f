from __future__ import annotations

from random import Random

import pytest

from samverkan.domain.normalise import clean_month
from samverkan.synth.forms.marks import first, hyphened, latin, months, said, short, spaced
from samverkan.synth.registers import Moment
from tests.synth.scenes import DAY


@pytest.mark.parametrize("plotting", [True, False])
def test_months_are_in_a_row_and_end_before_the_delivery(plotting: bool) -> None:
    for seed in range(50):
        found = months(Moment(Random(seed), DAY), plotting=plotting).split(",")
        assert (3 if plotting else 1) <= len(found) <= 6
        assert found == sorted(found)
        assert all(clean_month(month) == month for month in found)
        assert found[-1] < "2026-06"


def test_the_parts_of_a_plot_always_share_a_month() -> None:
    runs = [set(months(Moment(Random(seed), DAY), plotting=True).split(",")) for seed in range(40)]
    assert set.intersection(*runs)


def test_what_was_said_was_said_before_the_delivery() -> None:
    days = {said(Moment(Random(seed), DAY), 90) for seed in range(50)}
    assert "2026-04-01" < min(days) < max(days) <= "2026-06-30"


def test_a_letter_that_latin_1_lacks_loses_its_marks() -> None:
    assert latin("Čarna Åkerström Şirin łą") == "Carna Åkerström Sirin la"
    assert latin("Đorđe").encode("latin-1") == b"Dorde"
    assert latin("Ali") == "Ali"


def test_numbers_and_postcodes_are_written_as_people_do_and_nothing_stays_nothing() -> None:
    assert hyphened("198001011234") == "19800101-1234"
    assert short("198001011234") == "800101-1234"
    assert spaced("70210") == "702 10"
    assert (hyphened(""), short(""), spaced("")) == ("", "", "")


def test_the_first_of_several_names() -> None:
    assert first("Anna Maria") == "Anna"
