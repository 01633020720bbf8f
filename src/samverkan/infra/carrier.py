"""Carriers of frames to the exchange: in the process, or HTTP. The bytes are the same.

Parties dial out to the exchange and never to each other; the exchange dials nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import httpx

from samverkan.kernel.outcome import RefusedError, SamverkanError

WIRE_PATH = "/wire/v1"
WIRE_TYPE = "application/samverkan-wire"


class Unreachable(SamverkanError):
    """The exchange did not answer; the outbox keeps everything and tries again."""


class Rejected(SamverkanError):
    """The exchange cannot attribute the frame to an address that it has pinned."""


class Carrier(Protocol):
    """Takes one frame to the exchange and brings one back."""

    def carry(self, frame: bytes) -> bytes:
        """The answering frame. Raises `Unreachable`, `Rejected`."""


class InProcess:
    """The exchange lives in this process; the bytes are those of the network all the same."""

    def __init__(self, receive: Callable[[bytes], bytes]) -> None:
        self._receive = receive

    def carry(self, frame: bytes) -> bytes:
        """Hand the bytes over."""
        try:
            return self._receive(frame)
        except RefusedError as error:
            raise Rejected from error


class Http:
    """The exchange is at an address. `localhost` names are dialled at 127.0.0.1 with Host set."""

    def __init__(self, *, port: int, host: str, timeout: float = 30.0) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Host": host, "Content-Type": WIRE_TYPE},
            timeout=timeout,
            trust_env=False,
        )

    def carry(self, frame: bytes) -> bytes:
        """POST the frame."""
        try:
            response = self._client.post(WIRE_PATH, content=frame)
        except httpx.TransportError as error:
            raise Unreachable from error
        if response.status_code == httpx.codes.FORBIDDEN:
            raise Rejected
        if response.status_code != httpx.codes.OK:
            raise Unreachable
        return response.content
