"""The app: small; it holds the settings and the one main screen."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding

from tui.garbage import REST, Collecting
from tui.palette import Commands, bindings_of, named_of, shown_keys
from tui.paths import config_file
from tui.screens.reading_room import ReadingRoom
from tui.settings import Settings
from tui.terminal import hear_signals, take_any_bytes
from tui.text import one_line
from tui.widths import give_spacing_marks_a_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from textual.app import SystemCommand
    from textual.dom import DOMNode
    from textual.filter import LineFilter
    from textual.screen import Screen

    from collection.exchange.sources import Incoming

_LET_US_ORDER = "\x1b[8l"
_LET_TERMINAL_ORDER = "\x1b[8h"


class FirsthandApp(App[None]):
    """Firsthand on the screen."""

    TITLE = "Firsthand"
    # Textual reads a screen's own CSS when it is pushed, and the first screen never is.
    CSS_PATH = "screens/reading_room.tcss"
    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"

    BINDINGS: ClassVar = [
        Binding("question_mark,f1", "help", "Help", key_display="?", id="help",
                tooltip="Show every key"),
        Binding("ctrl+p", "command_palette", "Commands", show=False, id="palette",
                tooltip="Find a command by its name"),
        Binding("ctrl+t", "theme", "Theme", show=False, id="theme", tooltip="Choose the colours"),
        Binding("q", "quit", "Quit", id="quit", tooltip="Quit"),
        Binding("ctrl+q", "quit", "Quit", show=False, id="quit.always", priority=True,
                tooltip="Quit from anywhere"),
    ]  # fmt: skip

    def __init__(
        self,
        path: Path,
        *,
        settings: Settings | None = None,
        scratch: bool = False,
        theme: str | None = None,
        ascii: bool = False,
        adding: bool = False,
        importing: Sequence[Incoming] = (),
    ) -> None:
        """Make the app.

        Args:
            path: the collection's file.
            settings: what is remembered; the user's own if not given.
            scratch: whether the collection is a copy that is thrown away.
            theme: a theme for this time only.
            ascii: draw with ASCII characters only.
            adding: begin with the form for a new testimony.
            importing: begin with what these files would bring in.
        """
        super().__init__()
        self.settings = settings or Settings(config_file())
        """What is remembered from one time to the next."""
        take_any_bytes()
        if self.settings["spacing_marks"]:
            give_spacing_marks_a_cell()
        self._path = path
        self._scratch = scratch
        self._adding = adding
        self._importing = importing
        self._theme_for_now = theme
        self._room: ReadingRoom | None = None
        self._filters_of_ours: list[LineFilter] = []
        if ascii:
            from tui.ascii import AsciiOnly

            self._filters_of_ours.append(AsciiOnly())

    def get_default_screen(self) -> Screen[Any]:
        """Give the main screen."""
        adding, scratch = self._adding, self._scratch
        self._room = ReadingRoom(self._path, self.settings, scratch=scratch, adding=adding)
        self._room.to_import = self._importing
        return self._room

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let ours see every line last."""
        return [*super().get_line_filters(), *self._filters_of_ours]

    def on_mount(self) -> None:
        """Bring the settings to bear."""
        self._collecting = Collecting()
        self.set_interval(REST, self._collecting.perhaps)
        if not self.is_headless:
            ask = partial(self.call_later, self.action_quit)
            hear_signals(self._leave, ask, self._end)
        self._choose_theme()
        if self.settings["keys"]:
            self.set_keymap(self.settings["keys"])
        if self.settings.problem:
            self.notify(self.settings.problem, markup=False, severity="warning", timeout=15)
        if self.settings["bidi"] == "app" and self._driver is not None:
            # Two right-to-left rows in neighbouring panes would else swap their places.
            self._driver.write(_LET_US_ORDER)

    def on_unmount(self) -> None:
        """Write what is to be remembered, and leave the terminal as it was."""
        self._collecting.end()
        if self.settings["bidi"] == "app" and self._driver is not None:
            self._driver.write(_LET_TERMINAL_ORDER)

    def _choose_theme(self) -> None:
        wanted = self._theme_for_now or self.settings["theme"]
        if os.environ.get("NO_COLOR") and wanted.startswith("ansi"):
            # Textual makes greys of colours, and of the terminal's own ones nothing but black.
            wanted = "textual-dark"
        if wanted in self.available_themes:
            self.theme = wanted
        else:
            names = ", ".join(sorted(self.available_themes))
            self.notify(f"There is no theme {wanted!r}. There are: {names}.", markup=False)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Run what a key is bound to.

        Textual lets a key bubble up before it looks for its binding, and takes the next one
        meanwhile: of `j` and `Enter` sent in one go, as over a slow line, the first would act
        where the second leads. The reading room has nothing that eats keys except the search
        bar, so everywhere else a key acts at once.
        """
        room = self.screen
        self._collecting.key_pressed()
        if priority and isinstance(room, ReadingRoom) and not room.typing:
            # Keys act on what the words typed before them find.
            await room.settled()
            room = self.screen
        if await super()._check_bindings(key, priority):
            return True
        if priority and isinstance(room, ReadingRoom) and not room.typing:
            return await super()._check_bindings(key, False)
        return False

    async def action_quit(self) -> None:
        """Quit; ask first when words that were typed are not saved yet."""
        if not any(getattr(screen, "unsaved", False) for screen in self.screen_stack):
            self._leave()
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(leave: bool | None) -> None:
            if not leave:
                return
            if problem := self._keep_drafts():
                self._ask_to_lose(problem)
            else:
                self._leave()

        question = (
            "What you typed is not saved yet. Quit all the same? It is kept as a draft, and "
            "offered again with the next a or e."
        )
        if not isinstance(self.screen, ConfirmScreen):
            self.push_screen(ConfirmScreen(question, "Quit", "Keep editing"), answered)

    def _ask_to_lose(self, problem: str) -> None:
        """Ask whether to quit although no draft could be kept."""
        from tui.screens.confirm import ConfirmScreen

        def answered(lose: bool | None) -> None:
            if lose:
                self._leave()

        question = (
            f"No draft could be kept ({problem}): what you typed stands in the form only, and "
            f"is lost with it. Quit all the same?"
        )
        self.push_screen(ConfirmScreen(question, "Lose it", "Keep editing"), answered)

    def _keep_drafts(self) -> str:
        """Keep what is typed as drafts; give why that failed, nothing if it did not."""
        problem = ""
        for screen in self.screen_stack:
            if (keep := getattr(screen, "keep_draft_now", None)) is not None:
                problem = keep() or problem
        return problem

    def _end(self) -> None:
        """End at once: the terminal is gone, and Textual would wait for it for ever."""
        self._keep_drafts()
        self.settings.save()
        self.close_collection()
        os._exit(129)

    def _leave(self) -> None:
        self._keep_drafts()
        problem = self.settings.save()
        room = self.screen_stack[0]
        failed = isinstance(room, ReadingRoom) and room.could_not_open
        self.exit(return_code=3 if failed else 0, message=Text(problem) if problem else None)

    def close_collection(self) -> None:
        """Let go of the collection, once the app has ended; say what went wrong with its backup."""
        if self._room is None or self._room.collection is None:
            return
        self._room.collection.close()
        if trouble := self._room.collection.backup_trouble:
            sys.stderr.write(f"{one_line(trouble)}\n")

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Leave the palette to our own commands."""
        return ()

    def action_theme(self) -> None:
        """Choose a theme; it is remembered."""
        from tui.screens.choice import ChoiceScreen

        def chosen(theme: str | None) -> None:
            if theme is not None:
                self.theme = theme
                self.settings.remember("theme", theme)

        themes = {name: name for name in sorted(self.available_themes)}
        self.push_screen(ChoiceScreen("Theme", themes, self.theme), chosen)

    def action_help(self) -> None:
        """Show every key."""
        from tui.screens.help import HelpScreen

        screen = self.screen
        if isinstance(screen, HelpScreen):
            return
        room = self.screen_stack[0]
        nodes: list[tuple[str, DOMNode]] = [("Everywhere", self)]
        if helped := getattr(screen, "help_nodes", None):
            nodes += helped()
        elif isinstance(room, ReadingRoom):
            nodes += [
                ("In the reading room", room),
                ("In the search bar", room.search_bar.words),
                ("In the list", room.list),
                ("In the account and the context", room.reader),
            ]
        groups = []
        for where, node in nodes:
            commands = [
                (shown_keys(self, binding), binding.tooltip or binding.description)
                for binding in bindings_of(node)
            ]
            commands += [("^p by its name", named.tooltip) for named in named_of(node)]
            groups.append((where, commands))
        from tui.query_help import query_help

        groups.append(("What a search understands", query_help()))
        self.push_screen(HelpScreen(groups, _NOTES))


_NOTES = (
    "Type / and words: every word must match, in any order, in places, themes, narrators,",
    'titles or accounts, however it is spelt. "Quotes" search exactly, a leading - excludes.',
    "Letters are commands outside of fields only. Keys can be changed in the settings file.",
)
