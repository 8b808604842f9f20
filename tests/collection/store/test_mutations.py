"""Each step that the store takes for safety is noticed when it is missing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.collection.store.steps import STEPS, Step

if TYPE_CHECKING:
    from collections.abc import Callable


def _passes(guard: Callable[[Path], None]) -> bool:
    memory = Path("/dev/shm")
    where = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        guard(where)
    except (Exception, pytest.fail.Exception):  # noqa: BLE001  # whatever it notices
        return False
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return True


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.what)
def test_a_missing_step_is_noticed(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    # Put there anew as it is, it is still as good.
    replace(step, instead=step.piece).remove(monkeypatch)
    assert _passes(step.guard)
    monkeypatch.undo()
    step.remove(monkeypatch)
    assert not _passes(step.guard), f"nothing notices that it is no longer so: {step.what}"
