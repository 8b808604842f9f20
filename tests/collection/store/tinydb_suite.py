"""TinyDB's own tests, run on our storage and tables: `python -m tests.collection.store.tinydb_suite`.

They are fetched, for the version that is installed, from the source distribution on the package
index, and are no part of this repository. Exits 0 when all pass but those that are expected to
fail, 1 when others fail or one of those passes, 2 when the tests cannot be had.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

EXPECTED: Final = {
    "test_tables.py::test_table_repr": "it looks for the name of TinyDB's own class",
    "test_tinydb.py::test_repr": "it looks for the name of TinyDB's own class",
    "test_tinydb.py::test_doc_ids_json": "numbers are not given again when a table was emptied",
}
"""Tests that fail, each with the reason."""
FILES: Final = ("test_tables.py", "test_tinydb.py", "test_operations.py", "test_queries.py")
ROOT: Final = Path(__file__).parents[3]

CONFTEST: Final = '''
from pathlib import Path
import pytest
import tinydb
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage, MemoryStorage
from collection.store.storage import JournalStorage
from collection.store.table import JournalDB


class Ours(JournalDB):
    """A file is kept by our storage; what is kept in memory or otherwise stays TinyDB's."""

    def __new__(cls, *args, storage=JSONStorage, **kwargs):
        if args and storage is JSONStorage:
            return super().__new__(cls)
        return tinydb.TinyDB(*args, storage=storage, **kwargs)

    def __init__(self, path, **_):
        super().__init__(storage=lambda: JournalStorage(Path(path)))


@pytest.fixture
def db(tmp_path):
    db = Ours(tmp_path / "test.db")
    db.drop_tables()
    db.insert_multiple({"int": 1, "char": c} for c in "abc")
    assert type(db.table("_default")).__name__ == "JournalTable"
    yield db
    db.close()


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()


def pytest_collection_modifyitems(items):
    for item in items:
        if getattr(item.module, "TinyDB", None) is tinydb.TinyDB:
            item.module.TinyDB = Ours
'''


def main() -> int:
    """Fetch the tests, run them, and say how they ended."""
    version = importlib.metadata.version("tinydb")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tests = _fetched(version, folder)
        if tests is None:
            print(f"The tests of tinydb {version} cannot be had.", file=sys.stderr)
            return 2
        (tests / "conftest.py").write_text(CONFTEST)
        (folder / "pytest.ini").write_text("[pytest]\n")
        passed, failed = _run(tests, folder)
    print(f"tinydb {version}: {len(passed)} passed, {len(failed)} failed")
    wrong = sorted(failed ^ EXPECTED.keys())
    for one in sorted(failed & EXPECTED.keys()):
        print(f"  expected to fail: {one}: {EXPECTED[one]}")
    for one in wrong:
        print(f"  {'FAILED' if one in failed else 'PASSED UNEXPECTEDLY'}: {one}")
    return 1 if wrong or not passed else 0


def _fetched(version: str, folder: Path) -> Path | None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    got = subprocess.run(
        [*pip, "--dest", str(folder), f"tinydb=={version}"], capture_output=True, check=False
    )
    archives = [*folder.glob("tinydb-*.tar.gz")]
    if got.returncode or not archives:
        return None
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    tests = folder / f"tinydb-{version}" / "tests"
    return tests if all((tests / one).exists() for one in FILES) else None


def _run(tests: Path, folder: Path) -> tuple[set[str], set[str]]:
    """Run the tests; give the names of those that passed, and of those that failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--tb=short", "-p", "no:cacheprovider"]
    command += ["-c", str(folder / "pytest.ini"), "--rootdir", str(tests)]
    ran = subprocess.run(
        [*command, *(str(tests / one) for one in FILES)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    passed: set[str] = set()
    failed: set[str] = set()
    for line in ran.stdout.splitlines():
        how, _, rest = line.partition(" ")
        name = rest.split(" - ")[0].rpartition("/")[2].strip()
        if how == "PASSED":
            passed.add(name)
        elif how in ("FAILED", "ERROR"):
            failed.add(name)
    if not passed or failed - EXPECTED.keys():
        print(ran.stdout[-20_000:], ran.stderr, file=sys.stderr)
    return passed, failed


if __name__ == "__main__":
    sys.exit(main())
