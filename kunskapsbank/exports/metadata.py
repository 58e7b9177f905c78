"""Reference → what the head of its page tells programs: Highwire's and Dublin Core's tags, and schema.org as JSON-LD.

Zotero's translator *Embedded Metadata* reads the tags (github.com/zotero/translators): `citation_…_institution` makes
a report of the page, and a comma after an author's name keeps an organisation from being read as a person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.exports.reference import Reference

_LANGUAGE = "sv-SE"


def tags(reference: Reference, address: str = "") -> tuple[tuple[str, str], ...]:
    """Return the names and contents of the `meta` elements; `address` is the page's own, "" where it is not known."""
    return tuple((name, content) for name, content in _tags(reference, address) if content)


def _tags(reference: Reference, address: str) -> Iterator[tuple[str, str]]:
    day = f"{reference.day:%Y/%m/%d}" if reference.day else str(reference.year)
    if reference.is_report:
        yield "citation_title", reference.title
        for author in reference.authors:
            yield "citation_author", f"{author.replace(',', ' –')},"
        yield "citation_publication_date", day
        yield "citation_technical_report_institution", reference.publisher
        yield "citation_technical_report_number", reference.number
        yield "citation_language", _LANGUAGE
        yield "citation_public_url", address
        yield "citation_keywords", "; ".join(reference.keywords)
    yield "DC.title", reference.title
    for author in reference.authors:
        yield "DC.creator", f"{author.replace(',', ' –')},"
    yield "DC.date", reference.day.isoformat() if reference.day else str(reference.year)
    yield "DC.publisher", reference.publisher
    yield "DC.description", reference.summary
    for keyword in reference.keywords:
        yield "DC.subject", keyword
    yield "DC.type", reference.form or reference.genre
    yield "DC.language", _LANGUAGE
    yield "DC.identifier", address


def json_ld(reference: Reference, address: str = "") -> str:
    """Return the page as schema.org knows it, as JSON that can stand in a `script` element as it is."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report" if reference.is_report else "WebPage",
        "@id": address,
        "url": address,
        "name": reference.title,
        "headline": reference.title,
        "abstract": reference.summary,
        "author": [_organisation(author) for author in reference.authors],
        "publisher": _organisation(reference.publisher),
        "datePublished": reference.day.isoformat() if reference.day else str(reference.year),
        "genre": reference.form or reference.genre,
        "keywords": list(reference.keywords),
        "inLanguage": _LANGUAGE,
        "isPartOf": {"@type": "WebSite", "name": reference.bank},
    }
    if reference.is_report:
        found["reportNumber"] = reference.number
    text = json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)
    # An element ends where its end tag stands, in a text too (HTML, 4.12.1.3).
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}
