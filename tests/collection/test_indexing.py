"""The index that is kept in a file: used only as far as it tells the truth."""

from __future__ import annotations

import json

import pytest

from collection import Collection, Testimony
from collection.indexing import LEAST_KEPT
from collection.search.index import SearchIndex
from collection.testimony import Access, Restriction


@pytest.fixture
def many(file):
    with Collection.open(file, by="keeper") as voices:
        made = [
            Testimony(
                id=f"t-{n:04}",
                title=f"Number {n}",
                account=f"In the camp at Lodz, word{n % 7} and rare{n:04}x.",
                places=["Terezín" if n % 2 else "Lodz"],
                themes=["Hunger"],
            )
            for n in range(LEAST_KEPT)
        ]
        rows = [
            {"id": one.id, "title": one.title, "account": one.account,
             "places": [place.name for place in one.places], "themes": list(one.themes)}
            for one in made
        ]  # fmt: skip
        source = file.with_suffix(".jsonl")
        source.write_text("\n".join(map(json.dumps, rows)))
        assert voices.import_file(source).added == LEAST_KEPT
    return file


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def puts(monkeypatch):
    """Count what is indexed one by one."""
    counted: list[str] = []
    put = SearchIndex.put

    def counting(self, testimony, **options):
        counted.append(testimony.id)
        put(self, testimony, **options)

    monkeypatch.setattr(SearchIndex, "put", counting)
    return counted


def _found(voices, *queries):
    return [list(voices.search(query).ids) for query in queries]


ASKED = ("rare0007x", "hunger lodz", "terezin", "word3", '"in the camp"', "number 9")


def _reopened(file, folder, *queries):
    with Collection.open(file, cache=folder) as voices:
        return _found(voices, *queries)


def test_a_second_run_indexes_nothing(many, folder, puts):
    first = _reopened(many, folder, *ASKED)
    assert len(puts) == LEAST_KEPT
    puts.clear()
    assert _reopened(many, folder, *ASKED) == first
    assert puts == []
    assert first[0] == ["t-0007"]


def test_what_has_changed_is_indexed_anew(many, folder, puts):
    _reopened(many, folder, "hunger")
    with Collection.open(many) as voices:
        voices.revise("t-0003", account="Everything otherwise now.")
        voices.withdraw("t-0004")
        voices.add(Testimony(id="new", title="Added", account="Quite novel."))
    puts.clear()
    with Collection.open(many, cache=folder) as voices:
        assert _found(voices, "rare0003x", "rare0004x", "otherwise", "novel", "rare0005x") == [
            [], [], ["t-0003"], ["new"], ["t-0005"],
        ]  # fmt: skip
        assert voices.search("hunger").total == LEAST_KEPT - 1
    assert sorted(puts) == ["new", "t-0003"]


def test_a_file_changed_by_hand_is_noticed(many, folder):
    _reopened(many, folder, "hunger")
    content = many.read_bytes().replace(b"word3 and rare0003x.", b"wort3 und rare000_x.")
    many.write_bytes(content)
    assert _reopened(many, folder, "rare0003x", "wort3") == [[], ["t-0003"]]


def test_an_entry_that_changed_is_followed(many, folder):
    _reopened(many, folder, "hunger")
    with Collection.open(many) as voices:
        voices.define_theme("Hunger", used_for=["Starvation"])
    [found] = _reopened(many, folder, "starvation")
    assert len(found) == LEAST_KEPT


def test_a_damaged_index_is_built_anew(many, folder, puts):
    first = _reopened(many, folder, *ASKED)
    [kept] = (folder / "index").iterdir()
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    puts.clear()
    assert _reopened(many, folder, *ASKED) == first
    assert len(puts) == LEAST_KEPT


def test_an_index_that_is_sound_and_yet_nonsense_is_built_anew(many, folder, puts):
    from collection.search.cache import IndexCache

    first = _reopened(many, folder, *ASKED)
    with Collection.open(many) as voices:
        cache = IndexCache(folder, voices.path)
    header, sections = cache.load()
    pieces = [(n, bytes(p)) for n, ps in sections.items() if n != "header" for p in ps]
    for nonsense in ([("ids", b"\xc1")], [], [(n, p[1:]) for n, p in pieces]):
        cache.save(header.state, nonsense)
        puts.clear()
        assert _reopened(many, folder, *ASKED) == first
        assert len(puts) == LEAST_KEPT


def test_nothing_sealed_gets_into_the_file(many, folder):
    sealed = Access(account=Restriction(level="private"))
    with Collection.open(many) as voices:
        voices.revise("t-0005", account="Topsecretword was said.", access=sealed)
        voices.revise("t-0006", notes="Topsecretnote for the keeper.")
    with Collection.open(many, cache=folder) as voices:
        assert _found(voices, "topsecretword", "topsecretnote") == [[], []]
    [kept] = (folder / "index").iterdir()
    assert b"topsecret" not in kept.read_bytes().lower()
    kept.unlink()
    with Collection.open(many, cache=folder) as voices:
        voices.reveal(True)
        assert _found(voices, "topsecretword") == [["t-0005"]]
        voices.reveal(False)
        assert _found(voices, "topsecretword") == [[]]
        while voices.index_step(1000):
            pass
    assert list((folder / "index").iterdir()) == []


def test_a_change_while_the_index_is_taken_over_is_not_lost(many, folder, monkeypatch):
    _reopened(many, folder, "hunger")
    restore = SearchIndex.restore
    with Collection.open(many, cache=folder) as voices:

        def slowly(self, sections):
            voices.add(Testimony(id="new", title="Added", account="Quite novel."))
            voices.withdraw("t-0001")
            restore(self, sections)

        voices.search("hunger", partial=True)
        monkeypatch.setattr(SearchIndex, "restore", slowly)
        assert _found(voices, "novel", "rare0001x", "rare0002x") == [["new"], [], ["t-0002"]]


def test_sealed_words_revealed_while_the_index_is_taken_over(many, folder, monkeypatch):
    sealed = Access(account=Restriction(level="private"))
    with Collection.open(many) as voices:
        voices.revise("t-0005", account="Topsecretword was said.", access=sealed)
    _reopened(many, folder, "hunger")
    restore = SearchIndex.restore
    with Collection.open(many, cache=folder) as voices:

        def slowly(self, sections):
            voices.reveal(True)
            restore(self, sections)

        voices.search("hunger", partial=True)
        monkeypatch.setattr(SearchIndex, "restore", slowly)
        assert _found(voices, "topsecretword") == [["t-0005"]]


def test_a_folder_that_cannot_be_written_does_no_harm(many, tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert _reopened(many, tmp_path / "cache", "rare0002x") == [["t-0002"]]


def test_few_testimonies_are_not_kept(file, folder):
    with Collection.open(file, cache=folder) as voices:
        voices.add(Testimony(title="One", account="Only this."))
        assert len(voices.search("only")) == 1
        while voices.index_step():
            pass
    assert not folder.exists()
