"""The command that takes files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from collection.exchange.formats import READERS
from tui import printing
from tui.opening import open_app, reading, writing
from tui.printing import REFUSED
from tui.progress import told
from tui.start import Options, on_terminal
from tui.subcommands import COLLECTION, JSON, named_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection import Collection
    from collection.exchange.incoming import Choices
    from collection.exchange.interface import Reading, Report
    from collection.exchange.sources import Incoming

AUTOMATIC: Final = "automatic"
"""A report beside the collection, under a name of the program's."""


def _list_keys(ctx: click.Context) -> None:
    from collection.exchange.tables.targets import TARGETS

    printing.put_text(f"{target.key or '(empty)'}: {target.label}" for target in TARGETS)
    ctx.exit()


@click.command(
    "import",
    epilog="""\b
    firsthand import interviews.jsonl
    firsthand import --dry-run --json *.jsonl
    firsthand import --update corrected.csv
    firsthand import --map "Who=narrator" --map "Said=account" list.csv""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*READERS]),
    help="The format of the files; else it is found out from each.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen; no file is made.")
@click.option("--update", is_flag=True, help="Take over rows that differ from what is here.")
@click.option(
    "--accept-drafts",
    is_flag=True,
    help="Take in what articles say without looking at it first.",
)
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="COLUMN=KEY",
    help="Which key of the record a column of a table is; an empty key leaves it out.",
)
@click.option(
    "--keys",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _, value: _list_keys(ctx) if value else None,
    help="List what a column can be taken for, and stop.",
)
@click.option("--encoding", metavar="NAME", default="", help="Of a text file; else found out.")
@click.option("--delimiter", metavar="CHARACTER", default="", help="Of a table; else found out.")
@click.option("--sheet", metavar="NAME", default="", help="Of a workbook; else the first.")
@click.option(
    "--transcripts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the transcripts are that a table names.",
)
@click.option(
    "--report",
    metavar="FILE",
    default=AUTOMATIC,
    show_default=False,
    help="Where the report goes; else beside the collection. None with --report ''.",
)
@JSON
@COLLECTION
@click.pass_obj
def import_files(
    options: Options,
    *,
    paths: Sequence[str],
    format_: str | None,
    dry_run: bool,
    update: bool,
    accept_drafts: bool,
    mapped: Sequence[str],
    encoding: str,
    delimiter: str,
    sheet: str,
    transcripts: Path | None,
    report: str,
    as_json: bool,
    collection: str | None,
) -> int:
    """Take in files, or those of a folder; - reads standard input.

    Sound rows enter, in one change; refused ones are named with what is wrong, and the exit
    code is then 1. Importing the same again adds nothing. What an article says must be looked
    at first, so that the app opens with it, unless --accept-drafts is given; where there is no
    terminal it is not taken in.
    """
    from collection.access import Gated
    from collection.exchange.incoming import Choices
    from collection.exchange.interface import Reading

    how = Reading(
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        mapping=_mapping(mapped),
        transcripts=transcripts,
    )
    named = named_file(options, collection)
    asks = not (dry_run or update or as_json or accept_drafts) and on_terminal()
    if asks and (to_look_at := _to_look_at(paths, format_ or "", how)):
        return open_app(options.and_then(Options(collection=named)), importing=to_look_at)
    choices = Choices(update=update, accept=accept_drafts)
    done, kept = _imported(named, paths, format_ or "", how, choices, dry_run=dry_run, keep=report)
    if as_json:
        document = printing.report_document(done, dry_run=dry_run)
        printing.put_json(document | ({"report": str(kept)} if kept else {}))
    else:
        summary = printing.summary(done, dry_run=dry_run, update=update)
        where = [f"The report is in {printing.line(str(kept))}."] if kept else []
        printing.put_text([*map(printing.block, map(Gated, done.drafts)), summary, *where])
        for message in (*_columns(paths, format_ or "", how), *printing.refusals(done)):
            printing.tell(message)
    return REFUSED if done.refused or done.waiting else 0


def _columns(paths: Sequence[str], format: str, how: Reading) -> Iterator[str]:
    """Say how the columns of tables were taken that are of no known kind."""
    from collection.exchange.formats import format_of
    from collection.exchange.sources import files_in
    from collection.exchange.tables.tables import TABLES, inspect
    from collection.exchange.tables.tables import told as columns_told

    named = [Path(path) for path in paths]
    files = [one for path in named if path.is_file() or path.is_dir() for one in files_in(path)]
    for file in files:
        kind = format or format_of(file)
        if kind in TABLES:
            table = inspect(file, kind, how)
            if table.columns and not table.sure:
                yield from map(printing.line, columns_told(table))


def _to_look_at(paths: Sequence[str], format: str, how: Reading) -> list[Incoming]:
    """Give all files if one of them is such that a person has to be asked."""
    from collection.exchange.sources import Incoming, files_in
    from tui.files import check_sources

    check_sources(paths)
    named = [Path(path) for path in paths]
    if not all(path.is_file() or path.is_dir() for path in named):
        return []
    files = [Incoming(file, format, how) for path in named for file in files_in(path)]
    return files if any(map(_asks, files)) else []


def _asks(file: Incoming) -> bool:
    """Tell whether a person has to look at what a file brings, or to say what its columns are."""
    from collection.exchange.formats import UNDERSTOOD, format_of
    from collection.exchange.tables.tables import TABLES, inspect

    format = file.format or format_of(file.path)
    if format in TABLES and file.reading.mapping is None:
        table = inspect(file.path, format, file.reading)
        return bool(table.columns) and not table.sure
    return format in UNDERSTOOD


def _mapping(mapped: Sequence[str]) -> dict[str, str] | None:
    from collection.exchange.tables.mapping import UnknownColumn, parse_mapping

    try:
        return parse_mapping(mapped) or None
    except UnknownColumn as error:
        raise click.BadParameter(printing.line(str(error)), param_hint="--map") from error


def _imported(
    named: str | None,
    sources: Sequence[str],
    format: str,
    how: Reading,
    choices: Choices,
    *,
    dry_run: bool,
    keep: str,
) -> tuple[Report, Path | None]:
    from tui.files import check_report, check_sources, rows_of
    from tui.paths import collection_file, is_absent

    check_sources(sources)
    if keep not in ("", AUTOMATIC):
        check_report(Path(keep), sources, collection_file(named))
    if not dry_run:
        with writing(named) as voices:
            rows = rows_of(sources, format, how, voices.known, voices.path)
            with told("Reading", None) as progress:
                done = voices.import_rows(rows, choices=choices, progress=progress)
            return done, _kept(done, sources, voices, keep)
    if is_absent(collection_file(named)):
        from collection.exchange.incoming import plan
        from collection.exchange.interface import Known

        rows = rows_of(sources, format, how, Known)
        with told("Reading", None) as progress:
            planned = plan(rows, lambda _: None, frozenset(), progress, choices)
        return planned.report(updated=False, drafts=True), None
    with reading(named) as voices:
        rows = rows_of(sources, format, how, voices.known, voices.path)
        with told("Reading", None) as progress:
            return voices.import_rows(rows, choices=choices, dry_run=True, progress=progress), None


def _kept(done: Report, sources: Sequence[str], voices: Collection, keep: str) -> Path | None:
    """Write the report down, unless nothing came of the import that is worth it."""
    from collection.exchange.reporting import keep_report, write_report

    worth_it = done.entered or done.taken_over or done.refused or done.waiting
    if not keep or (keep == AUTOMATIC and not worth_it):
        return None
    try:
        if keep == AUTOMATIC:
            return keep_report(done, sources, voices.path)
        write_report(done, sources, voices.path, Path(keep))
    except OSError as error:
        reason = error.strerror or "no file can be called that"
        printing.tell(f"What is sound was taken in, but no report could be written ({reason}).")
        return None
    return Path(keep)
