"""Citing: what a testimony is cited as, and the place in it that a passage stands at."""
