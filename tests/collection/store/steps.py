"""What the store does so that nothing is lost, how each step is taken out, and what notices."""

from __future__ import annotations
import __future__

import importlib
import inspect
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.collection.store import guards
from tests.collection.store.guards import crashes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


@dataclass(frozen=True)
class Step:
    """A step, as a piece of the source of a function."""

    what: str
    where: str
    """The module in the store and the function in it."""
    piece: str
    guard: Callable[[Path], None]
    instead: str = "pass"

    def remove(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put a function without it in the place of the function."""
        name, _, qualified = self.where.partition(":")
        module = importlib.import_module(f"collection.store.{name}")
        owner = module
        *outer, last = qualified.split(".")
        for one in outer:
            owner = getattr(owner, one)
        function = inspect.unwrap(getattr(owner, last))
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(self.piece) == 1, f"{self.what}: no longer in {self.where}"
        code = compile(
            source.replace(self.piece, self.instead),
            self.where,
            "exec",
            flags=__future__.annotations.compiler_flag,
        )
        made: dict[str, object] = {}
        exec(code, vars(module), made)  # the function refers to its module
        if outer:
            monkeypatch.setattr(owner, last, made[last])
            return
        for other in [*sys.modules.values()]:
            if other.__name__.startswith("collection.") and vars(other).get(last) is function:
                monkeypatch.setattr(other, last, made[last])


_BACKUP = "backup = main is not None and main.sound is not False"

STEPS = [
    Step(
        "a line is synced",
        "journal:Appending.append",
        "self._disk.sync(self._file)",
        crashes("every change"),
    ),
    Step(
        "a new main file is synced before it is renamed",
        "disk:write_atomically",
        "disk.sync(file)",
        crashes("closing and going on"),
    ),
    Step(
        "the rename of a main file is made to last",
        "disk:write_atomically",
        "disk.sync_folder(path.parent)",
        crashes("folding on the way"),
    ),
    Step(
        "the name of a journal is made to last",
        "journal:start_journal",
        "disk.sync_folder(path.parent)",
        crashes("create"),
    ),
    Step(
        "names that a killed program has left are made to last",
        "durable:DurableFile._prepare",
        "self._disk.sync_folder(self.path.parent)",
        crashes("create"),
    ),
    Step(
        "lines have checksums",
        "journal:_body",
        "body if int(line[: _SUM - 1], 16) == zlib.crc32(body) else None",
        guards.damage_in_a_journal_is_told,
        "body",
    ),
    Step(
        "lines are numbered",
        "journal:read_content",
        "read.sequence != expected and expected and not missing",
        guards.a_missing_line_is_told,
        "False",
    ),
    Step(
        "a line is read again before it is written",
        "journal:encode_line",
        "again is None or again.sequence != sequence or again.changes != (*changes,)",
        guards.what_is_no_json_is_not_written,
        "False",
    ),
    Step(
        "a lock is held",
        "locking:Lock.held",
        "not self._held.try_to(fcntl.LOCK_EX)",
        guards.who_saves_keeps_others_out,
        "False",
    ),
    Step(
        "what others did is taken over under the lock",
        "durable:DurableFile._prepare",
        "self.catch_up()",
        guards.who_saves_knows_what_others_have_saved,
    ),
    Step(
        "an unfinished end is cut off",
        "durable:DurableFile._prepare",
        "elif state.torn:",
        crashes("torn tail"),
        "elif False:",
    ),
    Step(
        "an unfinished end is put aside",
        "durable:DurableFile._cut_off",
        "self._keep(UNFINISHED, tail)",
        guards.an_unfinished_end_is_put_aside,
    ),
    Step(
        "a failed write is taken back",
        "journal:Appending.append",
        "self._cut(end)\n        raise\n",
        guards.a_failed_write_leaves_the_journal_as_it_was,
        "raise\n",
    ),
    Step(
        "after a failed sync nothing is written",
        "durable:DurableFile.held",
        "if self._poisoned or self._closed:",
        guards.a_failed_sync_is_the_last,
        "if False:",
    ),
    Step(
        "after a failed sync of names nothing is written",
        "durable:DurableFile._prepare",
        "never_again():\n            self._disk.sync_folder",
        guards.a_failed_sync_of_names_is_the_last,
        "contextlib.nullcontext():\n            self._disk.sync_folder",
    ),
    Step(
        "a journal says which main file it belongs to",
        "state:_together",
        "    if head is not None and (head.size, head.crc) == main.digest:",
        guards.what_another_program_wrote_stays_current,
        "    if head is not None:",
    ),
    Step(
        "a main file says which journal was folded into it",
        "state:_together",
        "if head is not None and head.journal == header.journal and last <= header.sequence:",
        crashes("folding on the way"),
        "if False:",
    ),
    Step(
        "the former main file stays as a backup",
        "disk:write_atomically",
        'disk.link(path, path.with_name(path.name + ".bak"))',
        guards.the_backup_is_what_was_before,
    ),
    Step(
        "a sound backup is not replaced by what is not",
        "durable:DurableFile._folded",
        _BACKUP,
        guards.a_sound_backup_is_not_replaced,
        "backup = True",
    ),
    Step(
        "the journal stays while the rename is not confirmed",
        "durable:DurableFile._folded",
        "write_atomically(self.path, content, self._disk, backup=backup, last=last)",
        guards.an_unconfirmed_fold_keeps_its_journal,
        "with contextlib.suppress(Unconfirmed): "
        "write_atomically(self.path, content, self._disk, backup=backup, last=last)",
    ),
    Step(
        "the journal of another main file is laid over it",
        "state:_together",
        "_laid_over(path, state, content, main)",
        crashes("foreign main file"),
        "[]",
    ),
    Step(
        "a journal that was laid over is put aside",
        "durable:DurableFile._folded",
        'self._put_aside(place, "journal")',
        guards.what_another_program_wrote_stays_current,
    ),
    Step(
        "the checksum of the main file is looked at",
        "mainfile:_by_lines",
        'stated == b"%08x" % before',
        guards.damage_in_the_file_is_told,
        "True",
    ),
    Step(
        "a transaction that fails is forgotten",
        "storage:JournalStorage.transaction",
        "self._commit(self._pending)\n            finally:\n",
        guards.what_fails_halfway_changes_nothing,
        "pass\n            finally:\n                self._commit(self._pending)\n",
    ),
    Step(
        "what is replaced while it is read is read again",
        "state:read_state",
        "signature_of(path.stat()) == main.signature",
        guards.what_is_folded_while_it_is_read_is_read_again,
        "True",
    ),
    Step(
        "a journal that somebody removed is made up for",
        "durable:DurableFile._prepare",
        "state.journal and signature_at(place) is None",
        guards.a_journal_that_was_removed_lives_on,
        "False",
    ),
    Step(
        "the main file that is copied from is the one that was read",
        "mainfile:Lines.stretch",
        "signature_of(os.fstat(file.fileno())) != self._signature",
        guards.what_has_changed_under_a_copy_is_not_copied,
        "False",
    ),
    Step(
        "what a killed save left is swept away",
        "durable:DurableFile._prepare",
        "strays(self.path)",
        crashes("closing and going on"),
        "()",
    ),
]
