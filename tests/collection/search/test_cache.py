from __future__ import annotations

import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection.search.cache import IndexCache
from collection.search.index import ChangedMeanwhile, SearchIndex
from tests.collection.search.conftest import make
from tests.collection.search.entries import Entries
from tests.collection.search.test_properties import QUERIES, STEPS, answers, define


@pytest.fixture
def cache(tmp_path):
    return IndexCache(tmp_path / "cache", tmp_path / "voices.json")


def _restored(index, entries=None):
    sections: dict[str, list[memoryview]] = {}
    for name, piece in index.dump():
        sections.setdefault(name, []).append(memoryview(piece))
    restored = SearchIndex(entries)
    restored.restore(sections)
    return restored


@settings(max_examples=50, derandomize=True, deadline=None)
@given(STEPS, STEPS)
def test_what_was_written_down_is_the_same_and_goes_on_the_same(before, after):
    entries = Entries()
    index = SearchIndex(entries)
    _do(index, before, entries)
    index.index_accounts()
    restored = _restored(index, entries)
    assert answers(restored) == answers(index)
    # Twice, so that what was stored and not looked at is stored again.
    restored = _restored(_restored(restored, entries), entries)
    for one in (index, restored):
        _do(one, after, entries)
        one.index_accounts()
    assert answers(restored) == answers(index)
    for id in index.ids():
        for query in QUERIES:
            assert restored.search(query).why(id) == index.search(query).why(id)
    assert restored.ids() == index.ids()
    assert restored.named() == index.named()


def _do(index, steps, entries):
    for step in steps:
        if step is None:
            answers(index)
        elif isinstance(step, int):
            index.index_accounts(step)
        elif isinstance(step, str):
            index.remove(step)
        elif isinstance(step, tuple):
            define(entries, index, step)
        else:
            index.put(step)


def test_a_file_comes_back(cache):
    assert cache.load() is None
    cache.save((1, 2), [("a", b"one"), ("b", b"two"), ("a", b"")])
    header, sections = cache.load()
    assert header.state == (1, 2)
    assert [bytes(one) for one in sections["a"]] == [b"one", b""]
    assert [bytes(one) for one in sections["b"]] == [b"two"]
    assert stat.S_IMODE(cache.path.stat().st_mode) == 0o600
    cache.forget()
    assert cache.load() is None


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_file_is_not_used(tmp_path_factory, place, change):
    folder = tmp_path_factory.mktemp("cache")
    cache = IndexCache(folder, folder / "voices.json")
    cache.save((1,), [("a", bytes(range(256)))])
    content = bytearray(cache.path.read_bytes())
    content[place % len(content)] ^= change
    cache.path.write_bytes(content)
    assert cache.load() is None
    cache.path.write_bytes(content[: place % len(content)])
    assert cache.load() is None


def test_the_file_of_another_collection_is_not_used(cache, tmp_path):
    cache.save((1,), [("a", b"one")])
    other = IndexCache(tmp_path / "cache", tmp_path / "others.json")
    assert other.load() is None
    other.path.write_bytes(cache.path.read_bytes())
    assert other.load() is None


def test_a_failed_write_leaves_the_former_file(cache):
    cache.save((1,), [("a", b"one")])

    def fail():
        yield "a", b"two"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        cache.save((2,), fail())
    assert cache.load()[0].state == (1,)
    assert [one.name for one in cache.path.parent.iterdir()] == [cache.path.name]


def test_a_change_meanwhile_is_noticed():
    index = SearchIndex()
    index.put(make("x"))
    pieces = index.dump()
    next(pieces)
    index.put(make("y"))
    with pytest.raises(ChangedMeanwhile):
        list(pieces)
