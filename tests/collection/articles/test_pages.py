from __future__ import annotations

import pytest

from collection.articles.boxes import sorted_out
from collection.articles.document import ASIDE, BLOCK, HEADING, QUESTION
from collection.articles.pages import page_paragraphs

JSON_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type":'
    ' ["NewsArticle"], "headline": "The lamp", "datePublished": "2010-07-01T09:00:00Z", "author":'
    ' [{"name": "Jo Tanner"}, {"name": "Al Roe"}], "publisher": {"name": "The Post"}}]}</script>'
)
PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>The lamp | The Post</title>
{JSON_LD}<link rel="canonical" href="https://post.example/lamp"><style>p{{}}</style></head><body class="has-sidebar">
<header><nav><a href="/">Home</a></nav></header><div class="page content-with-sidebar"><article>
<h1>The lamp</h1><figure><img src="x"><figcaption>A lamp. Photo: Al</figcaption></figure>
<p>&ldquo;I lit it,&rdquo; said <a href="/ida">Ida&nbsp;Holm</a>&#42;.</p><!-- hidden -->
<div class="newsletter-box"><p>“I read it every day,” says Tom.</p></div>
<blockquote><p>“It was warm.”</p></blockquote>
<p>It rained.<br><br>“I stayed,” she<br>said.</p><script>document.write("<p>evil</p>")</script>
<p><strong>Were you cold?</strong></p><p style="display: none">unseen</p><p hidden>unseen</p>
<p><a href="/1">Ten things to know about lamps</a></p>
<ul><li>One point.</li></ul></article></div><section id="comments"><p>“I lit it,” said nobody.</p></section>
<aside><p>Most read</p></aside><footer><p>All rights reserved</p></footer></body></html>"""


def _texts(page: str) -> list[str]:
    return [one.text for one in page_paragraphs(page)[1]]


def test_the_report_is_told_from_what_stands_around_it() -> None:
    _, found = page_paragraphs(PAGE)
    assert [(one.kind, one.text) for one in found] == [
        (HEADING, "The lamp"),
        ("body", "“I lit it,” said Ida\u00a0Holm*."),
        (BLOCK, "“It was warm.”"),
        ("body", "It rained."),
        ("body", "“I stayed,” she said."),
        (QUESTION, "Were you cold?"),
        (ASIDE, "Ten things to know about lamps"),
        ("body", "One point."),
    ]


def test_the_head_says_title_author_publisher_day_and_address() -> None:
    head, _ = page_paragraphs(PAGE)
    assert head.title == "The lamp"
    assert head.author == "Jo Tanner, Al Roe"
    assert head.publisher == "The Post"
    assert head.date == "2010-07-01"
    assert head.url == "https://post.example/lamp"
    assert head.language == "en"


@pytest.mark.parametrize(
    "meta",
    [
        '<meta property="article:published_time" content="2010-07-01T09:00">',
        '<meta name="DC.date" content="2010-07-01">',
        '<time datetime="2010-07-01">yesterday</time>',
        '<script type="application/ld+json">{broken</script><meta name="date" content="2010-07-01">',
    ],
)
def test_the_day_is_read_wherever_it_stands(meta: str) -> None:
    head, _ = page_paragraphs(f"<html><head>{meta}</head><body>{meta}<p>Text.</p></body></html>")
    assert head.date == "2010-07-01"


def test_a_page_of_nothing_but_divisions_keeps_its_paragraphs() -> None:
    page = "<body><div class='t'><div>“I ran,” he said.</div><div>He fell.</div>Loose.</div></body>"
    assert _texts(page) == ["“I ran,” he said.", "He fell.", "Loose."]


def test_an_element_named_like_a_box_that_holds_the_report_is_the_report() -> None:
    page = "<body><div class='share'><p>Share</p></div><div class='promo'><p>{}</p></div></body>"
    assert _texts(page.format("“I ran,” he said. " * 20)) == [("“I ran,” he said. " * 20).strip()]


def test_nothing_of_a_page_nobody_wrote_is_lost_or_takes_long() -> None:
    assert _texts("<div>" * 50_000 + "<p>“I ran.”") == ["“I ran.”"]
    assert _texts("<p " + " ".join(f"a{n}=x" for n in range(50_000)) + ">“I ran.”</p>") == [
        "“I ran.”"
    ]
    assert _texts("<b>" * 50_000 + "“I ran.”") == ["“I ran.”"]
    assert len(_texts("<p>a" * 20_000)) == 20_000
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>'
    assert "aaaa" not in "".join(_texts(entity))


def test_boxes_and_headings_are_told_from_sentences() -> None:
    from collection.articles.document import Paragraph

    lines = {
        "Sign up for our newsletter": ASIDE,
        "Get the Friday letter A digest of the week in your inbox. Sign up now": ASIDE,
        "Advertisement": ASIDE,
        "Photo: Al Roe": ASIDE,
        "* * *": ASIDE,
        "A boat on the quay. Picture: Al Roe / Reuters": ASIDE,
        "On the road": HEADING,
        "She had no newsletter to subscribe to and read what her brother gave to her.": "body",
        "“Subscribe,” said the poster.": "body",
        "He ran.": "body",
    }
    found = sorted_out([Paragraph(text) for text in lines], "en")
    assert {one.text: one.kind for one in found} == lines
