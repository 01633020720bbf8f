"""The figures of the walls: what every later feature stands on."""

from __future__ import annotations

from bench import clone, ledger, nodes, pages, permission
from bench.benchmark import Part

ABOUT = "ledger speed; permission; start and memory; pages; a fresh clone to the first page"
PARTS: dict[str, Part] = {
    "ledger_append": ledger.append,
    "ledger_verify": ledger.verify,
    "permission": permission.permission,
    "nodes": nodes.nodes,
    "pages": pages.pages,
    "fresh_clone": clone.fresh_clone,
}
