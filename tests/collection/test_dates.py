"""Readings of real and invented date strings, and laws that hold for every string."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collection.dates import LONGEST, WIDTH, DateSpan, bounds, describe, read_date, short
from tests.benchmarks.dates import judged, written
from tests.benchmarks.labelled_dates import DEVELOPMENT, HELD_OUT

SHARED = Path(__file__).resolve().parents[2].parent / "shared"

READINGS = [
    # ISO and EDTF
    ("1944", "1944", "1944-01-01", "1944-12-31"),
    ("1944-06", "1944-06", "1944-06-01", "1944-06-30"),
    ("1996-02-29", "1996-02-29", "1996-02-29", "1996-02-29"),
    (" 1944 \n", "1944", "1944-01-01", "1944-12-31"),
    ("1993-6-8", "1993-06-08", "1993-06-08", "1993-06-08"),
    ("1945.06.18", "1945-06-18", "1945-06-18", "1945-06-18"),
    ("1944?", "1944?", "1943-01-01", "1945-12-31"),
    ("1943~", "1943~", "1942-01-01", "1944-12-31"),
    ("1944%", "1944%", "1943-01-01", "1945-12-31"),
    ("1944-06~", "1944-06~", "1944-05-01", "1944-07-31"),
    ("1944-02~", "1944-02~", "1944-01-01", "1944-03-31"),
    ("1944-12~", "1944-12~", "1944-11-01", "1945-01-31"),
    ("1944-03-01?", "1944-03-01?", "1944-02-29", "1944-03-02"),
    ("1944?-06-05", "1944?-06-05", "1943-06-05", "1945-06-05"),
    ("?1944-06-05", "?1944-06-05", "1943-06-05", "1945-06-05"),
    ("1944-?06", "1944-?06", "1944-05-01", "1944-07-31"),
    ("1944-06?-30", "1944-06?-30", "1943-06-30", "1945-06-30"),
    ("1944-06-?05", "1944-06-?05", "1944-06-04", "1944-06-06"),
    ("194X", "194X", "1940-01-01", "1949-12-31"),
    ("19XX", "19XX", "1900-01-01", "1999-12-31"),
    ("194X~", "194X~", "1939-01-01", "1950-12-31"),
    ("XXXX", "XXXX", None, None),
    ("1944-XX", "1944-XX", "1944-01-01", "1944-12-31"),
    ("1944-1X", "1944-1X", "1944-10-01", "1944-12-31"),
    ("1943-02-XX", "1943-02-XX", "1943-02-01", "1943-02-28"),
    ("1944-XX-31", "1944-XX-31", "1944-01-31", "1944-12-31"),
    ("1942-21", "1942-21", "1942-03-01", "1942-05-31"),
    ("1942-22", "1942-22", "1942-06-01", "1942-08-31"),
    ("1942-23", "1942-23", "1942-09-01", "1942-11-30"),
    ("1943-24", "1943-24", "1943-12-01", "1944-02-29"),
    ("1944-05/1945-03", "1944-05/1945-03", "1944-05-01", "1945-03-31"),
    ("1944-05 / 1945-03", "1944-05/1945-03", "1944-05-01", "1945-03-31"),
    ("1943~/1945?", "1943~/1945?", "1942-01-01", "1946-12-31"),
    ("1943/1943-06", "1943/1943-06", "1943-01-01", "1943-06-30"),
    ("../1950", "../1950", None, "1950-12-31"),
    ("1950/..", "1950/..", "1950-01-01", None),
    ("/1950", "/1950", None, "1950-12-31"),
    ("1950/", "1950/", "1950-01-01", None),
    ("../..", "../..", None, None),
    ("[1943,1944]", "[1943,1944]", "1943-01-01", "1944-12-31"),
    ("[1943, 1944]", "[1943,1944]", "1943-01-01", "1944-12-31"),
    ("{1941,1943..1945}", "{1941,1943..1945}", "1941-01-01", "1945-12-31"),
    ("[..1943,1950]", "[..1943,1950]", None, "1950-12-31"),
    ("[1943..]", "[1943..]", "1943-01-01", None),
    ("1950S2", "1950S2", "1900-01-01", "1999-12-31"),
    ("1945-06-18T10:00:00Z", "1945-06-18T10:00:00Z", "1945-06-18", "1945-06-18"),
    # dotted: the day comes first
    ("18. 6. 1945", "1945-06-18", "1945-06-18", "1945-06-18"),
    ("04.01.1946", "1946-01-04", "1946-01-04", "1946-01-04"),
    ("4.9.1945", "1945-09-04", "1945-09-04", "1945-09-04"),
    ("22. 10 1945", "1945-10-22", "1945-10-22", "1945-10-22"),
    ("17. X. 1945", "1945-10-17", "1945-10-17", "1945-10-17"),
    ("17 VIII 1945", "1945-08-17", "1945-08-17", "1945-08-17"),
    ("IX.1939", "1939-09", "1939-09-01", "1939-09-30"),
    ("12.5.45", "1945-05-12", "1945-05-12", "1945-05-12"),
    ("12.6.1945 - 14.7.1945", "1945-06-12/1945-07-14", "1945-06-12", "1945-07-14"),
    # slashed or dashed: only a part that is no month tells the order
    ("8/31/37", "1937-08-31", "1937-08-31", "1937-08-31"),
    ("31/8/1937", "1937-08-31", "1937-08-31", "1937-08-31"),
    ("10-19-38", "1938-10-19", "1938-10-19", "1938-10-19"),
    ("5/5/45", "1945-05-05", "1945-05-05", "1945-05-05"),
    ("3/4/1996", "[1996-03-04,1996-04-03]", "1996-03-04", "1996-04-03"),
    ("12/6/37", "[1937-06-12,1937-12-06]", "1937-06-12", "1937-12-06"),
    ("9/5/31", "[1931-05-09,1931-09-05]", "1931-05-09", "1931-09-05"),
    ("05/1945", "1945-05", "1945-05-01", "1945-05-31"),
    ("18-Jun-45", "1945-06-18", "1945-06-18", "1945-06-18"),
    # English
    ("14th March 1943", "1943-03-14", "1943-03-14", "1943-03-14"),
    ("the 14th of March, 1943", "1943-03-14", "1943-03-14", "1943-03-14"),
    ("May 26 1945", "1945-05-26", "1945-05-26", "1945-05-26"),
    ("October 21st, 1945", "1945-10-21", "1945-10-21", "1945-10-21"),
    ("1939, 7 January", "1939-01-07", "1939-01-07", "1939-01-07"),
    ("July 1945", "1945-07", "1945-07-01", "1945-07-31"),
    ("April, 1936", "1936-04", "1936-04-01", "1936-04-30"),
    ("JUN 1 1937", "1937-06-01", "1937-06-01", "1937-06-01"),
    ("Sept. 22, 1937", "1937-09-22", "1937-09-22", "1937-09-22"),
    ("18 June '45", "1945-06-18", "1945-06-18", "1945-06-18"),
    ("1935.", "1935", "1935-01-01", "1935-12-31"),
    ("circa 1943", "1943~", "1942-01-01", "1944-12-31"),
    ("c. 1943", "1943~", "1942-01-01", "1944-12-31"),
    ("c1943", "1943~", "1942-01-01", "1944-12-31"),
    ("ca. 1943", "1943~", "1942-01-01", "1944-12-31"),
    ("about June 1945", "1945-06~", "1945-05-01", "1945-07-31"),
    ("1943 (approx.)", "1943~", "1942-01-01", "1944-12-31"),
    ("circa 1943?", "1943%", "1942-01-01", "1944-12-31"),
    ("probably 1943", "1943?", "1942-01-01", "1944-12-31"),
    ("18 June 1945?", "1945-06-18?", "1945-06-17", "1945-06-19"),
    ("summer 1944?", "1944-22?", "1944-06-01", "1944-08-31"),
    ("spring 1942", "1942-21", "1942-03-01", "1942-05-31"),
    ("Fall of 1944", "1944-23", "1944-09-01", "1944-11-30"),
    ("winter 1942-43", "1942-24", "1942-12-01", "1943-02-28"),
    ("winter 1999/2000", "1999-24", "1999-12-01", "2000-02-29"),
    ("winter 1942", "[1941-12..1942-02,1942-12..1943-02]", "1941-12-01", "1943-02-28"),
    ("1990s", "199X", "1990-01-01", "1999-12-31"),
    ("early 1990s", "1990/1993~", "1990-01-01", "1994-12-31"),
    ("mid-1990s", "1994~/1996~", "1993-01-01", "1997-12-31"),
    ("the late 1990s", "1997~/1999", "1996-01-01", "1999-12-31"),
    ("late 1944", "1944-09~/1944-12", "1944-08-01", "1944-12-31"),
    ("end of May 1945", "1945-05-21~/1945-05", "1945-05-20", "1945-05-31"),
    ("late 1944 - early 1945", "1944-09~/1945-04~", "1944-08-01", "1945-05-31"),
    # ranges
    ("between 1941 and 1943", "1941/1943", "1941-01-01", "1943-12-31"),
    ("1941-1943", "1941/1943", "1941-01-01", "1943-12-31"),
    ("1941\u20131943", "1941/1943", "1941-01-01", "1943-12-31"),
    ("1941-43", "1941/1943", "1941-01-01", "1943-12-31"),
    ("1938-39", "1938/1939", "1938-01-01", "1939-12-31"),
    ("1941/42", "1941/1942", "1941-01-01", "1942-12-31"),
    ("circa 1941-1943", "1941~/1943~", "1940-01-01", "1944-12-31"),
    ("from circa 1941 to 1943", "1941~/1943", "1940-01-01", "1943-12-31"),
    ("from May 1944 to March 1945", "1944-05/1945-03", "1944-05-01", "1945-03-31"),
    ("1-4 February 1939", "1939-02-01/1939-02-04", "1939-02-01", "1939-02-04"),
    ("29 April-3 May 1939", "1939-04-29/1939-05-03", "1939-04-29", "1939-05-03"),
    ("June 3-9, 1937", "1937-06-03/1937-06-09", "1937-06-03", "1937-06-09"),
    (
        "3/4/1996 - 5/4/1996",
        "[1996-03-04..1996-05-04,1996-04-03..1996-04-05]",
        "1996-03-04",
        "1996-05-04",
    ),
    ("3/4/1996 - 25/4/1996", "1996-04-03/1996-04-25", "1996-04-03", "1996-04-25"),
    ("12.-14.6.1945", "1945-06-12/1945-06-14", "1945-06-12", "1945-06-14"),
    ("not before 1950", "1950/..", "1950-01-01", None),
    ("194?", "194X", "1940-01-01", "1949-12-31"),
    ("10/19/38 - 10/25/38", "1938-10-19/1938-10-25", "1938-10-19", "1938-10-25"),
    ("before 1950", "../1950", None, "1950-12-31"),
    ("until 1950", "../1950", None, "1950-12-31"),
    ("after 1950", "1950/..", "1950-01-01", None),
    ("since May 1944", "1944-05/..", "1944-05-01", None),
    # lists
    ("1937-06-03; 1937-06-09", "{1937-06-03,1937-06-09}", "1937-06-03", "1937-06-09"),
    (
        "June 3, 5 and 9, 1937",
        "{1937-06-03,1937-06-05,1937-06-09}",
        "1937-06-03",
        "1937-06-09",
    ),
    ("1 and 11 May 1939", "{1939-05-01,1939-05-11}", "1939-05-01", "1939-05-11"),
    (
        "1, 27 February, 13 March 1939",
        "{1939-02-01,1939-02-27,1939-03-13}",
        "1939-02-01",
        "1939-03-13",
    ),
    (
        "20 December 1938, and 6 January 1939",
        "{1938-12-20,1939-01-06}",
        "1938-12-20",
        "1939-01-06",
    ),
    ("3 or 4 May 1945", "[1945-05-03,1945-05-04]", "1945-05-03", "1945-05-04"),
    ("1940s or 1950s", "[194X,195X]", "1940-01-01", "1959-12-31"),
    # brackets and notes
    ("[1944]", "1944", "1944-01-01", "1944-12-31"),
    ("[1944?]", "1944?", "1943-01-01", "1945-12-31"),
    ("1945 [?]", "1945?", "1944-01-01", "1946-12-31"),
    ("194[5]", "1945", "1945-01-01", "1945-12-31"),
    ("1944 [or 1945]", "[1944,1945]", "1944-01-01", "1945-12-31"),
    ("May 1945 [1]", "1945-05", "1945-05-01", "1945-05-31"),
    (
        "30 May 1939 [Variant form may be found in Thaddeus S. Ferree papers (#4258)]",
        "1939-05-30",
        "1939-05-30",
        "1939-05-30",
    ),
]

# EHRI's own slip of the pen, kept as it is in the collection.
EHRI_UNREAD = {"1939, 7 Janury"}  # codespell:ignore

UNREAD = [
    *(
        "",
        " ",
        "no date given",
        "n.d.",
        "unknown",
        "undated",
        "Unknown Date",
        "\x00",
        "?",
        "/",
        "-",
    ),
    # impossible, contradictory, backwards
    *(
        "31 February 1945",
        "1943-02-29",
        "29.2.1943",
        "2/30/1945",
        "1944-13",
        "1944-00",
        "13/13/1945",
    ),
    *(
        "05.26.1945",
        "24.1945",
        "1945/1944",
        "1945-1943",
        "May 5-3, 1945",
        "20 December, 6 January 1939",
    ),
    *("1944-02-3X", "[1944,1943-02-29]", "1945-22-05", "45-06-18"),
    # open to readings that cannot be told apart
    *("45", "June 18", "5 June 18", "5/45", "1944-5", "1900s", "X 1945", "Dec-Jan 1945"),
    *("1841 to 43", "12 May 1841 to 3 June 43", "1944 [i.e. 1945]", "1939 [copy made 1962]"),
    *(
        "summer 1942-43",
        "winter 1942-44",
        "June 3 and 1937",
        "1[2] May 1945",
    ),
    *(
        "1 or 2 and 3 May 1945",
        "1945 and May",
        "May 1941, 1943-",
    ),
    # other languages, other calendars, slips of the pen, years nobody remembers
    *EHRI_UNREAD,
    *("大正十二年九月", "١٩٤٥", "after the war", "20th century"),
    *("0000", "-0044", "Y17000", "Y1E99999999", "12345", "1945-06-18T99:00:00"),
]

# A Japanese date and a day no November has.
WILD_UNREAD = {"大正十二年九月", "November 35, 1936"}

PIECES = (
    *("1", "2", "12", "13", "31", "32", "45", "06", "29", "1937", "1944", "194X", "XXXX", "'45"),
    *("May", "june", "Sept.", "winter", "fall", "and", "or", "to", "before", "between", "early"),
    *("1990s", "circa", "ca.", ",", ";", "-", "/", ".", "?", "~", "%", "[", "]", "{", "}", ".."),
    *("(", ")", "XX", "X.", "24", "22", "S2", "T10:00:00"),
)
words = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.text(alphabet="0123456789X?~%-/.,[]{}TSY ", max_size=24),
)
days = st.dates(date(1000, 1, 1), date(2100, 12, 31))  # later years are of other calendars
moments = st.one_of(
    st.builds("{:%d %B} {:04}".format, days, st.integers(1850, 2030)),
    st.builds("{:%B} {:04}".format, days, st.integers(1850, 2030)),
    st.builds("{}{:04}".format, st.sampled_from(("", "early ", "winter ")), st.integers(1, 9999)),
    st.builds("{}/{}/{}".format, st.integers(1, 31), st.integers(1, 12), st.integers(1900, 1999)),
    st.sampled_from(("194X", "1990s", "mid-1990s", "fall 1944", "1944-22", "1938-39", "1944?-06")),
    days.map(date.isoformat),
)
phrases = st.one_of(
    st.builds(
        "{}{}{}".format, st.sampled_from(("", "c. ", "maybe ")), moments, st.sampled_from("? ~")
    ),
    st.builds(
        "{} {} {}".format, moments, st.sampled_from(("-", "to", "or", "and", "/", ";")), moments
    ),
    st.builds("{} {}".format, st.sampled_from(("before", "since", "until")), moments),
    st.sampled_from([text for text, *_ in READINGS]),
)


@pytest.mark.parametrize(("text", "edtf", "earliest", "latest"), READINGS)
def test_reads(text, edtf, earliest, latest):
    assert read_date(text) == DateSpan(text, edtf, earliest, latest)


@pytest.mark.parametrize("text", UNREAD)
def test_leaves_alone(text):
    assert read_date(text) == DateSpan(text)


@pytest.mark.parametrize(
    ("edtf", "sentence"),
    [
        ("circa 1943", "'circa 1943' is not a date in EDTF."),
        ("1943-02-29", "The date 1943-02-29 does not exist."),
        ("1945/1944", "The interval 1945/1944 runs backwards."),
        ("[1944]", "'[1944]' is not a date in EDTF."),
        ("", "'' is not a date in EDTF."),
        ("[" + "1944," * 100_000 + "1945]", "is not a date in EDTF."),
    ],
)
def test_bounds_refuses_in_plain_words(edtf, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        bounds(edtf)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("edtf", ["0001~", "0001-01-01~", "9999~", "9999-12-31~", "9999-24"])
def test_margins_stay_within_the_calendar(edtf):
    earliest, latest = bounds(edtf)
    assert earliest <= latest


@pytest.mark.parametrize(
    ("text", "described", "shortened"),
    [
        ("", "", "undated"),
        ("  ", "", "undated"),
        ("no date given", "not read as a date", "no date giv…"),
        ("大正十二年九月", "not read as a date", "大正十二年…"),
        ("\x1b[31mred\x07", "not read as a date", "[31mred"),
        ("1943", "1943", "1943"),
        ("circa 1943", "1943~ · 1942–1944", "1943~"),
        ("18. 6. 1945", "18 June 1945", "1945-06-18"),
        ("June 1945", "June 1945", "1945-06"),
        ("June 1945?", "June 1945? · May–July 1945", "1945-06?"),
        ("summer 1944?", "summer 1944? · June–August 1944", "1944 summer?"),
        (
            "winter 1942-43",
            "winter 1942–43 · December 1942–February 1943",
            "1942 winter",
        ),
        ("1990s", "1990s · 1990–1999", "1990s"),
        ("1941-1943", "1941–1943", "1941–1943"),
        ("circa 1941-1943", "1941~–1943~ · 1940–1944", "1941~–1943~"),
        ("May 1944 to March 1945", "May 1944–March 1945", "1944–1945"),
        ("May-June 1945", "May–June 1945", "1945-05–06"),
        ("1-4 February 1939", "1–4 February 1939", "1939-02"),
        ("before 1950", "before 1950", "–1950"),
        ("until 1950", "until 1950", "–1950"),
        ("../1950", "until 1950", "–1950"),
        ("after 18 June 1945", "after 18 June 1945", "1945-06-18–"),
        ("since 1950", "from 1950", "1950–"),
        ("nicht vor 1950", "from 1950", "1950–"),
        ("no después de 1950", "until 1950", "–1950"),
        (
            "3/4/1996",
            "4 March 1996 or 3 April 1996 · order of day and month unknown",
            "1996-03–04?",
        ),
        ("June 3, 5 and 9, 1937", "3 dates · 3–9 June 1937", "1937-06"),
        ("XXXX", "XXXX", "XXXX"),
        ("1945-06-18T10:00:00Z", "1945-06-18T10:00:00Z · 18 June 1945", "1945-06-18"),
    ],
)
def test_says_it_to_people(text, described, shortened):
    span = read_date(text)
    assert describe(span) == described
    assert short(span) == shortened


@given(st.one_of(words, phrases))
@example("1" * LONGEST)
@example("early " * 33)
@example("[" * 100 + "]" * 100)
@example("\ud800")
def test_any_string_at_all(text):
    span = read_date(text, "as told")
    assert (span.text, span.reason) == (text, "as told")
    if span.edtf is None:
        assert (span.earliest, span.latest) == (None, None)
    if span.earliest and span.latest:
        assert span.earliest <= span.latest
    assert "\n" not in describe(span)
    assert len(short(span)) <= WIDTH


@given(st.one_of(phrases, words))
def test_a_reading_reads_as_itself(text):
    span = read_date(text)
    if span.edtf is None:
        return
    assert bounds(span.edtf) == (span.earliest, span.latest)
    again = read_date(span.edtf)
    assert (again.edtf, again.earliest, again.latest) == (span.edtf, span.earliest, span.latest)


@given(days)
def test_every_way_to_write_a_day(day):
    iso, month = day.isoformat(), f"{day:%B}"
    for text in (
        iso,
        f"{day.day}. {day.month}. {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3].upper()} {day.day}, {day.year}",
        f"{day.year} {month} {day.day}",
    ):
        assert read_date(text).edtf == iso
    slashed = f"{day.day}/{day.month}/{day.year}", f"{day.month}-{day.day}-{day.year}"
    # Slashed years like 1322 are mostly those of Iran.
    for text in slashed[1300 <= day.year < 1500 :]:
        span = read_date(text)
        assert span.earliest <= iso <= span.latest
        assert iso in span.edtf


@given(days, days)
def test_a_range_covers_both_ends(one, other):
    first, last = sorted((one.isoformat(), other.isoformat()))
    span = read_date(f"from {first} to {last}")
    assert (span.earliest, span.latest) == (first, last)
    if first != last:
        assert read_date(f"{last}/{first}").edtf is None


@pytest.mark.parametrize(
    "edtf", sorted({edtf for _, edtf, _, _ in READINGS if "-22?" not in edtf and "-1X" not in edtf})
)
def test_the_edtf_library_accepts_what_is_written(edtf):
    """It knows no qualified season outside an interval and stumbles over 1944-1X."""
    from edtf import parse_edtf

    assert parse_edtf(edtf) is not None


def test_long_texts_are_kept_and_not_read_at_length():
    for text in ("1944 " * 200_000, "1" * 1_000_000, "[" * 1_000_000, "\n" * 1_000_000):
        assert read_date(text).edtf is None
        assert read_date(text).text is text
        assert len(short(read_date(text))) <= WIDTH


def test_common_dates_do_not_load_the_library():
    code = """
import sys
from collection.dates import read_date
for text in ("1944", "1944-06", "18. 6. 1945", "circa May 1943", "194X", "n.d.", "1943-02-29"):
    read_date(text)
assert "edtf" not in sys.modules
"""
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_a_span_is_stored_without_what_it_lacks():
    span = read_date("circa 1943", "told by her sister")
    stored = msgspec.json.encode(span)
    assert msgspec.json.decode(stored, type=DateSpan) == span
    assert msgspec.json.encode(DateSpan()) == b"{}"


def test_reads_the_dates_of_ehri():
    path = SHARED / "data" / "ehri" / "testimonies.jsonl"
    if not path.exists():
        pytest.skip(f"the shared data is not here ({path})")
    with path.open(encoding="utf-8") as lines:
        dates = {json.loads(line).get("date") for line in lines} - {None, ""}
    assert {text for text in dates if read_date(text).edtf is None} == EHRI_UNREAD


def test_reads_dates_seen_in_the_wild():
    path = SHARED / "data" / "messy" / "dates.txt"
    if not path.exists():
        pytest.skip(f"the shared data is not here ({path})")
    texts = [line.partition("\t")[2] for line in path.read_text("utf-8").splitlines()]
    unread = {text for text in texts if read_date(text).edtf is None}
    assert {text for text in unread if "date" not in text.lower()} == WILD_UNREAD


@pytest.mark.parametrize("labels", [DEVELOPMENT, HELD_OUT], ids=["development", "held out"])
def test_reads_what_was_judged_by_hand(labels):
    texts = written()
    if not texts:
        pytest.skip("the shared data is not here (../shared/data/messy/dates.txt)")
    sample = judged(labels, texts)
    assert len(sample) == 200
    assert [one for one in sample if one.outcome == "wrong"] == []
    readable = [one for one in sample if one.label != "-"]
    assert sum(one.outcome == "read" for one in readable) >= 0.9 * len(readable)


def test_days_that_were_written_by_hand_are_described_as_they_stand() -> None:
    span = DateSpan(text="x", edtf="1944", earliest="9" * 50, latest="zzzz")
    assert isinstance(describe(span), str)
    assert isinstance(short(span), str)
