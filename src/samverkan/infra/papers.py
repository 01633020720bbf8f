"""All files of a paper, in one place for whoever prints."""

from __future__ import annotations

from datetime import datetime

from samverkan.infra import documents
from samverkan.infra.documents import Paper
from samverkan.infra.machinefile import machine_file
from samverkan.infra.wordfile import docx


class Files:
    """Makes them: the same paper and moment give the same bytes, in any process, on any day."""

    def pdf(self, paper: Paper, made: datetime) -> bytes:
        """Tagged PDF/UA-1."""
        return documents.pdf(paper, made)

    def docx(self, paper: Paper, made: datetime) -> bytes:
        """A text document."""
        return docx(paper, made)

    def xlsx(self, paper: Paper, made: datetime) -> bytes:
        """A workbook."""
        return documents.xlsx(paper, made)

    def zip(self, paper: Paper, rows: bytes, made: datetime) -> bytes:
        """For machines."""
        return machine_file(paper, rows, made)
