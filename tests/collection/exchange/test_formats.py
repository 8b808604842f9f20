"""The formats there are: each loads, says what it is, and a folder knows their endings."""

from __future__ import annotations

from pathlib import Path

import pytest

from collection.exchange.formats import READERS, WRITERS, format_of, reader, suffixes, writer


@pytest.mark.parametrize("name", READERS)
def test_a_reader_says_what_it_is(name: str) -> None:
    one = reader(name)
    assert one.name == name
    assert one.label


@pytest.mark.parametrize("name", WRITERS)
def test_a_writer_says_what_it_is(name: str) -> None:
    one = writer(name)
    assert one.name == name
    assert one.label
    assert one.about
    assert one.suffix.startswith(".")
    assert one.single in (True, False)


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.vtt", "WEBVTT\n", "vtt"),
        ("a.SRT", "1\n", "srt"),
        ("a.txt", "[00:00:01] ANNA: We left.\n[00:00:09] ANNA: At night.\n", "timecoded"),
        ("a.txt", "title;account\nT;A\nU;B\n", "csv"),
        ("a.xml", "<ROOT><record/></ROOT>", "ohms"),
        ("a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ("a.json", '{"_default": {"1": {"Who": "Anna", "Said": "We left."}}}', "tinydb"),
        ("a.json", '[{"title": "T", "account": "A"}]', "jsonl"),
        ("a.tsv", "title\taccount\n", "csv"),
        ("a.docx", "PK\x03\x04", "article"),
        ("a.pdf", "%PDF-1.7", "article"),
        ("a", '{"title": "T", "account": "A"}', "jsonl"),
        ("a.export", "<?xml version='1.0'?><ROOT/>", "ohms"),
        ("a.page", "<!doctype html><html></html>", "article"),
        ("a.subtitles", "WEBVTT\n", "vtt"),
    ],
)
def test_what_a_file_is_is_found_out(tmp_path: Path, name: str, content: str, format: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert format_of(path) == format


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"PK\x03\x04rest", b"{\\rtf1 x}"])
def test_what_is_no_text_says_how_to_save_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "interview.docx"
    path.write_bytes(content)
    (row,) = reader(format_of(path)).read(path)
    assert row.problem is not None
    assert "Save it as plain text" in row.problem.message


def test_endings_are_small_and_begin_with_a_dot() -> None:
    assert all(suffix == suffix.casefold() and suffix[0] == "." for suffix in suffixes())
    assert {".vtt", ".xml", ".xlsx", ".txt"} <= {*suffixes()}
