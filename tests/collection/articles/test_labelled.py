"""The figures of the labelled set, so that no rule gets better at the cost of another."""

from __future__ import annotations

from collections import Counter

import pytest

from collection.articles.words import LANGUAGES
from tests.benchmarks.articles import DEVELOPMENT, Judged, judge, labelled

ARTICLES = list(labelled(DEVELOPMENT))


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [judge(path, gold) for path, gold in ARTICLES]


def test_the_set_has_every_language() -> None:
    assert {gold["language"] for _, gold in ARTICLES} == set(LANGUAGES)
    assert len(ARTICLES) >= 90


def test_the_words_of_narrators_are_found_and_nobody_elses(judged: list[Judged]) -> None:
    total = sum((one.counts for one in judged), Counter[str]())
    mistakes = [f"{one.name}: {mistake}" for one in judged for mistake in one.mistakes]
    assert total["wrong speaker"] == 0, mistakes
    assert total["wrongly taken"] == 0, mistakes
    assert total["missed"] <= 1, mistakes
    assert total["drafts too many"] == 0, mistakes
    assert total["speakers found"] == total["speakers"], mistakes
    assert total["names right"] == total["speakers"], mistakes
    assert total["namings right"] >= total["speakers"] - 1, mistakes
    assert total["dates right"] >= total["dates"] - 1, mistakes
    assert total["places found"] >= 0.85 * total["places"], mistakes
    # Where a report is set is given too, with a doubt; the labels say what belongs for certain.
    assert total["places too many"] <= 0.25 * total["places"], mistakes
