"""Server time of the pages of situation pictures, where a hundred areas have one."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from statistics import median

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from samverkan.agency import collecting, picturing
from samverkan.agency.app import statistics
from samverkan.agency.app.node import Node
from samverkan.domain.policy import Action, Permit
from samverkan.embedded import genesis
from samverkan.embedded.headless import real
from samverkan.embedded.house import House, open_house, pack_folder
from samverkan.kernel.ids import PictureId
from samverkan.kernel.purpose import Stamp

_PARTIES = ("polisen", "kfm")
_AREAS = 100
_REGION = "region:bergslagen"
_SERIES = "bra-reported-2021"
_LOOKS = 15
_HOST = "polisen.localhost:8640"
_FIELD = re.compile(r'name="_csrf" value="([^"]+)"')


def page(conditions: Conditions) -> Iterable[Figure]:
    """In one process without a socket: the list of all, a region's picture, a municipality's.

    Each answer is logged first, as ever; the median of fifteen after two that warm up.
    """
    del conditions
    with tempfile.TemporaryDirectory() as folder:
        house = _house(Path(folder))
        node = house.nodes["polisen"]
        permit = _permit(node)
        _load(node, permit)
        places = [f"municipality:{code}" for code in islice(house.pack.municipalities, _AREAS - 1)]
        numbers = [_begin(node, permit, area) for area in (_REGION, *places)]
        house.settle()
        with TestClient(
            node.web(shared_process=True, demo=True), base_url=f"http://{_HOST}"
        ) as web:
            headers = {"Cookie": _sign_in(web, permit.user)}
            for name, path in (
                ("picture_list_ms", "/pictures"),
                ("picture_of_region_ms", f"/pictures/{numbers[0]}"),
                ("picture_of_municipality_ms", f"/pictures/{numbers[1]}"),
            ):
                yield Figure(name, _look(web, path, headers), "ms", Must("<=", 300))


def _house(folder: Path) -> House:
    ambient = real()
    begun = genesis.begin(
        folder,
        parties=list(_PARTIES),
        pack="se",
        stamp=Stamp.SYNTHETIC,
        randomness=ambient.randomness,
    )
    house = open_house(folder, begun, ambient)
    house.settle()
    return house


def _permit(node: Node) -> Permit:
    found = (node.permit(one.user, Action.DRAW_PICTURE) for one in node.officers())
    return next(permit for permit in found if isinstance(permit, Permit))


def _load(node: Node, permit: Permit) -> None:
    asked = statistics.known(node.pack, _SERIES, pack_folder(node.pack.pack.id))
    assert isinstance(asked, collecting.Asked)
    assert isinstance(node.load_statistics(permit, asked), str)


def _begin(node: Node, permit: Permit, area: str) -> PictureId:
    with node.write(permit) as work:
        begun = picturing.begin(work, permit, node.pack, area)
    assert isinstance(begun, PictureId), begun
    return begun


def _sign_in(web: TestClient[Litestar], user: str) -> str:
    """The session's cookie, got as a browser gets it."""
    form = web.get("/sign-in")
    found = _FIELD.search(form.text)
    assert found is not None
    fields = {"_csrf": found[1], "user": user, "next": "/"}
    answer = web.post(
        "/sign-in", data=fields, headers={"Cookie": _cookies(form)}, follow_redirects=False
    )
    assert answer.status_code in (302, 303), answer.status_code
    return _cookies(answer)


def _cookies(answer: Response) -> str:
    lines = answer.headers.get_list("set-cookie")
    return "; ".join(line.split(";", 1)[0] for line in lines)


def _look(web: TestClient[Litestar], path: str, headers: dict[str, str]) -> float:
    took = []
    for _ in range(_LOOKS + 2):
        start = time.perf_counter()
        answer = web.get(path, headers=headers)
        took.append((time.perf_counter() - start) * 1e3)
        assert answer.status_code == 200, (path, answer.status_code)
    return median(took[2:])
