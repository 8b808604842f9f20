"""Prints benchmarks: `python -m tests.benchmarks [NAME…] [--quick] [--held-out] [--failures]`."""

from __future__ import annotations

import argparse
import datetime
import inspect
import os
import platform
from importlib.metadata import version

from tests.benchmarks import (
    articles,
    curating,
    dates,
    exchange,
    form,
    key_to_paint,
    loop_pauses,
    place_coverage,
    search_latency,
    search_quality,
    start_up,
    store,
)

_ALL = (
    start_up,
    key_to_paint,
    loop_pauses,
    form,
    store,
    search_quality,
    search_latency,
    place_coverage,
    dates,
    articles,
    curating,
    exchange,
)


def main() -> None:
    """Run everything, or what is named by a part of its name."""
    known = {module.__name__.rsplit(".", 1)[-1]: module for module in _ALL}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--quick", action="store_true", help="smaller collections, fewer rounds")
    parser.add_argument(
        "--held-out", action="store_true", help="the queries that nobody tunes search to"
    )
    parser.add_argument(
        "--failures", action="store_true", help="of search and articles: list what went wrong"
    )
    given = vars(parser.parse_args())
    wanted = given.pop("names")
    for name in wanted:
        if not any(name in one for one in known):
            parser.error(f"there is no benchmark {name}; there are {', '.join(known)}")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    print(
        f"{today} · {os.cpu_count()} cores · Python {platform.python_version()} · "
        f"Textual {version('textual')} · times in ms, medians; compare within one table only"
    )
    for name, benchmark in known.items():
        if not wanted or any(one in name for one in wanted):
            print()
            taken = inspect.signature(benchmark.run).parameters
            benchmark.run(**{key: value for key, value in given.items() if key in taken})


if __name__ == "__main__":
    main()
