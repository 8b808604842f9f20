"""The command line; collection and Textual are loaded only by the commands that need them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

import collection
from tui import printing
from tui.backup_commands import BACKUPS
from tui.check_command import check
from tui.curating_commands import CURATING
from tui.erase_command import erase
from tui.import_command import import_files
from tui.leaving_commands import LEAVING
from tui.opening import open_app
from tui.printing import NO_COLLECTION, REFUSED, Stopped, Unprintable, Unread
from tui.start import Options
from tui.subcommands import ALL, COLLECTION
from tui.tending_commands import TENDING
from tui.vocabulary_commands import VOCABULARY

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells give it."""
UNREAD: Final = 141
"""Exit code when the reader of a pipe has gone, as shells give it."""
_Callback = TypeVar("_Callback", bound=Callable[..., Any])


class Program(click.Group):
    """The commands; a first word that is none of them is a collection to open."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run, and turn every ending into an exit code and at most a few plain sentences."""
        options |= {"prog_name": "firsthand", "standalone_mode": False}
        sys.exit(_run(lambda: super(Program, self).main(*args, **options)))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a word that is none is left whole to the opening of the app."""
        if ctx.resilient_parsing or self.get_command(ctx, args[0]):
            return super().resolve_command(ctx, args)
        # Only `firsthand -- -odd.json` leaves a leading dash here.
        return "", _opening, ["--", *args] if args[0].startswith("-") else args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands, and the names of files."""
        from click.shell_completion import CompletionItem

        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]


def _run(program: Callable[[], Any]) -> int:
    try:
        return program() or 0
    except click.Abort:
        return INTERRUPTED
    except Unread:
        printing.give_up_output()
        return UNREAD
    except Stopped as error:
        if isinstance(error, Unprintable):
            printing.give_up_output()
        message, code = str(error), error.code
    except click.ClickException as error:
        message = error.format_message()
        if isinstance(error, click.UsageError) and error.ctx:
            message = f"{message} Try '{error.ctx.command_path.strip()} --help'."
        code = error.exit_code
    except collection.CollectionError as error:
        message = str(error)
        lost = isinstance(error, collection.CannotOpen | collection.CannotSave)
        code = NO_COLLECTION if lost else REFUSED
    except OSError as error:
        # No file's name: help and the like, which click prints itself.
        printing.give_up_output()
        what = error.filename or "Standard output"
        message = f"{what} could not be read or written ({error.strerror})."
        code = NO_COLLECTION
    printing.tell(message)
    return code


def main() -> None:
    """Run the command line on the arguments of the process; never returns."""
    firsthand.main()


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("firsthand")
    except PackageNotFoundError:
        number = "(run from its source, not installed)"
    click.echo(f"firsthand {number}")
    ctx.exit()


def _screen_options(callback: _Callback) -> _Callback:
    for option in (
        click.option("--ascii", is_flag=True, help="Draw with ASCII characters only."),
        click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal."),
        click.option("--theme", metavar="NAME", help="The colours to start with."),
        click.option(
            "--sample", is_flag=True, help="Open the bundled sample; changes are thrown away."
        ),
        COLLECTION,
    ):
        callback = option(callback)
    return callback


# --- opening the app -------------------------------------------------------------------------


@click.group(
    cls=Program,
    invoke_without_command=True,
    subcommand_metavar="[COLLECTION | COMMAND ...]",
    context_settings={"max_content_width": 100},
    epilog="""\b
    firsthand voices.json             open or make a collection
    firsthand search terezin hunger   search your own without opening it
    firsthand ./search                open a file that is called like a command

    \b
    Completion of commands and options, in bash (zsh_source and fish_source likewise):
    eval "$(_FIRSTHAND_COMPLETE=bash_source firsthand)"

    Exit codes: 0 done, 1 nothing found or something refused, 2 wrong usage, 3 the collection
    could not be opened or saved.""",
)
@_screen_options
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and exit.",
)
@click.pass_context
def firsthand(ctx: click.Context, /, **given: Any) -> int:
    """Keep, search and read oral testimony.

    Without a command this opens COLLECTION in the app: the file named, or else your own.
    """
    ctx.obj = Options(**given)
    if ctx.invoked_subcommand is not None:
        if ctx.obj.sample and ctx.invoked_subcommand:
            raise click.UsageError("--sample opens the app; no command goes with it.", ctx)
        return 0
    return open_app(ctx.obj)


def _help_of_all(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and ctx.parent and not ctx.resilient_parsing:
        click.echo(ctx.parent.get_help())
        ctx.exit()


@click.command(add_help_option=False)
@click.argument("words", nargs=-1, required=True)
@_screen_options
@click.option(
    "--help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_help_of_all,
    help="Show this message and exit.",
)
@click.pass_context
def _opening(ctx: click.Context, /, words: Sequence[str], **given: Any) -> int:
    """Open the collection that stands where a command could."""
    options = ctx.obj.and_then(Options(**given))
    _check_words(words, ctx)
    if options.collection or options.sample:
        raise click.UsageError(f"Which one is to be opened, {words[0]} or the other?", ctx)
    return open_app(options.and_then(Options(collection=words[0])))


def _check_words(words: Sequence[str], ctx: click.Context) -> None:
    """Refuse a mistyped command, before a collection of that name is made."""
    first, *rest = words
    is_path = os.sep in first or bool(Path(first).suffix) or _is_there(first)
    if rest and rest[0] in firsthand.commands:
        message = f"Write the command first: firsthand {rest[0]} --collection {first} …"
        raise click.UsageError(message, ctx)
    from difflib import get_close_matches

    like = get_close_matches(first, firsthand.commands, 1)
    if rest or (like and not is_path):
        meant = f" Did you mean {like[0]}?" if like else ""
        message = f"There is no command {first}.{meant} A collection of that name is ./{first}."
        raise click.UsageError(message, ctx)


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


for _command in (
    *ALL,
    import_files,
    *LEAVING,
    check,
    *BACKUPS,
    erase,
    *VOCABULARY,
    *CURATING,
    *TENDING,
):
    firsthand.add_command(_command)
