"""In and out: rows a second and memory, beside what the formats cost by themselves.

Each run is a process of its own, which ends with its figures; the runs take turns. Beside our
readers stand `csv.DictReader` of the standard library and msgspec's JSON on the same files.
"""

from __future__ import annotations

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import msgspec

from collection.access import Gated, gate
from collection.exchange.formats import reader, writer
from collection.exchange.incoming import Planner
from collection.testimony import Testimony
from tests.benchmarks.made import testimonies
from tests.benchmarks.table import show

_DISTINCT: Final = 2_000
"""Testimonies that are made; they come again and again under other identifiers."""
_PLAIN: Final = (
    "Kennung",
    "Überschrift",
    "Zeitzeugin",
    "Datum",
    "Ort",
    "Thema",
    "Bericht",
    "Umstände",
)


def _made(count: int) -> Iterator[Testimony]:
    for number, one in enumerate(islice(cycle(testimonies(_DISTINCT)), count)):
        yield msgspec.structs.replace(one, id=f"b-{number:06}")


def _gated(count: int) -> Iterator[Gated]:
    return (gate(one, private=True) for one in _made(count))


def _write_plain(path: Path, count: int) -> None:
    """Write a table as a stranger would, with columns that must be guessed."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(_PLAIN)
        for one in _made(count):
            places, themes = "; ".join(p.name for p in one.places), "; ".join(one.themes)
            named = (one.id, one.title, one.narrator.name, one.date.text)
            table.writerow([*named, places, themes, one.account, one.context])


# --- what is measured --------------------------------------------------------------------------


def _dict_reader(path: Path) -> Iterator[object]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def _decoded(path: Path) -> Iterator[object]:
    with path.open("rb") as file:
        for line in file:
            yield msgspec.json.decode(line)


def _rows(format: str) -> Callable[[Path], Iterator[object]]:
    return lambda path: reader(format).read(path)


def _planned(format: str) -> Callable[[Path], Iterator[object]]:
    def verdicts(path: Path) -> Iterator[object]:
        planner = Planner(lambda _: None, frozenset(), keeping=False)
        for number, row in enumerate(reader(format).read(path), 1):
            verdict = planner.take(number, row)
            assert not verdict.problems, verdict.problems
            yield verdict

    return verdicts


def _written(format: str) -> Callable[[Path], Iterator[object]]:
    def pieces(path: Path) -> Iterator[object]:
        with open(os.devnull, "wb") as nowhere:
            count = 0

            def counted() -> Iterator[Gated]:
                nonlocal count
                for one in _gated(int(path.name)):
                    count += 1
                    yield one

            nowhere.writelines(writer(format).write(counted()))
        yield from range(count)

    return pieces


def _encoded(path: Path) -> Iterator[object]:
    with open(os.devnull, "wb") as nowhere:
        for one in _gated(int(path.name)):
            nowhere.write(msgspec.json.encode(one.testimony) + b"\n")
            yield one


_KINDS: Final[dict[str, tuple[str, Callable[[Path], Iterator[object]]]]] = {
    "csv.DictReader, our CSV": ("own.csv", _dict_reader),
    "reading our CSV": ("own.csv", _rows("csv")),
    "planning our CSV": ("own.csv", _planned("csv")),
    "csv.DictReader, another table": ("plain.csv", _dict_reader),
    "reading another table": ("plain.csv", _rows("csv")),
    "planning another table": ("plain.csv", _planned("csv")),
    "msgspec, JSON lines": ("own.jsonl", _decoded),
    "reading JSON lines": ("own.jsonl", _rows("jsonl")),
    "planning JSON lines": ("own.jsonl", _planned("jsonl")),
    "msgspec, writing": ("", _encoded),
    "writing JSON lines": ("", _written("jsonl")),
    "writing our CSV": ("", _written("csv")),
}
"""By what is done: the file it is done to, and how."""


def _alone(kind: str, path: Path) -> None:
    """Do one thing in this process, and print its seconds and the megabytes it took."""
    began = time.perf_counter()
    count = sum(1 for _ in _KINDS[kind][1](path))
    seconds = time.perf_counter() - began
    # What `getrusage` tells counts the process that this one was forked from.
    lines = Path("/proc/self/status").read_text().splitlines()
    status = dict(line.split(":", 1) for line in lines)
    most = int(status["VmHWM"].split()[0]) / 1024
    print(json.dumps([count, seconds, most]))


def _measured(kind: str, path: Path) -> list[float]:
    command = [sys.executable, "-m", "tests.benchmarks.exchange", kind, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def run(*, quick: bool) -> None:
    """Print the table."""
    count, rounds = (10_000, 3) if quick else (100_000, 3)
    with tempfile.TemporaryDirectory() as folder:
        files = {name: Path(folder, name) for name in ("own.csv", "own.jsonl", "plain.csv")}
        for format in ("csv", "jsonl"):
            with files[f"own.{format}"].open("wb") as file:
                file.writelines(writer(format).write(_gated(count)))
        _write_plain(files["plain.csv"], count)
        found: dict[str, list[list[float]]] = {kind: [] for kind in _KINDS}
        for _ in range(rounds):
            for kind, (name, _) in _KINDS.items():
                measured = _measured(kind, files.get(name, Path(str(count))))
                assert measured[0] == count, (kind, measured)
                found[kind].append(measured)
        sizes = {name: file.stat().st_size / count for name, file in files.items()}
    rows, rival = [], 1.0
    for kind, runs in found.items():
        seconds = statistics.median(seconds for _, seconds, _ in runs)
        if "," in kind:
            rival = seconds
        most = max(most for *_, most in runs)
        rows.append([kind, f"{count / seconds:,.0f}", f"{seconds / rival:.1f}", f"{most:.0f}"])
    each = ", ".join(f"{name} {size:,.0f} B a row" for name, size in sizes.items())
    heads = ["what", "rows/s", "times as long as the library alone", "peak MB of its process"]
    show(f"In and out, {count:,} testimonies ({each})", heads, rows)


if __name__ == "__main__":
    _alone(sys.argv[1], Path(sys.argv[2]))
