"""What the pack calls its codes, in the reader's language. An unknown code shows as itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from samverkan.domain.pack import Comparison, Kind, Level, Pack
from samverkan.wire.joining import Draft
from samverkan.wire.matching import HitTold

_FEW = 3
"""How many typologies make a name that can still be read."""


class _Named(Protocol):
    @property
    def names(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Names:
    """The pack's words in one language."""

    pack: Pack
    language: str

    def of(self, section: Mapping[str, _Named], code: str | None) -> str:
        """What a code of a section is called."""
        known = section.get(code or "")
        return (code or "") if known is None else self.words(known.names)

    def words(self, words: Mapping[str, str]) -> str:
        """A text of the pack in the reader's language."""
        return words[self.language]

    def choices(self, section: Mapping[str, _Named]) -> list[tuple[str, str]]:
        """A section as the choices of a form."""
        return [(code, self.words(one.names)) for code, one in section.items()]

    def party(self, code: str) -> str:
        """A party."""
        parties: Mapping[str, _Named] = {str(key): one for key, one in self.pack.parties.items()}
        return self.of(parties, code)

    def parties(self, codes: object) -> str:
        """Several parties in a row."""
        return ", ".join(self.party(str(code)) for code in _each(codes))

    def brief(self, code: str) -> str:
        """A party where room is short: its agency's abbreviation, and the branch if it is one."""
        known = next((one for key, one in self.pack.parties.items() if key == code), None)
        if known is None:
            return code
        _, bracket, branch = self.words(known.names).partition(" (")
        return self.pack.agencies[known.agency].abbreviation + bracket + branch

    def condition(self, code: str) -> str:
        """A condition."""
        return self.of(self.pack.conditions, code)

    def reason(self, group: str, code: str | None) -> str:
        """A reason of a group."""
        return self.of(self.pack.reasons.get(group, {}), code)

    def reasons(self, group: str) -> list[tuple[str, str]]:
        """The reasons of a group, to choose from."""
        return self.choices(self.pack.reasons[group])

    def role(self, code: str) -> str:
        """A role."""
        return self.of(self.pack.roles, code)

    def subject_role(self, code: str) -> str:
        """What part a subject has, by the class that it makes it one of."""
        classes = self.pack.one_by_one.values()
        return next((self.words(one.names) for one in classes if code in one.roles), code)

    def one_by_one(self, code: str) -> str:
        """A class of persons who enter one by one alone."""
        return self.of(self.pack.one_by_one, code)

    def place(self, code: str) -> str:
        """A municipality."""
        known = self.pack.municipalities.get(code)
        return code if known is None else known.name

    def body(self, code: str | None) -> str:
        """A body."""
        return self.of(self.pack.bodies, code)

    def key_type(self, code: str) -> str:
        """A key type, by its code on the wire."""
        known = (one for one in self.pack.key_types.values() if one.code == code)
        return next((self.words(one.names) for one in known), code)

    def query(self, code: str) -> str:
        """A class of records: a query of the pack, a list, an own condition of a typology."""
        if code in self.pack.queries:
            return self.words(self.pack.queries[code].names)
        if code in self.pack.reasons["selection"]:
            return self.reason("selection", code)
        name, _, short = code.partition(":")
        typology = self.pack.typologies.get(name)
        condition = (
            next((c for c in typology.conditions if c.endswith(f":{short}")), code)
            if typology
            else code
        )
        return f"{self.of(self.pack.typologies, name)}: {self.condition(condition).lower()}"

    def cooperation(self, draft: Draft) -> str:
        """What a framework or scope is called: its typologies if they are few, else its purpose."""
        few = draft.typologies if len(draft.typologies) <= _FEW else []
        what = [self.of(self.pack.typologies, code) for code in few]
        words = ", ".join(what) or self.of(self.pack.purposes, draft.purpose)
        return f"{words} – {self.region(draft.region)}"

    def region(self, code: str) -> str:
        """A region, or the whole country."""
        if code == Level.NATIONAL:
            return self.words(self.pack.pack.names)
        return self.of(self.pack.regions, code)

    def comparison(self, told: HitTold) -> Comparison:
        """How subjects of the hit's kind are compared."""
        kinds = {one.code: one.kind for one in self.pack.key_types.values()}
        return self.pack.comparison[kinds.get(told.key_type, Kind.PERSON)]

    def level(self, told: HitTold) -> str:
        """The strength of a hit in words."""
        return self.of(self.comparison(told).strengths, told.level.replace("_", "-"))

    def slots(self, told: HitTold, codes: object) -> str:
        """Compared fields in a row; a field with a rarity (`slot:class`) carries it behind."""
        slots = self.comparison(told).slots
        words, groups = [], set()
        for code in _each(codes):
            slot, _, rarity = str(code).partition(":")
            group = slots[slot].group if slot in slots else None
            if group in groups:  # a name and its sound are one thing to a reader
                continue
            groups |= {group} if group else set()
            rare = f" ({self.of(self.pack.rarity, rarity).lower()})" if rarity else ""
            words.append(self.of(slots, slot) + rare)
        return ", ".join(words)


def _each(codes: object) -> list[object]:
    return list(codes) if isinstance(codes, list | tuple | set | frozenset) else []
