"""Split a content file into fields, each with its line number, and a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    """A Markdown file taken apart. `file` is relative to the content folder; `body_line` is the body's first line."""

    file: str
    fields: Table
    body: str
    body_line: int


# What PyYAML says of the mistakes people make, with our words for it. Matched at the start of PyYAML's `problem`.
_YAML_PROBLEMS = (
    (
        "mapping values are not allowed",
        "ett kolon (:) står där det inte kan läsas",
        "Om kolonet hör till texten: sätt hela värdet inom citattecken, till exempel "
        "titel: \"Slutrapport 2018: Stella\". Om raden är ett eget fält: låt den börja i samma kolumn som "
        "fälten ovanför.",
    ),
    (
        "found character '\\t'",
        "raden börjar med ett tabbtecken",
        "Byt tabbtecknet mot mellanslag.",
    ),
    (
        "found unexpected end of stream",
        "ett citattecken saknas",
        "Avsluta texten med samma citattecken som den börjar med.",
    ),
    (
        "could not find expected ':'",
        "raden saknar kolon efter fältets namn, eller så är raden ovanför inte avslutad",
        "Skriv fältet som namn: värde, med kolon och mellanslag.",
    ),
    (
        "expected <block end>",
        "raden passar inte ihop med raderna ovanför",
        "Kontrollera indraget och citattecknen: fält på samma nivå ska börja i samma kolumn.",
    ),
    (
        "did not find expected key",
        "raden passar inte ihop med raderna ovanför",
        "Kontrollera indraget: fält på samma nivå ska börja i samma kolumn.",
    ),
    (
        "expected ',' or",
        "en lista inom hakparenteser är inte avslutad",
        "Avsluta listan med ] och skriv kommatecken mellan värdena.",
    ),
    (
        "found character '@'",
        "värdet börjar med @",
        "Sätt värdet inom citattecken.",
    ),
    (
        "found character '`'",
        "värdet börjar med tecknet `",
        "Sätt värdet inom citattecken.",
    ),
    (
        "found undefined alias",
        "värdet börjar med *",
        "Sätt värdet inom citattecken.",
    ),
)  # fmt: skip


def parse(file: str, data: bytes) -> ContentFile:
    """Take a Markdown file with front matter apart.

    `data` is the file's bytes: UTF-8 with or without BOM, any line ends, composed or decomposed letters.
    Raises ContentError when it is not UTF-8, is empty, lacks front matter or holds YAML that cannot be read.
    """
    text = decode(file, data)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        hint = "Börja filen med en rad ---, sedan fälten (titel: …), sedan en rad --- och därefter texten."
        raise ContentError([Problem(file, 1, "", "filen saknar metadata", hint)])
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        hint = "Sätt en rad med bara --- efter det sista fältet, före texten."
        raise ContentError([Problem(file, 1, "", "metadatan är inte avslutad", hint)])
    fields = parse_yaml(file, "\n".join(lines[1:end]) + "\n", first_line=2)
    return ContentFile(file, fields, "\n".join(lines[end + 1 :]), end + 2)


def decode(file: str, data: bytes) -> str:
    """Return a content file's text in normal form C with \\n line ends; raises ContentError naming the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = "Spara filen på nytt med teckenkodningen UTF-8."
        raise ContentError([Problem(file, line, "", "filen är inte sparad som UTF-8", hint)]) from None
    text = normalise(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        hint = "Skriv innehållet eller ta bort filen."
        raise ContentError([Problem(file, 1, "", "filen är tom", hint)])
    if control := re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", text):
        line = text.count("\n", 0, control.start()) + 1
        message = f"ett osynligt styrtecken (U+{ord(control[0]):04X}) står på raden"
        raise ContentError([Problem(file, line, "", message, "Ta bort tecknet eller skriv om raden.")])
    return text


def parse_yaml(file: str, text: str, first_line: int = 1) -> Table:
    """Read a YAML mapping without interpreting its values.

    `first_line` is the line of the file on which `text` starts. Raises ContentError with the line at fault.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise ContentError([_yaml_problem(file, error, first_line)]) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        hint = "Jämför med ett annat dokument i banken."
        raise ContentError([Problem(file, first_line, "", "metadatan går inte att läsa", hint)]) from None
    if root is None:
        root = yaml.MappingNode("", [], yaml.Mark("", 0, 0, 0, None, 0))
    if not isinstance(root, yaml.MappingNode):
        hint = "Skriv varje fält på en egen rad: namn, kolon, mellanslag och värde."
        raise ContentError([Problem(file, first_line, "", "metadatan består inte av fält", hint)])
    reader = _NodeReader(file, first_line)
    table = reader.table(root)
    if reader.problems:
        raise ContentError(reader.problems)
    return table


def _yaml_problem(file: str, error: yaml.MarkedYAMLError, first_line: int) -> Problem:
    # What is never closed is found out further down; where it began is the context's mark.
    unclosed = (error.problem or "").startswith(("found unexpected end of stream", "expected ',' or"))
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    line = first_line + (mark.line if mark else 0)
    for start, message, hint in _YAML_PROBLEMS:
        if (error.problem or "").startswith(start):
            return Problem(file, line, "", message, hint)
    message = "metadatan går inte att läsa"
    return Problem(file, line, "", message, "Sätt värden med skiljetecken inom citattecken och kontrollera indraget.")


class _NodeReader:
    """Turns PyYAML's nodes into ours, and finds keys written twice and values that point at each other."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

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
        return Scalar(_scalar_text(node), self.line(node))

    def table(self, root: yaml.MappingNode) -> Table:
        entries: dict[str, Entry] = {}
        for key_node, value_node in root.value:
            if not isinstance(key_node, yaml.ScalarNode):
                hint = "Skriv fältets namn som ett ord följt av kolon."
                self.problem(key_node, "", "ett fält har en lista eller tabell som namn", hint)
                continue
            key = str(key_node.value).strip()
            if key in entries:
                message = f"fältet står två gånger, första gången på rad {entries[key].line}"
                self.problem(key_node, key, message, "Ta bort det ena.")
                continue
            entries[key] = Entry(key, self.node(value_node), self.line(key_node))
        return Table(tuple(entries.values()), self.line(root))


def _scalar_text(node: yaml.ScalarNode) -> str:
    text = str(node.value).strip()
    # A plain `~` or `null` is YAML's way to write nothing; inside quotes it is text.
    return "" if node.style is None and text in {"~", "null", "Null", "NULL"} else text
