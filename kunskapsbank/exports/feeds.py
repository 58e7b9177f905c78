"""Records → feeds to subscribe to: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org).

What a feed says depends on its records alone. An entry keeps its id wherever the page moves: a tag URI (RFC 4151) of
the record's permanent id.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
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
# How many entries are held as they are written.
_AT_HAND = 2048
# What XML 1.0 cannot hold.
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe]")


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


def entry_of(record: Record, site: str) -> Entry:
    """Return a record as feeds tell of it; `site` is the site's absolute address."""
    return Entry(
        _tag(site, record.id),
        " ".join(record.title.split()),
        urljoin(site, quote(record.url)),
        " ".join(record.summary.split()),
        record.published,
        tuple(term.label for term in record.themes),
    )


def of(
    title: str,
    path: str,
    records: Iterable[Record],
    site: str,
    author: str,
    day: date,
    known: Callable[[Record, str], Entry] = entry_of,
) -> Feed:
    """Return the feed of a page, whose path is relative to `site`, the site's absolute address.

    `day` is what stands for the day of the last change where there are no records. `known` does what `entry_of` does.
    """
    latest = sorted(newest_first(records), key=lambda record: record.published, reverse=True)[:LONGEST]
    entries = tuple(known(record, site) for record in latest)
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
    ElementTree.indent(root)
    head = ElementTree.tostring(root, encoding="unicode").removesuffix("\n</feed>")
    entries = "".join(f"\n  {_atom_entry(entry)}" for entry in feed.entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}\n</feed>\n'


# A record stands in the feed of each of its terms.
@lru_cache(maxsize=_AT_HAND)
def _atom_entry(entry: Entry) -> str:
    element = ElementTree.Element("entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.day))
    _add(element, "published", _moment(entry.day))
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    _add(element, "summary", entry.summary)
    for keyword in entry.keywords:
        _add(element, "category", term=keyword)
    ElementTree.indent(element, level=1)
    return ElementTree.tostring(element, encoding="unicode")


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = _allowed(text) or None
    return element


def _allowed(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return _NOT_ALLOWED.sub("", text)


def as_json(feed: Feed, own: str) -> str:
    """Return a feed as JSON Feed; `own` as in `as_atom`."""
    found: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.address,
        "feed_url": urljoin(feed.address, own),
        "language": "sv",
        "authors": [{"name": feed.author}],
    }
    head = json.dumps(found, ensure_ascii=False, indent=1).removesuffix("\n}")
    items = ",\n".join(map(_json_item, feed.entries))
    listed = f"[\n{items}\n ]" if items else "[]"
    return f'{head},\n "items": {listed}\n}}\n'


@lru_cache(maxsize=_AT_HAND)
def _json_item(entry: Entry) -> str:
    item = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": _moment(entry.day),
        **({"tags": list(entry.keywords)} if entry.keywords else {}),
    }
    return "  " + json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n  ")


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
