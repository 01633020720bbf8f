"""The police with an empty mailbox: what comes, what is applied, what the log says of it."""

from __future__ import annotations

from dataclasses import dataclass

from samverkan.infra.mail import Postman
from samverkan.wire import v1
from tests.infra.postoffice import PostOffice, Word, envelope, frame, words
from tests.infra.stores import actions, common


@dataclass
class Desk:
    """The police with an empty mailbox, on each database."""

    office: PostOffice
    postman: Postman

    def take(self, *frames: v1.Frame) -> None:
        """Let these frames come, each as a delivery of its own."""
        self.office.box("polisen").extend(frames)
        while self.postman.receive():
            pass

    @property
    def words(self) -> list[str]:
        return words(self.postman.store)

    @property
    def log(self) -> list[str]:
        """What the ledger says was done, without the founding."""
        return actions(self.postman.store)[1:]

    def refusals(self) -> list[str | None]:
        """The codes in the inbox, in no order."""
        with self.postman.store.view() as connection:
            return [row.refused for row in connection.execute(common.inbox.select())]


def word(text: str, seq: int, **changes: object) -> v1.Frame:
    """A post of fk with that word and number."""
    return frame(envelope(seq=seq, body=v1.to_body(Word(word=text)), **changes))
