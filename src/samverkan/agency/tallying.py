"""The party's own counts of a year: made once, in its own node, and suppressed before they are kept.

What is counted are subjects by own condition, and typologies that fired on own subjects, by the
municipality where each subject is. The first need makes the table of the year; every picture of
that year quotes from it. Protected identities are not counted.
"""

from __future__ import annotations

from samverkan.agency.ports import Work
from samverkan.agency.proof import require
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.tally import tally
from samverkan.kernel.entry import Entry

Tally = dict[tuple[str, str], int | None]
TYPOLOGY = "typology:"
"""Before the code of a typology, so that it is no condition. Such counts stay in the own node."""


def own_tally(work: Work, permit: Permit, pack: Pack) -> Tally:
    """The counts of this year by (area, category); what is suppressed has none."""
    require(permit, Action.DRAW_PICTURE)
    year = str(work.now.year)
    known = work.statistics.tally(year)
    if known or pack.picture is None:
        return known
    conditions = [code for code in pack.picture.counted if pack.conditions[code].party == work.me]
    counts = work.statistics.counted(conditions, work.now.date())
    fired = {one.subject: f"{TYPOLOGY}{one.fired.typology}" for one in work.firings.all()}
    counts |= work.statistics.placed(fired, work.now.date())
    empty = {(next(iter(pack.municipalities)), code): 0 for code in conditions}
    made = tally(pack, empty | counts)
    work.statistics.keep_tally(year, made, work.now.date())
    hidden = sum(value is None for value in made.values())
    codes = (permit.policy, f"n{len(made)}", f"n{hidden}")
    work.log(Entry("tally.made", permit.user, f"y{year}", codes=codes))
    return made
