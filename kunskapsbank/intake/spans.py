"""Words inside a paragraph, heading or cell: HTML elements → Markdown on one or several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bs4.element import Comment, NavigableString, PreformattedString, Tag

from kunskapsbank.intake.remarks import Remarks, Told, quoted
from kunskapsbank.intake.used_pictures import spoken

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from bs4.element import PageElement

# What the bank refuses in a text, and marks that no editor shows; a soft hyphen is the word processor's own.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n\r\f\x85]+")
_BLANK = " \N{NO-BREAK SPACE}"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
# Elements that hold no text of the document.
DROPPED = frozenset(
    "aside audio button canvas embed footer form head iframe input link meta nav noscript object option script select "
    "style svg template textarea title video".split()
)
FOOTNOTE = re.compile(r"#((?:footnote|endnote)-\w+)$")
_FOOTNOTE_BACK = re.compile(r"#(?:footnote|endnote)-ref-")
# What Word adds to the alternative texts that it writes itself.
_MADE_BY_PROGRAM = re.compile(
    r" ?(?:Automatiskt genererad beskrivning|AI-genererat innehåll kan vara felaktigt|"
    r"Description automatically generated|AI-generated content may be incorrect)\.?$"
)
_OUTSIDE = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f]", re.IGNORECASE)


_NO_PICTURE = Told(
    "En bild gick inte att ta med. Lägg till den för hand om den behövs.",
    "{count} bilder gick inte att ta med. Lägg till dem för hand om de behövs.",
)
_NO_WORDS = Told(
    "Bilden {which} saknar beskrivning. Skriv den inom hakparenteserna: ![beskrivning].",
    "{count} bilder saknar beskrivning: {which}. Skriv den inom hakparenteserna: ![beskrivning].",
)
_BY_PROGRAM = Told(
    "Beskrivningen {which} av en bild är skriven av ett program. Läs den och rätta den.",
    "{count} beskrivningar av bilder är skrivna av ett program: {which}. Läs dem och rätta dem.",
)
_STRUCK = Told(
    "Texten {which} är överstruken i originalet. Ta bort den om den inte ska vara med.",
    "{count} texter är överstrukna i originalet: {which}. Ta bort dem om de inte ska vara med.",
)
_NOWHERE = Told(
    "Länken {which} pekar på något som inte finns i banken. Bara texten är kvar.",
    "{count} länkar pekar på något som inte finns i banken: {which}. Bara texten är kvar.",
)


@dataclass
class Page:
    """What the parts of one document need of each other while it is written.

    `names` maps a picture's key to the file to link to, "" where it is told elsewhere that there is none; `anchors` an
    element's id to that of the heading it stands at; `notes` the id of each footnote that was called to its number.
    `pictures` and `remarks` are gathered in order.
    """

    names: Mapping[str, str]
    anchors: dict[str, str] = field(default_factory=dict)
    known_notes: frozenset[str] = frozenset()
    notes: dict[str, int] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)

    def remark(self, told: Told, which: str = "") -> None:
        """Note something that the editor should look at."""
        self.remarks.add(told, which)


def text_of(nodes: Iterable[PageElement], *, keep_spaces: bool = False) -> str:
    """Return the words of elements on one line, without any marks; as many spaces as there are only where asked."""
    text = "".join(_words(nodes))
    return text if keep_spaces else " ".join(_SPACES.sub(" ", text).split(" ")).strip(" ")


def _words(nodes: Iterable[PageElement]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Tag):
            if node.name == "br":
                yield " "
            elif node.name not in DROPPED:
                yield from _words(node.children)
        elif is_text(node):
            yield _INVISIBLE.sub("", str(node))


def holds(tag: Tag, names: Container[str]) -> bool:
    """Tell whether an element of one of these names lies in another: much faster than to ask BeautifulSoup."""
    return any(isinstance(inner, Tag) and inner.name in names for inner in tag.descendants)


def is_text(node: PageElement) -> bool:
    """Tell whether a node is text of the document: no comment, declaration or the like."""
    return isinstance(node, NavigableString) and not isinstance(node, Comment | PreformattedString)


def lines(nodes: Iterable[PageElement], page: Page) -> list[str]:
    """Return elements as Markdown, a list of lines where there are line breaks; what begins a line is escaped."""
    written = _inline(nodes, page, frozenset())
    found = [re.sub(" +", " ", line).strip(" ") for line in written.split("\n")]
    return [_line_start(line) for line in found if line.strip()]


def line(nodes: Iterable[PageElement], page: Page) -> str:
    """Return elements as Markdown on one line, where only a line's own marks must not be escaped: a heading, a cell."""
    return re.sub(r"\s+", _kept_space, _inline(nodes, page, frozenset()).replace("\n", " ")).strip(" ")


def _kept_space(match: re.Match[str]) -> str:
    return match[0] if "\N{NO-BREAK SPACE}" in match[0] else " "


def _inline(nodes: Iterable[PageElement], page: Page, within: frozenset[str]) -> str:
    written, before = "", ""
    for node in nodes:
        part, mark = "", ""
        if isinstance(node, Tag):
            part = _element(node, page, within)
            mark = _MARKS.get(node.name, "")
        elif is_text(node):
            text = escaped(_SPACES.sub(" ", _INVISIBLE.sub("", str(node))))
            part = _without_brackets(text) if "a" in within else text
        if part.startswith("[") and written.endswith("!"):
            # Or the link would be a picture.
            written = f"{written[:-1]}\\!"
        elif mark and mark == before and written.endswith(mark) and part.startswith(mark):
            # Two elements side by side: their marks would be read as others.
            written, part = written.removesuffix(mark), part.removeprefix(mark)
        written += part
        before = mark
    return written


def _element(tag: Tag, page: Page, within: frozenset[str]) -> str:
    name = {"b": "strong", "i": "em"}.get(tag.name, tag.name)
    if name in DROPPED:
        return ""
    if name == "br":
        return "\n"
    if name == "img":
        return _picture(tag, page)
    if name in {"strong", "em"} and name not in within:
        return _marked(_inline(tag.children, page, within | {name}), _MARKS[name])
    if name == "a" and "a" not in within:
        return _link(tag, page, within)
    if name in {"sup", "sub"} and not holds(tag, {"a", "img"}):
        return escaped(text_of(tag.children)).translate(_RAISED if name == "sup" else _LOWERED)
    if name in {"s", "del", "strike"}:
        struck = quoted(text_of(tag.children))
        page.remark(_STRUCK, struck)
    return _inline(tag.children, page, within)


def _marked(text: str, mark: str) -> str:
    """Put marks round the words, with the spaces outside; a line of its own for each line."""
    parts = []
    for part in text.split("\n"):
        words = part.strip(_BLANK)
        if not words:
            parts.append(part)
            continue
        before, after = part[: len(part) - len(part.lstrip(_BLANK))], part[len(part.rstrip(_BLANK)) :]
        parts.append(f"{before}{mark}{words}{mark}{after}")
    return "\n".join(parts)


def _picture(tag: Tag, page: Page) -> str:
    key = str(tag.get("src", ""))
    name = page.names.get(key)
    if name is None:
        page.remark(_NO_PICTURE)
    if not name:
        return ""
    if key not in page.pictures:
        page.pictures.append(key)
    whole = spoken(_INVISIBLE.sub("", str(tag.get("alt", ""))))
    said = _MADE_BY_PROGRAM.sub("", whole)
    alt = _without_brackets(escaped(said))
    if said != whole and said:
        page.remark(_BY_PROGRAM, quoted(said))
    if not alt:
        page.remark(_NO_WORDS, name)
    return f"![{alt}]({name})"


def _link(tag: Tag, page: Page, within: frozenset[str]) -> str:
    address = re.sub(r"^(?=www\.)", "https://", str(tag.get("href", "")).strip(), flags=re.IGNORECASE)
    if (called := FOOTNOTE.match(address)) and called[1] in page.known_notes:
        number = page.notes.setdefault(called[1], len(page.notes) + 1)
        return f"[^{number}]"
    if _FOOTNOTE_BACK.match(address):
        return ""
    inner = _inline(tag.children, page, within | {"a"})
    words = inner.strip(f"{_BLANK}\n")
    if not words or not address:
        return inner
    if address.startswith("#") and address[1:] in page.anchors:
        return _around(inner, f"#{page.anchors[address[1:]]}")
    if _OUTSIDE.match(address):
        return _around(inner, address)
    page.remark(_NOWHERE, quoted(text_of(tag.children)))
    return inner


def _around(inner: str, address: str) -> str:
    """Make a link of the words, with the spaces and line breaks outside."""
    words = inner.strip(f"{_BLANK}\n")
    start = inner.index(words)
    target = re.sub(r"[\s()<>\"\\^`{|}\x00-\x1f]", lambda match: f"%{ord(match[0]):02X}", address)
    on_one_line = re.sub("[ \n]+", " ", words)
    return f"{inner[:start]}[{on_one_line}]({target}){inner[start + len(words) :]}"


def escaped(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, wherever on a line it stands but first."""
    text = re.sub(r"&(?=[#\w])", "&amp;", text).replace("<", "&lt;")
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|\s*$)|[`*{]|~(?=~)", r"\\\g<0>", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    return re.sub(r"[\[\]](?=[\^(\[:])|\[(?=[^\]]*\][(\[:])|!(?=\[)", r"\\\g<0>", text)


def _without_brackets(text: str) -> str:
    """Escape all brackets in an escaped text, as in brackets only pairs may stand."""
    return re.sub(r"(?<!\\)((?:\\\\)*)([\[\]])", r"\1\\\2", text)


def _line_start(line: str) -> str:
    """Escape what at the start of a line would make it a heading, a list, a quotation, a rule or a definition."""
    line = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)
    line = re.sub(r"^(\[\^\d+\]):", r"\1&#58;", line)
    if re.match(r"[-+](?:\s|$)|#|>|!{3}|[-|](?=[-|: ]*$)", line):
        return f"\\{line}"
    # A colon makes a definition of what stands above, equal signs make a heading of it.
    return f"&#{ord(line[0])};{line[1:]}" if re.match(r":(?=\s|[-|: ]*$)|=+$", line) else line
