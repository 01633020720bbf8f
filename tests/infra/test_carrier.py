"""Carriers bring the very bytes, and say when nobody was there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from samverkan.infra.carrier import (
    WIRE_PATH,
    WIRE_TYPE,
    Carrier,
    Http,
    InProcess,
    Rejected,
    Unreachable,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

FRAME = b'{"v":1}'


def test_in_the_process_the_bytes_are_handed_over() -> None:
    carrier: Carrier = InProcess(lambda data: data[::-1])
    assert carrier.carry(FRAME) == FRAME[::-1]


class Exchange(BaseHTTPRequestHandler):
    """Answers with what it was sent, reversed; notes how it was asked."""

    asked: list[tuple[str, str | None, str | None]]
    status = 200

    def do_POST(self) -> None:
        """See the class."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Host"], self.headers["Content-Type"]))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(body[::-1])

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


@contextmanager
def serving(status: int = 200) -> Iterator[tuple[Http, type[Exchange]]]:
    """A server on loopback, and a carrier to it."""
    handler = type("Handler", (Exchange,), {"asked": [], "status": status})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Http(port=server.server_port, host="exchange.localhost", timeout=5), handler
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.flow
def test_over_http_the_bytes_are_the_same_and_the_name_is_in_host() -> None:
    with serving() as (carrier, handler):
        assert carrier.carry(FRAME) == FRAME[::-1]
    assert handler.asked == [(WIRE_PATH, "exchange.localhost", WIRE_TYPE)]


@pytest.mark.flow
@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
def test_an_answer_that_is_not_ok_is_no_answer(status: int) -> None:
    with serving(status) as (carrier, _), pytest.raises(Unreachable):
        carrier.carry(FRAME)


@pytest.mark.flow
def test_nobody_there_is_unreachable() -> None:
    with serving() as (carrier, _):
        pass
    with pytest.raises(Unreachable):
        carrier.carry(FRAME)


def test_a_frame_that_nobody_known_has_sent_is_rejected_in_the_process() -> None:
    def refusing(_: bytes) -> bytes:
        raise RefusedError(refuse(Code.MESSAGE_SIGNATURE))

    with pytest.raises(Rejected):
        InProcess(refusing).carry(FRAME)


@pytest.mark.flow
def test_a_frame_that_nobody_known_has_sent_is_rejected_over_http() -> None:
    with serving(403) as (carrier, _), pytest.raises(Rejected):
        carrier.carry(FRAME)
