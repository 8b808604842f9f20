from __future__ import annotations

import subprocess
import sys

PROBE = """
from rich.cells import cell_len
before = [cell_len(text) for text in TEXTS]
from tui.widths import give_spacing_marks_a_cell
give_spacing_marks_a_cell()
print(before, [cell_len(text) for text in TEXTS])
"""
TEXTS = ["लाहौर की एक युवती", "ភ្នំពេញ", "ไทยกำ", "京都", "שָׁלוֹם", "e\u0301", "plain", "Łódź"]


def test_spacing_marks_get_a_cell_and_nothing_else_changes() -> None:
    # In a process of its own: it changes how everything after it is measured.
    command = [sys.executable, "-c", f"TEXTS = {TEXTS!r}{PROBE}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    # As tmux draws them.
    assert done.stdout == "[12, 4, 5, 4, 4, 1, 5, 4] [16, 5, 5, 4, 4, 1, 5, 4]\n"
