"""The library is read in the reader's language and searched; the pack's own methods stand first."""

from __future__ import annotations

from samverkan.agency.library import entries, search, versions
from tests.agency.model import POLICE
from tests.agency.world import World


def test_the_pack_tells_of_its_methods_before_anybody_has_published(founded: World) -> None:
    pack = founded.node(POLICE).pack
    with founded.look(POLICE) as reading:
        swedish, english = (entries(reading, pack, language)[0] for language in ("sv", "en"))
    assert swedish.method == english.method == "vivalla"
    assert "Medborgarlöftet" in swedish.problem
    assert "citizen promise" in english.problem
    assert swedish.party is None


def test_a_search_finds_by_words_of_any_text_and_nothing_by_others(founded: World) -> None:
    pack = founded.node(POLICE).pack
    with founded.look(POLICE) as reading:
        known = entries(reading, pack, "sv")
    for asked in ("medborgarlöfte", "Örebro", "narkotikahandeln", ""):
        assert [one.method for one in search(known, asked, pack)] == ["vivalla"]
    assert search(known, "tullkontroll", pack) == []


def test_a_method_that_nobody_published_has_no_versions(founded: World) -> None:
    with founded.look(POLICE) as reading:
        assert versions(reading, founded.node(POLICE).pack, "sv", "met-" + "1" * 26) == []
