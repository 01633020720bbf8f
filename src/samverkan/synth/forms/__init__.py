"""How each party writes a row. Column names are those of the pack's `deliveries/`."""

from __future__ import annotations

from samverkan.synth.forms.border import COAST_GUARD, CUSTOMS
from samverkan.synth.forms.policing import (
    ECONOMIC,
    POLICE,
    PRISONS,
    PROSECUTION,
    SECURITY,
)
from samverkan.synth.forms.revenue import ENFORCEMENT, MIGRATION, TAXATION
from samverkan.synth.forms.welfare import EMPLOYMENT, INSURANCE, PAYMENTS

REGISTERS = (
    POLICE,
    SECURITY,
    PROSECUTION,
    ECONOMIC,
    TAXATION,
    ENFORCEMENT,
    INSURANCE,
    EMPLOYMENT,
    MIGRATION,
    PRISONS,
    CUSTOMS,
    COAST_GUARD,
    PAYMENTS,
)
"""The deliveries of the thirteen parties that sit in the bodies."""

__all__ = ["REGISTERS"]
