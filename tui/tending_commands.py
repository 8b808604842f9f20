"""The commands that tend a collection: what is missing in it, and changing many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from tui import printing
from tui.opening import reading, writing
from tui.printing import REFUSED, Stopped
from tui.subcommands import COLLECTION, JSON, PRIVATE, named_file, sealed_ones, tell_left_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection import Batch, Collection, Gap, Outcome
    from tui.start import Options

# Written out, so that the help needs nothing of the collection; a test holds them together.
KINDS: Final = (
    *("consent", "revoked", "ended", "ending", "endless", "undated", "unread", "unplaced"),
    *("unknown", "ambiguous", "unthemed", "unnamed", "language", "source"),
)
CONSENTS: Final = ("pending", "documented", "update required", "withdrawn")
PARTS: Final = ("record", "name", "account", "context", "media")
LEVELS: Final = ("restricted", "embargoed", "private")

# --- what is missing -------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand gaps
    firsthand gaps --kind ending --kind ended --within 30
    firsthand gaps --json"""
)
@click.option(
    "--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only this; repeatable."
)
@click.option(
    "--within",
    type=click.IntRange(min=0),
    metavar="DAYS",
    default=90,
    show_default=True,
    help="Tell of embargoes that end within so many days.",
)
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def gaps(
    options: Options,
    *,
    kinds: Sequence[str],
    within: int,
    as_json: bool,
    private: bool,
    collection: str | None,
) -> int:
    """List what is missing: consent, dates, places, themes, embargoes that end.

    Of a sealed testimony only its embargoes are told.
    """
    with reading(named_file(options, collection), private=private) as voices:
        found = [gap for gap in voices.gaps(within=within) if not kinds or gap.kind in kinds]
        tell_left_out(sealed_ones(voices))
        if as_json:
            counts = {kind: sum(gap.kind == kind for gap in found) for kind in kinds or KINDS}
            printing.put_json({"total": len(found), "counts": counts, "gaps": map(_record, found)})
        else:
            printing.put_text(_told(voices, found) if found else ["Nothing is missing."])
    return 0


def _record(gap: Gap) -> dict[str, str]:
    return {"id": gap.id, "kind": gap.kind, "field": gap.field, "sentence": gap.sentence}


def _told(voices: Collection, found: Sequence[Gap]) -> Iterator[str]:
    """Tell what is missing under the testimony in which it is."""
    last = ""
    for gap in found:
        if gap.id != last:
            last, gated = gap.id, voices.view(gap.id)
            title = "(withheld)" if gated.sealed else gated.testimony.title
            yield printing.line(f"{gap.id}  {title}")
        yield printing.line(f"    {gap.sentence}")


# --- changing many ---------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand change terezin --add-theme Deportation --dry-run
    firsthand change --all --series "Oral history 2026"
    firsthand change is:pending --restrict account --level embargoed --until 2050-01-01"""
)
@click.argument("query", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Change every testimony; without QUERY.")
@click.option("--add-theme", "add_themes", metavar="NAME", multiple=True, help="Repeatable.")
@click.option("--remove-theme", "remove_themes", metavar="NAME", multiple=True, help="Repeatable.")
@click.option("--add-keyword", "add_keywords", metavar="WORD", multiple=True, help="Repeatable.")
@click.option(
    "--remove-keyword", "remove_keywords", metavar="WORD", multiple=True, help="Repeatable."
)
@click.option("--add-place", "add_places", metavar="NAME", multiple=True, help="Repeatable.")
@click.option("--remove-place", "remove_places", metavar="NAME", multiple=True, help="Repeatable.")
@click.option("--series", metavar="NAME", help="Set the series of the source.")
@click.option("--source-collection", "of_collection", metavar="NAME", help="Set its collection.")
@click.option("--consent", type=click.Choice(CONSENTS), help="Set the status of the consent.")
@click.option("--rights", metavar="TEXT", help="Set the rights.")
@click.option("--licence", metavar="TEXT", help="Set the licence.")
@click.option(
    "--restrict", type=click.Choice(PARTS), multiple=True, help="Seal this part; repeatable."
)
@click.option(
    "--level", type=click.Choice(LEVELS), help="How far to seal it; restricted if not given."
)
@click.option("--until", metavar="DAY", help="Until which day, as 2050-01-01; else for ever.")
@click.option("--reason", metavar="TEXT", help="Why it is sealed.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@JSON
@PRIVATE
@COLLECTION
@click.pass_obj
def change(
    options: Options,
    /,
    *,
    query: Sequence[str],
    everything: bool,
    dry_run: bool,
    as_json: bool,
    private: bool,
    collection: str | None,
    **wanted: Any,
) -> int:
    """Change all that QUERY finds, in one step: themes, places, series, terms, access.

    The app takes it back with u. Sealing never loosens what is sealed further already, and what
    is masked is not changed unless --private shows it. Exits 1 if nothing is found.
    """
    from tui.batch_words import told

    text = printing.whole_characters(" ".join(query)).strip()
    if bool(text) is everything:
        raise click.UsageError("Say which testimonies: give a QUERY, or --all.")
    batch = _batch(**wanted)
    file = named_file(options, collection)
    opened = (
        reading(file, private=private, searching=True)
        if dry_run
        else writing(file, create=False, private=private)
    )
    with opened as voices:
        outcome = voices.revise_all(_found(voices, text), batch, dry_run=dry_run)
    if as_json:
        printing.put_json(_outcome(outcome))
    else:
        printing.put_text([printing.line(f"{told(outcome, batch, done=not dry_run)}.")])
    return 0


def _batch(
    restrict: Sequence[str], level: str | None, until: str | None, reason: str | None, **values: Any
) -> Batch:
    from collection import Batch
    from collection.testimony import Restriction

    terms = (level, until, reason)
    if any(one is not None for one in terms) and not restrict:
        raise click.UsageError("--level, --until and --reason go with --restrict.")
    given = {key: _clean(value) for key, value in values.items() if value not in (None, ())}
    if restrict:
        sealing = Restriction(level or "restricted", until, _clean(reason or ""))
        given |= {"restrict": tuple(restrict), "terms": sealing}
    if not given:
        raise click.UsageError("Say what to change, as --add-theme NAME.")
    return Batch(**given)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printing.whole_characters(value)
    return tuple(map(printing.whole_characters, value))


def _found(voices: Collection, query: str) -> Sequence[str]:
    if not query:
        return voices.ids()
    results = voices.search(query)
    doubts = [*results.problems]
    if results.dropped:
        doubts.append(f"Nothing matches with {', '.join(results.dropped)}.")
    if doubts:
        # What is found then is more than what was asked for.
        told = " ".join(map(printing.line, doubts))
        raise Stopped(f"{told} Nothing was changed; ask for what is to be changed.", REFUSED)
    if not results.ids:
        raise Stopped("Nothing was found, so nothing was changed.", REFUSED)
    return results.ids


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "changed": outcome.changed,
        "same": outcome.same,
        "stricter": outcome.stricter,
        "left_alone": outcome.left_alone,
        "replaced": outcome.replaced,
        "only_sealed": outcome.only_sealed,
    }


TENDING: Final[tuple[Any, ...]] = (gaps, change)
"""The commands, in the order of the help."""
