"""Pages of HTML: whole in one file, without scripts, and with nothing to be loaded."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import Final

from collection.exchange.readable.content import printable

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c1b19; --paper: #fdfcf9; --faint: #5c5850;
  --line: #cfcabd; --link: #1a4f8b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --paper: #1b1a18; --faint: #b0aa9e;
  --line: #4a463f; --link: #9cc3f2; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem 1.25rem 4rem 3.75rem; max-width: 46rem; color: var(--ink);
  background: var(--paper); font: 1.0625rem/1.6 Georgia, "Noto Serif", serif; }
h1, h2, h3, h4 { line-height: 1.25; overflow-wrap: anywhere; }
h4 { margin: 1.5rem 0 0; font-size: 1rem; }
a { color: var(--link); overflow-wrap: anywhere; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; inset-inline-start: -99rem; }
.skip:focus { inset-inline-start: 1rem; top: 1rem; padding: .5rem; background: var(--paper); }
article { margin-top: 3rem; border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
dd + dd { grid-column: 2; }
.notice { border-inline-start: 4px solid var(--line); padding-inline-start: 1rem;
  font-style: italic; }
.words p { position: relative; margin: .75rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.words p[data-n]::before { content: attr(data-n); position: absolute; left: -3.25rem;
  width: 2.5rem; text-align: right; color: var(--faint); font: .8rem/2.1 sans-serif; }
.time { color: var(--faint); font-weight: normal; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; }
th, td { padding: .15rem 1rem .15rem 0; text-align: start; vertical-align: top; }
@media (max-width: 40rem) { body { padding-left: 2.75rem; } dl { display: block; }
  .words p[data-n]::before { left: -2.5rem; width: 2rem; } }
@media print { body { max-width: none; color: #000; background: #fff; font-size: 11pt; }
  nav, .skip { display: none; } article { break-before: page; border: 0; }
  h2, h3, h4 { break-after: avoid; } }
"""
_DIGEST: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
)
_LINK: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def escaped(text: str) -> str:
    """Write any text as the content of an element, or as the value of an attribute."""
    # A parser would make a line feed of a carriage return.
    return html.escape(printable(text)).replace("\r", "&#13;")


def linked(text: str) -> str:
    """Write a text; where it is nothing but an address of the web, as a link."""
    shown = escaped(text)
    if not _LINK.fullmatch(text.strip()):
        return shown
    return f'<a href="{escaped(text.strip())}" rel="noopener noreferrer">{shown}</a>'


def beginning(title: str, skip: str) -> str:
    """Begin a page, up to its header.

    Args:
        title: what the page is called.
        skip: where the link leads that passes over the contents, in words.
    """
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(_POLICY)}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{escaped(skip)}</a>\n'
    )


ENDING: Final = "</main>\n</body>\n</html>\n"
"""Ends a page."""
