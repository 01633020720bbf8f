"""The crosswalk of a national model as lines to read: who speaks in a place, and who covers it.

Cells are in the pack's first language; what no source seen confirms ends in (U).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from samverkan.agency.app.territory import Territory
from samverkan.domain.pack import Pack
from samverkan.domain.territory import Crosswalk, Held, Voice
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

Line = tuple[str, ...]


def who(pack: Pack, municipality: str, agency: str | None, on: date) -> Iterator[Line]:
    """For one agency or all: by what somebody speaks, the party, its body, the agency's own region.

    Raises `RefusedError` for a place or agency that the model does not hold, or one that takes
    no part that day.
    """
    _known(pack, [municipality])
    walk = Crosswalk(pack)
    found = walk.voices(municipality, on=on)
    if agency is not None:
        asked = walk.voice(agency, municipality, on=on)
        if asked is None:
            raise RefusedError(refuse(Code.NOT_IN_PACK))
        found = (asked,)
    yield from (_line(pack, voice) for voice in found)


def place(pack: Pack, at: tuple[float, float]) -> str:
    """The municipality of a point (latitude, longitude). Raises `RefusedError`."""
    found = Territory(pack).at(*at)
    if found is None:
        refused = refuse(Code.AREA_OUTSIDE, name="-", at=f"{at[0]:.5f} {at[1]:.5f}")
        raise RefusedError(refused)
    return found


def bodies(pack: Pack, municipalities: Collection[str], on: date) -> Iterator[Line]:
    """The bodies over these places, the nearest first. Raises `RefusedError`."""
    _known(pack, municipalities)
    for body in Crosswalk(pack).bodies(municipalities, on=on):
        yield body.id, _words(pack, body.names), body.kind, body.level


def _known(pack: Pack, municipalities: Collection[str]) -> None:
    unknown = [place for place in municipalities if place not in pack.municipalities]
    if unknown:
        raise RefusedError(refuse(Code.AREA_UNKNOWN_PLACE, place=unknown[0]))


def _line(pack: Pack, voice: Voice) -> Line:
    body = pack.bodies.get(voice.body or "")
    sits = "-" if body is None else _words(pack, body.names)
    return voice.agency, voice.by, voice.party or "-", sits, _region(pack, voice.held)


def _region(pack: Pack, held: Held | None) -> str:
    if held is None:
        return "-"
    return _words(pack, held.names) + (" (U)" if held.doubts else "")


def _words(pack: Pack, names: Mapping[str, str]) -> str:
    return names[pack.pack.languages[0]]
