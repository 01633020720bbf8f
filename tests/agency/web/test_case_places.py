"""A case's map holds the places that its own page says, and nothing of a protected identity."""

from __future__ import annotations

from tests.agency.model import POLICE
from tests.agency.outlines import quarter
from tests.agency.web.areas_world import define
from tests.agency.web.conftest import Opening
from tests.agency.web.test_pages import OFFICER
from tests.agency.world import World


def places(page: str) -> str:
    return page.split('id="case-places"', 1)[1].split("</table>", 1)[0]


def test_the_municipalities_of_the_subjects_stand_with_their_areas(
    operating: World, browse: Opening
) -> None:
    define(operating, quarter(15.23, 59.59, name="Norra sidan"))
    page = browse(operating).sign_in(OFFICER).get(f"/cases/{operating.case()}").text
    assert "Lindesberg" in places(page)  # 1885 stands in the deliveries
    assert "Norra sidan" in places(page)
    assert "Bergslagen" in places(page)
    assert 'id="case-map"' in page
    assert f'href="/areas/{define(operating, quarter(15.5, name="Annat"))[0]}"' in page


def test_only_the_party_of_the_case_sees_its_places(operating: World, browse: Opening) -> None:
    case = operating.case()
    other = next(o.name for o in operating.node("kfm").officers() if "officer" in str(o.mandates))
    assert browse(operating, "kfm").sign_in(other).get(f"/cases/{case}").status_code == 404
    assert browse(operating, POLICE).sign_in(OFFICER).get(f"/cases/{case}").status_code == 200
