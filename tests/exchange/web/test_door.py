"""The exchange's door: bytes in and out for whom it knows; for others one bare code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from samverkan.exchange.web.door import WIRE_TYPE
from samverkan.infra.envelope import unfold
from samverkan.kernel.codes import Code
from samverkan.shell.headers import ALWAYS
from samverkan.wire import v1
from tests.exchange.net import THIEF, Net, made_net
from tests.exchange.test_app import FETCH, call
from tests.infra.postoffice import frame
from tests.infra.stores import actions, keys_of
from tests.instruments import FixedClock

WIRE = "/wire/v1"


@pytest.fixture
def net(tmp_path: Path, clock: FixedClock) -> Iterator[Net]:
    """See `Net`."""
    with made_net(tmp_path, clock) as made:
        yield made


@pytest.fixture
def door(net: Net) -> Iterator[TestClient[Litestar]]:
    """The exchange's site, without a socket."""
    app = net.exchange.web(shared_process=False)
    with TestClient(app, base_url="https://exchange.localhost") as client:
        yield client


def test_a_known_callers_bytes_are_answered_in_the_type_of_the_wire(
    door: TestClient[Litestar],
) -> None:
    answer = door.post(WIRE, content=v1.canonical(frame(call("mail.fetch", FETCH))))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == WIRE_TYPE
    reply = unfold(
        v1.decode(answer.content, v1.Frame),
        me="fk",
        keys=[keys_of("fk")],
        sender=[keys_of(v1.EXCHANGE).public],
    )
    assert (reply.kind, reply.body) == ("mail.fetch.reply", {"frames": []})


UNKNOWN = [
    b"",
    b"not a frame",
    v1.canonical(frame(call("mail.fetch", FETCH, sender="tullverket"), keys=THIEF)),
    v1.canonical(frame(call("mail.fetch", FETCH), keys=THIEF)),
    v1.canonical(frame(call("mail.fetch", FETCH, cls="post"))),
]


@pytest.mark.parametrize("data", UNKNOWN, ids=["empty", "garbage", "stranger", "thief", "post"])
def test_what_cannot_be_attributed_gets_the_bare_code_and_never_a_difference(
    door: TestClient[Litestar], net: Net, data: bytes
) -> None:
    before = actions(net.exchange.opened.store)
    answer = door.post(WIRE, content=data)
    assert answer.status_code == 403
    assert answer.text == Code.MESSAGE_SIGNATURE.value
    assert answer.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in answer.headers
    assert actions(net.exchange.opened.store) == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_the_wire_is_posted_to_and_nothing_else(door: TestClient[Litestar], method: str) -> None:
    assert door.request(method, WIRE).status_code in {404, 405}


def test_the_open_page_tells_what_the_role_is_and_of_nobody(
    door: TestClient[Litestar], net: Net
) -> None:
    status = net.exchange.status()
    page = door.get("/")
    assert page.status_code == 200
    assert status.hash in page.text
    assert len(status.hash) == 64
    for address in ("fk", "polisen", "kfm"):
        assert f">{address}<" not in page.text
    for name, value in ALWAYS.items():
        assert page.headers[name] == value


def test_the_open_page_speaks_the_readers_language(door: TestClient[Litestar]) -> None:
    pages = {
        language: door.get("/", headers={"accept-language": language}).text
        for language in ("sv", "en")
    }
    assert '<html lang="sv"' in pages["sv"]
    assert '<html lang="en"' in pages["en"]
