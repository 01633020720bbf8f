"""Read a delivery file row by row: CSV, XLSX, JSON lines or Parquet, told apart by content.

Files come from outside and are hostile until read: sizes, ratios, rows, cells and fields are
capped, what is packed is measured before it is unpacked, and nothing is held whole in memory save
an XLSX's shared strings (themselves capped by the unpacked size).
"""

from samverkan.infra.tabular.opening import open_table
from samverkan.infra.tabular.table import Cells, Course, Format, Limits, Row, Table

__all__ = ["Cells", "Course", "Format", "Limits", "Row", "Table", "open_table"]
