"""Learning: the method library, told to every party, whoever wrote in it."""

from __future__ import annotations

from samverkan.domain import method as rules
from samverkan.domain.method import Library
from samverkan.kernel.outcome import Refused
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.method import AdoptMethod, PublishMethod, ReportMethod
from samverkan.wire.v1 import Message


def publish(hearing: Hearing, command: PublishMethod) -> Answer:
    """A version of an entry, from the party that keeps it."""
    where = {*hearing.areas(hearing.on.isoformat()), *hearing.pack.bodies}
    places = {*where, *([command.body] if command.body and hearing.local(command.body) else [])}
    refused = rules.publish(_library(hearing), hearing.pack, hearing.party, command, places=places)
    return refused or _told(hearing, rules.PUBLISH, command.method, command)


def adopt(hearing: Hearing, command: AdoptMethod) -> Answer:
    """A body takes a version up."""
    members = hearing.members(command.body, on=command.since)
    refused = rules.adopt(_library(hearing), hearing.pack, hearing.party, command, members=members)
    return refused or _told(hearing, rules.ADOPT, command.adoption, command)


def report_back(hearing: Hearing, command: ReportMethod) -> Answer:
    """What happened where it was taken up."""
    library = _library(hearing)
    adoption = library.adoptions.get(command.adoption)
    body = "" if adoption is None else adoption.body.body
    sits = hearing.party in hearing.members(body, on=hearing.on.isoformat())
    refused = rules.report_back(library, hearing.pack, command, sits=sits, on=hearing.on)
    return refused or _told(hearing, rules.REPORT, command.adoption, command)


def _library(hearing: Hearing) -> Library:
    return rules.fold(hearing.record.of(rules.KINDS))


def _told(hearing: Hearing, kind: str, chain: str, command: Message) -> Answer | Refused:
    return [Fact(kind, chain, chain, command, audience(hearing.pack.parties))]
