"""Throws hostile files at every importer: `python -m tests.fuzz [FORMAT…] [--inputs N]`.

An importer may refuse whatever it likes, in rows with a problem; it must not raise, hang, write,
or give a row that makes a plan, the form or the report fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from collection.exchange.formats import READERS, format_of, reader
from collection.exchange.incoming import Planner
from collection.exchange.interface import Known, Reading
from collection.exchange.reporting import refused
from tests.fuzz.mutating import mutated, mutated_parts
from tests.fuzz.seeds import SUFFIXES, seeds

_SLOW = 5.0
"""Seconds for a file of some kilobytes after which something is wrong, on whatever machine."""
_KNOWN = Known(themes=("Flight", "Hunger"), places=("Lwów", "Wien"))


def main() -> int:
    """Fuzz, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("formats", nargs="*", choices=[*READERS, []], metavar="FORMAT")
    parser.add_argument("--inputs", type=int, default=100_000, help="for all formats together")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    formats = given.formats or [*READERS]
    failures = 0
    print(f"{'format':12}{'inputs':>9}{'rows':>9}{'refused':>9}{'slowest':>10}{'failures':>10}")
    with tempfile.TemporaryDirectory(prefix="firsthand-fuzz-") as folder:
        for name in formats:
            failures += _fuzz(name, given.inputs // len(formats), given.seed, Path(folder))
    return min(failures, 1)


def _fuzz(name: str, inputs: int, seed: int, folder: Path) -> int:
    random = Random(f"{name} {seed}")
    files = seeds(name)
    place = folder / name
    place.mkdir()
    path = place / f"file{SUFFIXES.get(name, '.txt')}"
    counts: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(inputs):
        data = _changed(random.choice(files), files, random)
        path.write_bytes(data)
        began = time.perf_counter()
        try:
            _take(name, path, counts)
        except Exception:  # noqa: BLE001 -- whatever it is, it is what is looked for
            counts["failures"] += 1
            _keep(name, data, traceback.format_exc())
        took = time.perf_counter() - began
        slowest = max(slowest, took)
        if took > _SLOW:
            counts["failures"] += 1
            _keep(name, data, f"It took {took:.1f} s.")
    if [one.name for one in place.iterdir()] != [path.name]:
        counts["failures"] += 1
        print(f"{name}: a file was made in the folder of the import", file=sys.stderr)
    told = f"{inputs:>9,}{counts['rows']:>9,}{counts['refused']:>9,}{slowest * 1000:>7.0f} ms"
    print(f"{name:12}{told}{counts['failures']:>10}", flush=True)
    return counts["failures"]


def _changed(seed: bytes, files: tuple[bytes, ...], random: Random) -> bytes:
    if seed.startswith(b"PK") and random.random() < 0.8:
        return mutated_parts(seed, random)
    return mutated(seed, files, random)


def _take(name: str, path: Path, counts: Counter[str]) -> None:
    format_of(path)
    planner = Planner(lambda _: None, frozenset())
    rows = reader(name).read(path, Reading(known=_KNOWN))
    for number, row in enumerate(rows, 1):
        counts["rows"] += 1
        verdict = planner.take(number, row)
        counts["refused"] += bool(verdict.problems)
        for problem in verdict.problems:
            assert refused(problem).isprintable(), "a refusal that a terminal would obey"
        if row.beside is not None:
            length = len(row.beside.text)
            assert all(0 <= a <= b <= length for a, b in row.beside.taken)


def _keep(name: str, data: bytes, why: str) -> None:
    place = Path(tempfile.gettempdir(), "firsthand-fuzz-failures")
    place.mkdir(exist_ok=True)
    file = place / f"{name}-{abs(hash(data)):x}"
    file.write_bytes(data)
    print(f"{name}: {file}\n{why}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
