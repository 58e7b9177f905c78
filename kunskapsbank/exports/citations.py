"""References → files that programs for references read: RIS, BibTeX and CSL-JSON.

RIS by Research Information Systems' specification (2001) with the types that Zotero, EndNote and Mendeley share;
BibTeX in UTF-8; CSL-JSON by the schema of the Citation Style Language 1.0.2. What is said of several is one file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kunskapsbank.exports.reference import Reference


@dataclass(frozen=True, slots=True)
class Format:
    """A form of file: its name for readers, the ending of its files, how one reference is written, and how several
    are put together."""

    name: str
    ending: str
    write: Callable[[Reference, str], str]
    together: Callable[[Iterable[str]], str] = "".join


def _ris(reference: Reference, address: str) -> str:
    """Return a reference as RIS: lines of a tag and a value. A comma ends the name of an author who is no person."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(reference, address) if value) + "ER  - \r\n\r\n"


def _ris_lines(reference: Reference, address: str) -> Iterator[tuple[str, str]]:
    yield "TY", "RPRT" if reference.is_report else "ELEC"
    yield "ID", reference.key
    for author in reference.authors:
        yield "AU", f"{author.replace(',', ' –')},"
    yield "TI", reference.title
    yield "PY", str(reference.year)
    if reference.day:
        yield "DA", f"{reference.day:%Y/%m/%d}"
    yield "M3", reference.form or reference.genre
    yield "T2", "" if reference.is_report else reference.bank
    yield "PB", reference.publisher
    yield "SN", reference.number
    yield "AB", reference.summary
    for keyword in reference.keywords:
        yield "KW", keyword
    yield "LA", "sv"
    yield "UR", address


# As Zotero writes them.
_BIBTEX_SIGNS = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "{}%&#$_"},
}


def _bibtex(reference: Reference, address: str) -> str:
    """Return a reference as BibTeX. A second pair of braces keeps capitals, and an organisation in one piece."""
    lines = [f"@{'techreport' if reference.is_report else 'misc'}{{{reference.key},"]
    lines += [f"  {name} = {{{value}}}," for name, value in _bibtex_fields(reference, address) if value]
    return "\n".join((*lines, "}", "", ""))


def _bibtex_fields(reference: Reference, address: str) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(f"{{{_latex(author)}}}" for author in reference.authors)
    yield "title", f"{{{_latex(reference.title)}}}"
    yield "year", str(reference.year)
    yield "date", reference.day.isoformat() if reference.day else ""
    yield "type", _latex(reference.form or reference.genre)
    yield ("institution" if reference.is_report else "howpublished"), f"{{{_latex(reference.publisher)}}}"
    yield "number", _latex(reference.number)
    yield "abstract", _latex(reference.summary)
    yield "keywords", ", ".join(map(_latex, reference.keywords))
    yield "language", "sv-SE"
    # An address is read letter by letter.
    yield "url", address


def _latex(text: str) -> str:
    return re.sub(r"[\\~^{}%&#$_]", lambda match: _BIBTEX_SIGNS[match[0]], text)


def _csl(reference: Reference, address: str) -> str:
    day = reference.day
    found: dict[str, Any] = {
        "id": reference.key,
        "type": "report" if reference.is_report else "webpage",
        "title": reference.title,
        "author": [{"literal": author} for author in reference.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day] if day else [reference.year]]},
        "genre": reference.form or reference.genre,
        "container-title": reference.bank,
        "publisher": reference.publisher,
        "number": reference.number,
        "abstract": reference.summary,
        "keyword": ", ".join(reference.keywords),
        "language": "sv-SE",
        "URL": address,
    }
    return json.dumps({name: value for name, value in found.items() if value}, ensure_ascii=False)


def _as_list(parts: Iterable[str]) -> str:
    inner = ",\n".join(parts)
    return f"[{inner}]\n"


FORMATS = (
    Format("RIS", "ris", _ris),
    Format("BibTeX", "bib", _bibtex),
    Format("CSL-JSON", "csl.json", _csl, _as_list),
)
"""In the order in which they are offered."""
