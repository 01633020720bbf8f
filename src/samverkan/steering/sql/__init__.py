"""Steering's store."""
