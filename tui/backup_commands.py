"""The commands for backups: making them, and going back to one."""

from __future__ import annotations

import datetime
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from tui import printing
from tui.opening import reading, writing
from tui.printing import REFUSED, Stopped
from tui.start import on_terminal
from tui.subcommands import COLLECTION, JSON, named_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection import Collection
    from collection.errors import CannotOpen
    from collection.restoring import Restored
    from collection.store.backups import Backup, Backups
    from tui.start import Options

_BAK: Final = "bak"
"""Names the state before the file was last written anew, which stands beside it."""


def backups_of(path: Path) -> Backups:
    """Give the backups of a collection's file."""
    from collection.store.backups import Backups
    from tui.paths import backups_folder

    return Backups(backups_folder(), path)


def _file(named: str | None) -> Path:
    """Find out which collection is meant; it may be gone or damaged.

    Raises:
        CannotOpen: when there can be no file of that name.
    """
    from tui.paths import check_place, collection_file

    path = collection_file(named)
    try:
        path.resolve()
    except (OSError, RuntimeError, ValueError):
        # Links in a circle, a NUL in the name.
        check_place(path, create=False)
        raise
    return path


def back_up(voices: Collection, *, keep: bool) -> Backup:
    """Make a backup of a collection now.

    Raises:
        CannotSave: when it could not be made.
        CannotOpen: when the collection cannot be read.
    """
    return backups_of(voices.path).make(_now(), voices.content(), keep=keep)


def _now() -> datetime.datetime:
    return datetime.datetime.now(tz=datetime.UTC)


# --- making ----------------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand backup
    firsthand backup --list
    firsthand backup -o /media/stick/voices.json"""
)
@click.option("-o", "--output", metavar="FILE", help="Write it to FILE instead.")
@click.option("--force", is_flag=True, help="Replace FILE if there is one.")
@click.option("--list", "listing", is_flag=True, help="Only list the backups there are.")
@JSON
@COLLECTION
@click.pass_obj
def backup(
    options: Options,
    *,
    output: str | None,
    force: bool,
    listing: bool,
    as_json: bool,
    collection: str | None,
) -> int:
    """Make a backup of the collection's file, and print its path.

    It holds everything, private and sealed parts too; only you can read it, and it stays until
    you remove it. `restore` goes back to it.
    """
    named = named_file(options, collection)
    if listing:
        if output is not None:
            raise click.UsageError("--list makes no backup, so -o does not go with it.")
        return _list(_file(named), as_json=as_json)
    if output is not None:
        path, size, at = _copy(named, Path(output), force=force)
    else:
        # What cannot be opened is no good as a backup.
        with reading(named) as voices:
            made = back_up(voices, keep=True)
        path, size, at = made.path, made.size, made.at
    if as_json:
        shown = printing.whole_characters(str(path))
        printing.put_json({"path": shown, "at": _iso(at), "size": size})
    else:
        printing.put_text([printing.line(str(path))])
    return 0


def _copy(named: str | None, target: Path, *, force: bool) -> tuple[Path, int, datetime.datetime]:
    from tui import files

    files.check_target(target, force=force)
    with reading(named) as voices:
        files.check_not_same(target, voices.path)
        at = _now().replace(microsecond=0)
        files.write_file(target, voices.content(), private=True)
    return target.absolute(), target.stat().st_size, at


# --- listing ---------------------------------------------------------------------------------


def _list(path: Path, *, as_json: bool) -> int:
    from tui.paths import check_place

    found = [*_found(path)]
    if not found:
        check_place(path, create=False)
    if as_json:
        printing.put_json({"total": len(found), "backups": found})
    elif found:
        printing.put_text(map(_told, found))
    else:
        printing.tell("There is no backup yet; firsthand backup makes one.")
    return 0


def _found(path: Path) -> Iterator[dict[str, Any]]:
    """Give everything that can be restored, newest first, `.bak` before the dated ones."""
    bak = _bak(path)
    if bak.is_file():
        stat = bak.stat()
        at = datetime.datetime.fromtimestamp(stat.st_mtime, tz=datetime.UTC)
        yield _record(
            _BAK,
            bak,
            at.replace(microsecond=0),
            stat.st_size,
            "before the file was last written",
        )
    for one in backups_of(path).list():
        kind = "made by you" if one.kept else "daily"
        yield _record(_name(one), one.path, one.at, one.size, kind)


def _record(name: str, path: Path, at: datetime.datetime, size: int, kind: str) -> dict[str, Any]:
    shown = printing.whole_characters(str(path))
    return {"name": name, "at": _iso(at), "size": size, "kind": kind, "path": shown}


def _told(record: dict[str, Any]) -> str:
    when = "" if record["name"] != _BAK else f" of {record['at']}"
    size = f"{record['size']:,} bytes"
    return f"{record['name']}{when}  {size}, {record['kind']}\n    {printing.line(record['path'])}"


def _bak(path: Path) -> Path:
    whole = path.resolve()
    return whole.with_name(whole.name + ".bak")


def _name(one: Backup) -> str:
    """Give the shortest name that means this backup alone among those of its second."""
    from collection.store.backups import written

    return written(one.at) if one.number == 1 and not one.kept else one.path.stem


def _iso(at: datetime.datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


# --- going back ------------------------------------------------------------------------------


@click.command(
    epilog="""\b
    firsthand restore                    what there is to go back to
    firsthand restore 2026-11-25 --dry-run
    firsthand restore 2026-11-25
    firsthand restore bak                the file as it was before it was last folded"""
)
@click.argument("which", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@JSON
@COLLECTION
@click.pass_obj
def restore(
    options: Options,
    *,
    which: str | None,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    collection: str | None,
) -> int:
    """Go back to a backup; without WHICH, list what there is.

    WHICH is a date or the beginning of one (the newest backup of that time is taken), bak, or a
    file. The testimonies become those of the backup in one change; what it does not have is
    withdrawn and stays in the history, and what was erased does not return. A damaged
    collection's file is put aside, never deleted. Exits 1 if something could not be restored.
    """
    named = named_file(options, collection)
    path = _file(named)
    if which is None:
        return _list(path, as_json=as_json)
    if not (yes or dry_run or on_terminal()):
        raise click.UsageError("Without a terminal to ask on, restore needs --yes or --dry-run.")
    source = _source(path, which)
    told, document = _restored(named, path, source, yes=yes, dry_run=dry_run)
    if as_json:
        shown = printing.whole_characters(str(source))
        printing.put_json({"from": shown, "dry_run": dry_run} | document)
    else:
        printing.put_text(map(printing.line, told))
        for message in document["refused"]:
            printing.tell(message)
    return REFUSED if document["refused"] else 0


def _source(path: Path, which: str) -> Path:
    """Find the file that is meant."""
    from collection.store.backups import meant

    if which == _BAK:
        source = _bak(path)
        if not source.is_file():
            message = f"There is no {printing.line(source.name)}. Nothing was changed."
            raise Stopped(message, REFUSED)
        return source
    found = meant(backups_of(path).list(), which)
    if found is not None:
        return found.path
    try:
        if Path(which).is_file():
            return Path(which)
    except (OSError, ValueError):
        pass
    message = (
        f"There is no backup {printing.line(which)}, and no file of that name. Nothing was "
        f"changed; firsthand restore lists the backups."
    )
    raise Stopped(message, REFUSED)


def _restored(
    named: str | None, path: Path, source: Path, *, yes: bool, dry_run: bool
) -> tuple[list[str], dict[str, Any]]:
    """Go back, or only say what would happen.

    Returns:
        what to tell, a line each, and the same as a document.
    """
    from collection.errors import CannotOpen

    with ExitStack() as stack:
        opening = reading(named) if dry_run else writing(named, create=False)
        try:
            voices = stack.enter_context(opening)
        except CannotOpen as error:
            return _replaced(error, path, source, yes=yes, dry_run=dry_run)
        plan = voices.restore_from(source, dry_run=True)
        if not plan.added + plan.changed + plan.withdrawn:
            told = f"There is nothing to restore: {plan.same} are as in the backup."
            return [told], _document(plan)
        if dry_run:
            return [_counts(plan, ("Would add", "change", "withdraw"))], _document(plan)
        if not yes:
            _ask(f"{_counts(plan, ('Add', 'change', 'withdraw'))} Restore {source.name}?")
        before = back_up(voices, keep=True)
        done = voices.restore_from(source)
    back = f"To go back to the state before: firsthand restore {_name(before)}"
    told = _counts(done, ("Added", "changed", "withdrew"))
    return [told, back], _document(done, before=before.path)


def _replaced(
    error: CannotOpen, path: Path, source: Path, *, yes: bool, dry_run: bool
) -> tuple[list[str], dict[str, Any]]:
    """Put a damaged file aside and the backup in its place; as `_restored`."""
    from collection.restoring import Restored, count, may_be_replaced, put_in_place
    from tui.paths import check_place

    whole = path.resolve()
    if not may_be_replaced(whole) or (whole.exists() and whole.samefile(source)):
        raise error
    plan = Restored(added=count(source))
    content = f"{source.name} ({_testimonies(plan.added)})"
    printing.tell(str(error))
    if dry_run:
        return [f"Would put the file aside, and {content} in its place."], _document(plan)
    if not yes:
        _ask(f"Put the file aside, deleting nothing, and {content} in its place?")
    check_place(path, create=True)
    aside = put_in_place(whole, source, _now())
    told = [
        f"{content} is now {whole.name}.",
        *(f"Put aside, nothing deleted: {one}" for one in aside),
    ]
    return told, _document(plan, aside=aside)


def _ask(question: str) -> None:
    if not click.confirm(printing.line(question), err=True):
        raise Stopped("Nothing was changed.", REFUSED)


def _counts(done: Restored, verbs: Sequence[str]) -> str:
    add, change, withdraw = verbs
    return (
        f"{add} {done.added}, {change} {done.changed}, {withdraw} {done.withdrawn}; "
        f"{done.same} are as in the backup."
    )


def _testimonies(count: int) -> str:
    return "1 testimony" if count == 1 else f"{count} testimonies"


def _document(
    done: Restored, *, before: Path | None = None, aside: Sequence[Path] = ()
) -> dict[str, Any]:
    return {
        "added": done.added,
        "changed": done.changed,
        "withdrawn": done.withdrawn,
        "same": done.same,
        "refused": done.refused,
        "before": printing.whole_characters(str(before)) if before else None,
        "aside": [printing.whole_characters(str(one)) for one in aside],
    }


BACKUPS: Final[tuple[Any, ...]] = (backup, restore)
"""The commands, in the order of the help."""
