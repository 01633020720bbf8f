"""Every station of the chain as a command of its own, on the user's own files.

Each acts as a named officer of a party, under that officer's mandate, in a data folder that it
holds while it works.
"""

from __future__ import annotations

import click

from samverkan.cli.stations import (
    asking,
    casing,
    collecting,
    deciding,
    evaluating,
    founding,
    gathering,
    keeping,
    outlining,
    selecting,
    sharing,
)

CASES = (casing.joint, casing.join, casing.list_, casing.phase_, casing.close_)
"""What `case` knows besides opening and showing an own file."""

STATIONS: tuple[click.Command, ...] = (
    founding.init,
    founding.ingest,
    sharing.cooperate,
    sharing.accept,
    sharing.cooperations,
    sharing.enrol,
    selecting.enquire,
    selecting.enrolments,
    selecting.second,
    selecting.take_back,
    selecting.withdraw_rule,
    sharing.match,
    sharing.hits,
    sharing.judge,
    sharing.assess,
    asking.case,
    asking.request,
    asking.requests,
    asking.answer,
    deciding.propose,
    deciding.proposals,
    deciding.decide,
    deciding.operate,
    deciding.outcome,
    deciding.report,
    gathering.local,
    outlining.area,
    collecting.statistics,
    evaluating.evaluate,
    keeping.keys,
    keeping.end,
)
"""In the order of the chain."""
