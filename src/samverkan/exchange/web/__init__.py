"""The exchange's door: the wire's endpoint, and one page that says what this role is."""

from __future__ import annotations

from samverkan.exchange.web.door import FOLDER, handlers

__all__ = ["FOLDER", "handlers"]
