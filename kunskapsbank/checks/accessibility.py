"""Documents → what shuts readers out of a text: pictures, headings, tables and links that do not tell what they are.

The rules are those of WCAG 2.2, which the Swedish law on accessible digital services points to (through EN 301 549).
`ERRORS` looks for what no reader should meet, `REMARKS` for what an editor should look at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kunskapsbank.checks import telling
from kunskapsbank.checks.check import Check
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.frontmatter import quoted
from kunskapsbank.markup.inline import on_one_line
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kunskapsbank.markup.blocks import Block
    from kunskapsbank.markup.inline import Link
    from kunskapsbank.model.document import Document
    from kunskapsbank.model.snapshot import Snapshot
    from kunskapsbank.problems import Problem

_ALTERNATIVE, _LEVEL, _HEAD, _EMPTY_LINK = "alternativtext", "rubriknivå", "tabellhuvud", "tom länk"
_DESCRIPTION, _COLUMN, _LINK, _EMPTY, _BOLD = "bildbeskrivning", "kolumnrubrik", "länktext", "tomt avsnitt", "rubrik"

# A bold paragraph with more words than this is a text to be noticed, not a heading.
_HEADING_WORDS = 12

# Link texts that say nothing by themselves, without full stop and arrow.
_EMPTY_WORDS = frozenset(
    {
        "adress", "adressen", "den här länken", "den här sidan", "denna länk", "denna sida", "dokument", "dokumentet",
        "fil", "filen", "följ länken", "gå hit", "gå vidare", "hemsida", "hemsidan", "hit", "här", "klicka",
        "klicka här", "klicka på länken", "ladda ner", "ladda ner här", "ladda ned", "ladda ned här", "länk",
        "länk här", "länken", "länken här", "läs här", "läs mer", "läs mera", "läs mer här", "läs vidare", "mer",
        "mer här", "mer info", "mer information", "pdf", "se här", "se länk", "se mer", "sida", "sidan", "tryck här",
        "via länken", "visa", "visa mer", "webbplats", "webbplatsen", "webbsida", "webbsidan", "öppna", "click here",
        "here", "link", "more", "read more",
    }
)  # fmt: skip
PATTERNS: Mapping[str, str] = {
    "fileName": r"^[^ ]+\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|emf|wmf)$",
    "placeholder": (
        r"^(?:bild|bilden|figur|foto|graf|illustration|image|img|kartbild|logga|logo|logotyp|objekt|photo|picture|"
        r"skärmavbild|skärmbild|screenshot|diagram)[ _-]*[0-9]*$"
    ),
    "generated": r"automatiskt genererad|ai-genererat innehåll|automatically generated|ai-generated content",
    "address": r"^(?:https?://|www\.)[^ ]+$",
    "sentenceEnd": r"[.!?…]$",
    "edge": r"""^[ .:;,!?»›>→…"”’'()-]+|[ .:;,!?»›>→…"”’'()-]+$""",
    "htmlTable": r"<table[ >]",
    "htmlHead": r"<th[ >]",
    "row": r"^\|.*\|[ ]*$",
}  # fmt: skip
_R = {name: re.compile(pattern, re.IGNORECASE | re.DOTALL) for name, pattern in PATTERNS.items()}

# Message and remedy of each fault.
_TOLD: Mapping[str, tuple[str, str]] = {
    "noAlternative": (
        "en bild saknar text som beskriver den",
        "Beskriv inom hakparentesen vad bilden visar: ![Arbetsgången i fyra steg: ansökan, samtal, plan och "
        "uppföljning](arbetsgang.png)",
    ),
    "poorAlternative": (
        "bildens text {alternative} säger inte vad bilden visar",
        "Beskriv det som är viktigt i bilden, till exempel: Antalet besök ökade från 120 till 273.",
    ),
    "generatedAlternative": (
        "bildens text {alternative} är skriven av ett program",
        "Läs texten mot bilden. Beskriv med egna ord det som är viktigt i den.",
    ),
    "skipped": (
        "rubriken {heading} har nivå {level} ({marks}), men rubriken före har nivå {before} ({marksBefore})",
        "Hoppa inte över en nivå. Skriv {right} {words}",
    ),
    "firstTooDeep": (
        "den första rubriken, {heading}, har nivå {level} ({marks})",
        "Rubriken överst på sidan är titeln, så rubrikerna i texten börjar på nivå 2. Skriv ## {words}",
    ),
    "emptyHeading": ("en rubrik är tom", "Skriv rubriken efter {marks}, eller ta bort raden."),
    "noHead": (
        "tabellens översta rad är tom",
        "Skriv i den översta raden vad varje kolumn innehåller: | År | Antal besök |",
    ),
    "noTable": (
        "raderna med | blir ingen tabell",
        "En tabell börjar med en rad med kolumnernas rubriker och en rad med lika många streck: "
        "| --- | --- |",
    ),
    "noHeadHtml": (
        "tabellen saknar rubriker för kolumnerna",
        "Skriv tabellen med Markdown: | År | Antal besök | och under det | --- | --- |",
    ),
    "emptyHeadCell": (
        "kolumn {column} i tabellen saknar rubrik",
        "Skriv i tabellens översta rad vad kolumnen innehåller.",
    ),
    "emptyLink": (
        "länken till {target} saknar text",
        "Skriv inom hakparentesen vad länken leder till: [ansökan för 2020](adress)",
    ),
    "poorLink": (
        "länktexten {text} säger inte vart länken leder",
        "Skriv vad länken leder till, så att den går att förstå utan texten runt omkring: [ansökan för 2020](adress)",
    ),
    "addressAsText": (
        "länktexten {text} är en adress",
        "Skriv vad länken leder till, så läses inte hela adressen upp: [ansökan för 2020](adress)",
    ),
    "bareAddress": (
        "adressen {text} är ingen länk",
        "Gör en länk som säger vart den leder: [ansökan för 2020]({target})",
    ),
    "sameText": (
        "länktexten {text} leder till ett annat ställe än på rad {first}",
        "Skriv länktexterna olika, så att det hörs vad som skiljer dem.",
    ),
    "emptySection": (
        "det står inget under rubriken {heading}",
        "Skriv något under rubriken, eller ta bort den.",
    ),
    "boldHeading": (
        "stycket {text} är i fetstil och ser ut som en rubrik",
        "Gör det till en rubrik: ## {words} Är det ingen rubrik, ta bort fetstilen.",
    ),
}  # fmt: skip


def _look_for_errors(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield what a reader cannot get past: see the functions this calls."""
    for document in documents:
        text = document.body.blocks if document.body else ()
        yield from _alternatives(document, text)
        yield from _levels(document, text)
        yield from _heads(document, text)
        yield from _empty_links(document, text)


def _look_for_remarks(documents: Iterable[Document], _: Snapshot) -> Iterator[Problem]:
    """Yield what makes a text harder to use than it need be: see the functions this calls."""
    for document in documents:
        text = document.body.blocks if document.body else ()
        yield from _poor_alternatives(document, text)
        yield from _head_cells(document, text)
        yield from _link_words(document, text)
        yield from _same_words(document, text)
        yield from _empty_sections(document, text)
        yield from _bold_headings(document, text)


ERRORS = Check(frozenset({_ALTERNATIVE, _LEVEL, _HEAD, _EMPTY_LINK}), Severity.ERROR, _look_for_errors, alone=True)
REMARKS = Check(
    frozenset({_DESCRIPTION, _COLUMN, _LINK, _EMPTY, _BOLD}), Severity.REMARK, _look_for_remarks, alone=True
)


def _problem(document: Document, line: int, rule: str, told: str, **words: object) -> Problem:
    message, hint = _TOLD[told]
    return telling.at_line(document, line, message.format(**words), hint.format(**words), rule)


def _alternatives(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield pictures without a text in their place (WCAG 2.2, 1.1.1 Non-text Content, level A)."""
    for block in text:
        for picture in block.pictures:
            if not picture.alternative:
                yield _problem(document, picture.line, _ALTERNATIVE, "noAlternative")


def _poor_alternatives(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield pictures whose text is a file's name or any picture's (1.1.1; the failures F30 of WCAG's techniques)."""
    for block in text:
        for picture in block.pictures:
            shown = quoted(picture.alternative)
            if _R["fileName"].search(picture.alternative) or _R["placeholder"].search(picture.alternative):
                yield _problem(document, picture.line, _DESCRIPTION, "poorAlternative", alternative=shown)
            elif _R["generated"].search(picture.alternative):
                yield _problem(document, picture.line, _DESCRIPTION, "generatedAlternative", alternative=shown)


def _levels(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield headings that are empty or skip a level, the title being level 1 (1.3.1 Info and Relationships, A)."""
    before = 1
    for block in text:
        if block.form is not Form.HEADING:
            continue
        words = on_one_line(block.words)
        marks = "#" * block.level
        if not words and not block.pictures:
            yield _problem(document, block.line, _LEVEL, "emptyHeading", marks=marks)
        elif block.level > before + 1:
            told = "firstTooDeep" if before == 1 else "skipped"
            yield _problem(
                document, block.line, _LEVEL, told,
                heading=quoted(words), words=words, level=block.level, marks=marks,
                before=before, marksBefore="#" * before, right="#" * (before + 1),
            )  # fmt: skip
        before = block.level


def _heads(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield tables whose columns have no names, and what was meant to be a table (1.3.1, A)."""
    for block in text:
        if block.form is Form.TABLE:
            if not any(block.rows[0]):
                yield _problem(document, block.line, _HEAD, "noHead")
        elif block.form in {Form.PARAGRAPH, Form.ITEM} and "|" in block.markdown:
            rows = [number for number, line in enumerate(block.markdown.split("\n")) if _R["row"].search(line)]
            if len(rows) > 1:
                yield _problem(document, block.line + rows[0], _HEAD, "noTable")
        elif block.form is Form.HTML and (table := _R["htmlTable"].search(block.markdown)):
            if not _R["htmlHead"].search(block.markdown):
                line = block.line + block.markdown.count("\n", 0, table.start())
                yield _problem(document, line, _HEAD, "noHeadHtml")


def _head_cells(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield the columns without a name but the first, which may hold the rows' names (1.3.1, A)."""
    for block in text:
        head = block.rows[0] if block.form is Form.TABLE else ()
        for column, cell in enumerate(head, 1):
            if column > 1 and not cell and any(head):
                yield _problem(document, block.line, _COLUMN, "emptyHeadCell", column=column)


def _links(text: Sequence[Block]) -> Iterator[Link]:
    for block in text:
        yield from block.links


def _empty_links(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield links without words (2.4.4 Link Purpose, A). Where a picture is the link, the picture's text is missing."""
    for link in _links(text):
        if not link.words and not link.has_picture:
            yield _problem(document, link.line, _EMPTY_LINK, "emptyLink", target=quoted(link.target))


def _link_words(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield links that say nothing by themselves, and addresses in the text (2.4.4, A; 2.4.9, AAA)."""
    for link in _links(text):
        shown = quoted(link.words)
        if not link.is_linked:
            target = link.target if link.target.startswith("http") else f"https://{link.target}"
            yield _problem(document, link.line, _LINK, "bareAddress", text=shown, target=target)
        elif _R["address"].search(link.words):
            yield _problem(document, link.line, _LINK, "addressAsText", text=shown)
        elif _plain(link.words) in _EMPTY_WORDS:
            yield _problem(document, link.line, _LINK, "poorLink", text=shown)


def _same_words(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield links with the words of one before that leads elsewhere (2.4.4, A; 3.2.4 Consistent Identification, AA)."""
    first: dict[str, Link] = {}
    for link in _links(text):
        words = _plain(link.words)
        known = first.setdefault(words, link)
        if words and words not in _EMPTY_WORDS and known.target != link.target:
            yield _problem(document, link.line, _LINK, "sameText", text=quoted(link.words), first=known.line)


def _plain(words: str) -> str:
    return _R["edge"].sub("", words.lower())


def _empty_sections(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield headings with nothing under them, not even a deeper heading (2.4.6 Headings and Labels, AA)."""
    for number, block in enumerate(text, 1):
        if block.form is not Form.HEADING or not block.words.strip():
            continue
        after = text[number] if number < len(text) else None
        if after is None or (after.form is Form.HEADING and after.level <= block.level):
            yield _problem(document, block.line, _EMPTY, "emptySection", heading=quoted(block.words))


def _bold_headings(document: Document, text: Sequence[Block]) -> Iterator[Problem]:
    """Yield short paragraphs all in bold: headings to the eye only (1.3.1, A; failure F2 of WCAG's techniques)."""
    for block in text:
        words = on_one_line(block.words)
        if (
            block.form is Form.PARAGRAPH
            and block.is_bold
            and len(words.split(" ")) <= _HEADING_WORDS
            and not _R["sentenceEnd"].search(words)
        ):
            yield _problem(document, block.line, _BOLD, "boldHeading", text=quoted(words), words=words)
