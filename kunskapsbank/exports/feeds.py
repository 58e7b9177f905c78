"""Records → feeds to subscribe to: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org).

What a feed says depends on its records alone. An entry keeps its id wherever the page moves: a tag URI (RFC 4151) of
the record's permanent id.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

from kunskapsbank.model.facets import newest_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from kunskapsbank.model.record import Record

LONGEST = 50
"""How many entries a feed has, the newest: a program that asks once a month misses none."""

_ATOM = "http://www.w3.org/2005/Atom"
# In which years the bank's names were given: part of a tag URI, never to be changed.
_SINCE = 2026


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as a feed tells of it; addresses are absolute."""

    id: str
    title: str
    address: str
    summary: str
    day: date
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it is called, the page it is of (absolute), who writes it, when it last changed, its entries."""

    id: str
    title: str
    address: str
    author: str
    day: date
    entries: tuple[Entry, ...]


def of(title: str, path: str, records: Iterable[Record], site: str, author: str, day: date) -> Feed:
    """Return the feed of a page, whose path is relative to `site`, the site's absolute address.

    `day` is what stands for the day of the last change where there are no records.
    """
    latest = sorted(newest_first(records), key=lambda record: record.published, reverse=True)[:LONGEST]
    entries = tuple(
        Entry(
            _tag(site, record.id),
            " ".join(record.title.split()),
            urljoin(site, quote(record.url)),
            " ".join(record.summary.split()),
            record.published,
            tuple(term.label for term in record.themes),
        )
        for record in latest
    )
    newest = max((entry.day for entry in entries), default=day)
    return Feed(_tag(site, path.strip("/") or "banken"), title, urljoin(site, quote(path)), author, newest, entries)


def _tag(site: str, name: str) -> str:
    return f"tag:{urlsplit(site).hostname},{_SINCE}:{quote(name)}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def as_atom(feed: Feed, own: str) -> str:
    """Return a feed as Atom; `own` is the name of its file, beside its page."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "sv"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.day))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="alternate", type="text/html", href=feed.address)
    _add(root, "link", rel="self", type="application/atom+xml", href=urljoin(feed.address, own))
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", _moment(entry.day))
        _add(element, "published", _moment(entry.day))
        _add(element, "link", rel="alternate", type="text/html", href=entry.address)
        _add(element, "summary", entry.summary)
        for keyword in entry.keywords:
            _add(element, "category", term=keyword)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = _allowed(text) or None
    return element


def _allowed(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign != "\ufffe")


def as_json(feed: Feed, own: str) -> str:
    """Return a feed as JSON Feed; `own` as in `as_atom`."""
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": urljoin(feed.address, own),
        "language": "sv",
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": _moment(entry.day),
                **({"tags": list(entry.keywords)} if entry.keywords else {}),
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of feed: its name for readers, its media type, the name of its files, and how one is written."""

    name: str
    type: str
    file: str
    write: Callable[[Feed, str], str]


FORMATS = (
    Format("Atom", "application/atom+xml", "flode.xml", as_atom),
    Format("JSON Feed", "application/feed+json", "flode.json", as_json),
)
"""In the order in which they are offered."""
