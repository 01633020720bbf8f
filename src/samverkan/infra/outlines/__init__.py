"""Files of areas: GeoJSON and shapefiles, in the national grid or WGS 84, read whole or not at all."""

from samverkan.infra.outlines.drawing import Drawing, Feature, Found, Grid
from samverkan.infra.outlines.opening import Caps, read_outlines

__all__ = ["Caps", "Drawing", "Feature", "Found", "Grid", "read_outlines"]
