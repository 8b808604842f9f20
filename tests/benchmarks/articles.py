"""How well the words of narrators are found in press articles, judged by hand beforehand.

Beside the development set, which the rules were made on, a folder that ``FIRSTHAND_ARTICLES``
names is scored, and one of real articles that nobody may copy where it is there.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from collection.dates import read_date
from collection.exchange.articles import Articles
from tests.benchmarks.table import show

DEVELOPMENT = Path(__file__).parents[1] / "collection" / "articles" / "labelled"
HELD_OUT = "FIRSTHAND_ARTICLES"
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm")
COUNTED = ("right", "wrong speaker", "missed", "wrongly taken", "without a doubt")


class Judged(NamedTuple):
    """An article, the figures of its reading, and what went wrong."""

    name: str
    language: str
    counts: Counter[str]
    mistakes: list[str]


def labelled(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give the articles of a folder with what they hold."""
    for path in sorted(folder.iterdir()):
        gold = path.with_suffix(".json")
        if path.suffix in SUFFIXES and gold.exists():
            yield path, json.loads(gold.read_text("utf-8"))


def on_one_line(text: str) -> str:
    """Give a text with one space for each gap."""
    return re.sub(r"\s+", " ", text)


def plain(text: str) -> str:
    """Give words without what the manner of quoting adds: the comma before `she said`."""
    return on_one_line(text).strip().rstrip(",;").strip()


def judge(path: Path, gold: dict[str, Any]) -> Judged:
    """Read one article and compare."""
    rows = [row for row in Articles().read(path) if row.problem is None]
    accounts = [on_one_line(row.raw["account"]) for row in rows]
    counts: Counter[str] = Counter()
    mistakes: list[str] = []
    matched: dict[int, int] = {}
    hits = {
        (s, r): sum(plain(one) in accounts[r] for one in speaker["quotations"])
        for s, speaker in enumerate(gold["speakers"])
        for r in range(len(rows))
    }
    for (s, r), hit in sorted(hits.items(), key=lambda item: -item[1]):
        if hit and s not in matched and r not in matched.values():
            matched[s] = r
    for s, speaker in enumerate(gold["speakers"]):
        counts["speakers"] += 1
        counts["speakers found"] += s in matched
        row = rows[matched[s]] if s in matched else None
        for one in speaker["quotations"]:
            own = row is not None and plain(one) in accounts[matched[s]]
            there = any(plain(one) in account for account in accounts)
            outcome = "right" if own else "wrong speaker" if there else "missed"
            counts[outcome] += 1
            if not own:
                mistakes.append(f"{outcome}: {speaker['name']}: {one}")
                counts["without a doubt"] += there and not _doubted(rows, one)
        if row is not None:
            _compare(speaker, row.raw, counts, mistakes)
    _taken_wrongly(rows, gold, matched, counts, mistakes)
    dated = {read_date(row.raw.get("date", {}).get("text", "")).edtf for row in rows}
    if rows:
        counts["dates"] += 1
        right = dated == {gold["date"]}
        counts["dates right"] += right
        if not right:
            mistakes.append(f"date: {dated} for {gold['date']}")
    return Judged(path.name, gold["language"], counts, mistakes)


def _doubted(rows: list[Any], words: str) -> bool:
    """Tell whether a doubt lies on some words wherever they were taken."""
    for row in rows:
        text = row.beside.text
        for doubt in row.beside.doubts:
            span = plain(text[doubt.start : doubt.end])
            if doubt.field in ("account", "narrator") and (
                plain(words) in span or (span and span in words)
            ):
                return True
    return False


def _compare(
    speaker: dict[str, Any], raw: dict[str, Any], counts: Counter[str], mistakes: list[str]
) -> None:
    narrator = raw.get("narrator", {})
    name = narrator.get("name", "").rstrip("*").casefold()
    anonymous = speaker["naming"] == "anonymous"
    named = anonymous or name == speaker["name"].rstrip("*").casefold()
    naming = narrator.get("naming", "") or "real"
    counts["names right"] += named
    counts["namings right"] += naming == (speaker["naming"] or "real")
    if not named:
        mistakes.append(f"name: {name} for {speaker['name']}")
    if naming != (speaker["naming"] or "real"):
        mistakes.append(f"naming: {naming} for {speaker['naming']} of {speaker['name']}")
    found, wanted = set(raw.get("places", ())), set(speaker.get("places", ()))
    counts["places"] += len(wanted)
    counts["places found"] += len(wanted & found)
    counts["places too many"] += len(found - wanted)
    if found != wanted:
        mistakes.append(f"places of {speaker['name']}: {sorted(found)} for {sorted(wanted)}")


def _taken_wrongly(
    rows: list[Any],
    gold: dict[str, Any],
    matched: dict[int, int],
    counts: Counter[str],
    mistakes: list[str],
) -> None:
    quoted = [on_one_line(" ".join(speaker["quotations"])) for speaker in gold["speakers"]]
    for r, row in enumerate(rows):
        counts["drafts"] += 1
        counts["drafts too many"] += r not in matched.values()
        for start, end in row.beside.taken:
            piece = plain(row.beside.text[start:end])
            if not any(piece in text for text in quoted):
                counts["wrongly taken"] += 1
                counts["without a doubt"] += not _doubted(rows, piece)
                mistakes.append(f"wrongly taken: {row.raw['narrator'].get('name')}: {piece}")


def run(*, failures: bool = False) -> None:
    """Print the figures of the development set, and of a held-out one where it is named."""
    folders = [("development", DEVELOPMENT)]
    if named := os.environ.get(HELD_OUT):
        folders.append(("held out", Path(named)))
    else:
        print(f"Articles: no held-out set; {HELD_OUT} names none.")
    for title, folder in folders:
        if not folder.is_dir():
            print(f"Articles: {folder} is no folder.")
            continue
        start = time.perf_counter()
        found = [judge(path, gold) for path, gold in labelled(folder)]
        spent = 1000 * (time.perf_counter() - start) / max(len(found), 1)
        _print(title, found, spent)
        for one in found if failures else ():
            for mistake in one.mistakes:
                print(f"{one.name}: {mistake}")


def _print(title: str, found: list[Judged], spent: float) -> None:
    rows = []
    for language in [*dict.fromkeys(one.language for one in found), "all"]:
        several = [one for one in found if language in (one.language, "all")]
        total = sum((one.counts for one in several), Counter[str]())
        rows.append(
            [
                language,
                len(several),
                *(total[key] for key in COUNTED),
                f"{total['speakers found']} of {total['speakers']}",
                total["drafts too many"],
                total["names right"],
                total["namings right"],
                f"{total['dates right']} of {total['dates']}",
                f"{total['places found']} of {total['places']}, {total['places too many']} more",
            ]
        )
    heads = ["language", "articles", *COUNTED, "speakers", "drafts too many", "names", "namings"]
    show(
        f"Quotations in articles, {title} ({spent:.0f} ms each)", [*heads, "dates", "places"], rows
    )
    print()


if __name__ == "__main__":
    run(failures=True)
