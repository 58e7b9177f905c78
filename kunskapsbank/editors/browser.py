"""What the page *Skapa rapport* asks of the library, which runs in the browser: questions and answers in JSON.

The page knows no rules. It sends what is filled in, and shows what is answered.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kunskapsbank.editors import filled, package, places, telling
from kunskapsbank.editors.filled import Filled
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.model.snapshot import Snapshot
from kunskapsbank.problems import Problem
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import capitalised, listed
from kunskapsbank.writing import handing_in, new_document
from kunskapsbank.writing.handing_in import Delivery

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
# The content folder's name, as a repository has it.
_TOP = "content"
# Where the form asks whether the report's own file is to lie beside.
_ORIGINAL = "original"
_NO_PROJECT = (
    "inget projekt är valt",
    "Välj det projekt som dokumentet hör till. Finns det inte i listan: välj Nytt projekt.",
)
_TAKEN = (
    "banken har redan ett projekt som heter så",
    "Välj det i listan över projekt, eller ge det nya ett annat namn.",
)


@dataclass(frozen=True, slots=True)
class _Document:
    """A file that the form becomes, and the part of the form that it is made of; "" for the form itself."""

    file: str
    text: str
    form: Filled
    part: str = ""


class Session:
    """One visit to the page.

    Readers of files, and what suggests from a text, are loaded when they are first asked for.
    """

    def __init__(self, bank: str, today: str) -> None:
        """Take the bank's snapshot as it was published, and the day; raises SnapshotError for another format."""
        self._today = date.fromisoformat(today)
        self._bank = Snapshot.from_json(bank)
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
        projects = self._bank.of_kind(Kind.PROJECT)
        return form, filled.order(form, projects, self._bank.vocabularies, self._today)

    def _documents(self, form: Filled, order: Order) -> tuple[_Document, ...]:
        """Return the files that the form becomes, its own document's first."""
        found = [_Document(*filled.content(form, order, self._bank.vocabularies), form)]
        if begun := form.new_project:
            ordered = filled.order(begun, (), self._bank.vocabularies, self._today)
            page = filled.content(begun, ordered, self._bank.vocabularies)
            found.append(_Document(*page, begun, schema.NEW_PROJECT))
        return tuple(found)

    def _delivery(self, form: Filled, order: Order, documents: Sequence[_Document]) -> Delivery:
        file = PurePosixPath(documents[0].file)
        beside = [*form.pictures, *([form.original] if form.original else [])]
        paths = [*(one.file for one in documents), *(str(file.with_name(name)) for name in beside)]
        is_new = not any(name.startswith(f"{file.parent}/") for name in self._bank.names)
        term = self._bank.vocabularies[vocabulary.KINDS].get(order.kind)
        title = form.text("title") or new_document.title(order, term)
        return Delivery(tuple(f"{_TOP}/{path}" for path in paths), title, is_new)

    def package(self, about: str, pictures: Any) -> bytes:
        """Return the zip of all that the form becomes; `pictures` has the bytes of each by its name."""
        form, order = self._filled(json.loads(about))
        documents = self._documents(form, order)
        delivery = self._delivery(form, order, documents)
        texts = {f"{_TOP}/{one.file}": one.text.encode() for one in documents}
        beside: Mapping[str, Any] = pictures | ({form.original: self._original} if form.original else {})
        files = {f"{delivery.folder}/{name}": bytes(data) for name, data in beside.items()}
        return package.packed(texts | files, delivery, self._today)

    def _look(self, about: dict[str, Any]) -> object:
        """Return the file that the form becomes, what is wrong with it, and what can be filled in by itself."""
        form, order = self._filled(about)
        documents = self._documents(form, order)
        delivery = self._delivery(form, order, documents)
        return {
            "file": documents[0].file,
            "text": documents[0].text,
            "isNamed": filled.is_named(order),
            "isThere": self._bank.has(documents[0].file),
            "problems": [*self._problems(form, order, documents)],
            "package": package.name_of(delivery),
            "paths": delivery.paths,
            "steps": handing_in.on_the_web(delivery),
            "commands": handing_in.by_git(delivery, package.name_of(delivery)),
            "known": {key: self._as_form(key, value) for key, value in self._known(order).items()},
            "inherited": self._inherited(order.project),
            "hasOutline": bool(self._sections(order)),
        }

    def _known(self, order: Order) -> dict[str, Value]:
        return filled.known(order, self._bank.vocabularies, self._today)

    def _problems(self, form: Filled, order: Order, documents: Sequence[_Document]) -> Iterator[dict[str, object]]:
        from kunskapsbank.checks.one import check_documents
        from kunskapsbank.markup import frontmatter

        file = documents[0].file
        files = {one.file: one.text.encode() for one in documents}
        if form.original:
            files[str(PurePosixPath(file).with_name(form.original))] = self._original
        told = check_documents(files, self._bank, self._today, beside=form.pictures)
        found = sorted(problem for one in told.values() for problem in one.problems)
        if form.kind.rule.in_project and order.project is None:
            # Without a project the file has no place, and what is said of the place would be nonsense.
            key = schema.key_of("project")
            found = [Problem(file, 1, key, *_NO_PROJECT), *(one for one in found if one.field != key)]
        for page in documents[1:]:
            if self._bank.has(page.file):
                found.append(Problem(page.file, 1, schema.key_of("title"), *_TAKEN))
        sources = {one.file: frontmatter.parse(one.file, files[one.file]) for one in documents}
        seen = set()
        for problem in found:
            path, line = _ORIGINAL, None
            if one := next((one for one in documents if one.file == problem.file), None):
                path = self._place(places.path_of(problem, sources[one.file]), one)
                line = places.text_line(problem, sources[one.file], one.form.body)
            # What the project's page shares with the document is filled in, and told, once.
            if (path, line, problem.message) not in seen:
                seen.add((path, line, problem.message))
                yield {**asdict(problem), "path": path, "textLine": line, **asdict(telling.of(problem, path))}

    def _place(self, path: str, document: _Document) -> str:
        """Return the path of a field in the whole form."""
        is_shared = path.partition("/")[0] in map(schema.key_of, filled.SHARED)
        return path if is_shared or not document.part else f"{document.part}/{path}"

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
            asked_from = self._bank.settings.equality.asked_from
            found = suggestions.suggest(text, self._bank.vocabularies, asked_from) if form.body.strip() else ()
            self._suggested = (text, found)
        return [*self._wanted(form, order)]

    def _wanted(self, form: Filled, order: Order) -> Iterator[dict[str, object]]:
        rules = {rule.key: rule for rule in schema.FIELDS if rule.applies_to(form.kind)}
        for suggestion in self._suggested[1]:
            key, shown = suggestion.key, _shown(suggestion.value)
            if key not in rules or self._is_inherited(rules[key].attribute, shown, order.project):
                continue
            is_several = rules[key].reader.shape.name == "terms"
            value = self._as_form(suggestion.key, suggestion.value)
            has = form.values.get(key)
            if form.new_project and rules[key].attribute in INHERITED:
                # It stands on the project's page, for all documents.
                key, has = f"{schema.NEW_PROJECT}/{key}", form.new_project.values.get(key)
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
