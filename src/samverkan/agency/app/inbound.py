"""What the postman does with each kind of message: open the body, call the use case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from samverkan.agency import (
    amending,
    answer,
    asking,
    assessing,
    casework,
    crediting,
    delegating,
    feedback,
    firings,
    following,
    keymaking,
    meeting,
    proposing,
    rekeying,
    tokenise,
    withdrawing,
)
from samverkan.agency.proof import Verified
from samverkan.agency.sql.work import SqlWork
from samverkan.domain import seating
from samverkan.infra.applying import Answer, Handler
from samverkan.infra.repin import directory, pin, repin, valid
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import asking as papers
from samverkan.wire import crediting as credited
from samverkan.wire import joining as joined
from samverkan.wire import matching as matched
from samverkan.wire import meeting as met
from samverkan.wire import v1
from samverkan.wire.feedback import Feedback

if TYPE_CHECKING:
    from samverkan.agency.app.node import Node

Body = TypeVar("Body", bound=v1.Message)
UseCase = Callable[[SqlWork, v1.Envelope, Body], Answer]


def handlers(node: Node) -> Mapping[str, Handler]:
    """Every kind of message that a party takes."""

    def on(kind: type[Body], use_case: UseCase[Body]) -> Handler:
        def handle(transaction: Transaction, envelope: v1.Envelope) -> Answer:
            proof = Verified(envelope.sender, envelope.kind)
            work = node.unit.inside(transaction, proof)
            return use_case(work, envelope, v1.from_body(envelope.body, kind))

        return handle

    inbound = Inbound(node)
    return {
        "feed.event": on(joined.Event, inbound.event),
        "feedback.give": on(Feedback, inbound.feedback),
        "outcome.key": on(credited.MarkKey, inbound.mark_keyed),
        "keys.contribute": on(joined.Contributions, inbound.contributed),
        "keys.transcript": on(joined.Transcript, inbound.confirmed),
        "oprf.evaluate": on(joined.Evaluate, inbound.evaluate),
        "oprf.evaluate.reply": on(joined.Evaluated, inbound.evaluated),
        "refused": on(v1.Refusal, inbound.refused),
        "index.uploaded": on(matched.Uploaded, inbound.uploaded),
        "hit.told": on(matched.HitsTold, inbound.told),
        "hit.gone": on(matched.Gone, inbound.gone),
        "typology.fired": on(matched.Fired, inbound.fired),
        "request.ask": on(papers.Ask, inbound.asked),
        "request.answer": on(papers.Disclosed, inbound.answered),
        "request.receipt": on(papers.Received, inbound.receipted),
        amending.CORRECTED: on(papers.Amended, inbound.amended),
        amending.RECALLED: on(papers.Amended, inbound.amended),
        "proposal.annex": on(papers.Annex, inbound.annexed),
        "meeting.paper": on(met.Paper, inbound.papered),
        "directory.propose": on(joined.KeyProposal, inbound.keys_proposed),
        "directory.countersign": _countersigned(node),
        "directory.change": repin(node.opened, node.pack.parties),
    }


def _countersigned(node: Node) -> Handler:
    """A countersignature of our next keys; the last that is needed puts them in force."""

    def handle(transaction: Transaction, envelope: v1.Envelope) -> Answer:
        body = v1.from_body(envelope.body, joined.Countersignature)
        work = node.unit.inside(transaction, Verified(envelope.sender, envelope.kind))
        change = rekeying.countersigned(work, node.pins(work), envelope.sender, body)
        if change is None or isinstance(change, Refused):
            return change
        known = directory(node.opened.book, transaction.connection)
        pinned = known.change(change, verify=valid, parties=node.pack.parties)
        if isinstance(pinned, Refused):
            return pinned
        everybody = tuple(sorted(set(known.pinned) - {node.me}))
        rekeying.publish(work, change, to=everybody)
        pin(node.opened.book, transaction, pinned)
        transaction.follow_ups.append(node.opened.renew)
        return None

    return handle


class Inbound:
    """The handlers of one node."""

    def __init__(self, node: Node) -> None:
        self._node = node

    def event(self, work: SqlWork, envelope: v1.Envelope, body: joined.Event) -> Answer:
        """Keep it; a scope that begins gets keys, one that ends loses them."""
        refused = following.follow(work, envelope.sender, body)
        if refused is not None:
            return refused
        if body.kind == "cooperation.in-force":
            draft = v1.from_body(body.body, joined.InForce).draft
            keymaking.begin(work, self._node.maker, draft)
            crediting.begin(work, draft)
        elif body.kind == "cooperation.end":
            keymaking.destroy(work, v1.from_body(body.body, joined.End).cooperation)
        elif body.kind in seating.KINDS and body.party == work.me:
            delegating.decided(work, body)
            work.afterwards(self._node.mandates_changed)
        return None

    def mark_keyed(self, work: SqlWork, envelope: v1.Envelope, body: credited.MarkKey) -> Answer:
        """The key of a framework's marks."""
        return crediting.keyed(work, envelope.sender, body)

    def feedback(self, work: SqlWork, envelope: v1.Envelope, body: Feedback) -> Answer:
        """What came of an own contribution."""
        return feedback.heard(work, self._node.pack, envelope.sender, body)

    def contributed(
        self, work: SqlWork, envelope: v1.Envelope, body: joined.Contributions
    ) -> Answer:
        """Another holder's public parts."""
        return keymaking.contributed(work, self._node.maker, envelope.sender, body)

    def confirmed(self, work: SqlWork, envelope: v1.Envelope, body: joined.Transcript) -> Answer:
        """What another holder has seen."""
        return keymaking.confirmed(work, envelope.sender, body)

    def evaluate(self, work: SqlWork, envelope: v1.Envelope, body: joined.Evaluate) -> Answer:
        """A party asks for our part of its tokens."""
        holding = keymaking.Holding(self._node.oprf, self._node.pack)
        return keymaking.evaluate(work, holding, envelope.sender, body)

    def evaluated(self, work: SqlWork, envelope: v1.Envelope, body: joined.Evaluated) -> Answer:
        """A holder's part of our tokens."""
        return tokenise.evaluated(work, self._node.token_means, envelope.re or "", body)

    def refused(self, work: SqlWork, envelope: v1.Envelope, body: v1.Refusal) -> Answer:
        """A call of ours was refused; an evaluation that needs it stays open, and shows so."""
        work.selections.refused(envelope.re or "", body.code)
        work.log(Entry("call.refused", envelope.sender, envelope.re or "call", body.code))
        return None

    def uploaded(self, work: SqlWork, envelope: v1.Envelope, body: matched.Uploaded) -> Answer:
        """The exchange's receipt for an enrolment."""
        if envelope.sender != v1.EXCHANGE:
            return refuse(Code.NOT_FOUND)
        codes = tuple(f"{key_type}.n{count}" for key_type, count in sorted(body.counts.items()))
        work.log(Entry("index.received", v1.EXCHANGE, body.enrolment, codes=codes))
        return None

    def keys_proposed(
        self, work: SqlWork, envelope: v1.Envelope, body: joined.KeyProposal
    ) -> Answer:
        """Another party's next keys."""
        return rekeying.proposed(work, self._node.pins(work), envelope.sender, body)

    def told(self, work: SqlWork, envelope: v1.Envelope, body: matched.HitsTold) -> Answer:
        """Hits."""
        return assessing.told(work, envelope.sender, body)

    def gone(self, work: SqlWork, envelope: v1.Envelope, body: matched.Gone) -> Answer:
        """What hits told of was taken back."""
        return withdrawing.gone(work, envelope.sender, body)

    def fired(self, work: SqlWork, envelope: v1.Envelope, body: matched.Fired) -> Answer:
        """A firing."""
        return firings.fired(work, envelope.sender, body)

    def asked(self, work: SqlWork, envelope: v1.Envelope, body: papers.Ask) -> Answer:
        """A request."""
        return asking.arrived(work, self._node.pack, envelope.sender, body)

    def answered(self, work: SqlWork, envelope: v1.Envelope, body: papers.Disclosed) -> Answer:
        """An answer to ours."""
        return casework.received(work, self._node.signed_by(work), envelope.sender, body)

    def amended(self, work: SqlWork, envelope: v1.Envelope, body: papers.Amended) -> Answer:
        """A correction or recall of what was disclosed to us."""
        signed_by = self._node.signed_by(work)
        return amending.heard(work, signed_by, envelope.sender, body, kind=envelope.kind)

    def receipted(self, work: SqlWork, envelope: v1.Envelope, body: papers.Received) -> Answer:
        """A receipt for ours."""
        return answer.receipted(work, envelope.sender, body)

    def papered(self, work: SqlWork, envelope: v1.Envelope, body: met.Paper) -> Answer:
        """A sealed paper for a point of a meeting."""
        return meeting.papered(work, envelope.sender, body)

    def annexed(self, work: SqlWork, envelope: v1.Envelope, body: papers.Annex) -> Answer:
        """The sealed part of council papers."""
        return proposing.annexed(work, envelope.sender, body)
