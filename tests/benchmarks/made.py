"""A collection for benchmarks, made from a seed: as many testimonies as asked for."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import msgspec

from collection.store import layout
from collection.store.disk import write_atomically
from collection.store.rewriting import write_tables
from collection.testimony import Testimony

if TYPE_CHECKING:
    from pathlib import Path

_SYLLABLES = [
    "ba",
    "be",
    "bo",
    "da",
    "de",
    "do",
    "ka",
    "ke",
    "ko",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "to",
]
_PLACES = [
    "Łódź", "Terezín", "Warsaw", "Lwów", "Алматы", "Kigali", "Saigon", "Sarajevo", "Dhaka",
    "İzmir", "Soweto", "Hiroshima", "Aleppo", "Leningrad", "Phnom Penh", "Budapest", "Vilnius",
]  # fmt: skip
_THEMES = [
    "Forced labour", "Hunger", "Hiding", "Flight", "Border crossing", "Mobilisation", "School",
    "Deportation", "Women", "Childhood", "Return", "Radio", "Strike", "Detention", "Liberation",
]  # fmt: skip


def testimonies(count: int, words: int = 300, seed: int = 1) -> list[Testimony]:
    """Make testimonies of about 2 kB each, the same for the same seed."""
    draw = random.Random(seed)
    vocabulary = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))) for _ in range(20_000)]
    weights = [1 / (rank + 5) for rank in range(len(vocabulary))]
    pool = draw.choices(vocabulary, weights=weights, k=words * 400)
    made = []
    for number in range(count):
        start = draw.randrange(len(pool) - words)
        day = f"{draw.randint(1938, 2022)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        name = f"{draw.choice(vocabulary).title()} {draw.choice(vocabulary).title()}"
        made.append(
            Testimony(
                id=f"b-{number:06}",
                title=f"{name} on {draw.choice(_THEMES).lower()} in {draw.choice(_PLACES)}",
                narrator=name,
                date=day,
                places=draw.sample(_PLACES, 2),
                themes=draw.sample(_THEMES, 3),
                account=" ".join(pool[start : start + words]),
                context="Recorded at home, in two sessions.",
                created="2026-01-01T00:00:00+00:00",
                modified="2026-01-01T00:00:00+00:00",
                revision=1,
            )
        )
    return made


def write_collection(path: Path, count: int) -> Path:
    """Write a collection file of made testimonies."""
    return write_records(path, testimonies(count))


def write_records(path: Path, records: list[Testimony]) -> Path:
    """Write a collection file of testimonies, numbered from 1."""
    entries = {n: msgspec.json.encode(one) for n, one in enumerate(records, 1)}
    says = {"format": "firsthand", "schema": layout.SCHEMA, "created": "2026-01-01T00:00:00+00:00"}
    tables = {layout.TESTIMONIES: entries, layout.HISTORY: {}}
    write_atomically(path, write_tables(says, tables))
    return path
