"""Runs the program as `python -m tui`."""

from tui.cli import main

main()
