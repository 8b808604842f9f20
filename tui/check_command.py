"""The command that looks through a collection, and mends what can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui import printing
from tui.backup_commands import back_up
from tui.opening import reading, writing
from tui.printing import REFUSED
from tui.subcommands import COLLECTION, JSON, named_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.errors import Problem
    from collection.repairing import Repair
    from tui.start import Options


@click.command(
    epilog="""\b
    firsthand check
    firsthand check --repair
    firsthand check --json --collection voices.json"""
)
@click.option("--repair", is_flag=True, help="Mend what can be mended, after making a backup.")
@JSON
@COLLECTION
@click.pass_obj
def check(options: Options, *, repair: bool, as_json: bool, collection: str | None) -> int:
    """Look through a collection for what is wrong, changing nothing without --repair.

    Exits 1 if anything is: a wrong checksum, entries that cannot be read, values that do not fit,
    gaps in the history, ended embargoes, a damaged backup or search index.
    """
    from collection.repairing import Patient, repairs
    from collection.testimony import as_record
    from tui.paths import backups_folder, cache_folder

    named = named_file(options, collection)
    with writing(named, create=False) if repair else reading(named) as voices:
        # An index may be left from when one was kept, whatever the settings say now.
        found = repairs(Patient(voices, cache_folder()))
        backup = back_up(voices, keep=True) if repair and found else None
        mended, left = _mended(found) if repair else ([], [one.wrong for one in found])
        problems = [*voices.check(), *voices.check_backups(backups_folder())]
        problems += [one for one in left if one not in problems]
        total = len(voices)
    if as_json:
        document = {"total": total, "problems": map(as_record, problems)}
        if repair:
            path = printing.whole_characters(str(backup.path)) if backup else None
            document |= {"mended": mended, "backup": path}
        printing.put_json(document)
    else:
        first = [f"Backup made before: {printing.line(str(backup.path))}"] if backup else []
        told = printing.checked(total, problems, () if repair else left)
        printing.put_text([*first, *map(printing.line, mended), *told])
    return REFUSED if problems else 0


def _mended(found: Sequence[Repair]) -> tuple[list[str], list[Problem]]:
    """Do repairs, and say what was done and what is left."""
    from collection.errors import CollectionError

    done, left = [], []
    for repair in found:
        try:
            done.append(f"{repair.wrong.message} {repair.do()}")
        except (CollectionError, OSError) as error:
            printing.tell(f"Not mended ({getattr(error, 'strerror', None) or error}).")
            left.append(repair.wrong)
    return done, left
