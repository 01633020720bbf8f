"""What ends by its date: scopes that have run out lose keys and table, rules their records.

Nobody has to remember: each day, the first time that the node looks, it finds what has run out.
"""

from __future__ import annotations

from datetime import date

from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.ports import Reading, Work
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import EnrolmentId


def overdue(reading: Reading) -> tuple[list[str], list[EnrolmentId]]:
    """Scopes that keep keys or entries past their last day, and enrolments past their rule's."""
    known = cooperations(reading.feed.all())
    today = reading.now.date()
    kept = sorted(reading.selections.matched_scopes())
    scopes = [one for one in kept if one in known and _over(known, known[one], today)]
    return scopes, reading.selections.run_out(today)


def _over(known: dict[str, Cooperation], scope: Cooperation, today: date) -> bool:
    above = known.get(scope.draft.parent or "")
    return scope.over(today) or (above is not None and above.over(today))


def lapse(work: Work) -> None:
    """Destroy shares, locks and tags of scopes that are over; forget entries whose rule ran out.

    The exchange drops its part by the same dates, and is not told.
    """
    scopes, enrolments = overdue(work)
    for scope in scopes:
        gone = work.keys.destroy(scope)
        work.log(Entry("keys.destroyed", work.me, scope, codes=(f"n{gone}", "run-out")))
    for enrolment in enrolments:
        work.selections.take_back(enrolment)
        work.log(Entry("enrolment.run_out", work.me, enrolment))
