"""Areas of Örebro for tests: squares that stand for no real boundary."""

from __future__ import annotations

from samverkan.agency.app.territory import geometry
from samverkan.domain.outline import canonical_polygons, outline
from samverkan.wire.territory import Outline

DEGREE = 1_000_000


def quarter(x: float, y: float = 59.29, size: float = 0.01, name: str = "Norr") -> Outline:
    """A square with its south-west corner there."""
    x1, y1, x2, y2 = (round(each * DEGREE) for each in (x, y, x + size, y + size))
    ring = [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
    return outline(
        canonical_polygons([[ring]]), geometry(), name=name, kind="local", source="ritat för test"
    )
