"""Addresses stay within their origin."""

from __future__ import annotations

import pytest

from samverkan.shell.links import Here, local_path


def test_one_parameter_changes_and_the_others_stay() -> None:
    here = Here("/requests", (("q", "å&b"), ("page", "2")))
    assert here.having(page=3) == "/requests?q=%C3%A5%26b&page=3"
    assert here.having(q=None, page=None) == "/requests"
    assert here.full == "/requests?q=%C3%A5%26b&page=2"


@pytest.mark.parametrize("path", ["/", "/requests?page=2", "/a//b", "/requests/7#main"])
def test_a_path_of_our_own_is_kept(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "requests",
        "//evil",
        "/\\evil",
        "/a\\b",
        "https://evil",
        "/a\r\nx: y",
        "/\tx",
        "/" * 3000,
    ],
)
def test_anything_else_leads_to_the_start_page(path: str) -> None:
    assert local_path(path) == "/"
