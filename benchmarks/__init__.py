"""Scores and speed, each against the last recorded figures: `python -m benchmarks` or `make bench`."""
