"""Drafts: kept as one types, free when whoever typed is gone, and nobody's else before."""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.access import MASK
from collection.drafting import without_drafts_of
from collection.places.entry import Candidate
from collection.store.disk import Disk
from collection.store.draftfile import DraftFile, places
from collection.testimony import Access, Restriction

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.drafting import OpenDraft

LVIV = Candidate("Lviv", "town", "UA", 49.84, 24.03)


@pytest.fixture
def voices(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="Ada") as collection:
        yield collection


def kept(voices: Collection, id: str = "", **texts: str) -> OpenDraft:
    draft = voices.begin_draft(id)
    draft.keep(texts, dict.fromkeys(texts, ""), {"Lwów": LVIV}, revision=3)
    return draft


def test_a_draft_is_offered_once_whoever_typed_has_left(voices: Collection) -> None:
    typed = kept(voices, title="Snow")
    assert voices.drafts() == []
    typed.leave()
    (draft,) = voices.drafts()
    assert (draft.texts, draft.before, draft.choices) == (
        {"title": "Snow"},
        {"title": ""},
        {"Lwów": LVIV},
    )
    assert (draft.by, draft.revision, draft.testimony) == ("Ada", 3, "")
    assert voices.draft_title(draft) == "Snow"


def test_a_draft_that_is_taken_up_is_nobody_elses(voices: Collection) -> None:
    kept(voices, title="Snow").leave()
    (draft,) = voices.drafts()
    taken = voices.take_up(draft)
    assert taken is not None
    assert voices.take_up(draft) is None
    assert voices.drafts() == []
    taken.keep({"title": "Snow and ice"}, {}, {})
    taken.leave()
    assert [one.texts["title"] for one in voices.drafts()] == ["Snow and ice"]


def test_what_was_saved_or_thrown_away_does_not_come_back(voices: Collection) -> None:
    typed = kept(voices, title="Snow")
    typed.discard()
    typed.keep({"title": "late"}, {}, {})
    assert places(voices.path) == []
    kept(voices, title="Rain").leave()
    (draft,) = voices.drafts()
    assert voices.discard_draft(draft)
    assert places(voices.path) == []
    assert voices.discard_draft(draft)


def test_a_draft_that_cannot_be_removed_is_not_called_gone(
    voices: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(voices, title="Snow").leave()
    monkeypatch.setattr(Disk, "remove", lambda _disk, _path: None)
    with pytest.raises(OSError, match="denied"):
        voices.discard_draft(voices.drafts()[0])


def test_a_draft_that_is_typed_at_is_not_thrown_away(voices: Collection) -> None:
    typed = kept(voices, title="Snow")
    typed.leave()
    (draft,) = voices.drafts()
    taken = voices.take_up(draft)
    assert taken is not None
    assert not voices.discard_draft(draft)
    taken.leave()
    assert voices.drafts() == [draft]


def test_a_draft_is_readable_by_its_owner_only(voices: Collection) -> None:
    kept(voices, title="Snow")
    (path,) = places(voices.path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_kept_where_nothing_may_be_written(voices: Collection) -> None:
    with Collection.open(voices.path, read_only=True) as reader:
        kept(reader, title="Snow").leave()
        assert reader.drafts() == []
    assert places(voices.path) == []


def test_what_is_no_draft_is_left_alone(voices: Collection) -> None:
    for n, content in enumerate([b"", b"[]", b'{"texts": 3}', b"[" * 100_000, b"\xff"]):
        voices.path.with_name(f"voices.json.draft-{n:012x}").write_bytes(content)
    voices.path.with_name("voices.json.draft-note.txt").write_text("mine")
    assert voices.drafts() == []
    assert len(places(voices.path)) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes of that kind")
def test_a_pipe_or_a_device_of_that_name_is_not_waited_for(voices: Collection) -> None:
    pipe, device = (voices.path.with_name(f"voices.json.draft-{n:012x}") for n in (1, 2))
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    assert voices.drafts() == []
    assert without_drafts_of(voices.path, "a") == [pipe.name, device.name]
    for path in (pipe, device):
        with pytest.raises(OSError, match="."):
            DraftFile(path).take()


@pytest.mark.skipif(sys.platform == "win32", reason="has no locks of that kind")
def test_a_draft_is_offered_by_a_disk_that_knows_no_locks(
    voices: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(file: int, how: int) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", unknown)
    kept(voices, title="Snow").leave()
    (draft,) = voices.drafts()
    assert voices.take_up(draft) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="has no locks of that kind")
def test_two_can_look_at_a_draft_at_once(voices: Collection) -> None:
    kept(voices, title="Snow").leave()
    (path,) = places(voices.path)
    with path.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert len(voices.drafts()) == 1


def test_a_draft_of_what_was_erased_is_neither_kept_nor_offered(voices: Collection) -> None:
    id = voices.add(Testimony(title="Snow", account="It fell.")).id
    typed = kept(voices, id, account="It fell!")
    with Collection.open(voices.path) as other:
        assert other.erase(id) == []
        assert places(voices.path) == []
        typed.keep({"account": "It fell!!"}, {"account": "It fell."}, {})
        voices.catch_up()
        with pytest.raises(OSError, match="erased for good"):
            typed.keep({"account": "It fell!!!"}, {"account": "It fell."}, {})
        assert places(voices.path) == []
        late = DraftFile(voices.path.with_name("voices.json.draft-0123456789ab"))
        late.keep(json.dumps({"testimony": id, "texts": {"account": "It fell!"}}).encode())
        late.leave()
        assert other.drafts() == []
        assert places(voices.path) == []


def test_the_draft_that_an_entry_was_saved_from_is_erased_with_it(voices: Collection) -> None:
    kept(voices, title="Snow", account="It fell.").leave()
    kept(voices, title="Rain", account="It fell.").leave()
    id = voices.add(Testimony(title="Snow", account="It fell.")).id
    assert voices.erase(id) == []
    assert [draft.texts["title"] for draft in voices.drafts()] == ["Rain"]


def test_a_draft_of_what_was_withdrawn_is_kept_and_offered(voices: Collection) -> None:
    id = voices.add(Testimony(title="Snow", account="It fell.")).id
    typed = kept(voices, id, account="It fell!")
    voices.withdraw(id)
    typed.keep({"account": "It fell!!"}, {"account": "It fell."}, {})
    typed.leave()
    assert [draft.texts for draft in voices.drafts()] == [{"account": "It fell!!"}]


def test_a_full_disk_leaves_what_was_kept_before(
    voices: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = kept(voices, title="Snow")

    def full(self: Disk, file: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Disk, "sync", full)
        with pytest.raises(OSError, match="No space"):
            typed.keep({"title": "Snow and ice"}, {}, {})
    typed.leave()
    assert [one.texts for one in voices.drafts()] == [{"title": "Snow"}]
    assert not [one for one in voices.path.parent.iterdir() if one.suffix == ".tmp"]


def test_what_a_killed_program_has_left_is_removed(voices: Collection) -> None:
    old = voices.path.with_name(".voices.json.draft-0123456789ab.x_1.tmp")
    young = voices.path.with_name(".voices.json.draft-0123456789ab.x_2.tmp")
    for one in (old, young):
        one.write_text("half")
    os.utime(old, (1, 1))
    voices.drafts()
    assert young.exists()
    assert not old.exists()


def test_erasing_a_testimony_removes_its_drafts(voices: Collection) -> None:
    for id in ("a", "b"):
        voices.add(Testimony(id=id, title="t", account="x"))
        kept(voices, id, account="Words of hers").leave()
    assert voices.erase("a") == []
    assert [draft.testimony for draft in voices.drafts()] == ["b"]


def test_a_title_is_told_as_far_as_it_may_be_seen(voices: Collection) -> None:
    voices.add(Testimony(id="open", title="Open", account="x"))
    sealed = Access(record=Restriction("private"))
    voices.add(Testimony(id="sealed", title="Sealed", account="x", access=sealed))
    texts: list[tuple[str, dict[str, str]]] = [
        ("open", {"title": "Secret"}),
        ("sealed", {"title": "Sealed"}),
        ("", {"title": "New", "access.record.level": "private"}),
        ("", {"title": "Of Wanda", "narrator.real_name": "Wanda"}),
    ]
    for id, changed in texts:
        kept(voices, id, **changed).leave()
    titles = {voices.draft_title(draft) for draft in voices.drafts()}
    assert titles == {"Open", ""}
    assert MASK not in titles
    voices.reveal(private=True)
    titles = {voices.draft_title(draft) for draft in voices.drafts()}
    assert titles == {"Secret", "Sealed", "New", "Of Wanda"}


@given(st.dictionaries(st.text(max_size=5), st.text(st.characters(), max_size=40), max_size=4))
def test_any_text_comes_back_letter_for_letter(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    with Collection.open(tmp_path_factory.mktemp("d") / "v.json") as voices:
        kept(voices, **texts).leave()
        assert voices.drafts()[0].texts == texts


def test_half_a_character_comes_back(voices: Collection) -> None:
    kept(voices, title="\ud83d").leave()
    assert voices.drafts()[0].texts == {"title": "\ud83d"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such locks")
def test_a_draft_outlives_a_killed_program(voices: Collection) -> None:
    code = f"""
import sys, time
from collection import Collection
voices = Collection.open({str(voices.path)!r})
typed = voices.begin_draft()
for n in range(10_000):
    typed.keep({{"account": "word " * n}}, {{}}, {{}})
    print(n, flush=True)
"""
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, text=True
    ) as typist:
        assert typist.stdout is not None
        for _ in range(40):
            acknowledged = int(typist.stdout.readline())
        assert voices.drafts() == []
        typist.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, typist.stdout.read().split())])
    deadline = time.monotonic() + 10
    while not (drafts := voices.drafts()):
        assert time.monotonic() < deadline
    assert drafts[0].texts["account"].count("word") >= acknowledged


def test_a_late_thread_does_not_take_what_was_left(tmp_path: Path) -> None:
    file = DraftFile(tmp_path / "v.json.draft-0123456789ab")
    file.keep(b"one")
    file.leave()
    file.keep(b"two")
    assert file.path.read_bytes() == b"one"
