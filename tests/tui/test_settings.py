from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings import DEFAULTS, Settings


def test_an_absent_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "config.toml")
    assert settings.problem == ""
    assert {key: settings[key] for key in DEFAULTS} == DEFAULTS


def test_what_is_remembered_comes_back_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "config.toml"
    path.parent.mkdir()
    path.write_text('# mine\ntheme = "nord"  # blue\nunknown = 3\n', "utf-8")
    settings = Settings(path)
    assert settings["theme"] == "nord"
    settings.remember("sort", "title")
    assert settings.save() == ""
    again = Settings(path)
    assert (again["theme"], again["sort"]) == ("nord", "title")
    assert "# mine" in path.read_text("utf-8")
    assert "# blue" in path.read_text("utf-8")
    assert "unknown = 3" in path.read_text("utf-8")


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    settings = Settings(path)
    settings.remember("sort", DEFAULTS["sort"])
    assert settings.save() == ""
    assert not path.exists()


DEEP = b"x = " + b"[" * 20_000


@pytest.mark.parametrize(
    "content", [b"theme = ", b"\xff\xfe", b"[[[", b"theme = 1\n\x00", DEEP], ids=range(5)
)
def test_a_broken_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    settings = Settings(path)
    assert "could not be read" in settings.problem
    settings.remember("sort", "title")
    assert settings.save() == ""
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        "splits = [1, 2]",
        'splits = "wide"',
        "splits = [90, 90]",
        "theme = 3",
        'bidi = "sometimes"',
        'recent = "one"',
        'keys = {"list.next" = 3}',
        "measure = true",
        'sort = "colour"',
        "sort = []",
        'keys = {"zoom" = "[/]"}',
        'keys = {"zoom" = "\\u001b]0;x\\u0007"}',
        'keys = {"zoom" = ""}',
    ],
)
def test_a_value_that_does_not_fit_is_told_and_not_used(tmp_path: Path, line: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(line, "utf-8")
    settings = Settings(path)
    key = line.split(" = ", maxsplit=1)[0]
    assert key in settings.problem
    assert settings[key] == DEFAULTS[key]


def test_collections_opened_lately_are_few_and_newest_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "config.toml")
    for number in range(12):
        settings.remember_collection(Path(f"/c/{number}.json"))
    settings.remember_collection(Path("/c/9.json"))
    assert settings["recent"][:2] == ["/c/9.json", "/c/11.json"]
    assert len(settings["recent"]) == 8


def test_a_file_that_was_damaged_meanwhile_is_told_and_left(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    settings = Settings(path)
    settings.remember("sort", "title")
    path.write_bytes(b"\xff\xfe")
    assert "could not be saved" in settings.save()
    path.write_bytes(b"theme = [[[")
    assert "could not be saved" in settings.save()
    assert path.read_bytes() == b"theme = [[["


def test_a_name_that_cannot_be_written_is_not_remembered(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "config.toml")
    settings.remember_collection(Path("bad\udcff.json"))
    assert settings.save() == ""


@pytest.mark.parametrize("keys", ["j", "j,down", "ctrl+shift+x", "n, down", "ж", "question_mark"])
def test_keys_that_can_be_pressed_fit(tmp_path: Path, keys: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'keys = {{"zoom" = "{keys}"}}', "utf-8")
    assert Settings(path)["keys"] == {"zoom": keys}
