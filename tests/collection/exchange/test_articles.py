from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collection import Collection
from collection.exchange.articles import EMPTY, NOBODY, Articles
from collection.exchange.formats import format_of, reader
from collection.exchange.incoming import Choices
from collection.exchange.interface import Known, Reading, Row
from collection.reading import read_testimony

REAL = Path(__file__).parents[4] / "shared" / "data" / "articles" / "opendemocracy-2022-09-27.txt"
Folders = pytest.TempPathFactory

REPORT = """The night of the flood
By Jo Tanner, The Harbour Post
12 May 2021

“I carried the cat,” said Ida* on the roof of her house in Gdynia. “My sister carried the clock.”

“We stopped the clock at nine,” she said.

The ministry of works said in a statement that “all measures” had been taken.

“I am confident that the dams will hold,” said minister Otto Gray.

Sign up to our newsletter and never miss a story

Tom Hale, a baker, rowed past. “I had forty loaves and nobody to sell them to,” he said.

* Name changed
"""


def _rows(path: Path, text: str | bytes, reading: Reading | None = None) -> list[Row]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return list(Articles().read(path, reading or Reading()))


def _raw(row: Row) -> dict[str, Any]:
    assert row.problem is None
    assert isinstance(row.raw, dict)
    return row.raw


# --- what a report gives -----------------------------------------------------------------------


def test_each_person_who_says_i_becomes_a_draft(tmp_path: Path) -> None:
    ida, tom = map(_raw, _rows(tmp_path / "flood.txt", REPORT))
    assert ida == {
        "title": "Ida*, in “The night of the flood”",
        "narrator": {"name": "Ida*", "naming": "pseudonym"},
        "places": ["Gdynia"],
        "account": (
            "I carried the cat,\nMy sister carried the clock.\n\nWe stopped the clock at nine,"
        ),
        "context": ida["context"],
        "rendering": "edited",
        "language": "en",
        "source": {
            "citation": "Jo Tanner, “The night of the flood”, The Harbour Post, 12 May 2021"
        },
        "date": {"text": "12 May 2021", "reason": "date of the article"},
    }
    assert tom["narrator"] == {"name": "Tom Hale", "naming": ""}
    assert tom["account"] == "I had forty loaves and nobody to sell them to,"


def test_the_context_is_the_report_without_boxes_and_without_accounts(tmp_path: Path) -> None:
    ida, tom = map(_raw, _rows(tmp_path / "flood.txt", REPORT))
    assert "“[…]” said Ida* on the roof of her house in Gdynia. “[…]”" in ida["context"]
    for raw in (ida, tom):
        assert "newsletter" not in raw["context"]
        for other in (ida, tom):
            for said in other["account"].split("\n\n"):
                assert said not in raw["context"]
    assert "“all measures”" in ida["context"]
    assert "Tom Hale, a baker, rowed past." in tom["context"]


def test_what_is_offered_of_the_vocabulary_stands_in_the_text(tmp_path: Path) -> None:
    known = Known(themes=("Clocks", "floods", "hunger", "sister"), places=("Gdynia", "Sopot"))
    ida, _ = _rows(tmp_path / "flood.txt", REPORT, Reading(known=known))
    assert _raw(ida)["themes"] == ["Clocks", "sister"]


def test_a_row_says_where_it_comes_from_and_what_lies_beside(tmp_path: Path) -> None:
    rows = _rows(tmp_path / "flood.txt", REPORT)
    assert [(row.where.file, row.where.row) for row in rows] == [("flood.txt", 1), ("flood.txt", 2)]
    beside = rows[0].beside
    assert beside is not None
    assert beside.text.startswith("The night of the flood\n\n")
    assert [beside.text[start:end] for start, end in beside.taken] == [
        "I carried the cat,",
        "My sister carried the clock.",
        "We stopped the clock at nine,",
    ]


def test_the_name_of_the_file_serves_where_the_article_is_silent(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path / "lantern-2019-03-04.txt", "“I left and I am glad,” said Ida Holm.")
    assert _raw(row)["date"] == {"text": "2019-03-04", "reason": "date of the article"}
    assert _raw(row)["source"] == {"citation": "lantern, 2019-03-04"}
    assert row.beside is not None
    assert {doubt.field for doubt in row.beside.doubts} == {"date", "source.citation"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“I left,” said Ida.\n\n“I never went back to that house again.”", "nobody is named"),
        ("“I left,” said Ida.\n\nIda sat down.\n\n“I was tired.”", "sentence beside"),
        ("“I left my house, said Ida Holm.\n\n“I ran.”", "closing quotation mark"),
        ("“I ran home to my wife and my children,” said mayor Otto Gray.", "speaks for an office"),
        ("“I left,” said Otto Gray. “I ran,” said Hugo Gray. “I fell,” said Gray.", "bears this"),
    ],
)
def test_what_is_unsure_is_told_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    rows = _rows(tmp_path / "a.txt", text)
    doubts = [
        d for row in rows if row.beside for d in row.beside.doubts if words in d.message.lower()
    ]
    assert doubts, [row.beside for row in rows]
    assert all(doubt.end > doubt.start for doubt in doubts)


def test_a_quotation_that_belongs_to_nobody_is_told_beside_the_nearest_draft(
    tmp_path: Path,
) -> None:
    text = "“I left,” said Ida Holm.\n\nThe quay was empty.\n\n“Nobody will come,” ran the song."
    (row,) = _rows(tmp_path / "a.txt", text)
    assert row.beside is not None
    spans = [row.beside.text[d.start : d.end] for d in row.beside.doubts]
    assert "Nobody will come," in spans
    assert "Nobody" not in _raw(row)["account"]


# --- what is no testimony ----------------------------------------------------------------------


def test_an_article_without_a_witness_is_one_row_that_says_so(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path / "a.txt", "The bridge will open in April, the county said on Sunday.")
    assert row.raw == {"language": "en"}
    assert row.beside is not None
    assert row.beside.text.startswith("The bridge")
    assert row.problem is not None
    assert row.problem.message == NOBODY


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n\t"])
def test_an_empty_file_says_so(tmp_path: Path, data: bytes) -> None:
    for suffix in ("txt", "md", "html"):
        (row,) = _rows(tmp_path / f"a.{suffix}", data)
        assert row.problem is not None
        assert row.problem.message == EMPTY


@pytest.mark.parametrize("encoding", ["no-such", "ascii", "utf-32", "hex"])
def test_an_encoding_that_does_not_fit_is_told(tmp_path: Path, encoding: str) -> None:
    (row,) = _rows(tmp_path / "a.txt", "“É.", Reading(encoding=encoding))
    assert row.problem is not None
    assert encoding in row.problem.message


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(Articles().read(tmp_path / "none.txt"))


# --- into a collection -------------------------------------------------------------------------


LOOKED_AT = Choices(accept=True)


def test_an_article_brought_in_twice_adds_its_people_once(tmp_path: Path) -> None:
    path = tmp_path / "flood.txt"
    path.write_text(REPORT, "utf-8")
    assert format_of(path) == "article"
    assert reader("article").name == "article"
    with Collection.open(tmp_path / "voices.json") as voices:
        assert voices.import_rows(list(Articles().read(path)), choices=LOOKED_AT).added == 2
        report = voices.import_rows(list(Articles().read(path)), choices=LOOKED_AT)
        assert (report.added, report.same) == (0, 2)


def test_a_real_article(tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip("there is no ../shared/data")
    (row,) = Articles().read(REAL)
    raw = _raw(row)
    assert raw["narrator"] == {"name": "Oleg*", "naming": "pseudonym"}
    assert raw["date"]["text"] == "2022-09-27"
    assert set(raw["places"]) == {"Russia", "Kazakhstan", "Uzbekistan"}
    assert len(raw["account"].split("\n\n")) == 3
    assert "newsletter" not in raw["context"]


# --- whatever a file holds ---------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("“", "”", '"', "‘", "’", "«", "»", "„", "*", "**", "\n", "\n\n", " ", ", ", ". ", ": "),
        *("said ", "she said", " he said", "Ida Holm", "Tom*", "the minister", "a baker", "Gdynia"),
        *("I ran", "my house", "we", "Q: ", "A: ", "— ", "date 2022-09-27 ", "By Jo Tanner", "?"),
        *(
            "<p>",
            "</p>",
            "<blockquote>",
            "<script>",
            "&#xD800;",
            "> ",
            "# ",
            "[a](b)",
            "\0",
            "\x1b[",
        ),
        *("сказал он", "Олег", "sagt Anna", "dit-elle", "я", "ich", "je", "=cmd|x", "\u2028", "🙂"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.lists(PIECES, max_size=80).map("".join), st.text(max_size=200)),
    suffix=st.sampled_from([".txt", ".md", ".html"]),
)
def test_an_account_is_what_was_taken_in_order_and_nothing_else(
    tmp_path: Path, text: str, suffix: str
) -> None:
    for row in _rows(tmp_path / f"a{suffix}", text):
        if row.problem is not None:
            continue
        assert row.beside is not None
        account, at = _raw(row)["account"], 0
        assert row.beside.taken
        for start, end in row.beside.taken:
            piece = row.beside.text[start:end]
            found = account.index(piece, at)
            assert account[at:found] in (("",) if at == 0 else (" ", "\n\n"))
            at = found + len(piece)
        assert at == len(account)
        for doubt in row.beside.doubts:
            assert 0 <= doubt.start <= doubt.end <= len(row.beside.text)
        if account.strip():
            read_testimony(row.raw)


@given(data=st.binary(max_size=400), suffix=st.sampled_from([".txt", ".md", ".html"]))
def test_no_bytes_raise(tmp_path_factory: Folders, data: bytes, suffix: str) -> None:
    for row in _rows(tmp_path_factory.mktemp("a") / f"a{suffix}", data):
        assert row.raw is not None or row.problem is not None
        assert row.problem is None or "account" not in (row.raw or {})


WORDS = st.lists(
    st.sampled_from(
        [
            "cat",
            "clock",
            "roof",
            "rain",
            "bread",
            "door",
            "river",
            "sister",
            "morning",
            "never",
            "always",
        ]
    ),
    min_size=4,
    max_size=12,
).map(" ".join)
NAMES = st.lists(
    st.sampled_from(["Ida Holm", "Tom Hale", "Ruth Bell", "Omar Said", "Vera Lund", "Ken Sato"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@given(names=NAMES, data=st.data())
def test_whoever_is_named_gets_all_words_and_only_their_own(
    tmp_path_factory: Folders, names: list[str], data: st.DataObject
) -> None:
    said: dict[str, list[str]] = {}
    paragraphs = []
    for n in range(data.draw(st.integers(1, 8))):
        name = data.draw(st.sampled_from(names))
        one, two = f"I saw the {data.draw(WORDS)} {n}", f"my {data.draw(WORDS)} {n}."
        form = data.draw(st.integers(0, 3))
        paragraphs.append(
            (
                f"“{one},” said {name}. “{two.capitalize()}”",
                f"“{one},” {name} said, “and {two}”",
                f"{name} said: “{one}. {two.capitalize()}”",
                f"“{one}! {two.capitalize()}” recalled {name}.",
            )[form]
        )
        given_words = (
            f"{one},\n{two.capitalize()}",
            f"{one}, and {two}",
            f"{one}. {two.capitalize()}",
            f"{one}! {two.capitalize()}",
        )[form]
        said.setdefault(name, []).append(given_words)
    rows = _rows(tmp_path_factory.mktemp("a") / "a.txt", "\n\n".join(paragraphs))
    accounts = {_raw(row)["narrator"]["name"]: _raw(row)["account"] for row in rows}
    assert accounts == {name: "\n\n".join(words) for name, words in said.items()}


# --- what a reader stumbled over -----------------------------------------------------------------


def test_a_town_that_somebody_comes_from_is_a_place(tmp_path: Path) -> None:
    text = "By Jo Hale\n\n“I took the last bus,” said Mikhail*, a welder from Orenburg, on Monday."
    (row,) = _rows(tmp_path / "a.txt", text)
    assert _raw(row)["places"] == ["Orenburg"]


def test_a_second_sentence_begins_a_line_and_the_rest_of_one_does_not(tmp_path: Path) -> None:
    text = "“I heard the dog first,” said Ida Holm. “Then I put out the lamp.”"
    text += "\n\n“I knew,” she said, “that it was him.”"
    (row,) = _rows(tmp_path / "a.txt", text)
    assert _raw(row)["account"] == (
        "I heard the dog first,\nThen I put out the lamp.\n\nI knew, that it was him."
    )


INTERVIEW = """An afternoon with Greta Lund

By Tom Archer, The Lantern, 5 May 2015

Greta Lund kept the lock for forty years.

Tom Archer: When did you come here?

Greta Lund: In the spring of 1951. I had one suitcase.

Were you alone?

I had a goat. Nobody had told me that goats swim.

You have written about the flood.

I have written what I saw, and I saw the water.

What did you do then?

We sat on the roof and my goat sat on me.
"""


def test_the_questions_of_an_interview_stand_in_the_context_in_order(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path / "a.txt", INTERVIEW)
    raw = _raw(row)
    assert raw["narrator"]["name"] == "Greta Lund"
    assert raw["interviewers"] == ["Tom Archer"]
    assert raw["account"].split("\n\n") == [
        "In the spring of 1951. I had one suitcase.",
        "I had a goat. Nobody had told me that goats swim.",
        "I have written what I saw, and I saw the water.",
        "We sat on the roof and my goat sat on me.",
    ]
    asked = [one for one in raw["context"].split("\n\n") if one.startswith("Question: ")]
    assert asked == [
        "Question: When did you come here?",
        "Question: Were you alone?",
        "Question: You have written about the flood.",
        "Question: What did you do then?",
    ]


def test_what_somebody_wrote_himself_is_not_said_to_be_edited(tmp_path: Path) -> None:
    body = "I was six when my uncle built the boat. He let me hold the nails, and I lost my share."
    text = f"My uncle’s boat\nBy Samuel Reed\nPublished 2 June 2020, The Lantern\n\n{body}\n\n"
    text += "We rowed it once around my island. I was sick, and I said that it was the soup we had."
    (row,) = _rows(tmp_path / "a.txt", text)
    raw = _raw(row)
    assert raw["narrator"]["name"] == "Samuel Reed"
    assert "rendering" not in raw
    assert raw["source"]["citation"] == "Samuel Reed, “My uncle’s boat”, The Lantern, 2 June 2020"


def test_one_voice_after_another_below_a_name_and_an_age(tmp_path: Path) -> None:
    told = "I packed my books and I left them on the stairs. My bus was gone."
    text = (
        f"Three who left\n\nVera\n31 years old, Perm\n\n{told}\n\nTom\n52 years old, Ufa\n\n{told}"
    )
    text += "\n\nThe ministry did not answer."
    rows = _rows(tmp_path / "a.txt", text)
    assert [_raw(row)["narrator"]["name"] for row in rows] == ["Vera", "Tom"]
    assert {_raw(row)["account"] for row in rows} == {told}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Publican Dai Moran lost his boat. “I saw it go,” he said.", "Dai Moran"),
        ("“Ich habe sie gesehen“, sagt Sprengmeister Uwe Lang.", "Uwe Lang"),
        ("Тракторист Иван Лесков остался. — Я всё видел, — говорит он.", "Иван Лесков"),
        ("«Мне было страшно», — говорит муж Ирины, Сергей.", "Сергей"),
        (
            "« Je suis restée là, et la route était coupée », dit sa voisine, Rosa Blin.",
            "Rosa Blin",
        ),
        ("“I saw the sea,” said Omar al-Habib.", "Omar al-Habib"),
        ("“I saw the sea,” said Johannes van der Merwe.", "Johannes van der Merwe"),
    ],
)
def test_a_name_is_given_without_what_somebody_is(tmp_path: Path, text: str, name: str) -> None:
    (row,) = _rows(tmp_path / "a.txt", text)
    assert _raw(row)["narrator"]["name"] == name


@pytest.mark.parametrize(
    "text",
    [
        "“I have seen many dams,” said Rita Moss, whose company builds them.",
        "“Ich sehe das anders“, sagt die Landtagsabgeordnete Iris Voss in der Sitzung.",
        "« Je constate une hausse, et c’est la règle », dit Paul Roy, sociologue du travail.",
        "“I have mapped forty of them,” said Hana Reed, a seismologist in the capital.",
    ],
)
def test_who_speaks_for_an_office_or_as_an_expert_stays_out(tmp_path: Path, text: str) -> None:
    (row,) = _rows(tmp_path / "a.txt", text)
    assert row.problem is not None
    assert row.problem.message == NOBODY


def _told(folder: Path, text: str) -> dict[str, str]:
    rows = [row for row in _rows(folder / "a.txt", text) if row.problem is None]
    return {_raw(row)["narrator"].get("name", ""): _raw(row)["account"] for row in rows}


def test_a_few_words_count_only_with_who_speaks_elsewhere(tmp_path: Path) -> None:
    taken = "Ida Moss says she left “with the lamp still burning”."
    assert _told(tmp_path, f"{taken}\n\n“I ran,” said Ida Moss.") == {
        "Ida Moss": "with the lamp still burning\n\nI ran,"
    }
    assert _told(tmp_path, taken) == {}


def test_two_people_brought_in_by_the_same_words_are_two(tmp_path: Path) -> None:
    text = "One woman, a cook, sat down.\n\n“I ran,” she said.\n\n"
    again = "One woman, a nurse, stood.\n\n“I hid,” she said."
    rows = _rows(tmp_path / "a.txt", text + again)
    assert [_raw(row)["account"] for row in rows] == ["I ran,", "I hid,"]


@pytest.mark.parametrize(
    ("role", "narrator"),
    [
        ("a former minister", True),
        ("a minister", False),
        ("who ran a shop by the slip", True),
        ("who runs a charity by the slip", False),
    ],
)
def test_who_spoke_for_an_office_once_may_be_a_narrator(
    tmp_path: Path, role: str, narrator: bool
) -> None:
    text = f"Ida Moss, {role}, came back.\n\n“I saw the lamps,” said Ida Moss."
    assert bool(_told(tmp_path, text)) is narrator


def test_an_office_that_leads_up_to_words_speaks_them(tmp_path: Path) -> None:
    text = "Luc Morel est resté. « J’ai tout vu », dit-il. "
    office = "Le maire promet : « Je reviendrai demain », assure-t-il."
    assert _told(tmp_path, f"{text}\n\n{office}") == {"Luc Morel": "J’ai tout vu"}


def test_turns_of_a_dialogue_without_a_clause_go_to_and_fro(tmp_path: Path) -> None:
    text = (
        "— J’ai vu la mer, dit Rosa Blin.\n\n— Je dormais, répond Luc Morel.\n\n— Moi, je veillais."
    )
    told = _told(tmp_path, text)
    assert told == {"Rosa Blin": "J’ai vu la mer,\n\nMoi, je veillais.", "Luc Morel": "Je dormais,"}


def test_what_stands_on_a_banner_is_nobodys(tmp_path: Path) -> None:
    text = "Ida Moss was there with a banner: “We stay in my house”.\n\n“I ran,” said Ida Moss."
    assert _told(tmp_path, text) == {"Ida Moss": "I ran,"}
    text = "It was cold.\n\nBelow the banner Ida Moss said: “I stay.”"
    assert _told(tmp_path, text) == {"Ida Moss": "I stay."}
