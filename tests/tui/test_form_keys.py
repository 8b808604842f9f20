"""Any sequence of keys in the form raises nothing, and loses nothing without being told to."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import OptionList

from collection import Collection
from collection.testimony import Testimony as Record
from tests.tui.test_form import SIZES, Desk, complete
from tui.screens.choice import ChoiceScreen
from tui.screens.form_values import FormValues

if TYPE_CHECKING:
    from textual.pilot import Pilot

KEYS = (
    *("tab", "shift+tab", "enter", "escape", "up", "down", "left", "right", "home", "end"),
    *("f2", "f3", "f4", "f5", "f6", "f7", "f9", "ctrl+s", "ctrl+n", "ctrl+z", "ctrl+y", "ctrl+u"),
    *("ctrl+k", "ctrl+w", "ctrl+x", "ctrl+v", "ctrl+c", "ctrl+a", "ctrl+home", "pageup"),
    *("pagedown", "backspace", "delete", "space", "shift+home", "ctrl+shift+a", "ctrl+f"),
    *("semicolon", "left_square_bracket", "slash", "1", "9", "4", "a", "T", "z", "l", "ł", "ש"),
)
PASTED = ("Terezín; Łódź", "[/] [bold]\x1b[31m", "one\ntwo\r\nthree", "1943~", "\x00\u202e")
SENT = st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(PASTED)), max_size=30)


async def send(pilot: Pilot[None], app: Desk, one: str) -> None:
    if one in PASTED:
        if app.screen.focused is not None:
            app.screen.focused.post_message(events.Paste(one))
        await pilot.pause()
    else:
        await pilot.press(one)


class Watch:
    """Remembers what stood in the form last, and whether the user chose to throw it away."""

    def __init__(self, app: Desk) -> None:
        self.app = app
        self.changed: dict[str, str] = {}
        self.thrown_away = False

    def look(self) -> None:
        screen = self.app.screen
        if screen is self.app.form and not self.app.given:
            self.changed = dict(self.app.form.draft)
            self.thrown_away = False
        elif isinstance(screen, ChoiceScreen):
            # The answer below the others is the one that throws away.
            options = screen.query_one(OptionList)
            self.thrown_away = options.highlighted == options.option_count - 1


def check_nothing_is_lost(app: Desk, watch: Watch, collection: Collection) -> None:
    given = app.given[0]
    if given is not None:
        texts = FormValues(collection.get(given.id)).texts
        record = app.form._values.record(app.form.texts)
        assert FormValues(record).texts | {"id": texts["id"]} == texts
    elif watch.changed and not watch.thrown_away:
        drafts = [draft.texts for draft in collection.drafts()]
        assert watch.changed in drafts


SEQUENCES = int(os.environ.get("FIRSTHAND_KEY_SEQUENCES", "0"))
"""Random sequences to try instead of the dozen that are always the same."""


@settings(max_examples=SEQUENCES or 6, derandomize=not SEQUENCES)
@given(size=st.sampled_from(SIZES), sent=SENT, edits=st.booleans())
async def test_any_keys_raise_nothing_and_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, size: tuple[int, int], sent: list[str], edits: bool
) -> None:
    with Collection.open(tmp_path_factory.mktemp("k") / "v.json") as collection:
        known = collection.add(
            Record(title="Known", account="x", themes=["Tea"], places=["Łódź"], date="1943")
        )
        app = Desk(collection, known if edits else None, like=known.id)
        async with app.run_test(size=size) as pilot:
            await complete(pilot)
            watch = Watch(app)
            for one in sent:
                watch.look()
                await send(pilot, app, one)
                if app.given:
                    break
            if app.given:
                check_nothing_is_lost(app, watch, collection)
                return
            changed, is_unsaved = dict(app.form.draft), app.form.unsaved
            app.form.keep_draft_now()
        if is_unsaved:
            # The form is gone with the program; what stood in it is not.
            assert changed in [draft.texts for draft in collection.drafts()]
        assert collection.get(known.id).account == "x" or edits
