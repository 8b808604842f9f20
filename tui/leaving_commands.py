"""The commands by which testimonies leave: as files in every format, and as citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from collection.exchange.formats import WRITERS
from tui import printing
from tui.opening import reading
from tui.printing import REFUSED, Stopped
from tui.subcommands import (
    COLLECTION,
    PRIVATE,
    named_file,
    sealed_ones,
    tell_left_out,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection import Collection
    from collection.access import Gated
    from collection.citing.passage import Passage
    from collection.exchange.exporting import Outcome
    from collection.exchange.interface import Writer
    from tui.start import Options

_STYLES: Final = ("chicago", "chicago-bibliography", "mla", "bibtex", "ris", "csl")
_JSON: Final = ("jsonl", "csl")
"""Formats whose writers spell out control characters themselves."""


@click.command(
    epilog="""\b
    firsthand export -o voices.jsonl
    firsthand export --private -o all.jsonl     everything, nothing left out
    firsthand export lemberg > lemberg.jsonl
    firsthand export --format finding-aid -o collection.html
    firsthand export theme:hunger --format docx -o folder
    firsthand export --id FH-0001 --id FH-0004 -o two.bib"""
)
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(list(WRITERS)),
    help="The format; else what the ending of FILE tells, else jsonl, one record a line.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    type=click.Path(),
    help="Write to FILE, or to a file for each in DIR, instead of standard output.",
)
@click.option("--id", "ids", multiple=True, metavar="ID", help="Only this one; may be repeated.")
@click.option("--each", is_flag=True, help="Write a file for each, in whatever format.")
@PRIVATE
@click.option("--force", is_flag=True, help="Replace what is there under the same names.")
@COLLECTION
@click.pass_obj
def export(
    options: Options,
    *,
    query: Sequence[str],
    wanted: str | None,
    output: str | None,
    ids: Sequence[str],
    each: bool,
    private: bool,
    force: bool,
    collection: str | None,
) -> int:
    """Write testimonies out: all of them, what QUERY finds, or those named by --id.

    Only jsonl and csv with --private have everything in them, so that importing the file gives
    back the same. A format that takes one testimony a file (docx) writes a folder of them. What
    was left out is said on standard error.
    """
    from collection.exchange.exporting import is_folder
    from collection.exchange.formats import format_for, writer
    from tui import files

    target = Path(output) if output and output != files.STANDARD_STREAM else None
    text = text_of(query)
    if text and ids:
        raise click.UsageError("Name a query or --id, not both.")
    made = writer(wanted or (target and format_for(target.name)) or "jsonl")
    with reading(named_file(options, collection), private=private, searching=bool(text)) as voices:
        chosen = voices.export(text, ids=ids, private=private)
        leaving = [one for one in chosen if not one.sealed]
        if (text or ids) and not leaving:
            raise Stopped(_nothing(chosen), REFUSED)
        folder = is_folder(made, len(leaving), each=each)
        if folder and target is None:
            raise click.UsageError("Each testimony gets a file of its own: name a folder with -o.")
        if target is None:
            tell_left_out(leaving + sealed_ones(voices))
            return _print(made, chosen)
        if folder:
            files.check_folder(target, force=force)
        else:
            files.check_target(target, force=force)
            files.check_not_same(target, voices.path)
        tell_left_out(leaving + sealed_ones(voices))
        return _write(made, chosen, target, folder, private=private, force=force, own=voices.path)


def _nothing(chosen: Sequence[Gated]) -> str:
    if chosen:
        return "All of them are sealed, so nothing was written. --private includes them."
    return "Nothing matches, so nothing was written."


def _print(made: Writer, chosen: Sequence[Gated]) -> int:
    """Write to standard output; a document is no text, and not for a terminal."""
    import sys

    from collection.exchange.interface import Unfit

    if not made.single and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError(f"{made.label} is not for a terminal: name a file with -o.")
    try:
        pieces = made.write(chosen)
        printing.put(pieces if made.name in _JSON else printing.harmless(pieces))
    except Unfit as error:
        raise Stopped(f"{error} Nothing was written.", REFUSED) from error
    return 0


def _write(
    made: Writer,
    chosen: Sequence[Gated],
    target: Path,
    folder: bool,
    *,
    private: bool,
    force: bool,
    own: Path,
) -> int:
    from collection.exchange.exporting import export as write_out
    from tui.files import usual_mode

    mode = 0o600 if private else usual_mode(target / "new" if folder else target)
    outcome = write_out(made, chosen, target, folder=folder, replace=force, mode=mode, own=own)
    if folder:
        printing.tell(f"Wrote {_counted(outcome.files)} to {target}.")
    return _tell_unfit(outcome)


def _tell_unfit(outcome: Outcome) -> int:
    """Say of what nothing could be written; give the exit code."""
    for id, why in outcome.unfit:
        printing.tell(printing.line(f"Left out: {id}. {why}"))
    return REFUSED if outcome.unfit else 0


def _counted(n: int) -> str:
    return "1 file" if n == 1 else f"{n} files"


@click.command(
    epilog="""\b
    firsthand cite FH-0001
    firsthand cite FH-0001 --style mla
    firsthand cite FH-0001 --passage "the looms lived in a room" --quote
    firsthand cite FH-0001 --style bibtex >> sources.bib"""
)
@click.argument("id")
@click.option(
    "--style",
    type=click.Choice(_STYLES),
    default="chicago",
    show_default=True,
    help="The form: a note or an entry for people, or a record for a program.",
)
@click.option(
    "--at", type=click.IntRange(min=0), metavar="OFFSET", help="Cite the place of a character."
)
@click.option("--passage", "words", metavar="WORDS", help="Cite the place of these words.")
@click.option("--quote", is_flag=True, help="Put the words of the passage before the citation.")
@PRIVATE
@COLLECTION
@click.pass_obj
def cite(
    options: Options,
    *,
    id: str,
    style: str,
    at: int | None,
    words: str | None,
    quote: bool,
    private: bool,
    collection: str | None,
) -> int:
    """Print a citation of one testimony, or of a passage in it.

    A passage is cited by its paragraphs, counted from 1 as in reading copies, and by the time in
    the recording where it is known. A pseudonym is cited as one; the real name only with
    --private.
    """
    from collection.citing.styles import cite as cited

    if at is not None and words is not None:
        raise click.UsageError("Name a passage by --at or by --passage, not by both.")
    if quote and words is None:
        raise click.UsageError("--quote needs --passage.")
    with reading(named_file(options, collection), private=private) as voices:
        gated = _seen(voices, id)
    tell_left_out([gated])
    printing.put_citation(cited(gated, style, _passage(gated, at, words), quoted=quote))
    return 0


def _seen(voices: Collection, id: str) -> Gated:
    gated = voices.view(id)
    if gated.sealed:
        terms = printing.sealed_until(gated.testimony.access.record)
        raise Stopped(f"{id} is sealed ({terms}). --private cites it.", REFUSED)
    return gated


def _passage(gated: Gated, at: int | None, words: str | None) -> Passage | None:
    from collection.citing.passage import find, passage

    if at is None and words is None:
        return None
    seen = gated.testimony
    if "account" in gated.withheld:
        raise Stopped("The account is sealed, so no passage of it can be cited.", REFUSED)
    if words is None:
        if (at or 0) > len(seen.account):
            message = f"The account has {len(seen.account)} characters, so there is none at {at}."
            raise Stopped(message, REFUSED)
        return passage(seen, at or 0, (at or 0) + 1)
    found = find(seen.account, printing.whole_characters(words))
    if not found:
        raise Stopped("These words do not stand in the account, so nothing was cited.", REFUSED)
    if len(found) > 1:
        printing.tell(f"These words stand there {len(found)} times; the first is cited.")
    return passage(seen, *found[0])


LEAVING: Final = (export, cite)
"""The commands, in the order of the help."""
