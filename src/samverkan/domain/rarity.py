"""How common a name is, in four classes from public statistics: what two parties may see of it.

A rare name that agrees says more than a common one. Which of four classes it is of shows only where
both have the name (`bundle`), and the classes come from a table that everybody has, not from a
register: the class of a name tells nothing that the name does not (MATCHING section 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samverkan.domain.normalise import Forms, words
from samverkan.domain.pack import Pack


@dataclass(frozen=True, slots=True)
class Commonness:
    """Classes by slot and value, as comparison writes it; `others` is that of unlisted values."""

    listed: Mapping[str, Mapping[str, int]]
    others: int | None = None

    def of(self, values: Mapping[str, str]) -> dict[str, int]:
        """The classes of a subject's values; slots without a table have none."""
        found = {
            slot: table.get(values[slot], self.others)
            for slot, table in self.listed.items()
            if values.get(slot)
        }
        return {slot: rarity for slot, rarity in found.items() if rarity is not None}


def commonness(pack: Pack, forms: Forms) -> Commonness:
    """The pack's tables, each name written as comparison writes it."""
    listed: dict[str, dict[str, int]] = {}
    others = None
    for rarity, one in enumerate(pack.rarity.values()):
        for slot, names in one.listed.items():
            told = {" ".join(words(name, forms)): rarity for name in names}
            listed.setdefault(slot, {}).update(told)
        others = rarity if one.others else others
    return Commonness(listed, others)
