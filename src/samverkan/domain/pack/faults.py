"""What can be wrong in a pack. Every fault names file and line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """The kinds of fault. One line of meaning each."""

    # form
    UNREADABLE = "unreadable"  # not YAML, not UTF-8, too large
    UNKNOWN_SECTION = "unknown-section"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    DOUBLED = "doubled"  # one key, section or id twice
    NOT_A_MAPPING = "not-a-mapping"
    NOT_A_LIST = "not-a-list"
    NOT_A_TEXT = "not-a-text"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_DATE = "not-a-date"
    NOT_A_CODE = "not-a-code"  # does not have the form that ledger and wire can carry
    NOT_A_CHOICE = "not-a-choice"
    OUT_OF_RANGE = "out-of-range"
    LANGUAGE = "language"  # a text is missing in a language of the pack, or in one too many
    # sense
    UNKNOWN_REFERENCE = "unknown-reference"  # names something that the pack does not hold
    DATE_ORDER = "date-order"  # ends before it begins
    STAMP = "stamp"  # demo people outside a synthetic pack
    QUORUM = "quorum"  # more than the members, or none
    CHAIR = "chair"  # the chair is no member
    REGION = "region"  # a regional body without region, or one with another level
    UNDER = "under"  # a body that answers to itself, or to one of a lower level
    DECIDES = "decides"  # a council that decides nothing, or a centre that decides operations
    THRESHOLD = "threshold"  # a typology asks for more conditions than it has
    FIRST = "first"  # a typology starts from a condition that is not its own
    STARTS_FROM_HEALTH = "starts-from-health"  # DESIGN section 2, promise 6
    SENSITIVE = "sensitive"  # a condition on a sensitive category (BDL 2:11; GDPR art. 9)
    SHIFT = "shift"  # two stamps with the same check digits: their numbers would mix
    LENGTH = "length"  # numbers of two kinds that nobody could tell apart, or no digit there
    LETTER = "letter"  # a letter that folding takes apart by itself, or never meets
    CONTEXT = "context"  # a sound rule that depends on the next letter in two ways
    NO_STANDING = "no-standing"  # the owner of a condition may not disclose under the basis
    MAY_NOT_RECEIVE = "may-not-receive"  # whom a firing would tell may not receive under the basis
    UNASKED = "unasked"  # a firing tells what nobody asked for, and the basis needs a request
    NOT_REACHED = "not-reached"  # the basis names the items that it reaches, conditions not
    UNCOUNTED = "uncounted"  # a party's measure without an indicator that counts for that party
    FOREIGN = "foreign"  # a query on a condition that another party judges
    NEVER_ENROLLED = "never-enrolled"  # a delivery lets in a class that enters no cooperation
    PROPERTY = "property"  # no property or slot of that name is known
    OUTSIDE = "outside"  # a plan gives a part to somebody who does not take part, or to the owner
    HOLDERS = "holders"  # keys are held by fewer than two agencies
    OVERLAP = (
        "overlap"  # a place in two parts of a division, or two divisions of one agency at once
    )
    UNCOVERED = "uncovered"  # a division by place that forgets a county
    OPEN_OR_SILENT = "open-or-silent"  # a query is both, or neither
    # processes and variants
    UNTOLD = "untold"  # a step that no act and no message carries out
    LAWLESS = "lawless"  # a legal step without statute, section or demand; or a statute elsewhere
    EFFECT = "effect"  # a process takes effect by a step that it has not, or before a legal one
    ONE_CHANGE = "one-change"  # a change has no part, or several
    NOT_OPEN = "not-open"  # the model does not say that this may vary
    FIXED = "fixed"  # the law fixes it
    BOUNDS = "bounds"  # outside what the model leaves open
    COUNT = "count"  # more of them than the model leaves open
    LEGAL_STEP = "legal-step"  # drops or moves a step that a statute demands
    CORE_STEP = "core-step"  # drops or moves a step that the national model keeps
    NO_STEP = "no-step"  # names a step that is not there
    BESIDE = "beside"  # stands before and after something, or neither
    BODY_GONE = "body-gone"  # the body does not exist that day
    BODY_LEVEL = "body-level"  # the body is of another level than the variant
    PARTNER_CLOSED = "partner-closed"  # would hear of persons without a basis that names it
    NOT_DELEGABLE = "not-delegable"  # an act that cannot be delegated to a coordinator
    NOT_A_MEMBER = "not-a-member"  # a party without a seat in the body
    CORE_CHANGED = "core-changed"  # the core now says otherwise of what a variant changes
    IDENTIFIES = "identifies"  # a text that holds an identifier of somebody


@dataclass(frozen=True, slots=True, order=True)
class PackError:
    """One fault: the file inside the pack, its line (from 1), the kind, the word at fault."""

    file: str
    line: int
    code: Fault
    detail: str = ""
    """The word at fault; of a variant's fault, `key=code` for each code that its sentence names."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code} {self.detail}".rstrip()
