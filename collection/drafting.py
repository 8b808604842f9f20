"""Drafts: what somebody is typing into a form, kept beside the collection until it is saved."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK
from collection.errors import CollectionError
from collection.places.entry import Candidate
from collection.store.draftfile import DraftFile, content_of, free_content, place_for, places
from collection.store.moment import now
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from collection.access import Gated
    from collection.ledger import Ledger
    from collection.records import Records
    from collection.store.store import Store

_LEVELS: Final = ("access.record.level", "access.name.level")
"""The fields whose change seals what the title may tell."""


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What has been typed and not saved yet."""

    testimony: str = ""
    """The testimony that is edited; empty for one that is to be added."""
    revision: int = 0
    """The revision of it that the typing began with."""
    begun: str = ""
    """When, UTC, ISO 8601."""
    kept: str = ""
    """When it was last kept, UTC, ISO 8601."""
    by: str = ""
    """Who typed it."""
    texts: dict[str, str] = {}
    """What the fields say that were changed, by their dotted keys."""
    before: dict[str, str] = {}
    """What the same fields said when the typing began."""
    choices: dict[str, Candidate] = {}
    """What names of places were chosen to mean."""
    start: Testimony | None = None
    """What a new testimony began with, if that was not empty."""
    place: str = ""
    """The name of its file."""


class OpenDraft:
    """A draft that is being typed."""

    def __init__(
        self,
        file: DraftFile | None,
        draft: Draft,
        is_erased: Callable[[str], bool] = lambda _id: False,
    ) -> None:
        """Take its file; none where nothing may be written.

        Args:
            file: where it is kept.
            draft: as it was last kept.
            is_erased: tells whether a testimony was removed for good.
        """
        self._file = file
        self._is_erased = is_erased
        self.draft = draft
        """As it was last kept."""

    def keep(
        self,
        texts: Mapping[str, str],
        before: Mapping[str, str],
        choices: Mapping[str, Candidate],
        revision: int = 0,
        start: Testimony | None = None,
    ) -> None:
        """Keep what stands in the form; on the disk when this returns.

        Args:
            texts: what the fields say that were changed, by their dotted keys.
            before: what the same fields said before.
            choices: what names of places were chosen to mean.
            revision: the revision of the testimony that the changes are made to.
            start: what a new testimony began with, if that was not empty.

        Raises:
            OSError: when it could not be written; what was kept before then stays, unless the
                testimony was erased for good.
        """
        if self._is_erased(self.draft.testimony):
            self.discard()
            raise OSError(errno.ENOENT, "the testimony was erased for good")
        self.draft = msgspec.structs.replace(
            self.draft,
            kept=now(),
            texts=dict(texts),
            before=dict(before),
            choices=dict(choices),
            revision=revision,
            start=start,
        )
        if self._file is not None:
            self._file.keep(_written(self.draft))

    def discard(self) -> None:
        """Remove it: it has been saved, or is not wanted."""
        if self._file is not None:
            self._file.discard()

    def leave(self) -> None:
        """Leave it for later; it is offered again."""
        if self._file is not None:
            self._file.leave()


class Drafting:
    """The part of a collection that keeps what is being typed."""

    _store: Store
    _ledger: Ledger
    _records: Records
    view: Callable[[str], Gated]

    def drafts(self) -> list[Draft]:
        """Give the drafts that nobody is typing at, those kept last first."""
        found = []
        try:
            there = places(self._store.path)
        except OSError:
            return []
        for path in there:
            content = free_content(path)
            draft = _read(content, path) if content is not None else None
            if draft is None:
                continue
            if self.is_erased(draft.testimony):
                # Somebody typed on in another window when it was erased.
                with suppress(OSError):
                    path.unlink()
            else:
                found.append(draft)
        return sorted(found, key=lambda draft: draft.kept, reverse=True)

    def begin_draft(self, id: str = "") -> OpenDraft:
        """Begin a draft; there is no file of it before something is kept.

        Args:
            id: the testimony that is edited; empty for one that is to be added.
        """
        draft = Draft(testimony=id, begun=now(), by=self._ledger.by)
        if self._store.read_only:
            return OpenDraft(None, draft)
        return OpenDraft(DraftFile(place_for(self._store.path)), draft, self.is_erased)

    def take_up(self, draft: Draft) -> OpenDraft | None:
        """Go on with a draft.

        Returns:
            none where it is gone, or somebody else has taken it up meanwhile.

        Raises:
            OSError: when it cannot be read.
        """
        file = DraftFile(self._store.path.with_name(draft.place))
        content = file.take()
        taken = _read(content, file.path) if content is not None else None
        return OpenDraft(file, taken, self.is_erased) if taken is not None else None

    def is_erased(self, id: str) -> bool:
        """Tell whether a testimony was removed for good, as far as the file can be read."""
        with suppress(CollectionError):
            return bool(id) and id not in self._records and self._store.is_erased(id)
        return False

    def discard_draft(self, draft: Draft) -> bool:
        """Throw a draft away, unless somebody is typing at it.

        Returns:
            whether it was thrown away, or was gone already.

        Raises:
            OSError: when it cannot be read, or removed.
        """
        path = self._store.path.with_name(draft.place)
        if (taken := self.take_up(draft)) is None:
            return not path.exists()
        taken.discard()
        if path.exists():
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return True

    def draft_title(self, draft: Draft) -> str:
        """Give the title of what a draft is of, as far as it may be seen; empty if none."""
        title = draft.texts.get("title", "")
        if self._records.private:
            return title or (self._titled(draft) if draft.testimony else "")
        if any(draft.texts.get(key, "open") != "open" for key in _LEVELS):
            return ""
        if not draft.testimony:
            return title if not draft.texts.get("narrator.real_name") else ""
        return self._titled(draft)

    def _titled(self, draft: Draft) -> str:
        """Give the title of the testimony itself, which the gate has looked through."""
        if draft.testimony not in self._records:
            return ""
        title = self.view(draft.testimony).testimony.title
        return "" if title == MASK else title


def without_drafts_of(collection: Path, id: str, known: Testimony | None = None) -> list[str]:
    """Remove the drafts of a testimony that is erased.

    Args:
        collection: the collection's file.
        id: the testimony.
        known: as it was; the draft that it was saved from may have outlived that, and bears no
            identifier.

    Returns:
        the names of those that could not be removed.
    """
    left = []
    for path in places(collection):
        try:
            draft = _read(content_of(path), path)
            if draft is not None and (draft.testimony == id or _is_what_became(draft, known)):
                path.unlink(missing_ok=True)
        except OSError:
            left.append(path.name)
    return left


def _is_what_became(draft: Draft, known: Testimony | None) -> bool:
    start = draft.start or Testimony(title="", account="")
    said = (draft.texts.get("title", start.title), draft.texts.get("account", start.account))
    return bool(known and not draft.testimony and said == (known.title, known.account))


def _written(draft: Draft) -> bytes:
    # Half a character, which a terminal may send, is no JSON to msgspec.
    import json  # only a form asks

    return json.dumps(msgspec.to_builtins(draft)).encode()


def _read(content: bytes, path: Path) -> Draft | None:
    import json

    try:
        draft = msgspec.convert(json.loads(content), Draft)
    except (ValueError, RecursionError, msgspec.ValidationError):
        # Not one of ours; it is left alone.
        return None
    return msgspec.structs.replace(draft, place=path.name)
