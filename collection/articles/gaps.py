"""The text of an article between its quotations, where the clauses stand that say who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.document import Article
    from collection.articles.marks import Quotation

WINDOW: Final = 400
"""Characters of a clause at most."""


class Gaps:
    """The text of an article between its quotations."""

    def __init__(self, article: Article, found: Sequence[Quotation]) -> None:
        """Take an article and its quotations, in order."""
        self.article = article
        self.found = found

    def before(self, n: int) -> tuple[int, str]:
        """Give the text before a quotation, back to the one before or the paragraph's start."""
        one = self.found[n]
        start = self.article.paragraphs[one.paragraph].start
        if n and self.found[n - 1].paragraph == one.paragraph:
            start = self.found[n - 1].outer[1]
        start = max(start, one.outer[0] - WINDOW)
        return start, self.article.text[start : one.outer[0]]

    def after(self, n: int) -> tuple[int, str]:
        """Give the text behind a quotation, up to the next or the paragraph's end."""
        one = self.found[n]
        end = self.article.paragraphs[one.paragraph].end
        if n + 1 < len(self.found) and self.found[n + 1].paragraph == one.paragraph:
            end = self.found[n + 1].outer[0]
        end = min(end, one.outer[1] + WINDOW)
        return one.outer[1], self.article.text[one.outer[1] : end]

    def words(self, n: int) -> str:
        """Give the words of a quotation."""
        return self.article.text[self.found[n].start : self.found[n].end]
