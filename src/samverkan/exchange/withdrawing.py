"""What leaves the index: enrolments taken back, rules withdrawn, whatever has run out.

Whoever was told a hit on a record that its owner takes back hears that the hit is gone. What has
run out by its date leaves without a word: everybody knew the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.exchange.ports import Endings, Post
from samverkan.kernel.outcome import Refused
from samverkan.wire.matching import Close, Gone, Withdraw


@dataclass(frozen=True, slots=True)
class Clearing:
    """What one withdrawal is worked on with."""

    endings: Endings
    post: Post


def withdraw(clearing: Clearing, party: str, body: Withdraw) -> Refused | None:
    """Drop an enrolment of the party. One that is not there, or another's, changes nothing."""
    if body.typology is not None and body.condition is not None:
        clearing.endings.unlist(body.scope, party, body.typology, body.condition)
        return None
    told = clearing.endings.withdraw(body.scope, party, body.enrolment)
    _tell(clearing, body.scope, told)
    return None


def close(clearing: Clearing, party: str, body: Close) -> Refused | None:
    """Records under the party's rule are silent from now on."""
    told = clearing.endings.close(body.scope, party, body.rule)
    _tell(clearing, body.scope, told)
    return None


def _tell(clearing: Clearing, scope: str, told: Mapping[str, list[str]]) -> None:
    for party, hits in sorted(told.items()):
        clearing.post.post(party, "hit.gone", Gone(scope=scope, hits=sorted(hits)))
