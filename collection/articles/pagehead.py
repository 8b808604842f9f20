"""What a page says of itself in its head: JSON-LD, Open Graph, Dublin Core and plain elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.articles.document import Head, head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_META: Final = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author"),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher"),
    "url": ("og:url",),
    "date": (
        *("article:published_time", "og:published_time", "datepublished", "date", "pubdate"),
        *("dc.date", "dcterms.date", "dcterms.created", "parsely-pub-date", "publish-date"),
    ),
}
"""Names of `meta` elements that hold a value, the likeliest first."""
_ARTICLES: Final = re.compile(r"(?i)article|report|posting|webpage")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LARGEST: Final = 1_000_000
_URL: Final = re.compile(r"https?://\S+")
_SITE: Final = re.compile(r"\s+[|–—·-]\s+")
_DEEPEST: Final = 3


def page_head(root: HtmlElement) -> Head:
    """Read the head of a page; what is said twice counts in the order given above."""
    said: dict[str, str] = {}
    for source in (_linked_data(root), _metas(root), _elements(root)):
        for field, value in source:
            text = " ".join(value.split())
            if field == "url" and not _URL.fullmatch(text):
                continue
            if field == "author" and _URL.fullmatch(text):
                continue
            if text:
                said.setdefault(field, text)
    if day := _DAY.match(said.get("date", "")):
        # The clock of a publisher tells nothing of the account.
        said["date"] = day[0]
    if (title := said.get("title")) and (site := said.get("publisher")):
        said["title"] = _without_site(title, site)
    said["language"] = (root.get("lang") or "").partition("-")[0].casefold()
    return head_of(said)


def _without_site(title: str, site: str) -> str:
    parts = _SITE.split(title)
    if len(parts) > 1 and parts[-1].casefold() == site.casefold():
        return title[: title.rindex(parts[-1])].rstrip(" |–—·-")
    return title


def _linked_data(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = script.text or ""
        if len(text) > _LARGEST:
            continue
        try:
            data = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            continue
        for one in _objects(data, 0):
            yield from _of_object(one)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Find the articles that linked data describe."""
    if isinstance(data, list) and depth < _DEEPEST:
        for one in data:
            yield from _objects(one, depth + 1)
    elif isinstance(data, dict):
        if _ARTICLES.search(str(data.get("@type", ""))[:200]):
            yield data
        yield from _objects(data.get("@graph"), depth + 1)


def _of_object(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, keys in (
        ("title", ("headline", "name")),
        ("date", ("datePublished", "dateCreated")),
        ("author", ("author", "creator")),
        ("publisher", ("publisher",)),
        ("url", ("url", "mainEntityOfPage")),
    ):
        for key in keys:
            if value := _named(data.get(key), 0):
                yield field, value


def _named(value: Any, depth: int) -> str:
    """Give a value that may be text, an object with a name, or a list of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        return _named(value.get("name") or value.get("@id"), depth + 1)
    if isinstance(value, list) and depth < _DEEPEST:
        return ", ".join(filter(None, (_named(one, depth + 1) for one in value[:20])))
    return ""


def _metas(root: HtmlElement) -> Iterator[tuple[str, str]]:
    given: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if content := meta.get("content"):
            given.setdefault(name.casefold(), content)
    for field, names in _META.items():
        for name in names:
            if name in given:
                yield field, given[name]


def _elements(root: HtmlElement) -> Iterator[tuple[str, str]]:
    for link in root.iter("link"):
        if link.get("rel") == "canonical":
            yield "url", link.get("href") or ""
    for name in ("h1", "title"):
        for element in root.iter(name):
            if text := "".join(element.itertext()).strip():
                yield "title", text[:1000]
                break
    for time in root.iter("time"):
        yield "date", time.get("datetime") or "".join(time.itertext())[:100]
        break
    for element in root.iter("span", "p", "a", "div"):
        if element.get("rel") == "author" or element.get("itemprop") == "author":
            yield "author", "".join(element.itertext())[:200]
            break
