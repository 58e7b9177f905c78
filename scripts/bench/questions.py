"""Read a relevance set, documents and questions in JSON Lines, and ask each question in three ways."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Snowball's list of Swedish stop words: the same for every engine, whatever list it has of its own.
STOP_WORDS = frozenset(
    """
    alla allt att av blev bli blir blivit de dem den denna deras dess dessa det detta dig din dina ditt du
    där då efter ej eller en er era ert ett från för ha hade han hans har henne hennes hon honom hur här i
    icke ingen inom inte jag ju kan kunde man med mellan men mig min mina mitt mot mycket ni nu när någon
    något några och om oss på samma sedan sig sin sina sitta själv skulle som så sådan sådana sådant till
    under upp ut utan vad var vara varför varit varje vars vart vem vi vid vilka vilkas vilken vilket vår
    våra vårt än är åt över
    """.split()
)
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a set; `title` may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a person wrote it, and the ids of the documents that answer it."""

    query: str
    relevant: frozenset[str]


class SetError(Exception):
    """A set that cannot be used; the text says which line and why."""


def read_documents(path: Path) -> list[Document]:
    """Return the documents of a `{"id", "title", "text"}` file."""
    documents: dict[str, Document] = {}
    for where, row in _rows(path):
        document = Document(_text(row, "id", where), _text(row, "title", where), _text(row, "text", where))
        if document.id in documents:
            raise SetError(f"{where}: the id {document.id!r} is used twice")
        documents[document.id] = document
    return list(documents.values())


def read_questions(path: Path, documents: list[Document]) -> list[Question]:
    """Return the questions of a `{"query", "relevant": [id]}` file about these documents."""
    known = {document.id for document in documents}
    questions = []
    for where, row in _rows(path):
        relevant = row.get("relevant")
        if not isinstance(relevant, list) or not relevant:
            raise SetError(f"{where}: relevant is {relevant!r}; it must list at least one id")
        if unknown := [name for name in relevant if name not in known]:
            raise SetError(f"{where}: no document has the id {unknown[0]!r}")
        questions.append(Question(_text(row, "query", where), frozenset(relevant)))
    return questions


def read_everyday(path: Path, projects: dict[str, str]) -> list[Question]:
    """Return the questions of a `{"query", "right": [project]}` file.

    `projects` maps each document's id to its project's; a document of a right project is a right answer.
    """
    questions = []
    for where, row in _rows(path):
        right = row.get("right")
        if not isinstance(right, list) or not right:
            raise SetError(f"{where}: right is {right!r}; it must list at least one project")
        if unknown := [name for name in right if name not in projects.values()]:
            raise SetError(f"{where}: no project has the id {unknown[0]!r}")
        found = frozenset(document for document, project in projects.items() if project in right)
        questions.append(Question(_text(row, "query", where), found))
    return questions


def spread(questions: list[Question], limit: int | None) -> list[Question]:
    """Return `limit` questions taken evenly over the whole list: neighbours often ask about one document."""
    if limit is None or limit >= len(questions):
        return questions
    return [questions[number * len(questions) // limit] for number in range(limit)]


def raw(query: str) -> str:
    """Remove punctuation; a hyphen inside a word stays."""
    return " ".join(_WORD.findall(query))


def keywords(query: str) -> str:
    """Remove punctuation and stop words; a question of nothing else is asked raw."""
    words = _WORD.findall(query)
    return " ".join([word for word in words if word.casefold() not in STOP_WORDS] or words)


def two_words(query: str) -> str:
    """Return the two longest keywords in their order; of equally long ones the first."""
    words = keywords(query).split()
    longest = sorted(range(len(words)), key=lambda place: (-len(words[place]), place))[:2]
    return " ".join(words[place] for place in sorted(longest))


WAYS: dict[str, Callable[[str], str]] = {"raw": raw, "keywords": keywords, "two words": two_words}


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield place and content of each line that is not blank."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            where = f"{path.name}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SetError(f"{where}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise SetError(f"{where}: {line.strip()[:40]!r} is not an object")
            yield where, row


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise SetError(f"{where}: {key} is {value!r}; it must be a text")
    return value
