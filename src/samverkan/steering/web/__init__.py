"""Steering's only page: what this role is. It has no accounts; officers work in their own node."""

from __future__ import annotations

from samverkan.steering.web.status import FOLDER, handlers

__all__ = ["FOLDER", "handlers"]
