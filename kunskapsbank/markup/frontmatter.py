"""Split a content file into fields, each with its line number, and a body."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.swedish.misread import misread
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator


EMPTY = "filen är tom"
"""What is said of a file with nothing in it."""
SUGGESTED = "Förslag, kontrollera och ta bort den här raden"
"""Begins the comment above a field that was filled in from the text of a report."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as the editor wrote it, without quotes; "" where nothing was written."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML list."""

    values: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value; `line` is the key's."""

    key: str
    value: Node
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A YAML mapping, in the order written."""

    entries: tuple[Entry, ...]
    line: int

    def __iter__(self) -> Iterator[Entry]:
        """Go through the entries in the order written."""
        return iter(self.entries)

    def get(self, key: str) -> Entry | None:
        """Return the entry of `key`, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)


Node = Scalar | Items | Table


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A Markdown file taken apart.

    `file` is relative to the content folder; `body_line` is the body's first line; `text` is the whole file in normal
    form C with \\n line ends.
    """

    file: str
    fields: Table
    body: str
    body_line: int
    text: str = ""

    @property
    def above(self) -> str:
        """The lines above the body: the fields and the marks around them."""
        return "\n".join(self.text.split("\n", self.body_line - 1)[:-1])

    def line_of(self, key: str) -> int:
        """Return the line of a key, or the file's first where it is not written."""
        entry = self.fields.get(key)
        return entry.line if entry else 1


def described(node: Node) -> str:
    """Return what was written, for a message: "är 'tjugo'", "är en lista", "är tomt"."""
    if isinstance(node, Items):
        return "är en lista"
    if isinstance(node, Table):
        return "är en grupp av fält"
    return f"är {quoted(node.text)}" if node.text else "är tomt"


def quoted(text: str) -> str:
    """Return the beginning of what was written, on one line and in quotation marks."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= 40 else line[:40] + '…'}'"


_QUOTE_IT = "Sätt värdet inom citattecken."

# What PyYAML says of the mistakes people make, with our words for it. Matched at the start of PyYAML's `problem`.
_YAML_PROBLEMS = (
    (
        "mapping values are not allowed",
        "ett kolon (:) står där det inte kan läsas",
        "Om kolonet hör till texten: sätt hela värdet inom citattecken. Om raden är ett eget fält: låt den börja i "
        "samma kolumn som fälten ovanför.",
    ),
    (
        "found character '\\t'",
        "ett tabbtecken står där det ska vara mellanslag",
        "Byt tabbtecknet mot mellanslag.",
    ),
    (
        "found unexpected end of stream",
        "ett citattecken saknas",
        "Avsluta texten med samma citattecken som den börjar med.",
    ),
    (
        "could not find expected ':'",
        "raden är inget fält",
        "Skriv fältet som namn: värde, med kolon och mellanslag. Om raden fortsätter texten ovanför: börja den med "
        "två mellanslag.",
    ),
    (
        "sequence entries are not allowed",
        "ett bindestreck (-) står på samma rad som fältets namn",
        "Börja listan på nästa rad: två mellanslag, bindestreck, mellanslag och värdet. Om bindestrecket hör till "
        "texten: sätt värdet inom citattecken.",
    ),
    (
        "expected <block end>, but found '<scalar>'",
        "texten fortsätter efter ett citattecken som avslutar den",
        "Byt citattecken inne i texten mot ”. Kontrollera också att texten på raden ovanför är avslutad.",
    ),
    (
        "expected <block end>",
        "raden passar inte ihop med raderna ovanför",
        "Kontrollera indraget och citattecknen: fält på samma nivå ska börja i samma kolumn.",
    ),
    (
        "expected '<document start>'",
        "raden passar inte ihop med raderna ovanför",
        "Kontrollera indraget: fält på samma nivå ska börja i samma kolumn.",
    ),
    (
        "expected ',' or ']'",
        "en lista inom hakparenteser är inte avslutad",
        "Avsluta listan med ] och skriv kommatecken mellan värdena.",
    ),
    (
        "expected ',' or '}'",
        "en klammerparentes ({) är inte avslutad",
        "Om klammern hör till texten: sätt värdet inom citattecken.",
    ),
    ("expected the node content", "ett kommatecken eller en parentes står där ett värde ska stå", _QUOTE_IT),
    ("found character '@'", "värdet börjar med @", _QUOTE_IT),
    ("found character '%'", "värdet börjar med %", _QUOTE_IT),
    ("found character '`'", "värdet börjar med tecknet `", _QUOTE_IT),
    ("found undefined alias", "värdet börjar med *", _QUOTE_IT),
    ("expected alphabetic or numeric character", "värdet börjar med *, & eller %", _QUOTE_IT),
    ("expected chomping or indentation", "värdet börjar med > eller |", _QUOTE_IT),
    ("expected a comment or a line break", "värdet börjar med > eller |", _QUOTE_IT),
    ("mapping keys are not allowed", "värdet börjar med ?", _QUOTE_IT),
    (
        "found unknown escape character",
        "ett omvänt snedstreck (\\) står inom citattecken",
        "Byt citattecknen (\") mot enkla citattecken (') runt värdet.",
    ),
    (
        "but found another document",
        "en rad med --- delar filen",
        "Ta bort raden.",
    ),
)  # fmt: skip
# Faults that PyYAML notices further down than they stand; where they began is the context's mark.
_TOLD_LATE = ("found unexpected end of stream", "expected ',' or", "could not find expected ':'")


def parse(file: str, data: bytes) -> ContentFile:
    """Take a Markdown file with front matter apart.

    `data` is the file's bytes: UTF-8 with or without BOM, any line ends, composed or decomposed letters.
    Raises ContentError when it is not UTF-8, is empty, lacks front matter or holds YAML that cannot be read.
    """
    text = decode(file, data)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        found = quoted(lines[0]) if lines[0].strip() else "tom"
        hint = "Börja filen med en rad ---, sedan fälten (titel: …), sedan en rad --- och därefter texten."
        raise ContentError([Problem(file, 1, "", f"första raden är {found}, men ska vara ---", hint)])
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        raise ContentError([_unclosed(file, lines)])
    fields = parse_yaml(file, "\n".join(lines[1:end]) + "\n", first_line=2)
    return ContentFile(file, fields, "\n".join(lines[end + 1 :]), end + 2, text)


def _unclosed(file: str, lines: list[str]) -> Problem:
    hint = "Sätt en rad med bara --- efter det sista fältet, före texten."
    # A word processor makes a long dash of ---.
    for number, line in enumerate(lines[1:], 2):
        if re.fullmatch(r"\s*[-–—]+\s*", line):
            return Problem(file, number, "", f"raden är {quoted(line)}, men ska vara ---", hint)
    return Problem(file, 1, "", "raden --- efter fälten saknas", hint)


# The first bytes of files that are no text, whatever their name says.
_NO_TEXT = (
    (b"PK\x03\x04", "ett Word-dokument eller en zip-fil"),
    (b"\xd0\xcf\x11\xe0", "ett äldre Word-dokument"),
    (b"{\\rtf", "ett RTF-dokument"),
    (b"%PDF", "en pdf-fil"),
)
# Control characters, line ends that only some programs see, and marks that no editor shows.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]")
# Unicode's bidirectional algorithm (UAX #9): what stands after these is shown in another order than it is written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONFLICT = re.compile(r"<{7} |>{7} ")


def decode(file: str, data: bytes) -> str:
    """Return a content file's text in normal form C with \\n line ends; raises ContentError naming the line."""
    for start, what in _NO_TEXT:
        if data.startswith(start):
            hint = "Kopiera texten till en ny textfil. Originalet får ligga bredvid, med sin rätta filändelse."
            raise ContentError([Problem(file, 1, "", f"filen är {what}, inte en textfil", hint)])
    hint = "Spara filen på nytt som UTF-8. I Anteckningar: Spara som, och välj kodningen UTF-8."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(file, line, "", "filen är inte sparad som UTF-8", hint)]) from None
    # Every other byte of a file saved as UTF-16 is zero.
    if 3 * text.count("\0") > len(text):
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ContentError([Problem(file, line, "", "filen är inte sparad som UTF-8", hint)])
    text = normalise(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        hint = "Skriv innehållet eller ta bort filen."
        raise ContentError([Problem(file, 1, "", EMPTY, hint)])
    if problems := [*_invisible(file, text), *_conflicts(file, text)]:
        raise ContentError(problems)
    return text


def _invisible(file: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if not (found := _INVISIBLE.search(line)):
            continue
        if "\x7f" < found[0] < "\xa0" and (word := next(misread(line), None)) and word.right:
            message = f"{quoted(word.written)} är felläst"
            hint = f"Skriv {quoted(word.right)}. Är hela texten så: hämta den från originalet, och spara som UTF-8."
            yield Problem(file, number, "", message, hint)
            continue
        before = line[: found.start()].split()
        where = f"efter {quoted(before[-1])}" if before else "först på raden"
        what = "ett NUL-tecken" if found[0] == "\0" else "ett osynligt tecken"
        if found[0] in _TURNING:
            what = "ett osynligt tecken som vänder texten"
        message = f"{what} (U+{ord(found[0]):04X}) står {where}"
        yield Problem(file, number, "", message, "Radera tecknet, eller skriv om raden för hand.")


def _conflicts(file: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFLICT.match(line):
            message = f"raden {quoted(line)} visar att två ändringar krockar"
            hint = "Välj vilken text som ska gälla, och ta bort raderna som börjar med <<<, === och >>>."
            yield Problem(file, number, "", message, hint)


@lru_cache(maxsize=64)
def parse_fields(file: str, data: bytes) -> Table:
    """Take a file apart that is fields all through, such as a vocabulary; raises ContentError as `parse`.

    Such files are few and are read anew for every build of a bank that is served.
    """
    return parse_yaml(file, decode(file, data))


def parse_yaml(file: str, text: str, first_line: int = 1) -> Table:
    """Read a YAML mapping without interpreting its values.

    `first_line` is the line of the file on which `text` starts. Raises ContentError with the line at fault.
    """
    try:
        root = _composed(text)
    except yaml.MarkedYAMLError as error:
        lines = text.split("\n")
        hard = list(_hard_spaces(file, lines, first_line))
        raise ContentError(hard or [_yaml_problem(file, error, lines, first_line)]) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        hint = "Jämför med en annan fil i banken."
        raise ContentError([Problem(file, first_line, "", "fälten går inte att läsa", hint)]) from None
    if root is None:
        root = yaml.MappingNode("", [], yaml.Mark("", 0, 0, 0, None, 0))
    reader = _NodeReader(file, text.split("\n"), first_line)
    if not isinstance(root, yaml.MappingNode):
        if hard := list(_hard_spaces(file, text.split("\n"), first_line)):
            raise ContentError(hard)
        found = reader.node(root)
        hint = "Skriv varje fält på en egen rad: namn, kolon, mellanslag och värde."
        what = quoted(found.text) if isinstance(found, Scalar) else "en lista"
        raise ContentError([Problem(file, found.line, "", f"här står {what}, men det ska vara fält", hint)])
    table = reader.table(root)
    if reader.problems:
        raise ContentError(reader.problems)
    return table


# In brackets, what libyaml reads as PyYAML does: plain and quoted words, each with a name or without, and brackets with
# such in them. Of brackets in brackets it takes any depth, until it falls.
_WORDS = r"""(?:"[^"\\\n\[\]{}]*"|[^\s\[\]{}"'#?,:](?:[^\[\]{}"'#?,:]|:(?![\s,\]}]))*)"""
_NAME = r"""(?:(?:"[^"\\\n\[\]{}]{0,99}"|[^\s\[\]{}"'#?,:-][^\n\[\]{}"'#?,:]{0,99}): )"""


def _in_brackets(one: str) -> str:
    of_a_list = rf"\s*(?:{_NAME}?{one})?\s*"
    return rf"[\[{{](?>{of_a_list}(?:,{of_a_list})*)[\]}}]"


# What libyaml reads otherwise than PyYAML's own reader, or might: tabs, tags and the like, what follows a value and is
# nearly a comment, marks of documents, and all but that in brackets.
_NOT_FOR_LIBYAML = re.compile(
    r"\t|\s#\w|(?:^|[\s\[{,:-])[!&*%@`?]|(?:^|[\s:-])[|>](?![-+]?\n)|(?m:^(?:---|\.\.\.))|- +-\s|\n {100}"
    rf"|(?=[\[{{])(?!{_in_brackets(f'(?:{_WORDS}|{_in_brackets(_WORDS)})')})"
)
# PyYAML may be installed without it, as it is in browsers.
_LIBYAML = getattr(yaml, "CSafeLoader", None)


def _composed(text: str) -> yaml.Node | None:
    """Return the nodes of a YAML text as PyYAML's own reader makes them, by libyaml where that makes the same.

    Where there is a fault, only PyYAML tells of it in the words that we know. Raises yaml.YAMLError and what else
    PyYAML may raise.
    """
    if _LIBYAML and not _NOT_FOR_LIBYAML.search(text):
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=_LIBYAML)
    return yaml.compose(text, Loader=yaml.SafeLoader)


_HARD = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_AFTER_COLON = re.compile(rf"( *(?:- +)?)([^\W\d][\w ]*): *{_HARD}\s*(.*)")
_BEFORE_FIELD = re.compile(rf" *(?:- *)?{_HARD}\s*(\S.*)")
_BLOCK_TEXT = re.compile(r"( *)(?:- +)?[^\W\d][\w ]*: *[>|][-+0-9]* *(?:#.*)?$")


def _hard_spaces(file: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    """Yield the lines where a space that YAML takes for text stands in the place of a common one."""
    # How far in the lines of a text over several lines stand: more than its field.
    inside = -1
    for number, line in enumerate(lines, first_line):
        indent = len(line) - len(line.lstrip(" "))
        if inside >= 0 and (not line.strip() or indent > inside):
            continue
        block = _BLOCK_TEXT.match(line)
        inside = len(block[1]) if block else -1
        if found := _AFTER_COLON.match(line):
            hint = f"Byt det mot ett vanligt: {found[2]}: {found[3]}".rstrip()
            yield Problem(file, number, "", "ett hårt mellanslag står efter kolonet", hint)
        elif found := _BEFORE_FIELD.match(line):
            hint = "Byt det mot vanliga mellanslag, så många som på raderna runt omkring."
            yield Problem(file, number, "", f"ett hårt mellanslag står före {quoted(found[1])}", hint)


def _yaml_problem(file: str, error: yaml.MarkedYAMLError, lines: list[str], first_line: int) -> Problem:
    said = error.problem or ""
    late = said.startswith(_TOLD_LATE)
    mark = (error.context_mark if late else None) or error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    line = first_line + number
    if said.startswith(("could not find expected ':'", "mapping values are not allowed")):
        # Two lines that PyYAML took for one: the first of them is at fault.
        for other in range(number, max(-1, number - 2), -1):
            if no_space := re.match(r"\s*([^\W\d][\w ]*):(?![\s/])(.+)", lines[other]):
                hint = f"Skriv {no_space[1]}: {no_space[2]}"
                return Problem(file, first_line + other, "", "mellanslag saknas efter kolonet", hint)
        if (colon := re.match(r"\s*(?:- )?([^\W\d][\w ]*): +(.+?:(?: .*)?)$", lines[number])) and "'" not in colon[2]:
            quote = "'" if '"' in colon[2] else '"'
            hint = f"Sätt hela värdet inom citattecken: {colon[1]}: {quote}{colon[2]}{quote}"
            return Problem(file, line, "", "ett kolon (:) i värdet gör att raden inte kan läsas", hint)
    for start, message, hint in _YAML_PROBLEMS:
        if said.startswith(start):
            return Problem(file, line, "", message, hint)
    hint = "Sätt värden med skiljetecken inom citattecken och kontrollera indraget."
    return Problem(file, line, "", "raden går inte att läsa", hint)


# What stands after a value that ends sooner than was meant.
_CUT = re.compile(r"\s+#\w")


class _NodeReader:
    """Turns PyYAML's nodes into ours, and finds what YAML lets pass.

    That is keys written twice, values that point at each other, and values cut off at a #.
    """

    def __init__(self, file: str, lines: list[str], first_line: int) -> None:
        self.file = file
        self.lines = lines
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.seen: set[int] = set()
        self.may_be_cut = any("#" in line for line in lines)

    def line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def problem(self, node: yaml.Node, field: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, self.line(node), field, message, hint))

    def node(self, node: yaml.Node) -> Node:
        if id(node) in self.seen:
            self.problem(node, "", "värdet hänvisar till ett annat värde (& och *)", "Skriv ut värdet i stället.")
            return Scalar("", self.line(node))
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.table(node)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.node(value) for value in node.value), self.line(node))
        assert isinstance(node, yaml.ScalarNode)
        # A comment has a space after its #; without one it was meant as text: "Projekt #3".
        if self.may_be_cut and not node.style and _CUT.match(self.lines[node.end_mark.line], node.end_mark.column):
            hint = "Sätt hela värdet inom citattecken."
            self.problem(node, "", "värdet slutar vid #, och resten läses inte", hint)
        return Scalar(_scalar_text(node), self.line(node))

    def table(self, root: yaml.MappingNode) -> Table:
        entries: dict[str, Entry] = {}
        for key_node, value_node in root.value:
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "Skriv fältets namn som ett ord följt av kolon."
                self.problem(key_node, "", "ett fält har en lista eller tabell som namn", hint)
                continue
            # Held for every file, and few are different.
            key = sys.intern(str(key_node.value).strip())
            if key in entries:
                message = f"fältet står två gånger, första gången på rad {entries[key].line}"
                self.problem(key_node, key, message, "Ta bort det ena.")
                continue
            entries[key] = Entry(key, self.node(value_node), self.line(key_node))
        return Table(tuple(entries.values()), self.line(root))


def _scalar_text(node: yaml.ScalarNode) -> str:
    text = str(node.value).strip()
    # A plain `~` or `null` is YAML's way to write nothing; inside quotes it is text.
    return "" if not node.style and text in {"~", "null", "Null", "NULL"} else text
