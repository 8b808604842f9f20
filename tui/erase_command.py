"""The command that erases a testimony for good."""

from __future__ import annotations

import click

from tui import printing
from tui.opening import writing
from tui.printing import REFUSED, WRONG_USAGE, Stopped
from tui.start import Options, on_terminal
from tui.subcommands import COLLECTION, JSON, named_file


@click.command(
    epilog="""\b
    firsthand erase FH-0001
    firsthand erase FH-0001 --confirm FH-0001     without a question"""
)
@click.argument("id")
@click.option("--confirm", metavar="ID", help="The identifier once more, instead of typing it.")
@JSON
@COLLECTION
@click.pass_obj
def erase(
    options: Options, id: str, confirm: str | None, as_json: bool, collection: str | None
) -> int:
    """Erase a testimony for good, when its narrator withdraws consent.

    It goes from the file, its history, the backups, the copies beside the file and the search
    index; only its identifier stays, so that it is not used again. Nothing brings it back. Copies
    elsewhere are not reached. Exits 1 if something could not be cleaned.
    """
    from tui.paths import backups_folder, cache_folder

    with writing(named_file(options, collection), create=False) as voices:
        if not voices.is_known(id):
            message = f"There is no testimony {printing.line(id)}. Nothing was changed."
            raise Stopped(message, REFUSED)
        if confirm is None:
            confirm = _asked(id)
        if confirm.strip() != id:
            raise Stopped("That is another identifier. Nothing was erased.", REFUSED)
        # Whatever the settings say now, backups and an index may be left from before.
        left = voices.erase(id, backups=backups_folder(), indexes=cache_folder())
    if as_json:
        printing.put_json({"erased": id, "left": left})
    else:
        printing.put_text([printing.line(f"{id} was erased for good.")])
        for sentence in left:
            printing.tell(sentence)
    return REFUSED if left else 0


def _asked(id: str) -> str:
    if not on_terminal():
        message = "Without a terminal to ask on, erase needs --confirm with the identifier."
        raise Stopped(message, WRONG_USAGE)
    question = (
        f"{printing.line(id)} will be erased from the file, its history, the backups and the "
        f"search index, and nothing brings it back.\nType its identifier to erase it"
    )
    return str(click.prompt(question, default="", show_default=False, err=True))
