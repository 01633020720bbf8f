"""A party's node, wired: the only place that chooses adapters for it."""

from samverkan.agency.app.node import SCHEMA, Node, boot

__all__ = ["SCHEMA", "Node", "boot"]
