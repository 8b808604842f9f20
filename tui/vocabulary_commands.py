"""The commands for places and themes: what is known of them, and what the keeper decides."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import click

from tui import printing, vocabulary
from tui.curating_commands import put_near
from tui.opening import reading, writing
from tui.printing import REFUSED, Stopped
from tui.subcommands import COLLECTION, JSON, PRIVATE, named_file, sealed_ones, tell_left_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection import Collection
    from collection.places.entry import Candidate
    from tui.start import Options

_STATUSES: Final = ("ambiguous", "unknown", "resolved", "decided")
_COUNTRY: Final = re.compile(r"[A-Z]{2}(\|[A-Z]{2})*")

# --- places ----------------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand places
    firsthand places --status ambiguous
    firsthand places --near      names that may mean the same
    firsthand places --json"""
)
@click.option("--status", type=click.Choice(_STATUSES), help="Only those of this status.")
@click.option("--near", is_flag=True, help="List names that look alike instead, side by side.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def places(
    options: Options,
    *,
    status: str | None,
    near: bool,
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """List the places spoken of, with what is known of each.

    Of an ambiguous one what it may mean is listed too: `place` decides. Exits 1 if there is none.
    """
    if near and status is not None:
        raise click.UsageError("--near looks at all places; leave --status out.")
    with reading(named_file(options, collection), private=private) as voices:
        if near:
            return put_near(voices, "place", as_json=as_json)
        counts = voices.places
        found = [one for one in voices.place_entries() if status in (None, one.status)]
        tell_left_out(sealed_ones(voices))
    told = ((one, counts[one.name], one.candidates) for one in found)
    if as_json:
        records = (vocabulary.place_record(*one) for one in told)
        printing.put_json({"total": len(found), "places": records})
    else:
        printing.put_text(vocabulary.place_block(*one) for one in told)
    return 0 if found else REFUSED


def _country(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    code = value.strip().upper() if value is not None else None
    if code is not None and not _COUNTRY.fullmatch(code):
        raise click.BadParameter("write it as two letters, UA, or several joined, PL|UA.")
    return code


def _at(_: click.Context, __: click.Parameter, value: str | None) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        latitude, longitude = map(float, value.split(","))
    except ValueError as error:
        raise click.BadParameter("write latitude and longitude as 49.84,24.03.") from error
    return latitude, longitude


@click.command(
    epilog="""\b
    firsthand place Georgia
    firsthand place Georgia --choose 2
    firsthand place Lemberg --country UA --at 49.84,24.03 --also Lwów"""
)
@click.argument("name")
@click.option(
    "--choose", type=click.IntRange(min=1), metavar="N", help="It is the one of this number."
)
@click.option("--country", metavar="CC", callback=_country, help="It lies in this country (ISO).")
@click.option("--at", metavar="LAT,LON", callback=_at, help="It lies here, in degrees.")
@click.option("--also", metavar="NAME", multiple=True, help="It is also called this; repeatable.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def place(
    options: Options,
    *,
    name: str,
    choose: int | None,
    country: str | None,
    at: tuple[float, float] | None,
    also: Sequence[str],
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Show what a place's name may mean, or decide what it means.

    NAME is written as in the testimonies; all that name it follow a decision, and the program
    changes it no more.
    """
    name = printing.whole_characters(name)
    file = named_file(options, collection)
    if choose is None and country is None and at is None and not also:
        with reading(file, private=private) as voices:
            count = _count(voices.places, name, voices)
            entry, candidates = voices.place_entry(name), voices.place_candidates(name)
    else:
        with writing(file, create=False, private=private) as voices:
            count = _count(voices.places, name, voices)
            choice = _chosen(voices, name, choose)
            if choose is None and country is None and at is None:
                _check_clear(voices, name)
            latitude, longitude = at or (None, None)
            candidates = ()
            entry = voices.decide_place(
                name,
                choice,
                country=country,
                latitude=latitude,
                longitude=longitude,
                also=[*map(printing.whole_characters, also)],
            )
    if as_json:
        printing.put_json(vocabulary.place_record(entry, count, candidates))
    else:
        printing.put_text([vocabulary.place_block(entry, count, candidates)])
    return 0


def _count(counts: Counter[str], name: str, voices: Collection) -> int:
    if not counts[name]:
        tell_left_out(sealed_ones(voices))
        message = f"No testimony names {printing.line(name)}. `firsthand places` lists the names."
        raise Stopped(message, REFUSED)
    return counts[name]


def _chosen(voices: Collection, name: str, number: int | None) -> Candidate | None:
    if number is None:
        return None
    candidates = voices.place_candidates(name)
    if number > len(candidates):
        many = "none" if not candidates else f"{len(candidates)}"
        message = (
            f"{printing.line(name)} has no candidate {number}; there are {many}. "
            f"Nothing was changed; --country and --at say where it lies."
        )
        raise Stopped(message, REFUSED)
    return candidates[number - 1]


def _check_clear(voices: Collection, name: str) -> None:
    if voices.place_entry(name).status == "ambiguous":
        message = (
            f"{printing.line(name)} may mean several places. Nothing was changed; say first "
            f"which one is meant, with --choose, --country or --at."
        )
        raise Stopped(message, REFUSED)


# --- themes ----------------------------------------------------------------------------------


def _theme_counts(voices: Collection) -> Counter[str]:
    """Count the testimonies of each theme, its spellings together."""
    from collection.authorities import theme_key

    counts: Counter[str] = Counter()
    for name, count in voices.themes.items():
        counts[theme_key(name)] += count
    return counts


@click.command(
    epilog="""\b
    firsthand themes
    firsthand themes --near      terms that may mean the same
    firsthand themes --json"""
)
@click.option("--near", is_flag=True, help="List names that look alike instead, side by side.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def themes(
    options: Options, *, near: bool, as_json: bool, private: bool, collection: str | None
) -> int:
    """List the themes, with the terms each is used for and what it falls under.

    Exits 1 if there is none.
    """
    from collection.authorities import theme_key

    with reading(named_file(options, collection), private=private) as voices:
        if near:
            return put_near(voices, "theme", as_json=as_json)
        counts, found = _theme_counts(voices), voices.theme_entries()
        tell_left_out(sealed_ones(voices))
    told = ((one, counts[theme_key(one.name)]) for one in found)
    if as_json:
        records = (vocabulary.theme_record(*one) for one in told)
        printing.put_json({"total": len(found), "themes": records})
    else:
        printing.put_text(vocabulary.theme_block(*one) for one in told)
    return 0 if found else REFUSED


@click.command(
    epilog="""\b
    firsthand theme hunger
    firsthand theme "forced labour" --used-for "slave labour" --broader persecution
    firsthand theme hunger --used-for ""       without other terms"""
)
@click.argument("name")
@click.option("--used-for", metavar="TERM", multiple=True, help="A term that means it; repeatable.")
@click.option(
    "--broader", metavar="TERM", multiple=True, help="A theme directly above it; repeatable."
)
@click.option(
    "--narrower", metavar="TERM", multiple=True, help="A theme directly below it; repeatable."
)
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def theme(
    options: Options,
    *,
    name: str,
    used_for: Sequence[str],
    broader: Sequence[str],
    narrower: Sequence[str],
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Show what a theme stands for, or define it.

    A search for one of its terms, or for a theme above it, finds it. The terms given take the
    place of all that were there; an empty one stands for none.
    """
    from collection.authorities import theme_key

    name = printing.whole_characters(name)
    file = named_file(options, collection)
    if used_for or broader or narrower:
        with writing(file, create=False, private=private) as voices:
            entry = voices.define_theme(name, _terms(used_for), _terms(broader), _terms(narrower))
            count, below = _theme_counts(voices)[theme_key(name)], voices.narrower(name)
    else:
        with reading(file, private=private) as voices:
            entry, count = voices.theme_entry(name), _theme_counts(voices)[theme_key(name)]
            if not count and not entry.used_for and not entry.broader:
                tell_left_out(sealed_ones(voices))
                message = f"No testimony has the theme {printing.line(name)}."
                raise Stopped(f"{message} `firsthand themes` lists them.", REFUSED)
            below = voices.narrower(name)
    if as_json:
        printing.put_json(vocabulary.theme_record(entry, count))
    else:
        printing.put_text([vocabulary.theme_block(entry, count, below)])
    return 0


def _terms(given: Sequence[str]) -> list[str] | None:
    """Take the terms of an option; none if it was not given, no terms for an empty one."""
    if not given:
        return None
    return [] if [*given] == [""] else [*map(printing.whole_characters, given)]


VOCABULARY: Final[tuple[Any, ...]] = (places, place, themes, theme)
"""The commands, in the order of the help."""
