"""The bytes of a Markdown file → its fields and its text, taken apart once and kept in a store for the next time.

With a store little of a text is held: what other files need to know of it is read at once, the text itself only when
it is asked for.
"""

from __future__ import annotations

import marshal
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from kunskapsbank.files.digest import digest_of
from kunskapsbank.markup import body, frontmatter
from kunskapsbank.markup.blocks import Block, Comment, Form, Left
from kunskapsbank.markup.body import Body, Heading
from kunskapsbank.markup.frontmatter import ContentFile, Entry, Items, Scalar, Table
from kunskapsbank.markup.inline import Link, Picture
from kunskapsbank.markup.rendered import Rendered
from kunskapsbank.problems import BankError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from kunskapsbank.markup.frontmatter import Node
    from kunskapsbank.store import Store

# What a value that is not as it was written can raise when it is read.
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, RecursionError)
# So many texts are held at a time: those that one check after another asks for.
_HELD = 16
_FORMS = {str(form): form for form in Form}
RENDERED = "rendered"
"""The name by which it is kept what a page shows of a text."""


class ChangedError(BankError):
    """A file was changed while the bank was read; the message is in Swedish."""


class _Texts:
    """What of a file is read only when it is asked for; its blocks are made of what was kept when they are."""

    def __init__(self, kept: Any) -> None:
        self.text, blocks, self.words, left = cast("tuple[str, bytes, str, bytes]", kept)
        self._blocks, self._left = blocks, left

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(map(_as_block, marshal.loads(self._blocks)))

    @cached_property
    def left(self) -> tuple[Left, ...]:
        return tuple(Left(*one) for one in marshal.loads(self._left))


class Shelf:
    """Files that were taken apart, in a store."""

    def __init__(self, store: Store) -> None:
        """Use a store, whose version holds for the code that takes files apart."""
        self._store = store
        self._held: dict[str, _Texts] = {}
        self.asked: set[tuple[str, str]] = set()
        """The digests of texts that were read, with the name of what was asked for, "" for the words themselves."""

    def kept(self, file: str, key: str, again: Callable[[], bytes]) -> tuple[ContentFile, Body] | None:
        """Return what is kept of a file by the digest of its bytes, None where nothing is; `again` as in `read`."""
        if (kept := self._store.get(key, "outline")) is None:
            return None
        try:
            return self._outline(marshal.loads(kept), file, key, again)[:2]
        except _DAMAGED:
            return None

    def read(self, file: str, data: bytes, again: Callable[[], bytes]) -> tuple[ContentFile, Body, list[Problem]]:
        """Return the same as `read`; `again` reads the bytes once more."""
        key = digest_of(data)
        if (kept := self._store.get(key, "outline")) is not None:
            try:
                return self._outline(marshal.loads(kept), file, key, again)
            except _DAMAGED:
                pass
        content, text, problems = read(file, data)
        outline = _outline_of(content, text, problems)
        self._store.put(key, "outline", marshal.dumps(outline))
        self._store.put(key, "texts", marshal.dumps(_texts_of(content, text)))
        self._store.put(key, RENDERED, marshal.dumps(_rendered_of(text)))
        return self._outline(outline, file, key, again)

    def texts(self, file: str, key: str, again: Callable[[], bytes]) -> _Texts:
        """Return the texts of a file; raises ChangedError where they are kept no more and the file is another now."""
        self.asked.add((key, ""))
        if key not in self._held:
            found = self._kept_texts(key)
            if found is None:
                content, text, _ = read(file, _same(file, key, again))
                kept = _texts_of(content, text)
                self._store.put(key, "texts", marshal.dumps(kept))
                found = _Texts(kept)
            while len(self._held) >= _HELD:
                del self._held[next(iter(self._held))]
            self._held[key] = found
        return self._held[key]

    def once(self, key: str, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` gives of a text: what was kept of that name, or made and then kept."""
        is_asked = (key, "") in self.asked
        try:
            return self._once(key, name, make)
        finally:
            # What is made of the words is told by its own name, made or kept.
            if not is_asked:
                self.asked.discard((key, ""))
            self.asked.add((key, name))

    def _once(self, key: str, name: str, make: Callable[[], Any]) -> Any:
        if (kept := self._store.get(key, name)) is not None:
            try:
                return marshal.loads(kept)
            except _DAMAGED:
                pass
        made = make()
        self._store.put(key, name, marshal.dumps(made))
        return made

    def rendered(self, file: str, key: str, again: Callable[[], bytes]) -> Rendered | None:
        """Return what a page shows of a file's text; raises as `texts`."""

        def made() -> Any:
            _, text, _ = read(file, _same(file, key, again))
            return _rendered_of(text)

        found = self.once(key, RENDERED, made)
        return Rendered(*found) if found else None

    def _kept_texts(self, key: str) -> _Texts | None:
        if (kept := self._store.get(key, "texts")) is not None:
            try:
                return _Texts(marshal.loads(kept))
            except _DAMAGED:
                pass
        return None

    def _outline(
        self, kept: Any, file: str, key: str, again: Callable[[], bytes]
    ) -> tuple[ContentFile, Body, list[Problem]]:
        above, fields, body_line, headings, links, comments, anchors, notes, problems = kept

        def texts() -> _Texts:
            return self.texts(file, key, again)

        def once(name: str, make: Callable[[], Any]) -> Any:
            return self.once(key, name, make)

        def rendered() -> Rendered | None:
            return self.rendered(file, key, again)

        content = _KeptFile(file, cast("Table", _as_node(fields)), body_line, above, texts)
        outline = {
            "headings": tuple(Heading(*one) for one in headings),
            "links": tuple(Link(*one) for one in links),
            "comments": tuple(Comment(*one) for one in comments),
            "anchors": frozenset(anchors),
            "uncalled_notes": notes,
            "_body_line": body_line,
            "_digest": key,
            "_texts": texts,
            "_once": once,
            "_rendered": rendered,
        }
        text = _KeptBody(outline)
        return content, text, [Problem(file, line, "", message, hint) for line, message, hint in problems]


def _same(file: str, key: str, again: Callable[[], bytes]) -> bytes:
    data = again()
    if digest_of(data) != key:
        raise ChangedError(f"{file} ändrades medan banken lästes. Försök igen.")
    return data


def read(file: str, data: bytes) -> tuple[ContentFile, Body, list[Problem]]:
    """Return a file's fields, its text and what may not stand in that; raises ContentError as `frontmatter.parse`."""
    content = frontmatter.parse(file, data)
    text, problems = body.parse(file, content.body, content.body_line)
    return content, text, problems


class _KeptFile(ContentFile):
    """A file whose text is read when it is asked for."""

    __slots__ = ("_above", "_texts")
    _above: str
    _texts: Callable[[], _Texts]

    def __init__(self, file: str, fields: Table, body_line: int, above: str, texts: Callable[[], _Texts]) -> None:
        for name, value in (
            ("file", file), ("fields", fields), ("body_line", body_line), ("_above", above), ("_texts", texts)
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        return self._texts().text

    @property
    def body(self) -> str:
        return _body_of(self._texts().text, self.body_line)

    @property
    def above(self) -> str:
        return self._above


class _KeptBody(Body):
    """A text that is read when it is asked for; what others may know of it is there."""

    __slots__ = ("_body_line", "_digest", "_once", "_rendered", "_texts")
    _digest: str
    _body_line: int
    _once: Callable[..., Any]
    _rendered: Callable[[], Rendered | None]
    _texts: Callable[[], _Texts]

    def __init__(self, outline: dict[str, Any]) -> None:
        for name, value in outline.items():
            object.__setattr__(self, name, value)

    @property
    def markdown(self) -> str:
        return _body_of(self._texts().text, self._body_line)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._texts().blocks

    @property
    def text(self) -> str:
        return self._texts().words

    @property
    def left(self) -> tuple[Left, ...]:
        return self._texts().left

    @property
    def rendered(self) -> Rendered | None:
        return self._rendered()

    @property
    def digest(self) -> str:
        # Of the whole file, which is enough.
        return self._digest

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        return self._once(name, make)


def _body_of(text: str, body_line: int) -> str:
    parts = text.split("\n", body_line - 1)
    return parts[-1] if len(parts) == body_line else ""


# As marshal has it.


def _outline_of(content: ContentFile, text: Body, problems: list[Problem]) -> tuple[Any, ...]:
    return (
        content.above,
        _node_of(content.fields),
        content.body_line,
        tuple((one.level, one.text, one.id, one.line) for one in text.headings),
        tuple(map(_link_of, text.links)),
        tuple((one.text, one.line) for one in text.comments),
        tuple(sorted(text.anchors)),
        dict(text.uncalled_notes),
        tuple((one.line, one.message, one.hint) for one in problems),
    )


def _link_of(one: Link) -> tuple[Any, ...]:
    return one.target, one.line, one.words, one.is_linked, one.has_picture


def _node_of(node: Node) -> tuple[Any, ...]:
    match node:
        case Scalar():
            return node.text, node.line
        case Items():
            return 0, tuple(map(_node_of, node.values)), node.line
        case Table():
            return 1, tuple((one.key, _node_of(one.value), one.line) for one in node.entries), node.line


def _as_node(kept: tuple[Any, ...]) -> Node:
    if len(kept) == 2:
        return Scalar(*kept)
    kind, inner, line = kept
    if kind:
        return Table(tuple(Entry(key, _as_node(value), at) for key, value, at in inner), line)
    return Items(tuple(map(_as_node, inner)), line)


def _texts_of(content: ContentFile, text: Body) -> tuple[Any, ...]:
    blocks = tuple(
        (
            str(one.form),
            one.line,
            one.words,
            one.markdown,
            tuple(map(_link_of, one.links)),
            tuple((picture.alternative, picture.line, picture.target) for picture in one.pictures),
            one.level,
            one.id,
            one.rows,
            one.is_bold,
        )
        for one in text.blocks
    )
    left = tuple((one.text, one.line) for one in text.left)
    return content.text, marshal.dumps(blocks), text.text, marshal.dumps(left)


def _rendered_of(text: Body) -> tuple[Any, ...] | None:
    return (text.rendered.pieces, text.rendered.headings) if text.rendered else None


def _as_block(kept: tuple[Any, ...]) -> Block:
    form, line, words, markdown, links, pictures, *rest = kept
    return Block(
        _FORMS[form],
        line,
        words,
        markdown,
        tuple(Link(*one) for one in links) if links else (),
        tuple(Picture(*one) for one in pictures) if pictures else (),
        *rest,
    )
