"""Reads `policy.cedar`, checks it against its schema, and answers from it, rule by rule.

Slower than `domain/policy.check` and the judge of it: the two are tested to agree. Used at start
(a policy that does not fit its schema stops the program) and wherever the source itself must
speak, as in oversight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Any

import cedarpy

from samverkan.domain.org import Mandate, Officer, day_of
from samverkan.domain.policy import Action, Resource
from samverkan.kernel.outcome import SamverkanError

_PACKAGE = "samverkan.domain"


class PolicyInvalid(SamverkanError):
    """The policy does not fit its schema, or a rule went wrong while it was evaluated."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The parsed rules, and the schema that requests are checked against."""

    rules: cedarpy.PolicySet
    schema: cedarpy.Schema

    def allowed(
        self, officer: Officer, action: Action, resource: Resource, at: datetime
    ) -> tuple[Mandate, str] | None:
        """The first mandate that a rule permits to act, and the rule's @id; None when denied."""
        context = {
            "user": str(officer.user),
            "party": str(officer.party),
            "today": _day(day_of(at)),
        }
        for mandate in officer.mandates:
            request = {
                "principal": {"type": "Mandate", "id": "asking"},
                "action": {"type": "Action", "id": action.value},
                "resource": {"type": "Thing", "id": "asked"},
                "context": context,
            }
            policy = self._decide(request, [_principal(mandate), _thing(resource)])
            if policy is not None:
                return mandate, policy
        return None

    def _decide(self, request: dict[str, Any], entities: list[dict[str, Any]]) -> str | None:
        answer = cedarpy.is_authorized(request, self.rules, entities, schema=self.schema)
        if answer.diagnostics.errors or answer.decision is cedarpy.Decision.NoDecision:
            raise PolicyInvalid(f"{len(answer.diagnostics.errors)} errors")
        if answer.decision is not cedarpy.Decision.Allow:
            return None
        (policy,) = answer.diagnostics.id_annotations_by_reason.values()
        return str(policy)


def load_policy(rules: str | None = None, schema: str | None = None) -> Policy:
    """The policy of the product, or one given as text. Raises `PolicyInvalid`."""
    rules = _text("policy.cedar") if rules is None else rules
    schema = _text("policy.cedarschema") if schema is None else schema
    checked = cedarpy.validate_policies(rules, schema)
    if not checked.validation_passed:
        raise PolicyInvalid("; ".join(str(error) for error in checked.errors))
    return Policy(cedarpy.PolicySet.from_str(rules), cedarpy.Schema.from_str(schema))


def _text(name: str) -> str:
    return resources.files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


def _day(day: date) -> dict[str, Any]:
    return {"__extn": {"fn": "datetime", "arg": day.isoformat()}}


def _principal(mandate: Mandate) -> dict[str, Any]:
    attributes: dict[str, Any] = {
        "user": str(mandate.user),
        "party": str(mandate.party),
        "since": _day(mandate.since),
        "until": _day(mandate.until),
    }
    if mandate.body is not None:
        attributes["body"] = mandate.body
    return {
        "uid": {"type": "Mandate", "id": "asking"},
        "attrs": attributes,
        "parents": [{"type": "Role", "id": mandate.role.value}],
    }


def _thing(resource: Resource) -> dict[str, Any]:
    attributes = {"party": str(resource.party)}
    if resource.body is not None:
        attributes["body"] = resource.body
    return {"uid": {"type": "Thing", "id": "asked"}, "attrs": attributes, "parents": []}
