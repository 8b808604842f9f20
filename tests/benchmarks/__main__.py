"""Prints every benchmark, side by side in one run: `python -m tests.benchmarks [--quick]`."""

from __future__ import annotations

import datetime
import os
import platform
import sys
from importlib.metadata import version

from tests.benchmarks import key_to_paint, search_and_store, start_up


def main() -> None:
    """Run everything; `--quick` takes smaller collections and fewer rounds."""
    quick = "--quick" in sys.argv[1:]
    today = datetime.datetime.now(tz=datetime.UTC).date()
    print(
        f"{today} · {os.cpu_count()} cores · Python {platform.python_version()} · "
        f"Textual {version('textual')} · times in ms, medians; compare within one table only"
    )
    for benchmark in (start_up, key_to_paint, search_and_store):
        print()
        benchmark.run(quick=quick)


if __name__ == "__main__":
    main()
