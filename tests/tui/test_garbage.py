from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.tui.room import make_collection, reading
from tui import garbage
from tui.garbage import Collecting


async def test_the_thresholds_are_those_of_before_when_the_app_has_ended(tmp_path: Path) -> None:
    before = gc.get_threshold()
    async with reading(make_collection(tmp_path / "v.json")):
        assert gc.get_threshold()[2] < before[2]
    assert gc.get_threshold() == before


def test_it_collects_once_when_the_keys_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    now, collected = [100.0], []
    monkeypatch.setattr(garbage.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(garbage.gc, "collect", lambda: collected.append(now[0]))
    collecting = Collecting()
    try:
        collecting.perhaps()
        collecting.key_pressed()
        collecting.perhaps()
        assert not collected
        now[0] += 1
        gc.disable()
        collecting.perhaps()
        assert not collected
        gc.enable()
        collecting.perhaps()
        collecting.perhaps()
        assert len(collected) == 1
    finally:
        gc.enable()
        collecting.end()
