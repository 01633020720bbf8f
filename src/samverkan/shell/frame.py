"""What a party tells the page frame about itself, and what the frame knows of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from samverkan.kernel.ids import Randomness, UserId
from samverkan.kernel.purpose import Stamp
from samverkan.shell.session import Sessions
from samverkan.shell.texts import Language


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one who reads: signed in or not, in which language, with which form token."""

    user_id: UserId | None
    language: Language
    csrf: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation: text key, path, how many things wait there, its group's text key."""

    text: str
    path: str
    waiting: int = 0
    group: str = ""


def grouped(items: Sequence[NavItem]) -> list[tuple[str, list[NavItem]]]:
    """The entries under the heading of their group, in the order in which they were given."""
    return [(group, list(found)) for group, found in groupby(items, key=attrgetter("group"))]


def no_navigation(viewer: Viewer) -> Sequence[NavItem]:
    """The navigation of a party that has a single page, or of a reader not signed in."""
    del viewer
    return ()


def unnamed(user_id: UserId) -> str:
    """Who is signed in, where the party keeps no names."""
    return user_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page of one party.

    `stamp` and `shared_process` are shown on every page: what kind of data this is, and that
    one process holds several agencies. `who` gives the name to show for a signed-in officer.
    """

    party: Mapping[Language, str]
    stamp: Stamp
    zone: tzinfo
    shared_process: bool = False
    navigation: Callable[[Viewer], Sequence[NavItem]] = no_navigation
    who: Callable[[UserId], str] = unnamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One party's site: its frame, its sessions, its own secret for forms, its own pages.

    `secret` is 32 random bytes of this party alone. `web` is the folder of the role's `web`
    package, with `templates/` and `texts/{sv,en}/` in it. `upload_limit` is in bytes.
    """

    frame: Frame
    sessions: Sessions
    secret: bytes
    randomness: Randomness
    web: Path
    upload_limit: int = 10_000_000
