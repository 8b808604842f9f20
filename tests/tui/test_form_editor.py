"""A field in the user's own editor."""

from __future__ import annotations

import shlex
import sys
import tempfile
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from collection import Collection
from tests.tui.test_form import Desk, complete
from tui.screens.form_editor import EditorError, edit_outside

if TYPE_CHECKING:
    from pathlib import Path

APPEND = "open(p, 'ab').write(b'!\\n')"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files, to see what is left there."""
    folder = tmp_path / "room"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return folder


def editor(monkeypatch: pytest.MonkeyPatch, code: str, name: str = "EDITOR") -> None:
    script = f"import sys, os; p = sys.argv[-1]; {code}"
    monkeypatch.setenv(name, shlex.join([sys.executable, "-c", script]))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("pass", "One\r\ntwo \t\x1b\x00 ", "One\r\ntwo \t\x1b\x00 "),
        (APPEND, "One", "One!"),
        (APPEND, "One\n", "One\n!\n"),
        (APPEND, "", "!"),
        ("open(p, 'wb').write(b'a\\r\\n')", "One\r\ntwo", "a"),
        ("pass", "half \ud800", "half \ud800"),
    ],
)
def test_what_comes_back(
    room: Path, monkeypatch: pytest.MonkeyPatch, code: str, before: str, after: str
) -> None:
    editor(monkeypatch, code)
    assert edit_outside(before) == after
    assert list(room.iterdir()) == []


def test_the_file_is_private_and_nothing_is_left(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "open(p + '~', 'w').write('x'); open(p, 'w').write("
    code += "oct(os.stat(p).st_mode & 0o777) + oct(os.stat(os.path.dirname(p)).st_mode & 0o777))"
    editor(monkeypatch, code, "VISUAL")
    monkeypatch.setenv("EDITOR", "false")
    assert edit_outside("secret") == "0o6000o700"
    assert list(room.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sys.exit(3)", "error 3"),
        ("open(p, 'wb').write(b'\\xff')", "not UTF-8"),
        ("os.unlink(p)", "could not be used"),
    ],
)
def test_failures_are_told(
    room: Path, monkeypatch: pytest.MonkeyPatch, code: str, said: str
) -> None:
    editor(monkeypatch, code)
    with pytest.raises(EditorError, match=said):
        edit_outside("kept")
    assert list(room.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "said"),
    [("", "No editor is set"), ("no-such-editor -x", "no-such-editor"), ("'", "quotation")],
)
def test_no_editor(room: Path, monkeypatch: pytest.MonkeyPatch, command: str, said: str) -> None:
    monkeypatch.setenv("EDITOR", command)
    with pytest.raises(EditorError, match=said):
        edit_outside("kept")


async def test_f4_in_the_form(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Collection.open(tmp_path / "voices.json") as collection:
        app = Desk(collection, draft={"title": "T\x1b", "account": "A\r\nB"})
        async with app.run_test(size=(60, 20)) as pilot:
            await complete(pilot)
            editor(monkeypatch, APPEND)
            await pilot.press("f4")
            assert "cannot be opened from here" in app.said()
            monkeypatch.setattr(app, "suspend", nullcontext)
            await pilot.press("f4")
            assert app.said() == ""
            assert app.form.texts["title"] == "T\x1b!"
            app.form.set_focus(app.field("account"))
            await pilot.press("f4", "ctrl+home", "x")
            assert app.form.texts["account"] == "xA\r\nB!"
            editor(monkeypatch, "sys.exit(1)")
            await pilot.press("f4")
            assert "error 1" in app.said()
            assert app.form.texts["account"] == "xA\r\nB!"
            app.form.set_focus(app.field("rendering"))
            await pilot.press("f4")
            assert "field with text" in app.said()
