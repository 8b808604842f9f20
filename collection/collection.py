"""`Collection`: the store, the index, the gate and the formats tied together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from collection.access import Gated, gate
from collection.authorities import Authorities
from collection.batch import Batches
from collection.changing import Changing
from collection.curating import Curating
from collection.drafting import Drafting
from collection.errors import CannotOpen, NotFound, Problem
from collection.gaps import Gaps
from collection.importing import Importing
from collection.indexing import Kept
from collection.ledger import Ledger, login
from collection.records import Records
from collection.safekeeping import Safekeeping
from collection.store.store import Store
from collection.versions import Versions
from collection.vocabularies import Vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.results import Results
    from collection.search.completing import Completion
    from collection.testimony import Testimony


class Collection(
    Changing, Drafting, Batches, Gaps, Vocabularies, Curating, Versions, Safekeeping, Importing
):
    """A collection of testimonies in one file.

    Reading methods give whole records (`get`, iteration) for code that keeps them, and records
    as they may be seen (`view`, `search`) for everything that shows them. Every change is on
    the disk when the method returns.
    """

    def __init__(
        self, store: Store, by: str, cache: Path | None = None, backups: Path | None = None
    ) -> None:
        """Take a store that has been created; `open` is the way in."""
        self._store = store
        self._cache = cache
        self._backups = backups
        if backups is not None:
            store.on_fold(self._back_up_if_due)
        self._authorities = Authorities(lambda: store.aside)
        kept = Kept(cache, store.path, lambda: store.state) if cache is not None else None
        self._records = Records(self._authorities, kept)
        self._authorities.changed = self._records.indexing.renamed
        self._ledger = Ledger(store, self._records, self._authorities, by)

    # --- opening and closing -----------------------------------------------------------------

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        create: bool = True,
        by: str | None = None,
        cache: str | os.PathLike[str] | None = None,
        backups: str | os.PathLike[str] | None = None,
        network: bool = False,
    ) -> Collection:
        """Open a collection; an absent file is made.

        Args:
            path: the file; its folder must exist.
            read_only: never write.
            create: whether to make an absent file.
            by: who makes the changes; the name of the login if not given.
            cache: the folder where the search index of a large collection is kept from one
                time to the next, words of accounts that may be seen included; nowhere if None.
            backups: the folder where a backup of each day is kept; nowhere if None.
            network: whether a file on a network filesystem may be changed, where several
                machines at once could spoil it; otherwise it is only read.

        Raises:
            CannotOpen: when the file is absent and not to be made, unreadable or foreign.
        """
        try:
            store = Store(Path(path), read_only=read_only, network=network)
            if create and not read_only and not store.path.exists():
                if not store.path.parent.is_dir():
                    raise CannotOpen(
                        f"There is no folder {store.path.parent}, so no collection can be made "
                        f"there. Make the folder first, or choose another place."
                    )
                store.create()
        except (OSError, RuntimeError, ValueError) as error:
            # Links in a circle, a name too long, a folder closed to us.
            reason = getattr(error, "strerror", None) or str(error)
            raise CannotOpen(f"{os.fspath(path)} cannot be opened ({reason}).") from error
        folders = (Path(one) if one is not None else None for one in (cache, backups))
        collection = cls(store, by if by is not None else login(), *folders)
        collection._ledger.open()
        return collection

    def close(self) -> None:
        """Let go of the file; everything is on the disk already.

        The last to do so folds the journal into the file, so that it stands alone.
        """
        self._store.close()

    def fold(self) -> None:
        """Bring everything into the one file now, as closing does.

        Until then what has changed stands in a journal beside it, which belongs to it.

        Raises:
            CannotSave: when that failed; nothing is lost then.
        """
        self._store.fold()

    def __enter__(self) -> Collection:
        """Use the collection in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the collection."""
        self.close()

    @property
    def path(self) -> Path:
        """The collection's file."""
        return self._store.path

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return self._store.read_only

    @property
    def why_read_only(self) -> str:
        """Why changes are refused, in a sentence; empty if they are not."""
        return self._store.why_read_only

    @property
    def synced_by(self) -> str:
        """The program that copies the file to other machines, as Dropbox does; empty if none."""
        from collection.store.synced import synced_folder

        return synced_folder(self._store.path) or ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The entries of the file that could not be read; they stay in it."""
        return self._store.problems

    # --- reading -----------------------------------------------------------------------------

    def __len__(self) -> int:
        """Count the testimonies, sealed ones included."""
        return len(self._records)

    def __iter__(self) -> Iterator[Testimony]:
        """Go through the whole records, newest first."""
        return iter(self._records)

    def __contains__(self, id: object) -> bool:
        """Tell whether a testimony of that identifier is here."""
        return id in self._records

    def ids(self) -> list[str]:
        """Give all identifiers, newest first, undated and sealed ones last."""
        return self._records.ids()

    def get(self, id: str) -> Testimony:
        """Give a whole record, whatever is sealed in it.

        Raises:
            NotFound: when there is none.
        """
        testimony = self._records.get(id)
        if testimony is None:
            raise NotFound(f"There is no testimony {id} in {self.path.name}.")
        return testimony

    def view(self, id: str) -> Gated:
        """Give a record as it may be seen.

        Raises:
            NotFound: when there is none.
        """
        return self._records.view(self.get(id))

    def withheld(self) -> list[Gated]:
        """Give every record of which something is withheld."""
        return [] if self.private else self._records.withheld()

    @property
    def private(self) -> bool:
        """Whether the keeper has asked to see what is private and sealed."""
        return self._records.private

    def reveal(self, private: bool) -> None:
        """Show or mask again what is private and sealed, in search too."""
        self._records.reveal(private)

    # --- searching ---------------------------------------------------------------------------

    def search(self, query: str, limit: int | None = None, *, partial: bool = False) -> Results:
        """Find testimonies by place, theme, narrator, title and account, best first.

        Args:
            query: words, all of which must match; see `collection.search.query`.
            limit: how many hits at most.
            partial: answer at once from what has been indexed so far, and say so.
        """
        from collection.results import Results

        found = self._records.search(query, limit, partial=partial)
        return Results(found, lambda id: self.view(id).testimony)  # noqa: A006

    def complete(self, query: str, limit: int = 8) -> list[Completion]:
        """Offer places, themes and narrators for the word at the end of a query.

        Args:
            query: what has been typed so far.
            limit: how many to offer at most.

        Returns:
            the names with their counts, best first, from what has been indexed so far.
        """
        return self._records.complete(query, limit)

    def index_step(self, count: int = 100) -> int:
        """Index a few more testimonies: names first, then the words of their accounts.

        Returns:
            how many steps of one testimony are left; a worker calls this until it is 0.
        """
        return self._records.indexing.step(count)

    # --- keeping up --------------------------------------------------------------------------

    def catch_up(self) -> bool:
        """Take over what others have changed in the file; cheap when they have not.

        Returns:
            whether there was anything.

        Raises:
            CannotOpen: when the file is gone or damaged; what is in memory stays.
        """
        return self._ledger.catch_up()

    # --- in and out --------------------------------------------------------------------------

    def export(
        self, query: str = "", *, ids: Sequence[str] = (), private: bool = False
    ) -> list[Gated]:
        """Choose what leaves: everything, newest first, or what a search finds, best first.

        Args:
            query: as for `search`; all if empty. It finds what is sealed only while that is
                revealed.
            ids: those that are to leave, in that order, whatever a search would find.
            private: whether private and sealed parts go along; only then it is lossless.

        Returns:
            the records as they may leave, sealed ones included so that they can be counted;
            a writer leaves those out.

        Raises:
            NotFound: when there is no testimony of one of the identifiers.
        """
        if ids:
            return [gate(self.get(id), private=private) for id in dict.fromkeys(ids)]
        ids = self.search(query).ids if query.strip() else self.ids()
        found = (self._records.get(id) for id in ids)
        return [gate(one, private=private) for one in found if one is not None]
