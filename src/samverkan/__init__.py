"""Samverkan: agencies find what they share, decide together, act, and account for it."""

__version__ = "0.1.0"
