from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.likeness import REORDERED, SAME, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mobilisation", "mobilization"),
        ("Forced labour", "Forced labor"),
        ("Deportation", "Deportations"),
        ("Theresienstadt", "Teresienstadt"),
        ("Anna Weiss", "Anna Weisz"),
    ],
)
def test_near_spellings_are_alike(one: str, other: str) -> None:
    assert 0.8 < likeness(one, other) < REORDERED


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Łódź", "lodz", SAME),
        ("Алматы", "Almaty", SAME),
        ("Forced-labour ", "forced labour", SAME),
        ("Weiss, Anna", "Anna Weiss", REORDERED),
        ("Nowy Sącz", "nowysacz", REORDERED),
    ],
)
def test_what_folds_the_same_is_the_same(one: str, other: str, how: float) -> None:
    assert likeness(one, other) == how


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Auschwitz I", "Auschwitz II"),
        ("Stalag 17", "Stalag 18"),
        ("Block A", "Block B"),
        ("Bern", "Born"),
        ("Hunger", "Hiding"),
        ("Male", "Female"),
        ("Лето 1941", "Лето 1942"),
    ],
)
def test_what_a_sign_tells_apart_is_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) == 0


@given(st.text(), st.text())
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == SAME
