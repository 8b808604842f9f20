"""Opens a text in the user's own editor and reads it back."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class EditorError(Exception):
    """The editor gave no text back; what was there is kept. Its text is meant for people."""


def edit_outside(text: str) -> str:
    """Let the user change a text in `$VISUAL` or `$EDITOR`; returns when the editor is closed.

    The text lies in a folder that only its owner may enter, and what else an editor leaves
    there (swap files, backups) is removed with it.

    Raises:
        EditorError: when there is no editor, it failed, or what it wrote is not UTF-8.
    """
    command = editor_command()
    try:
        with tempfile.TemporaryDirectory(prefix="firsthand-") as folder:
            path = Path(folder, "testimony.txt")
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogatepass"))
            with _keys_for_the_editor():
                code = subprocess.run([*command, str(path)], check=False).returncode
            written = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise EditorError(f"{command[0]} could not be used ({why}). Nothing changed.") from None
    if code:
        raise EditorError(f"{command[0]} ended with error {code}. Nothing changed.")
    try:
        after = written.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise EditorError(f"What {command[0]} wrote is not UTF-8. Nothing changed.") from None
    # Most editors end the last line whether it was ended or not.
    for ending in ("\r\n", "\n"):
        if after.endswith(ending) and not text.endswith(ending):
            return after.removesuffix(ending)
    return after


@contextmanager
def _keys_for_the_editor() -> Iterator[None]:
    """Let the keys that interrupt reach the editor only; the terminal sends them to us too."""
    signals = [getattr(signal, name) for name in ("SIGINT", "SIGQUIT") if hasattr(signal, name)]
    before = [signal.signal(one, _nothing) for one in signals]
    try:
        yield
    finally:
        for one, handler in zip(signals, before, strict=True):
            signal.signal(one, handler)


def _nothing(*_: object) -> None:
    """Do nothing. Unlike a signal that is ignored, this is not handed on to the editor."""


def editor_command() -> list[str]:
    """Give what `$VISUAL` or `$EDITOR` says.

    Raises:
        EditorError: when neither does, or it cannot be understood.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            if command := shlex.split(os.environ.get(name, "")):
                return command
        except ValueError:
            raise EditorError(f"${name} has an unclosed quotation mark.") from None
    raise EditorError("No editor is set. Set $VISUAL or $EDITOR, for example to nano.")
