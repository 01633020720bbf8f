"""A delivery's rows become statements, by the pack's mapping of columns.

Pure over its inputs: the caller reads the file and keeps the result. Each cell is cleaned by
type and kept as it stood; what cannot be used is reported by row, column and code, never by
value. A delivery that was read before changes nothing (`already_read`).
"""

from samverkan.agency.ingest.mapping import DeliveryMapping, missing_columns, parse_mapping
from samverkan.agency.ingest.reading import (
    Delivery,
    IngestResult,
    Reject,
    already_read,
    read_delivery,
)

__all__ = [
    "Delivery",
    "DeliveryMapping",
    "IngestResult",
    "Reject",
    "already_read",
    "missing_columns",
    "parse_mapping",
    "read_delivery",
]
