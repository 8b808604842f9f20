"""Adding as a person does: a whole entry by keyboard, and what outlives a kill."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from collection import Collection, Testimony
from collection.store.draftfile import places
from collection.testimony import Narrator, Source
from tests.journeys.terminal import Terminal, poll

MOST_KEYS = 40
"""Keystrokes that a full entry may take, besides the words themselves."""


class Typist:
    """Types words, and counts the keys that are none."""

    def __init__(self, screen: Terminal) -> None:
        self.screen = screen
        self.count = 0

    def keys(self, *keys: str) -> None:
        self.count += len(keys)
        self.screen.keys(*keys)

    def words(self, text: str) -> None:
        self.screen.type(text)
        self.screen.sees(text[:20])


def fill_in(by: Typist) -> None:
    """Fill in every group of the form, and save."""
    screen = by.screen
    by.words("Nine kilometres")
    by.keys("Enter")
    by.words("Oleg")
    by.keys("Enter", "Right", "Right")
    screen.sees("pseudonym")
    by.keys("Enter", "Enter")
    by.words("Ada Byron")
    by.keys("F3")
    by.words("27. IX. 2022")
    screen.sees("27 September 2022")
    by.keys("Enter", "Enter")
    by.words("September 2022")
    by.keys("Enter", "Enter")
    by.words("Tashk")
    screen.sees("Tashkent  town")
    by.keys("Down", "Enter")
    screen.sees("Tashkent;")
    by.words("Kazakhs")
    screen.sees("Kazakhstan  country")
    by.keys("Down", "Enter")
    screen.sees("Kazakhstan;")
    by.keys("F3")
    by.words("mobi")
    screen.sees("Mobilisation 1")
    by.keys("Down", "Enter")
    screen.sees("Mobilisation;")
    by.keys("Enter", "Enter")
    by.words("ru")
    by.keys("Enter", "Right")
    screen.sees("verbatim")
    by.keys("F3")
    by.words("We set out in the evening. At the border we")
    by.keys("F3")
    by.words("Told by Telegram.")
    by.keys("F3")
    by.words("openDemocracy")
    by.keys("Enter", "Enter", "Enter")
    by.words("Leav")
    screen.sees("Leaving, 2022")
    by.keys("Down", "Enter", "F3", "Right")
    screen.sees("documented")
    by.keys("C-s")
    screen.sees("Saved as")


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_a_full_entry_takes_less_than_forty_keys_besides_its_words(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    file = tmp_path / "voices.json"
    with Collection.open(file) as voices:
        voices.add(
            Testimony(
                title="The coat",
                account="She sold it.",
                themes=["Mobilisation"],
                source=Source(series="Leaving, 2022"),
            )
        )
    screen = terminal(*size)
    screen.start(str(file))
    screen.sees("The coat")
    by = Typist(screen)
    by.keys("a")
    screen.sees("New testimony")
    fill_in(by)
    assert by.count < MOST_KEYS
    screen.keys("q")
    screen.ended()
    with Collection.open(file, read_only=True) as voices:
        kept = next(one for one in voices if one.title == "Nine kilometres")
    assert kept.narrator == Narrator("Oleg", "pseudonym")
    assert kept.interviewers == ("Ada Byron",)
    assert (kept.date.earliest, kept.date.latest) == ("2022-09-27", "2022-09-27")
    assert kept.period.edtf == "2022-09"
    assert [(place.name, place.country) for place in kept.places] == [
        ("Tashkent", "UZ"),
        ("Kazakhstan", "KZ"),
    ]
    assert (kept.themes, kept.language, kept.rendering) == (("Mobilisation",), "ru", "verbatim")
    assert kept.account == "We set out in the evening. At the border we"
    assert kept.context == "Told by Telegram."
    assert kept.source == Source("openDemocracy", series="Leaving, 2022")
    assert kept.consent.status == "documented"
    assert not places(file)


def test_what_was_typed_outlives_a_killed_program(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    file = tmp_path / "voices.json"
    screen = terminal(60, 20)
    screen.start(str(file))
    screen.sees("There are no testimonies yet.")
    screen.keys("a")
    screen.sees("New testimony")
    screen.type("Half a title")
    screen.keys("F3", "F3", "F3")
    screen.type("I remember the")
    screen.sees("I remember the")
    poll(
        lambda: any("remember the" in one.read_text() for one in places(file)),
        lambda: f"no draft: {places(file)}",
    )
    screen.type(" snow")
    screen.signal(signal.SIGKILL)
    screen.ended()
    screen.start(str(file))
    screen.sees("left unsaved")
    screen.keys("a")
    screen.sees("Go on with", "Half a title")
    screen.keys("Enter")
    screen.sees("New testimony", "Half a title")
    screen.keys("F3", "F3", "F3")
    screen.sees("I remember the")
    screen.keys("C-s")
    screen.sees("Saved as")
    assert not places(file)


def test_a_closed_terminal_keeps_what_was_typed(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    file = tmp_path / "voices.json"
    screen = terminal(80, 24)
    screen.start(str(file))
    screen.sees("There are no testimonies yet.")
    screen.keys("a")
    screen.sees("New testimony")
    screen.type("Half a title")
    screen.sees("Half a title")
    screen.close()
    poll(
        lambda: any("Half a title" in one.read_text() for one in places(file)),
        lambda: f"no draft: {places(file)}",
    )


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("", "No editor is set"),
        ("false", "ended with error 1"),
        ("/no/such/editor", "could not be used"),
        ('sh -c \'printf %s "It thawed." > "$0"\'', "It thawed."),
    ],
)
def test_an_editor_that_fails_leaves_the_form_as_it_was(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, editor: str, said: str
) -> None:
    screen = terminal(80, 24)
    screen.start(str(tmp_path / "voices.json"), VISUAL="", EDITOR=editor)
    screen.sees("There are no testimonies yet.")
    screen.keys("a")
    screen.sees("New testimony")
    screen.keys("F3", "F3", "F3")
    screen.type("It snowed.")
    screen.sees("It snowed.")
    screen.keys("F4")
    screen.sees(said)
    if said == "It thawed.":
        screen.keys("C-z")
    screen.sees("It snowed.")
    screen.keys("C-End")
    screen.type(" And then")
    screen.sees("It snowed. And then")
