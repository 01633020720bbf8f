"""Handlers run in threads, also where one path shows and changes."""

from __future__ import annotations

import threading

from litestar import Litestar, Response
from litestar.testing import TestClient

from samverkan.shell.routes import machine, page


@page("/thing")
def show() -> Response[str]:
    return Response(f"show {threading.current_thread() is threading.main_thread()}")


@machine("/thing")
def change() -> Response[str]:
    return Response(f"change {threading.current_thread() is threading.main_thread()}")


def test_two_methods_of_one_path_both_answer_from_a_thread() -> None:
    for _ in range(2):  # the same handlers serve several parties
        with TestClient(Litestar([show, change], logging_config=None)) as client:
            assert client.get("/thing").text == "show False"
            assert client.post("/thing").text == "change False"
