"""The question before what cannot be taken back."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.widgets import Button

from tui.screens.confirm import ConfirmScreen


class Asking(App[None]):
    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
        self.answers: list[bool | None] = []

    def on_mount(self) -> None:
        self.push_screen(ConfirmScreen(*self.words), self.answers.append)


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], False),
        (["escape"], False),
        (["n"], False),
        (["y"], True),
        (["right", "enter"], True),
        (["left", "enter"], True),
        (["tab", "enter"], True),
        (["tab", "tab", "enter"], False),
        (["right", "left", "enter"], False),
    ],
)
async def test_keys(keys: list[str], answer: bool) -> None:
    app = Asking("Go on?", "Go", "Stay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.answers == [answer]


@pytest.mark.parametrize(("button", "answer"), [("#confirm-yes", True), ("#confirm-no", False)])
async def test_mouse(button: str, answer: bool) -> None:
    app = Asking("Go on?", "Go", "Stay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.click(button)
        await pilot.pause()
        assert app.answers == [answer]


async def test_everything_is_shown_literally_and_the_answers_stay_in_sight() -> None:
    question = "[/] [bold]x[/bold] \x1b[31mred\x07 " * 60
    app = Asking(question, "[b]Go[/]", "\x1bStay")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        shown = str(app.screen.query_one("#confirm-question").render())
        assert shown.startswith("[/] [bold]x[/bold] ␛[31mred␇")
        for button in app.screen.query(Button):
            assert app.screen.region.contains_region(button.region)
        assert str(app.screen.query_one("#confirm-yes", Button).label) == "[b]Go[/]"
        assert str(app.screen.query_one("#confirm-no", Button).label) == "␛Stay"
