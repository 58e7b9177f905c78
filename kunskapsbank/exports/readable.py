"""A document → a page of plain HTML that any browser can show in a hundred years: its fields, and its text.

Links between documents lead to each other's pages and those to files beside them to the files, as both lie in the
archive. What the bank makes (lists, terms) is not there, so links to it are shown as text.
"""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kunskapsbank.markup import commonmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markdown_it.token import Token

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<dl>
{fields}
</dl>
{body}
</body>
</html>
"""


def page(file: str, title: str, fields: Iterable[tuple[str, str]], markdown: str, at: Mapping[str, str]) -> str:
    """Return the page of the document `file`; `at` says where in the archive each document and file can be read."""
    shown = "\n".join(f"<dt>{html.escape(label)}</dt><dd>{html.escape(value)}</dd>" for label, value in fields)
    found = commonmark.tokens(markdown)
    for token in found:
        for inner in token.children or ():
            _lead(inner, file, at)
    return _PAGE.format(title=html.escape(title), fields=shown, body=_without_comments(commonmark.html(found)))


def _lead(token: Token, file: str, at: Mapping[str, str]) -> None:
    """Let a link or a picture lead to where its target lies in the archive."""
    name = {"link_open": "href", "image": "src"}.get(token.type)
    written = str(token.attrs.get(name, "")) if name else ""
    if not name or not written or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|#", written):
        return
    target, _, anchor = unquote(written).partition("#")
    place = at.get(posixpath.normpath(posixpath.join(posixpath.dirname(file), target)))
    if place is None:
        del token.attrs[name]
    else:
        way = quote(posixpath.relpath(place, posixpath.dirname(at[file])))
        token.attrs[name] = f"{way}#{anchor}" if anchor else way


def _without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
