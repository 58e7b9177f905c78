"""What the page *Skapa rapport* asks of the library, which runs in the browser: questions and answers in JSON.

The page knows no rules. It sends what is filled in, and shows what is answered.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kunskapsbank.editors import filled, places
from kunskapsbank.editors.filled import Filled
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.model.snapshot import Snapshot
from kunskapsbank.problems import Problem
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import capitalised, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kunskapsbank.intake.conversion import Read
    from kunskapsbank.model.record import Record
    from kunskapsbank.suggest.evidence import Suggestion
    from kunskapsbank.writing.drafts import Value
    from kunskapsbank.writing.new_document import Order

# What is asked for first comes first.
_PREPARED = tuple(
    f"kunskapsbank.{module}"
    for module in (
        "checks.one",
        "intake.word",
        "intake.markdown",
        "intake.document",
        "editors.preview",
        "suggest.suggestions",
        "intake.odt",
        "intake.webpage",
    )
)
# Where the form asks whether the report's own file is to lie beside.
_ORIGINAL = "original"
_NO_PROJECT = (
    "inget projekt är valt",
    "Välj det projekt som dokumentet hör till. Finns det inte i listan: lägg in projektets sida först.",
)


class Session:
    """One visit to the page.

    Readers of files, and what suggests from a text, are loaded when they are first asked for.
    """

    def __init__(self, bank: str, today: str) -> None:
        """Take the bank's snapshot as it was published, and the day; raises SnapshotError for another format."""
        self._bank = Snapshot.from_json(bank)
        self._today = date.fromisoformat(today)
        self._read: Read | None = None
        self._original = b""
        self._suggested: tuple[str, tuple[Suggestion, ...]] = ("", ())
        self._answers: dict[str, Callable[[Any], object]] = {
            "look": self._look,
            "suggest": self._suggest,
            "preview": self._preview,
            "outline": self._outline,
            "finish": self._finish,
        }

    def with_runs(self, runs: str) -> None:
        """Take what near-copies are found by, which is large and comes later; raises SnapshotError as above."""
        self._bank = self._bank.with_runs(runs)

    def prepare(self, step: int) -> bool:
        """Load what will be asked for, a step at a time from 0; returns whether more is left."""
        import_module(_PREPARED[step])
        return step + 1 < len(_PREPARED)

    def answer(self, name: str, about: str) -> str:
        """Answer a question: `name` is one of those above, `about` what it is about, in JSON as the answer is."""
        return json.dumps(self._answers[name](json.loads(about)))

    # A file

    def needs_pdf(self, data: Any) -> bool:
        """Tell whether a file's bytes are read by what reads pdf, which is fetched apart."""
        return b"%PDF-" in bytes(data[:1024])

    def read(self, name: str, data: Any) -> str:
        """Read a report's file; returns in JSON the pictures to be made, or as `error` why it cannot be taken in."""
        from kunskapsbank.files.unreadable import UnreadableError
        from kunskapsbank.intake import conversion, used_pictures

        self._read, self._original = None, bytes(data)
        try:
            self._read = conversion.read(self._original, name)
        except UnreadableError as error:
            return json.dumps({"error": str(error)})
        limits = {
            "widest": used_pictures.WIDEST,
            "highest": used_pictures.HIGHEST,
            "mostPixels": used_pictures.MOST_PIXELS,
        }
        return json.dumps({"pictures": [{"name": one.name} for one in self._read.pictures], "limits": limits})

    def picture(self, name: str) -> bytes:
        """Return the bytes of a picture of the file that was read."""
        return next(one.data for one in self._read.pictures if one.name == name) if self._read else b""

    def _finish(self, made: dict[str, str]) -> object:
        """Return the report, given the name of each picture and why it could not be made, "" where it could."""
        from kunskapsbank.files.unreadable import UnreadableError
        from kunskapsbank.intake import conversion, document
        from kunskapsbank.intake.used_pictures import Unmade

        if self._read is None:
            raise ValueError("no file has been read")
        pictures = {name: Unmade(why) if why else b"" for name, why in made.items()}
        try:
            report = conversion.finish(self._read, pictures)
        except UnreadableError as error:
            return {"error": str(error)}
        return {
            "markdown": report.markdown,
            "title": report.title,
            "pictures": [*report.pictures],
            "remarks": [*dict.fromkeys(map(capitalised, report.remarks))],
            "original": document.original_name(report),
        }

    # The form

    def _filled(self, about: dict[str, Any]) -> tuple[Filled, Order]:
        form = Filled(**{**about, "kind": Kind(about["kind"]), "pictures": tuple(about["pictures"])})
        return form, filled.order(form, self._bank.of_kind(Kind.PROJECT))

    def _look(self, about: dict[str, Any]) -> object:
        """Return the file that the form becomes, what is wrong with it, and what can be filled in by itself."""
        form, order = self._filled(about)
        file, text = filled.content(form, order, self._bank.vocabularies)
        return {
            "file": file,
            "text": text,
            "isNamed": filled.is_named(order),
            "isThere": self._bank.has(file),
            "problems": [*self._problems(form, order, file, text)],
            "known": {key: self._as_form(key, value) for key, value in self._known(order).items()},
            "inherited": self._inherited(order.project),
            "hasOutline": bool(self._sections(order)),
        }

    def _known(self, order: Order) -> dict[str, Value]:
        return filled.known(order, self._bank.vocabularies, self._today)

    def _problems(self, form: Filled, order: Order, file: str, text: str) -> Iterator[dict[str, object]]:
        from kunskapsbank.checks.one import check_documents
        from kunskapsbank.markup import frontmatter

        files = {file: text.encode()}
        if form.original:
            files[str(PurePosixPath(file).with_name(form.original))] = self._original
        told = check_documents(files, self._bank, self._today, beside=form.pictures)
        found = sorted(problem for one in told.values() for problem in one.problems)
        if form.kind.rule.in_project and order.project is None:
            # Without a project the file has no place, and what is said of the place would be nonsense.
            key = schema.key_of("project")
            found = [Problem(file, 1, key, *_NO_PROJECT), *(one for one in found if one.field != key)]
        source = frontmatter.parse(file, text.encode())
        for problem in found:
            path, line = _ORIGINAL, None
            if problem.file == file:
                path, line = places.path_of(problem, source), places.text_line(problem, source, form.body)
            yield {**asdict(problem), "path": path, "textLine": line}

    def _inherited(self, project: Record | None) -> dict[str, str]:
        terms = {name: [term.label for term in getattr(project, name, ())] for name in INHERITED}
        return {schema.key_of(name): listed(labels) for name, labels in terms.items() if labels}

    def _sections(self, order: Order) -> tuple[object, ...]:
        return self._bank.vocabularies[vocabulary.KINDS].get(order.kind).sections

    def _outline(self, about: dict[str, Any]) -> object:
        """Return the headings of the kind of document, with help."""
        from kunskapsbank.writing import drafts

        _, order = self._filled(about)
        sections = self._bank.vocabularies[vocabulary.KINDS].get(order.kind).sections
        return drafts.outline(sections, max(order.years, default=None))

    def _preview(self, about: dict[str, Any]) -> object:
        """Return what the page will look like."""
        from kunskapsbank.editors import preview

        form, _ = self._filled(about)
        return {"title": form.text("title"), "summary": form.text("summary"), "html": preview.html(form.body)}

    # Suggestions

    def _suggest(self, about: dict[str, Any]) -> object:
        """Return what the text says that the form lacks, each with the passage that says so."""
        from kunskapsbank.suggest import suggestions

        form, order = self._filled(about)
        text = f"# {form.text('title')}\n{form.body}"
        if text != self._suggested[0]:
            found = suggestions.suggest(text, self._bank.vocabularies) if form.body.strip() else ()
            self._suggested = (text, found)
        return [*self._wanted(form, order)]

    def _wanted(self, form: Filled, order: Order) -> Iterator[dict[str, object]]:
        rules = {rule.key: rule for rule in schema.FIELDS if rule.applies_to(form.kind)}
        for suggestion in self._suggested[1]:
            key, shown = suggestion.key, _shown(suggestion.value)
            if key not in rules or self._is_inherited(rules[key].attribute, shown, order.project):
                continue
            is_several = rules[key].reader.shape.name == "terms"
            value = self._as_form(key, suggestion.value)
            has = form.values.get(key)
            if (value in (has or ())) if is_several else not _is_empty(has):
                continue
            passage = suggestion.passage if suggestion.passage != shown else ""
            yield {"key": key, "value": value, "isOneOfSeveral": is_several, "shown": shown, "passage": passage}

    def _is_inherited(self, attribute: str, label: str, project: Record | None) -> bool:
        return attribute in INHERITED and label in [term.label for term in getattr(project, attribute, ())]

    def _as_form(self, key: str, value: Value) -> Any:
        """Return a value as the form has it: terms by their ids."""
        rule = next(rule for rule in schema.FIELDS if rule.key == key)
        return self._with_ids(value, rule.reader.shape)

    def _with_ids(self, value: Any, shape: Any) -> Any:
        if shape.name == "group" and value:
            shapes = {rule.key: rule.reader.shape for rule in shape.rules}
            return {key: self._with_ids(one, shapes[key]) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._with_ids(one, shape) for one in value]
        if shape.vocabulary and (term := self._bank.vocabularies[shape.vocabulary].find(value)):
            return term.id
        return value


def _is_empty(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return not value if inner is None else all(map(_is_empty, inner))


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
