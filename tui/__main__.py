"""The way in: a collection that is there is opened at once, everything else is parsed first."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the program on the arguments of the process; never returns."""
    from tui.start import Options, on_terminal, run

    words = sys.argv[1:]
    # Parsing costs a tenth of the start; a lone file to open needs none.
    if len(words) == 1 and _is_collection(words[0]) and on_terminal():
        sys.exit(run(Path(words[0]), Options()))
    from tui.cli import main as parse

    parse()


def _is_collection(word: str) -> bool:
    """Tell whether a word can only be a file: no option, no command, and there."""
    try:
        return word.endswith(".json") and not word.startswith("-") and Path(word).is_file()
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    main()
