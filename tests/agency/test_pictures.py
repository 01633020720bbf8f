"""What a party's feed tells of pictures."""

from __future__ import annotations

from samverkan.agency.pictures import due, of_area, pictures, unanswered
from tests.agency.model import POLICE
from tests.agency.world import World


def test_without_a_picture_there_is_nothing_to_do(founded: World) -> None:
    with founded.look(POLICE) as reading:
        assert dict(pictures(reading)) == {}
        assert (due(reading, 90), unanswered(reading)) == ([], [])
        assert of_area(reading, "municipality:1880") == []
