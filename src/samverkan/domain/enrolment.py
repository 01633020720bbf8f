"""Enrolment (urval): how subjects may enter a scope, and to whom their records may be opened.

By query, by list, or one subject asked about now. Whoever stands under special protection
(children, victims; pack data) enters one by one, never by query. A whole register needs a statute
that the pack names. A party that may only receive (prosecutors, 2016:775 § 3) opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from math import ceil

from samverkan.domain.normalise import Profile, birth_date
from samverkan.domain.pack import Direction, Pack
from samverkan.domain.statement import Fields, Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp

ROOM = 2
"""Values a subject may have of a key type, as a multiple of the average: names have many parts."""


class Kind(StrEnum):
    """How an enrolment came about. The last two are classes of records that a rule can open."""

    QUERY = "query"
    LISTED = "listed"
    ASKED = "asked"


def one_by_one(fields: Fields, pack: Pack, profile: Profile) -> str | None:
    """The class for which the subject enters one by one alone (a child, a victim), or None.

    Every birth date that is stated counts, and the one inside each number: the youngest decides. One
    that is still to come is a slip in a number, and counts only if there is no other.
    """
    stated = _born(fields, profile)
    born = [day for day in stated if day <= profile.on] or stated
    age = _age(max(born), profile.on) if born else None
    roles = set(fields.all(Prop.ROLE))
    for name, kind in pack.one_by_one.items():
        young = None not in (age, kind.younger_than) and (age or 0) < (kind.younger_than or 0)
        if young or roles & set(kind.roles):
            return name
    return None


def _born(fields: Fields, profile: Profile) -> list[date]:
    stated = [date.fromisoformat(text) for text in fields.all(Prop.BIRTH_DATE)]
    if profile.stamp is Stamp.EVALUATION:  # numbers of evaluation data are no numbers
        return stated
    inside = (birth_date(number, profile) for number in fields.all(Prop.ID_NUMBER))
    return [*stated, *(day for day in inside if day is not None)]


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def whole_register(
    pack: Pack, *, taken: int, held: int, statute: str | None, on: date
) -> Refused | None:
    """`WHOLE_REGISTER` when a selection is most of what the party holds, without a statute for it."""
    limits = pack.enrolment
    if taken < limits.whole_least or taken <= limits.whole_share * held:
        return None
    named = pack.statutes.get(statute or "")
    lasts = named is not None and named.since <= on and (named.until is None or on <= named.until)
    return None if lasts else refuse(Code.WHOLE_REGISTER)


def opens(
    pack: Pack, purpose: str, party: str, receivers: Iterable[str], *, on: date
) -> Refused | None:
    """Whether the party may open records to these under the basis of the cooperation's purpose.

    `RECEIVES_ONLY` for a party that may only receive; `NO_BASIS` where a receiver may not.
    """
    known = pack.purposes.get(purpose)
    basis = None if known is None else known.cooperation
    if basis is None:
        return refuse(Code.NO_BASIS)
    if pack.standing(PartyId(party), basis, Direction.DISCLOSE, on=on) is None:
        return refuse(Code.RECEIVES_ONLY)
    able = all(
        pack.standing(PartyId(one), basis, Direction.RECEIVE, on=on) is not None
        for one in receivers
    )
    return None if able else refuse(Code.NO_BASIS)


def quota(pack: Pack, sizes: Mapping[str, str], party: str, key_type: str) -> int:
    """How many values of a key type a party may have evaluated in a scope, all calls together.

    Its size class, times what a subject has of that type; a typology's tags are of two key types
    at most, numbers with their repairs among them.
    """
    size = pack.size_classes.get(sizes.get(party, ""))
    if size is None:
        return 0
    each = next((k.per_subject for k in pack.key_types.values() if k.code == key_type), None)
    return size.most * (ceil(ROOM * each) if each is not None else _of_typology(pack))


def _of_typology(pack: Pack) -> int:
    """A tag may be of any of a subject's key types: as many values as the two richest have."""
    richest = sorted((kind.per_subject for kind in pack.key_types.values()), reverse=True)[:2]
    return ceil(ROOM * sum(richest))
