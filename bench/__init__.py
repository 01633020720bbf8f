"""Benchmarks: what is claimed in figures, measured. `python -m bench list`."""
