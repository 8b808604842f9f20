"""The command line: exports in every format, and citations."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collection import Collection, Testimony
from collection.exchange.formats import WRITERS, writer
from collection.testimony import Access, Narrator, Restriction, Turn
from tui.cli import firsthand

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs the command line over a collection of three, one of them sealed."""
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    with Collection.open("voices.json") as voices:
        voices.add(
            Testimony(
                id="one", title="Bread", account="We queued.\n\nIt was cold, so cold.",
                narrator=Narrator("Oleg", "pseudonym", "Pavel Ivanov"), date="circa 1943",
                turns=[Turn(12, "O", 75.0)],
            )
        )  # fmt: skip
        voices.add(
            Testimony(id="two/2", title="Water", account="We waited.", narrator="Anna Weiss")
        )
        hidden = Access(record=Restriction("private"))
        voices.add(Testimony(id="shut", title="Shut", account="x", access=hidden))
    return lambda *args: CliRunner().invoke(firsthand, args)


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_by_its_name(invoke: Invoke, name: str) -> None:
    made = writer(name)
    if made.single:
        printed = invoke("export", "--format", name)
        assert printed.exit_code == 0
        assert printed.stdout_bytes
        assert "1 sealed testimony" in printed.stderr
    else:
        assert invoke("export", "--format", name).exit_code == 2
    target = f"out{made.suffix}"
    result = invoke("export", "--format", name, "-o", target)
    assert (result.exit_code, result.stdout) in ((0, ""), (1, ""))
    if made.single:
        assert Path(target).read_bytes() == printed.stdout_bytes
    assert invoke("export", "--format", name, "-o", target).exit_code == 1, "it is there already"


@pytest.mark.parametrize(
    ("file", "beginning"),
    [("a.bib", b"@misc{"), ("a.RIS", b"TY  - "), ("a.csl.json", b"[\n{"), ("a.md", b"# "),
     ("a.html", b"<!DOCTYPE"), ("a.jsonl", b'{"id"'), ("a.json", b'{"id"'), ("a", b'{"id"')],
)  # fmt: skip
def test_the_ending_tells_the_format(invoke: Invoke, file: str, beginning: bytes) -> None:
    assert invoke("export", "-o", file).exit_code == 0
    assert Path(file).read_bytes().startswith(beginning)


def test_a_folder_of_documents(invoke: Invoke) -> None:
    result = invoke("export", "--format", "docx", "-o", "out")
    assert result.exit_code == 0
    assert "Wrote 2 files to out." in result.stderr
    names = sorted(path.name for path in Path("out").iterdir())
    assert names[0] == "one.docx"
    assert names[1].startswith("two_2-")
    again = invoke("export", "--format", "docx", "-o", "out")
    assert again.exit_code == 1
    assert "--force" in again.stderr
    assert invoke("export", "--format", "docx", "-o", "out", "--force").exit_code == 0
    alone = invoke("export", "--id", "one", "-o", "one.docx")
    assert alone.exit_code == 0
    assert Path("one.docx").read_bytes().startswith(b"PK")
    assert invoke("export", "--each", "--format", "md", "-o", "texts").exit_code == 0
    assert len([*Path("texts").iterdir()]) == 2


def test_only_what_is_named(invoke: Invoke) -> None:
    result = invoke("export", "--id", "two/2", "--id", "one", "--id", "shut")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["two/2", "one"]
    assert invoke("export", "--id", "nobody").exit_code == 1
    sealed = invoke("export", "--id", "shut", "-o", "out.md")
    assert (sealed.exit_code, Path("out.md").exists()) == (1, False)
    assert "sealed" in sealed.stderr
    assert invoke("export", "--id", "shut", "--private").exit_code == 0


def test_private_files_are_for_the_owner_only(invoke: Invoke) -> None:
    invoke("export", "--private", "-o", "all.md")
    assert "Pavel Ivanov" in Path("all.md").read_text()
    assert Path("all.md").stat().st_mode & 0o077 == 0
    invoke("export", "-o", "public.md")
    assert "Ivanov" not in Path("public.md").read_text()


def test_completion_of_formats() -> None:
    given = {"_FIRSTHAND_COMPLETE": "bash_complete", "COMP_CWORD": "3"}
    done = CliRunner().invoke(
        firsthand,
        prog_name="firsthand",
        env=given | {"COMP_WORDS": "firsthand export --format "},
    )
    assert {"plain,jsonl", "plain,finding-aid", "plain,docx"} <= {*done.output.split()}


# --- citations -------------------------------------------------------------------------------


def test_a_citation(invoke: Invoke) -> None:
    result = invoke("cite", "one")
    assert result.exit_code == 0
    assert result.stdout == "Oleg (pseudonym), “Bread,” testimony, ca. 1943, one.\n"
    assert "1 real name" in result.stderr
    assert "pseudonym of Pavel Ivanov" in invoke("cite", "one", "--private").stdout
    assert invoke("cite", "one", "--style", "bibtex").stdout.startswith("@misc{one,\n")
    assert json.loads(invoke("cite", "one", "--style", "csl").stdout)[0]["id"] == "one"
    assert invoke("cite", "one", "--style", "ris").stdout_bytes.endswith(b"ER  - \r\n")


def test_a_citation_of_a_passage(invoke: Invoke) -> None:
    told = invoke("cite", "one", "--passage", "so  COLD", "--quote").stdout
    assert told.startswith("“so cold” Oleg")
    assert "para. 2, at 0:01:15" in told
    assert "para. 1" in invoke("cite", "one", "--at", "3").stdout
    twice = invoke("cite", "one", "--passage", "cold")
    assert "2 times; the first is cited" in twice.stderr
    for args in (["--passage", "warm"], ["--at", "9999"], ["--passage", " "]):
        result = invoke("cite", "one", *args)
        assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize("id", ["shut", "nobody", "\ud800", "../one"])
def test_what_cannot_be_cited(invoke: Invoke, id: str) -> None:
    result = invoke("cite", id)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
