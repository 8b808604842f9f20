"""Every state that a kill or a power cut may leave of a collection, once and while coming back.

`FIRSTHAND_CRASH_STATES=100000` explores that many; without it, enough to be worth something.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collection.store import durable, merging
from tests.collection.store.scenes import LAID_TOGETHER, SCENES, SMALL, Scene, come_back
from tests.collection.store.simulated import Log, materialise, states

if TYPE_CHECKING:
    from collections.abc import Iterator

STATES = int(os.environ.get("FIRSTHAND_CRASH_STATES", "11000"))
"""How many states to look at in all scenes together."""
SHARE = -(-STATES // len(SCENES))
ENOUGH = -(-10_000 // len(SCENES))
"""How many states there must be in each scene; each has more, but not without end."""


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=memory))
    yield folder
    shutil.rmtree(folder)


def test_at_least_ten_thousand_states_are_explored() -> None:
    assert ENOUGH * len(SCENES) >= 10_000
    assert SHARE >= ENOUGH or "FIRSTHAND_CRASH_STATES" in os.environ


@pytest.mark.parametrize("name", SCENES)
def test_whatever_a_crash_leaves_nothing_is_lost(
    name: str,
    where: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: pytest.RecordProperty,
) -> None:
    if name in SMALL:
        monkeypatch.setattr(durable, "_LARGE", 3000)
    # Conflicts are dated, and are to be the same each time.
    monkeypatch.setattr(merging, "now", lambda: "2026-11-25T18:42:07+00:00")
    (where / "scene").mkdir()
    scene = SCENES[name](where / "scene" / "voices.json")
    count = explored(scene.log, where / "state", SHARE, told=name in LAID_TOGETHER)
    record_property("states", count)
    print(f"{name}: {count} states")
    assert count >= min(SHARE, ENOUGH)


def explored(log: Log, where: Path, limit: int, *, told: bool = False) -> int:
    """Crash everywhere in what was done, and then again while coming back from some of that.

    Returns:
        how many states there were.
    """
    once = list(states(log))
    again: list[Log] = []
    for end, killed, folder in once:
        before, *perhaps = log.allowed(end)
        coming = Log(folder, before=before, perhaps=tuple(perhaps))
        if killed:
            # What was not synced may still be lost while somebody comes back.
            coming = log.until(end)
        again.append(_come_back(coming, folder, where, told=told))
    count = len(once)
    # Kills first, then power cuts, each spread over the whole.
    order = sorted(range(len(once)), key=lambda n: (not once[n][1], n * 7919 % len(once)))
    step = max(1, sum(once[n][1] for n in order) // 2)
    turn = [n for part in (order[step:], order[:step]) for n in part]
    for n in turn:
        if count >= limit:
            break
        begin = once[n][0] if once[n][1] else 0
        second = states(again[n], begin)
        for end, _, folder in islice(second, max(1, min(200, limit - count))):
            before, *perhaps = again[n].allowed(end)
            _come_back(Log(folder, before=before, perhaps=tuple(perhaps)), folder, where, told=told)
            count += 1
    return count


def _come_back(log: Log, folder: dict[str, bytes], where: Path, *, told: bool) -> Log:
    try:
        come_back(Scene(materialise(folder, where), log), told=told)
    except Exception as error:
        done = [operation[:1] for operation in log.operations]
        raise AssertionError(f"{error!r}: {sorted(folder)} after {done}") from error
    finally:
        shutil.rmtree(where)
    return log
