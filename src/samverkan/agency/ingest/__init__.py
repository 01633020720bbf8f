"""A delivery's rows become statements, by the pack's mapping of columns.

Pure over its inputs: the caller reads the file and keeps the result, batch by batch. Each cell is
cleaned by type and kept as it stood; what cannot be used is reported by row, column and code, never
by value.
"""

from samverkan.agency.ingest.mapping import (
    DeliveryMapping,
    columns_of,
    missing_columns,
    parse_mapping,
)
from samverkan.agency.ingest.merging import Known, Merged, Subjects, merge
from samverkan.agency.ingest.reading import Reader
from samverkan.agency.ingest.records import Effect, Record, Reject, Said

__all__ = [
    "DeliveryMapping",
    "Effect",
    "Known",
    "Merged",
    "Reader",
    "Record",
    "Reject",
    "Said",
    "Subjects",
    "columns_of",
    "merge",
    "missing_columns",
    "parse_mapping",
]
