"""Typed identifiers. Random, never derived from content; `PartyId` is the only tenant type.

An identifier reads `prefix-` and 26 characters of base 32 (130 bits, of which 128 are drawn).
The alphabet lacks the letters i, l, o and u, so that no identifier can spell a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Self

Randomness = Callable[[int], bytes]
"""Draws that many random bytes. Injected everywhere; `os.urandom` in production."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_LETTERS = bytes(ord(_ALPHABET[byte & 31]) for byte in range(256))
_LENGTH = 26
_BODY = re.compile(rf"[{_ALPHABET}]{{26}}")
_PARTY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class MalformedId(ValueError):
    """The text is not an identifier of the asked kind. Says the kind, never the text."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"not a {kind}")
        self.kind = kind


def encode(raw: bytes) -> str:
    """16 bytes as 26 characters of base 32, most significant first."""
    number = int.from_bytes(raw, "big")
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])


class Id(str):
    """An identifier with the prefix of its kind; subclasses name the kind."""

    __slots__ = ()
    prefix: ClassVar[str] = "id"

    @classmethod
    def draw(cls, randomness: Randomness) -> Self:
        """A new identifier from 16 random bytes."""
        return cls(f"{cls.prefix}-{encode(randomness(16))}")

    @classmethod
    def draw_many(cls, randomness: Randomness, count: int) -> list[Self]:
        """So many new identifiers at once, for bulk: five random bits a letter, one draw for all."""
        letters = randomness(_LENGTH * count).translate(_LETTERS).decode("ascii")
        starts = range(0, _LENGTH * count, _LENGTH)
        return [cls(f"{cls.prefix}-{letters[at : at + _LENGTH]}") for at in starts]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identifier that an outside text spells. Raises `MalformedId`."""
        head, _, body = text.partition("-")
        if head != cls.prefix or not _BODY.fullmatch(body):
            raise MalformedId(cls.prefix)
        return cls(text)


class PartyId(str):
    """A party: an agency, or one independent branch of it (OSL 8:2). Also its host label."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The party that an outside text names. Raises `MalformedId`."""
        if len(text) > 40 or not _PARTY.fullmatch(text):
            raise MalformedId("party")
        return cls(text)


class MessageId(Id):
    """A wire message (post, call or reply)."""

    prefix = "msg"


class UserId(Id):
    """An officer, known by this number alone outside the own party."""

    prefix = "usr"


class SessionId(Id):
    """A signed-in session of one party's workspace."""

    prefix = "ses"


class DeliveryId(Id):
    """One delivery (leverans) of a register's rows."""

    prefix = "dlv"


class StatementId(Id):
    """One statement (uppgift): who said what of whom."""

    prefix = "stm"


class SubjectId(Id):
    """A subject (objekt) inside one party; meaningless outside it."""

    prefix = "sub"


class CooperationId(Id):
    """A framework cooperation or a scope below it."""

    prefix = "coo"


class EnrolmentId(Id):
    """One enrolment (urval) of subjects into a scope."""

    prefix = "enr"


class RuleId(Id):
    """A signed release rule for a class of records."""

    prefix = "rul"


class HitId(Id):
    """A hit (träff) as told to one party."""

    prefix = "hit"


class CaseId(Id):
    """A case (ärende): a joint header, one file per party."""

    prefix = "cas"


class RequestId(Id):
    """A request (begäran) from one party to another."""

    prefix = "req"


class DisclosureId(Id):
    """A disclosure (utlämnande): what left, to whom, under which basis."""

    prefix = "dis"


class ProposalId(Id):
    """A proposal (förslag) to a body."""

    prefix = "pro"


class OperationId(Id):
    """An operation (insats) that a body decided."""

    prefix = "ope"


class MeasureId(Id):
    """A measure (åtgärd) of one party in one operation."""

    prefix = "mea"


class OutcomeId(Id):
    """An outcome (utfall) with its indicator."""

    prefix = "out"


class MarkId(Id):
    """The mark of a decision (keyed digest), by which two outcomes of one decision are found."""

    prefix = "mrk"


class ReportId(Id):
    """A frozen report (redovisning)."""

    prefix = "rep"


class PictureId(Id):
    """One version of an area's situation picture (lägesbild)."""

    prefix = "pic"


class PromiseId(Id):
    """A citizen promise (medborgarlöfte) in a situation picture."""

    prefix = "prm"


class SeriesId(Id):
    """A series of public statistics that a party has loaded."""

    prefix = "ser"


class FiringId(Id):
    """A blind typology that reached its threshold for one tag."""

    prefix = "fir"


class MethodId(Id):
    """An entry of the method library (metod)."""

    prefix = "met"


class AdoptionId(Id):
    """A body's adoption of a method."""

    prefix = "ado"


class AreaId(Id):
    """A named area, through all its versions."""

    prefix = "are"


class BatchId(Id):
    """Areas that were defined together: all of them, or none."""

    prefix = "bat"


class VariantId(Id):
    """A variant of the model as it was put before a body."""

    prefix = "var"


class LocalId(Id):
    """A local body (lokalt samverkansorgan), and its code wherever a body is named."""

    prefix = "loc"


class DelegationId(Id):
    """A dated delegation to a seat in a body."""

    prefix = "del"


class MeetingsId(Id):
    """A planned series of meetings."""

    prefix = "mts"


class ItemId(Id):
    """A point of a meeting's agenda."""

    prefix = "itm"


class MinutesId(Id):
    """Minutes of one part of a meeting."""

    prefix = "min"


class PaperId(Id):
    """A sealed paper for a point of an agenda."""

    prefix = "pap"


class QuestionId(Id):
    """An open question of a group."""

    prefix = "que"


class DecisionId(Id):
    """What a group has agreed on for its own work."""

    prefix = "dcn"


class EntryId(Id):
    """An item of a group's plan for the year."""

    prefix = "pln"
