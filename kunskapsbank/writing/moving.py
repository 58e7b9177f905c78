"""A bank and two places → what moving a document or a project there changes: its files, all links, its fields.

Nothing is written here but in `carry_out`, which fills a copy of the content and lets it take the content's place in
one step once everything in it is right: either all is moved, or nothing.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from kunskapsbank.bank import open_bank
from kunskapsbank.files import exchange
from kunskapsbank.markup import body
from kunskapsbank.model.addresses import as_address
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.known import linked
from kunskapsbank.model.record import url_of
from kunskapsbank.problems import BankError
from kunskapsbank.reading import folder, one_file, schema
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.frontmatter import Node
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.record import Record

_FENCE = "---"
# What stands before an address in Markdown and in the HTML that the bank lets through.
_BEFORE = r"""(\]\(\s*<?|^\s{{0,3}}\[[^\]]+\]:\s*<?|(?:href|src)\s*=\s*["']?)(?:{address})(?=[)>\s"'#]|$)"""


class MoveError(BankError):
    """A move that cannot be made; the text says why and what to do, in Swedish."""


@dataclass(frozen=True, slots=True)
class Move:
    """What a move changes: `files` are old names and new ones of all that moves, `texts` the new texts by new names,
    `links` how many links were rewritten in each text, by its new name, and `led_on` old addresses that lead on."""

    files: Mapping[str, str]
    texts: Mapping[str, str]
    links: Mapping[str, int]
    led_on: tuple[str, ...]


def plan(catalogue: Catalogue, source: str, target: str) -> Move:
    """Return what moving `source` to `target` changes; both are relative to the content folder.

    `source` is a document's file or a project's folder, `target` where it is to lie; for a document also the folder
    alone. Raises MoveError.
    """
    record = _record(catalogue, source)
    files = _files_of(catalogue, record, target)
    documents = {document.file: document for document in catalogue.documents}
    texts: dict[str, str] = {}
    links: Counter[str] = Counter()
    led_on = []
    for document in documents.values():
        if document.body is None:
            continue
        new = files.get(document.file, document.file)
        text, links[new] = _with_links(document, new, files)
        if document.file in files and document.record:
            text = _with_fields(document, document.record, new, text)
            led_on.append(document.record.url)
        if text != document.text or new != document.file:
            texts[new] = text
    return Move(files, texts, +links, tuple(led_on))


def carry_out(move: Move, content: Path, today: date, wait: Callable[[], None]) -> exchange.Way:
    """Move the files of a content folder and write the texts, all at once; returns how that was done.

    `wait` is called when another process does so already. Raises MoveError where the content would have errors
    afterwards, and OSError where it cannot be written; then nothing has changed.
    """
    filling = exchange.prepare(content, wait)
    try:
        copy = filling.folder
        shutil.copytree(content, copy, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".bygge*"))
        places = dict(folder.walk(copy).files)
        for old, new in move.files.items():
            (copy / new).parent.mkdir(parents=True, exist_ok=True)
            places[old].rename(copy / new)
            for around in (copy / old).relative_to(copy).parents[:-1]:
                if not any((copy / around).iterdir()):
                    (copy / around).rmdir()
        for name, text in move.texts.items():
            path = places.get(name, copy / name)
            path.write_text(text, "utf-8", newline="")
        if errors := open_bank(copy, today).catalogue.errors:
            told = "\n".join(map(str, errors))
            raise MoveError(f"Flytten skulle ge fel i innehållet, så inget har ändrats:\n{told}")
        return filling.publish()
    finally:
        filling.end()


def _record(catalogue: Catalogue, source: str) -> Record:
    name = _path(source)
    files = {record.file: record for record in catalogue}
    found = files.get(name) or files.get(f"{name}/index.md") or files.get(f"{name}.md") or catalogue.get(name)
    if found is None:
        raise MoveError(f"{source} är inget dokument eller projekt i banken. Skriv filen, eller projektets mapp.")
    return found


def _path(written: str) -> str:
    return posixpath.normpath(normalise(written.replace("\\", "/"))).strip("/")


def _files_of(catalogue: Catalogue, record: Record, target: str) -> dict[str, str]:
    """Return what moves: a project's whole folder, or a document and what lies beside it for it alone."""
    new = _place(record, target)
    if new == record.file:
        raise MoveError(f"{record.file} ligger redan där.")
    taken = {*catalogue.texts, *catalogue.assets, *catalogue.refused}
    if record.kind is Kind.PROJECT:
        old_folder, new_folder = posixpath.dirname(record.file), posixpath.dirname(new)
        found = {
            file: f"{new_folder}{file.removeprefix(old_folder)}"
            for file in sorted(taken)
            if file.startswith(f"{old_folder}/")
        }
        at_target = sorted(file for file in taken if file.startswith(f"{new_folder}/"))
    else:
        found = {record.file: new, **_beside(catalogue, record, new)}
        at_target = sorted(taken & {*found.values()} - {*found})
    if at_target:
        raise MoveError(f"{at_target[0]} finns redan. Välj ett annat namn.")
    for file in found.values():
        if problem := folder.badly_named(file, taken - {*found}):
            raise MoveError(f"{problem.file}: {problem.message}. {problem.hint}")
    return found


def _place(record: Record, target: str) -> str:
    """Return the new file; raises MoveError for a place where no such record may lie."""
    name = _path(target)
    rule = record.kind.rule
    if rule.has_folder:
        name = name.removesuffix("/index.md")
        file = f"{name if '/' in name else f'{rule.folder}/{name}'}/index.md"
    elif name.endswith(".md"):
        file = name if "/" in name else f"{posixpath.dirname(record.file)}/{name}"
    else:
        file = f"{name}/{posixpath.basename(record.file)}"
    if file.startswith("../") or not rule.may_lie_at(file) or not one_file.default_id(file):
        shape = rule.path.format(project="<projekt>", year="<år>", kind="<typ>", name="<namn>")
        raise MoveError(f"{target} är ingen plats för {record.file}. Skriv den som {shape}")
    if (better := as_address(file)) != file:
        wanted = better.removesuffix("/index.md") if rule.has_folder else better
        raise MoveError(f"{target} blir sidans adress. Skriv små bokstäver utan å, ä, ö och mellanslag: {wanted}")
    return file


def _beside(catalogue: Catalogue, record: Record, new: str) -> dict[str, str]:
    """Return the files that only this document has: named as it is, or linked to by no other in its folder."""
    old_folder, stem = posixpath.dirname(record.file), PurePosixPath(record.file).stem
    new_folder, new_stem = posixpath.dirname(new), PurePosixPath(new).stem
    users: dict[str, set[str]] = {}
    for document in catalogue.documents:
        for link in document.body.links if document.body else ():
            users.setdefault(linked(document.file, link.target), set()).add(document.file)
    found = {}
    for file in sorted(catalogue.assets):
        name = posixpath.basename(file)
        is_named = bool(re.match(rf"{re.escape(stem)}[-.]", name))
        if posixpath.dirname(file) != old_folder or users.get(file, set()) - {record.file}:
            continue
        if is_named:
            found[file] = f"{new_folder}/{new_stem}{name.removeprefix(stem)}"
        elif file in users and new_folder != old_folder:
            found[file] = f"{new_folder}/{name}"
    return found


# Links


def _with_links(document: Document, new: str, files: Mapping[str, str]) -> tuple[str, int]:
    """Return a document's text with its links leading to where their targets will lie, and how many were rewritten.

    Raises MoveError where a link is written in a way that cannot be changed for certain.
    """
    assert document.body is not None
    lines = document.text.split("\n")
    count = 0
    for line, written, way in dict.fromkeys(_changed_links(document, new, files)):
        # What stands between is split off with what stands before an address, every second part.
        parts = re.split(_BEFORE.format(address=re.escape(written)), lines[line - 1])
        lines[line - 1] = "".join(part + way if number % 2 else part for number, part in enumerate(parts))
        count += len(parts) // 2
    text = "\n".join(lines)
    if count:
        _see_that_all_lead_right(document, new, text, files)
    elif [*_changed_links(document, new, files)]:
        raise _cannot_change(document.file, next(_changed_links(document, new, files))[0])
    return text, count


def _changed_links(document: Document, new: str, files: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield the line of each link that must be rewritten, its address without the anchor, and the new one."""
    for link in document.body.links if document.body else ():
        address = link.target.partition("#")[0]
        if not address or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", address):
            continue
        leads_to = linked(document.file, link.target)
        target = files.get(leads_to, leads_to)
        way = posixpath.relpath(target, posixpath.dirname(new) or ".")
        if linked(new, address) != target:
            yield link.line, address, _as_written(way)


def _as_written(way: str) -> str:
    """Return the way to a file as an address in Markdown: what would end the address, or mean more, is encoded."""
    return re.sub(r"[\s()<>%?#&\"'\\]", lambda match: quote(match[0], safe=""), way)


def _see_that_all_lead_right(document: Document, new: str, text: str, files: Mapping[str, str]) -> None:
    assert document.body is not None
    after = "\n".join(text.split("\n")[document.body_line - 1 :])
    found, _ = body.parse(new, after, document.body_line)
    for before, now in zip(document.body.links, found.links, strict=False):
        to = linked(document.file, before.target)
        if linked(new, now.target) != files.get(to, to) or _anchor(before.target) != _anchor(now.target):
            raise _cannot_change(document.file, before.line)
    if len(document.body.links) != len(found.links):
        raise _cannot_change(document.file, document.body_line)


def _anchor(target: str) -> str:
    return unquote(target).partition("#")[2]


def _cannot_change(file: str, line: int) -> MoveError:
    told = "länken är skriven på ett sätt som inte går att ändra säkert. Skriv den så: [text](adress)"
    return MoveError(f"{file}:{line}: {told}")


# Fields


def _with_fields(document: Document, record: Record, new: str, text: str) -> str:
    """Return the text with the old address among its fields and, where the name of the file gave one, the old id."""
    id_key, former_key = schema.key_of("id"), schema.key_of("former")
    assert document.source is not None
    fields = document.source.fields
    if fields.get(id_key) is None and one_file.default_id(new) != record.id:
        text = _with_field(text, id_key, record.id, None)
    own = url_of(new).casefold()
    addresses = [one for one in (*record.former, record.url) if one.casefold() != own]
    entry = fields.get(former_key)
    lines = (entry.line, _last_line(entry.value)) if entry else None
    value = f"[{', '.join(dict.fromkeys(addresses))}]" if addresses else ""
    return _with_field(text, former_key, value, lines) if value or lines else text


def _with_field(text: str, key: str, value: str, at: tuple[int, int] | None) -> str:
    """Return the text with a field in the place of these lines or, where it has none, as the last; none for ""."""
    lines = text.split("\n")
    written = [f"{key}: {value}"] if value else []
    # A field that is added at the end moves none of those before it.
    first, last = at or (lines.index(_FENCE, 1) + 1, lines.index(_FENCE, 1))
    lines[first - 1 : last] = written
    return "\n".join(lines)


def _last_line(node: Node) -> int:
    return max((_last_line(value) for value in getattr(node, "values", ())), default=node.line)
