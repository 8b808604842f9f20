"""A collection for judging search, made from a seed, of which it is known what is in it.

`made(count)` gives testimonies as JSON lines and, beside them, the facts of each: which places,
themes and people it is about, whatever way they are spelt in it. `labelled_queries` asks for
these. Both are kept in a folder (`FIRSTHAND_BENCH_DIR`, or one of the system's for temporary
files), so that a second run need not make them again.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import random
import tempfile
from pathlib import Path

import msgspec

from collection import Collection
from collection.folding import fold
from tests.benchmarks import labelled_names as names
from tests.benchmarks.labelled_places import PLACES
from tests.benchmarks.labelled_words import (
    RARE_CODAS,
    RARE_ONSETS,
    RARE_VOWELS,
    WORDS,
)

VERSION = 6
"""Goes up whenever anything else would be made; what was kept is then made anew."""
SEED = 20
_ROOT = Path(__file__).parents[2]
_WORDS_EACH = 300


class PlaceFacts(msgspec.Struct, frozen=True):
    """A place, and all its names."""

    name: str
    country: str
    scripts: tuple[str, ...]
    variants: tuple[str, ...]
    inflected: tuple[str, ...]
    written: tuple[str, ...]
    """The spellings that testimonies use."""

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.name, *self.scripts, *self.variants)


class Person(msgspec.Struct, frozen=True):
    """A narrator that can be asked for."""

    culture: str
    given: str
    family: str
    native_given: str
    native_family: str

    def latin(self) -> str:
        return self._ordered(self.given, self.family)

    def native(self) -> str:
        return self._ordered(self.native_given, self.native_family)

    def _ordered(self, given: str, family: str) -> str:
        if self.culture in names.FAMILY_NAME_FIRST:
            # Chinese, Japanese and Korean names are written as one.
            gap = "" if not given.isascii() and self.culture in {"zh", "ja", "ko"} else " "
            return f"{family}{gap}{given}"
        return f"{given} {family}"


class Facts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a testimony."""

    id: str
    places: tuple[str, ...] = ()
    """Names in the table, of those that stand in it."""
    countries: tuple[str, ...] = ()
    """Codes of countries that it names as places."""
    villages: bool = False
    """Whether it names places of which nothing is known."""
    themes: tuple[str, ...] = ()
    family: str = ""
    """The narrator's family name in Latin letters, if it can be asked for."""
    narrator: str = ""
    """The narrator's name in Latin letters."""
    as_written: str = ""
    """The narrator's name as it stands there."""
    earliest: int | None = None
    """First possible year."""
    latest: int | None = None
    rare: tuple[str, ...] = ()
    """Rare words in the account."""
    mentions: tuple[str, ...] = ()
    """Names that only its account mentions."""


class Made(msgspec.Struct, frozen=True):
    """A made collection."""

    count: int
    lines: Path
    facts: tuple[Facts, ...]


def places() -> dict[str, PlaceFacts]:
    """Read the table of places; which spellings are written is drawn for each."""
    found = {}
    for line in PLACES.splitlines():
        head, scripts, variants, inflected = (part.strip() for part in line.split("|"))
        name, country = head.rsplit(", ", 1)
        draw = random.Random(f"{SEED} {name}")
        others = [_listed(scripts), _listed(variants)]
        # At most one other script and one other name are in use; the rest is only asked for.
        used = [draw.choice(one) for one in others if one and draw.random() < 0.6]
        found[name] = PlaceFacts(
            name, country, *map(tuple, others), _listed(inflected), (name, *used)
        )
    return found


def countries() -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Read the table of countries: English, in other languages, inflected; by code."""
    rows = [[part.strip() for part in line.split("|")] for line in names.COUNTRIES.splitlines()]
    return {code: (english, _listed(other), _listed(bent)) for code, english, other, bent in rows}


def themes() -> list[str]:
    """Give all themes."""
    return [theme.strip() for theme in names.THEMES.split(";")]


def people() -> list[Person]:
    """Give everyone who can be asked for."""
    found = []
    for line in names.PEOPLE.splitlines():
        culture, given, family = (part.strip() for part in line.split("|"))
        for one, other in itertools.product(given.split(), family.split()):
            (first, native_first), (last, native_last) = (
                (*part.split("="), part)[:2] if "=" in part else (part, part)
                for part in (one, other)
            )
            found.append(Person(culture, first, last, native_first, native_last))
    return found


def is_held_out(key: str) -> bool:
    """Tell whether what is named so belongs to the part that nobody may tune to."""
    return hashlib.sha256(f"{SEED}:{key}".encode()).digest()[0] % 2 == 1


def folder() -> Path:
    """Give the folder where things are kept."""
    given = os.environ.get("FIRSTHAND_BENCH_DIR")
    path = Path(given) if given else Path(tempfile.gettempdir()) / "firsthand-bench"
    path.mkdir(parents=True, exist_ok=True)
    return path


def made(count: int) -> Made:
    """Give the collection of that many testimonies, made now or earlier."""
    lines = folder() / f"labelled-{VERSION}-{SEED}-{count}.jsonl"
    facts = lines.with_suffix(".facts.json")
    if not facts.exists():
        known = []
        unfinished = lines.with_suffix(f".{os.getpid()}.tmp")
        with unfinished.open("wb") as file:
            for record, fact in _Maker(count).testimonies():
                file.write(msgspec.json.encode(record) + b"\n")
                known.append(fact)
        unfinished.replace(lines)
        unfinished.write_bytes(msgspec.json.encode(known))
        unfinished.replace(facts)
    return Made(count, lines, tuple(msgspec.json.decode(facts.read_bytes(), type=list[Facts])))


def imported(collection: Made) -> Path:
    """Give its file, imported as a keeper would, now or earlier by the same code."""
    digest = hashlib.sha256()
    for file in sorted((_ROOT / "collection").rglob("*")):
        # Searching leaves no trace in the file; everything else may.
        if file.is_file() and file.suffix != ".pyc" and "search" not in file.parts:
            digest.update(file.read_bytes())
    path = collection.lines.with_name(f"{collection.lines.stem}-{digest.hexdigest()[:12]}.json")
    if not path.exists():
        unfinished = path.with_name(f"{os.getpid()}-{path.name}")
        with Collection.open(unfinished) as voices:
            report = voices.import_file(collection.lines)
        if report.added != collection.count:
            raise SystemExit(f"Only {report.added} were taken in: {report.problems[:3]}")
        unfinished.replace(path)
        # Its history names no file, and is told by the file's own name.
        for beside in unfinished.parent.glob(f"*{unfinished.name}*"):
            beside.unlink()
        _tidy(path.parent, f"{collection.lines.stem}-*.json")
    return path


def _tidy(kept: Path, pattern: str) -> None:
    """Remove what other versions of the code have imported, but for the last few."""
    newest_first = sorted(kept.glob(pattern), key=lambda one: -one.stat().st_mtime)
    for path in newest_first[3:]:
        path.unlink(missing_ok=True)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


class _Maker:
    """Makes testimonies; the same for the same number of them."""

    def __init__(self, count: int) -> None:
        self._count = count
        draw = self._draw = random.Random(f"{SEED} {count}")
        self._places = list(places().values())
        self._countries = countries()
        self._themes = themes()
        self._people = people()
        fixed = random.Random(SEED)
        for listed in (self._places, self._themes):
            fixed.shuffle(listed)
        # The commonest is borne by some twenty times as many as the rarest.
        self._place_weights = _falling(len(self._places), 12)
        self._theme_weights = _falling(len(self._themes), 15)
        taken = {fold(form) for place in self._places for form in place.forms}
        stems = names.STEMS.split()
        made_up = {f"{a}{b}" for a in stems for b in names.VILLAGE_ENDINGS.split()}
        self._villages = sorted(one for one in made_up if fold(one) not in taken)
        fixed.shuffle(self._villages)
        self._families = [f"{a}{b}" for a in stems for b in names.NAME_ENDINGS.split()]
        self._pools = [_pool(line, draw) for line in WORDS.splitlines()]
        self._rare = _rare_words(max(400, count // 4), draw)

    def testimonies(self):
        for number in range(self._count):
            yield self._testimony(number)

    def _testimony(self, number: int) -> tuple[dict, Facts]:
        draw = self._draw
        id = f"q-{number:06}"
        told = list(dict.fromkeys(draw.choices(self._places, self._place_weights, k=2)))
        spelt = [draw.choice((place.name, *place.written)) for place in told]
        villages = draw.sample(self._villages, 1) if draw.random() < 0.35 else []
        named = []
        if draw.random() < 0.01:
            named = [draw.choice(list(self._countries))]
        themes = list(dict.fromkeys(draw.choices(self._themes, self._theme_weights, k=3)))
        narrator, family, latin = self._narrator()
        date, earliest, latest = _date(draw)
        mentions, sprinkled = self._mentions(told)
        rare = tuple(draw.sample(self._rare, 2)) if draw.random() < 0.7 else ()
        own = [*spelt, *(word.lower() for word in themes), *sprinkled, *rare]
        record = {
            "id": id,
            "title": self._title(narrator, spelt, themes),
            "narrator": narrator,
            "date": date,
            "places": [*spelt, *villages, *(self._countries[code][0] for code in named)],
            "themes": themes,
            "account": self._account(own),
            "context": "Recorded at home, in two sessions.",
        }
        facts = Facts(
            id, tuple(place.name for place in told), tuple(named), bool(villages), tuple(themes),
            family, latin, narrator, earliest, latest, rare, mentions,
        )  # fmt: skip
        return record, facts

    def _narrator(self) -> tuple[str, str, str]:
        draw = self._draw
        person = draw.choice(self._people)
        if draw.random() < 0.4:
            name = f"{person.given} {draw.choice(self._families)}"
            return name, "", name
        native = draw.random() < 0.4
        return person.native() if native else person.latin(), person.family, person.latin()

    def _title(self, narrator: str, spelt: list[str], themes: list[str]) -> str:
        kind = self._draw.randrange(4)
        if kind == 0:
            return f"Interview with {narrator}"
        if kind == 1:
            return f"{narrator} on {themes[0].lower()} in {spelt[0]}"
        if kind == 2:
            return f"{themes[-1]}: what {narrator} remembers"
        return f"From {spelt[-1]}, told in two sessions"

    def _mentions(self, told: list[PlaceFacts]) -> tuple[tuple[str, ...], list[str]]:
        """Name in passing what the testimony is not about: a place, a theme or somebody."""
        draw = self._draw
        if draw.random() > 0.2:
            return (), []
        kind = draw.randrange(3)
        if kind == 0:
            place = draw.choice([one for one in self._places if one not in told])
            return (place.name,), [place.name]
        if kind == 1:
            theme = draw.choice(self._themes)
            return (theme,), [theme.lower()]
        person = draw.choice(self._people)
        return (person.family,), [person.latin()]

    def _account(self, own: list[str]) -> str:
        pool = self._draw.choice(self._pools)
        start = self._draw.randrange(len(pool) - _WORDS_EACH)
        words = pool[start : start + _WORDS_EACH]
        for one in own:
            if self._draw.random() < 0.8 or one in own[-2:]:
                words.insert(self._draw.randrange(len(words)), one)
        sentences = [" ".join(words[n : n + 12]) for n in range(0, len(words), 12)]
        return ". ".join(sentences) + "."


def _falling(count: int, by: int) -> list[float]:
    return [1 / (rank + by) for rank in range(count)]


def _pool(line: str, draw: random.Random) -> list[str]:
    """Make running words of a language: a quarter joins the others, which grow rarer."""
    _, joining, stems, endings = (part.strip() for part in line.split("|"))
    grown = [stem + ending for stem in stems.split() for ending in ("", *endings.split())]
    compound = [
        stem + more.lower() + ending
        for stem, more in itertools.product(stems.split(), repeat=2)
        if stem != more
        for ending in draw.sample(endings.split(), 2)
    ]
    draw.shuffle(grown)
    draw.shuffle(compound)
    grown += compound
    little = joining.split()
    size = 60_000
    common = draw.choices(little, _falling(len(little), 2), k=size)
    content = draw.choices(grown, _falling(len(grown), 4), k=size)
    return [a if draw.random() < 0.45 else b for a, b in zip(common, content, strict=True)]


def _rare_words(count: int, draw: random.Random) -> list[str]:
    onsets, vowels, codas = RARE_ONSETS.split(), RARE_VOWELS.split(), RARE_CODAS.split()
    made = set()
    while len(made) < count:
        parts = [draw.choice(onsets) + draw.choice(vowels) for _ in range(draw.choice((2, 3, 3)))]
        made.add("".join(parts) + draw.choice(codas))
    return sorted(made)


def _date(draw: random.Random) -> tuple[str, int | None, int | None]:
    """Make a date, certain or not, with the first and last year that it allows."""
    year = draw.randint(1938, 2022)
    kind = draw.randrange(20)
    if kind < 8:
        return f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}", year, year
    if kind < 12:
        return str(year), year, year
    if kind < 14:
        return f"circa {year}", year - 1, year + 1
    if kind < 15:
        # "2000s" may be ten years or a thousand, and is left unread with good reason.
        decade = min(year // 10 * 10, 1990)
        return f"{decade}s", decade, decade + 9
    if kind < 17:
        season = draw.choice(("spring", "summer", "autumn"))
        return f"{season} {year}", year, year
    if kind < 18:
        later = year + draw.randint(1, 3)
        return f"between {year} and {later}", year, later
    if kind < 19:
        return f"{year}?", year - 1, year + 1
    return "", None, None
