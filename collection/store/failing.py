"""Says in words what went wrong while a collection was written."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from collection.errors import CannotSave
from collection.store.disk import Unconfirmed
from collection.store.journal import Uncertain
from collection.store.locking import PATIENCE, Busy
from collection.store.mainfile import Moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def told(name: str, poison: Callable[[str], None]) -> Iterator[None]:
    """Raise what went wrong as `CannotSave`.

    Args:
        name: what the file is called.
        poison: is given the message where nothing may be written any more.
    """
    try:
        yield
    except Busy as error:
        raise CannotSave(
            f"Another program has been saving {name} for {PATIENCE:.0f} seconds. "
            f"Nothing was changed; try again."
        ) from error
    except Unconfirmed as error:
        message = (
            f"{name} was written, but the disk did not confirm it ({error.strerror}). "
            f"What you see is in the file; check the disk and keep a copy elsewhere."
        )
        poison(message)
        raise CannotSave(message) from error
    except Uncertain as error:
        message = (
            f"The disk failed while {name} was saved ({error.strerror}). It is not known "
            f"whether the last change was kept; everything before it was. Check the disk, "
            f"then open the file again."
        )
        poison(message)
        raise CannotSave(message) from error
    except Moved as error:
        raise CannotSave(
            f"Another program has replaced {name} in this moment. Nothing was changed; try again."
        ) from error
    except (OSError, MemoryError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error) or "not enough memory"
        raise CannotSave(
            f"{name} could not be saved ({reason}). The file is as it was; "
            f"make room or choose another place and save again."
        ) from error
