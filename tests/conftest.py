"""What every test stands on: a home of its own, and examples that are the same in every run."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

from collection import Collection, Testimony

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Its name begins like that of a class of tests.
Testimony.__test__ = False  # type: ignore[attr-defined]

settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=30,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage less often: hundreds of apps that come and go cost a twentieth of the time."""
    del config
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run two tests for each core at a time: those of the interface wait more than they work."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches what belongs to the user."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.delenv("FIRSTHAND_COLLECTION", raising=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a collection may be made."""
    return tmp_path / "voices.json"


@pytest.fixture
def voices(file: Path) -> Iterator[Collection]:
    """An empty collection."""
    with Collection.open(file, by="keeper") as collection:
        yield collection
