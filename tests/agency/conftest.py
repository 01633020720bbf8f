"""The stages of the chain, for tests of the agency."""

from __future__ import annotations

from tests.agency.stages import asked, at_stage, enrolled, founded, operating, stages

__all__ = ["asked", "at_stage", "enrolled", "founded", "operating", "stages"]
