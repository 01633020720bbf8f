"""Steering shows what it is and nothing more; nobody can sign in to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.steering.hall import Hall, open_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = open_hall(tmp_path)
    yield hall
    hall.steering.opened.store.close()


@pytest.fixture
def browser(hall: Hall) -> Iterator[TestClient[Litestar]]:
    app = hall.steering.web(shared_process=True)
    with TestClient(app, base_url="https://steering.localhost") as client:
        yield client


def test_the_page_says_role_stamp_model_and_ledger_head(
    hall: Hall, browser: TestClient[Litestar]
) -> None:
    page = browser.get("/", headers={"accept-language": "en"}).text
    head = hall.steering.opened.store.head()
    assert "Steering of Samverkan" in page
    assert "Synthetic data" in page
    assert f">{head.seq}<" in page
    assert head.hash.hex() in page
    assert "no accounts" in page


def test_reading_it_writes_nothing(hall: Hall, browser: TestClient[Litestar]) -> None:
    before = hall.steering.opened.store.head()
    assert browser.get("/").status_code == 200
    assert hall.steering.opened.store.head() == before


@pytest.mark.parametrize("path", ["/sign-in", "/events", "/reports", "/ledger"])
def test_there_is_no_other_page(browser: TestClient[Litestar], path: str) -> None:
    assert browser.get(path).status_code == 404


def test_both_languages_are_spoken(browser: TestClient[Litestar]) -> None:
    assert "Samverkans styrning" in browser.get("/", headers={"accept-language": "sv"}).text
