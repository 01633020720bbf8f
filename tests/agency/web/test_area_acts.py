"""Merging areas on the page: by those who lead a body, of two or more that last."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agency.outlines import quarter
from tests.agency.web.areas_world import define, known
from tests.agency.web.conftest import Opening
from tests.agency.web.test_pages import SECRETARY
from tests.agency.world import World

FORM: dict[str, Any] = {
    "body": "rsr-bergslagen",
    "name": "Båda",
    "source": "test",
    "since": "2026-03-01",
}


def test_every_area_that_lasts_can_be_chosen(founded: World, browse: Opening) -> None:
    define(founded, quarter(15.18, name="Väster"), quarter(15.19, name="Öster"))
    page = browse(founded).sign_in(SECRETARY).get("/areas/merge").text
    for id_ in known(founded):
        assert f'value="{id_}"' in page


@pytest.mark.parametrize("chosen", [0, 1], ids=["none", "one"])
def test_one_is_not_several(founded: World, browse: Opening, chosen: int) -> None:
    define(founded)
    form = FORM | {"areas": known(founded)[:chosen]}
    answer = browse(founded).sign_in(SECRETARY).send("/areas/merge", form)
    assert answer.status_code == 422
    assert len(known(founded)) == 1


def test_an_area_that_is_not_there_is_not_merged(founded: World, browse: Opening) -> None:
    define(founded)
    form = FORM | {"areas": [*known(founded), "are-" + "1" * 26]}
    assert browse(founded).sign_in(SECRETARY).send("/areas/merge", form).status_code == 422


def test_a_body_that_the_officer_does_not_lead_is_not_there(
    founded: World, browse: Opening
) -> None:
    ids = define(founded, quarter(15.18, name="Väster"), quarter(15.19, name="Öster"))
    form = FORM | {"areas": ids, "body": "permanenta-gruppen"}
    assert browse(founded).sign_in(SECRETARY).send("/areas/merge", form).status_code == 404
