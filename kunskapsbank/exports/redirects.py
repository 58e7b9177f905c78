"""Catalogue → a static page at each address that a page had before, which leads on to where it is now.

A static site can answer with pages only: the browser is led on by the page itself, search engines by its canonical
address, and whoever is not led on by a link.
"""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Page, Record

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={way}">
<link rel="canonical" href="{canonical}">
<title>Sidan har flyttat</title>
</head>
<body>
<main>
<h1>Sidan har flyttat</h1>
<p>Den finns nu här: <a href="{way}">{title}</a></p>
</main>
</body>
</html>
"""


def files(catalogue: Catalogue, site: str) -> Iterator[tuple[str, str]]:
    """Yield the pages by where they lie in the site; `site` is its own address with end slash, "" where not known."""
    pages: list[Record | Page] = [*catalogue.records, *catalogue.pages]
    for found in pages:
        for address in found.former:
            place = f"{address}index.html" if address.endswith("/") else address
            way = quote(posixpath.relpath(found.url or ".", posixpath.dirname(place) or ".")) + "/"
            canonical = urljoin(site, quote(found.url)) if site else way
            yield place, _PAGE.format(way=escape(way), canonical=escape(canonical), title=escape(found.title))
