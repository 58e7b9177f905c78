"""Python-Markdown's way into the library's reader of Markdown: MkDocs shows what the library has read and checked.

MkDocs makes its pages with Python-Markdown, whose lists need a blank line before them and four spaces to be nested.
The extension takes over the reading alone: MkDocs still resolves the links and makes the table of contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from xml.etree import ElementTree

from markdown.extensions import Extension
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor
from markdown.util import Registry

from kunskapsbank.markup import commonmark, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from markdown import Markdown
    from markdown.blockparser import BlockParser
    from markdown_it.token import Token

_BACK_TITLE = "Tillbaka till fotnot {} i texten"
_BACK = "↩"


EXTENSION = f"{__name__}:CommonMarkExtension"
"""The extension by the name that Python-Markdown knows it by."""


class CommonMarkExtension(Extension):
    """Reads Markdown as `kunskapsbank.markup` does. It stands last among the extensions, as it undoes others."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take the place of Python-Markdown's own reading, all but the steps that make contents and links."""
        contents = md.treeprocessors["toc"] if "toc" in md.treeprocessors else None
        md.preprocessors, md.treeprocessors, md.postprocessors = Registry(), Registry(), Registry()
        md.parser = cast("BlockParser", _Parser(md))
        if contents:
            md.treeprocessors.register(contents, "toc", 5)
        md.treeprocessors.register(PrettifyTreeprocessor(md), "prettify", 10)
        # After everything else that MkDocs does with the tree.
        md.treeprocessors.register(_Escaped(md), "escaped", -100)
        md.postprocessors.register(RawHtmlPostprocessor(md), "raw_html", 30)


class _Parser:
    """What `Markdown.convert` asks for the tree of a text."""

    def __init__(self, md: Markdown) -> None:
        self.md = md

    def parseDocument(self, lines: Iterable[str]) -> ElementTree.ElementTree:
        """Return the tree of a text; raises commonmark.TooDeepError for one that the library refuses."""
        builder = _Builder(self.md)
        builder.add(parts.tokens("\n".join(lines)))
        builder.notes()
        return ElementTree.ElementTree(builder.root)


class _Escaped(Treeprocessor):
    """Escapes every &, of which Python-Markdown leaves those that look like an entity: here all are resolved."""

    def run(self, root: Element) -> None:
        """Change the tree."""
        for element in root.iter():
            if element.text:
                element.text = element.text.replace("&", "&amp;")
            if element.tail:
                element.tail = element.tail.replace("&", "&amp;")
            for name, value in element.attrib.items():
                element.set(name, value.replace("&", "&amp;"))


class _Builder:
    """Makes elements of tokens. A text nests deep in places, so no call is made for an element in another."""

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self.root = ElementTree.Element("div")
        self.open = [self.root]
        # The footnotes by label, and in which order they are called.
        self.footnotes: dict[str, Element] = {}
        self.called: dict[str, int] = {}
        self.times: dict[str, int] = {}

    @property
    def at(self) -> Element:
        return self.open[-1]

    def add(self, tokens: Sequence[Token]) -> None:
        """Add the elements of the tokens where the builder stands."""
        for token in tokens:
            match token.type:
                case "inline":
                    self.add(token.children or ())
                case "text" | "text_special":
                    self.text(token.content)
                case "softbreak":
                    self.text("\n")
                case "hardbreak":
                    self.element("br")
                case "code_inline":
                    self.element("code").text = token.content
                case "fence" | "code_block":
                    language = token.info.split(maxsplit=1)[:1]
                    attributes = {"class": f"language-{language[0]}"} if language else {}
                    ElementTree.SubElement(self.element("pre"), "code", attributes).text = token.content
                case "html_inline" | "html_block":
                    self.text(self.md.htmlStash.store(token.content))
                case "image":
                    attributes = {name: str(value) for name, value in token.attrs.items()}
                    self.element("img", attributes | {"alt": commonmark.plain(token.children or ())})
                case "footnote_ref":
                    self.call(token.meta["label"])
                case "footnote_reference_open":
                    label = token.meta["label"]
                    self.open.append(self.footnotes.setdefault(label, ElementTree.Element("li", {"id": f"fn:{label}"})))
                case "footnote_reference_close":
                    self.open.pop()
                case _ if token.nesting > 0 and not token.hidden:
                    attributes = {name: str(value) for name, value in token.attrs.items()}
                    self.open.append(self.element(token.tag, attributes))
                case _ if token.nesting < 0 and not token.hidden:
                    self.open.pop()
                case _ if token.tag and not token.hidden:
                    self.element(token.tag)

    def element(self, tag: str, attributes: dict[str, str] | None = None) -> Element:
        return ElementTree.SubElement(self.at, tag, attributes or {})

    def text(self, text: str) -> None:
        if len(self.at):
            self.at[-1].tail = (self.at[-1].tail or "") + text
        else:
            self.at.text = (self.at.text or "") + text

    def call(self, label: str) -> None:
        """Add the number of a footnote, which leads to it."""
        number = self.called.setdefault(label, len(self.called) + 1)
        times = self.times[label] = self.times.get(label, 0) + 1
        mark = self.element("sup", {"id": f"fnref:{label}" if times == 1 else f"fnref{times}:{label}"})
        ElementTree.SubElement(mark, "a", {"class": "footnote-ref", "href": f"#fn:{label}"}).text = str(number)

    def notes(self) -> None:
        """Add the footnotes below the text, each with the way back."""
        if not self.footnotes:
            return
        below = self.element("div", {"class": "footnote"})
        ElementTree.SubElement(below, "hr")
        listed = ElementTree.SubElement(below, "ol")
        order = [label for label in self.called if label in self.footnotes]
        for label in (*order, *(label for label in self.footnotes if label not in self.called)):
            note = self.footnotes[label]
            listed.append(note)
            paragraph = note[-1] if len(note) and note[-1].tag == "p" else ElementTree.SubElement(note, "p")
            # One that is never called has no way back.
            for time in range(1, self.times.get(label, 0) + 1):
                self.open = [note, paragraph]
                self.text("\N{NO-BREAK SPACE}")
                target = f"#fnref:{label}" if time == 1 else f"#fnref{time}:{label}"
                title = _BACK_TITLE.format(self.called[label])
                self.element("a", {"class": "footnote-backref", "href": target, "title": title}).text = _BACK
