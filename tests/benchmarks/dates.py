"""How many of the dates that cataloguers really wrote are read, and whether any is read wrongly.

The strings are read from `../shared/data`; what they say was judged by hand beforehand. To cover
what was meant without knowing the order of day and month is to read; to say more than the words
do, or something else, is to be wrong.
"""

from __future__ import annotations

import hashlib
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from collection.dates import read_date
from tests.benchmarks.labelled_dates import DEVELOPMENT, HELD_OUT
from tests.benchmarks.table import show

PATH = Path(__file__).parents[3] / "shared" / "data" / "messy" / "dates.txt"
OUTCOMES = ("read", "left alone though readable", "wrong", "rightly left alone")


class Judged(NamedTuple):
    """A string, what it was read as and what became of it."""

    text: str
    label: str
    read: str
    outcome: str


def written() -> list[str]:
    """Give the distinct strings; none where the data are absent."""
    if not PATH.exists():
        return []
    return [line.partition("\t")[2] for line in PATH.read_text("utf-8").splitlines()]


def judged(labels: str, texts: list[str]) -> list[Judged]:
    """Read the strings that the labels speak of, and compare.

    Raises:
        KeyError: A labelled string is not among the texts.
    """
    known = {hashlib.sha256(text.encode()).hexdigest()[:12]: text for text in texts}
    found = []
    for line in labels.strip().splitlines():
        key, _, label = line.partition(" ")
        span = read_date(known[key])
        first, last = span.earliest or "..", span.latest or ".."
        read = "-" if span.edtf is None else first if first == last else f"{first} {last}"
        if read == label:
            outcome = OUTCOMES[3] if label == "-" else OUTCOMES[0]
        else:
            outcome = OUTCOMES[1] if read == "-" else OUTCOMES[2]
        found.append(Judged(known[key], label, read, outcome))
    return found


def run() -> None:
    """Print both samples, every mismatch, and how long a reading takes."""
    texts = written()
    if not texts:
        print("Dates: skipped, there is no ../shared/data.")
        return
    rows, mismatches = [], []
    for name, labels in (("development", DEVELOPMENT), ("held out", HELD_OUT)):
        sample = judged(labels, texts)
        counts = Counter(one.outcome for one in sample)
        readable = sum(one.label != "-" for one in sample)
        cells = [str(counts[outcome]) for outcome in OUTCOMES]
        rows.append([name, str(len(sample)), *cells, f"{counts['read'] / readable:.1%}"])
        mismatches += [one for one in sample if one.outcome in OUTCOMES[1:3]]
    heads = ["sample", "strings", *OUTCOMES, "read of the readable"]
    show("Dates as cataloguers wrote them, judged by hand", heads, rows)
    for one in mismatches:
        print(f"\n{one.outcome}: {one.text!r} says {one.label}, read {one.read}")
    times = []
    for text in texts:
        start = time.perf_counter()
        read_date(text)
        times.append(1_000_000 * (time.perf_counter() - start))
    slow = statistics.quantiles(times, n=20)[-1]
    print(f"\nreading one: {statistics.median(times):.0f} µs, p95 {slow:.0f} µs")


if __name__ == "__main__":
    run()
