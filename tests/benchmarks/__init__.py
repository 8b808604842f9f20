"""Benchmarks: `python -m tests.benchmarks` prints every table; nothing here is a test."""
