"""YAML files of terms → vocabularies, and what is wrong with them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import Entry, Items, Scalar, described, quoted
from kunskapsbank.model.vocabulary import FOLDER, REQUIRED, Section, Term, Vocabularies, Vocabulary
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.swedish.phrases import date_text, listed
from kunskapsbank.swedish.text import fold, nearest, normalise, slugify, sort_key

if TYPE_CHECKING:
    from pathlib import Path


def load(content: Path) -> tuple[Vocabularies, list[Problem]]:
    """Read every vocabulary of the content folder.

    Returns all of `REQUIRED` by name, empty and `broken` where the file is missing or cannot be read, and the problems.
    """
    folder = content / FOLDER
    found_files = sorted(folder.iterdir()) if folder.is_dir() else []
    paths = {normalise(path.name): path for path in found_files if path.is_file() and path.name[0] != "."}
    vocabularies: Vocabularies = {}
    problems: list[Problem] = []
    misnamed: set[str] = set()
    for name in REQUIRED:
        path = paths.pop(f"{name}.yml", None)
        file = f"{FOLDER}/{name}.yml"
        if path is None:
            found = nearest(f"{name}.yml", paths.keys() - {f"{other}.yml" for other in REQUIRED})
            hint = (
                f"Filen {found} har nästan rätt namn: byt namn på den till {name}.yml."
                if found
                else f"Lägg tillbaka {name}.yml så som den var i den senaste fungerande versionen."
            )
            if found:
                misnamed.add(found)
            problems.append(Problem(file, 1, "", "filen med termer saknas", hint))
            vocabularies[name] = Vocabulary(name, broken=True)
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            hint = "Kontrollera filens behörighet."
            problems.append(Problem(file, 1, "", f"filen går inte att öppna ({error.strerror})", hint))
            vocabularies[name] = Vocabulary(name, broken=True)
            continue
        vocabularies[name], found_problems = parse(name, data)
        problems.extend(found_problems)
    for extra in paths.keys() - misnamed:
        hint = (
            f"Ta bort filen. Vokabulärerna heter {listed(sorted((f'{name}.yml' for name in REQUIRED), key=sort_key))}."
        )
        problems.append(Problem(f"{FOLDER}/{extra}", 1, "", "filen är ingen av bankens vokabulärer", hint))
    return vocabularies, problems


def parse(name: str, data: bytes) -> tuple[Vocabulary, list[Problem]]:
    """Read one vocabulary from its file's bytes; returns it without the terms at fault, and the problems."""
    reader = _Reader(f"{FOLDER}/{name}.yml")
    try:
        text = frontmatter.decode(reader.file, data)
        table = frontmatter.parse_yaml(reader.file, text)
    except ContentError as error:
        return Vocabulary(name, broken=True), list(error.problems)
    note, terms = "", []
    for entry in table:
        if entry.key == "beskrivning":
            note = reader.text(entry)
        elif entry.key == "termer":
            terms = reader.terms(entry)
        else:
            reader.unknown_key(entry, ("beskrivning", "termer"))
    if not any(nearest(entry.key, ("beskrivning", "termer")) == "termer" for entry in table):
        reader.problem(1, "termer", "fältet saknas", "Lägg till en rad med termer: och under den termerna, - id: …")
    elif not reader.problems:
        for missing in sorted(REQUIRED.get(name, frozenset()) - {term.id for term in terms}):
            reader.problem(1, "termer", f"termen med id {missing} saknas", "Banken behöver den: lägg tillbaka den.")
    return Vocabulary(name, note, tuple(terms), broken=bool(reader.problems)), reader.problems


_TERM_KEYS = (
    "id",
    "namn",
    "synonymer",
    "förkortningar",
    "förklaring",
    "besläktade",
    "från",
    "till",
    "blev",
    "stadsdel",
    "rubriker",
)
_SECTION_KEYS = ("rubrik", "hjälp", "från")


class _Reader:
    """Reads the terms of one vocabulary file and collects what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        # Where a term's fields stand: (id of the term, key) → line.
        self.lines: dict[tuple[str, str], int] = {}

    def problem(self, line: int, field: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.file, line, field, message, hint))

    def unknown_key(self, entry: Entry, known: tuple[str, ...]) -> None:
        close = nearest(entry.key, known)
        hint = f"Menade du {close}?" if close else f"Fälten är {', '.join(known)}."
        self.problem(entry.line, entry.key, "okänt fält", hint)

    def text(self, entry: Entry) -> str:
        if isinstance(entry.value, Scalar) and entry.value.text:
            return entry.value.text
        message = f"{described(entry.value)}, men ska vara en text"
        self.problem(entry.line, entry.key, message, f"Skriv till exempel {entry.key}: en kort text")
        return ""

    def texts(self, entry: Entry) -> tuple[str, ...]:
        if isinstance(entry.value, Items):
            texts = [value.text for value in entry.value.values if isinstance(value, Scalar) and value.text]
            if len(texts) == len(entry.value.values):
                return tuple(texts)
        elif isinstance(entry.value, Scalar) and entry.value.text:
            return (entry.value.text,)
        what = (
            "har en tom punkt"
            if isinstance(entry.value, Items) and entry.value.values
            else "är inte en lista med texter"
        )
        self.problem(entry.line, entry.key, what, f"Skriv till exempel {entry.key}: [ett, två]. Eller ta bort fältet.")
        return ()

    def date(self, entry: Entry) -> date | None:
        written = entry.value.text if isinstance(entry.value, Scalar) else ""
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            with suppress(ValueError):
                return date.fromisoformat(written)
        message = f"{described(entry.value)}, men ska vara ett datum"
        self.problem(entry.line, entry.key, message, f"Skriv till exempel {entry.key}: 2023-07-01")
        return None

    def year(self, entry: Entry) -> int:
        written = entry.value.text if isinstance(entry.value, Scalar) else ""
        if re.fullmatch(r"[0-9]{4}", written):
            return int(written)
        message = f"{described(entry.value)}, men ska vara ett årtal"
        self.problem(entry.line, entry.key, message, f"Skriv till exempel {entry.key}: 2018")
        return 0

    def yes(self, entry: Entry) -> bool:
        written = fold(entry.value.text) if isinstance(entry.value, Scalar) else ""
        if written not in {"ja", "nej"}:
            message = f"{described(entry.value)}, men ska vara ja eller nej"
            self.problem(entry.line, entry.key, message, f"Skriv {entry.key}: ja eller {entry.key}: nej")
        return written == "ja"

    def terms(self, entry: Entry) -> list[Term]:
        if not isinstance(entry.value, Items):
            message = f"{described(entry.value)}, men ska vara en lista med termer"
            self.problem(entry.line, entry.key, message, "Börja varje term med - id: …")
            return []
        lines: dict[str, int] = {}
        terms: list[Term] = []
        for value in entry.value.values:
            if not isinstance(value, frontmatter.Table):
                message = f"en term {described(value)}, men ska bestå av fält"
                self.problem(value.line, entry.key, message, "Skriv - id: … och under det namn: … och förklaring: …")
                continue
            term = self.term(value, len(terms))
            if term and self.is_new(term, value.line, lines):
                terms.append(term)
        self.check_references(terms, lines)
        return terms

    def term(self, table: frontmatter.Table, position: int) -> Term | None:
        for entry in table:
            if entry.key not in _TERM_KEYS:
                self.unknown_key(entry, _TERM_KEYS)
        texts = {entry.key: self.text(entry) for entry in table if entry.key in {"id", "namn", "förklaring"}}
        lists = {
            entry.key: self.texts(entry)
            for entry in table
            if entry.key in {"synonymer", "förkortningar", "besläktade", "blev"}
        }
        dates = {entry.key: self.date(entry) for entry in table if entry.key in {"från", "till"}}
        name = texts.get("namn") or texts.get("id")
        written = {nearest(entry.key, _TERM_KEYS) for entry in table}
        for key in ("id", "namn", "förklaring"):
            if key not in written:
                message = f"termen '{name}' saknar fältet" if name else "en term saknar fältet"
                self.problem(table.line, key, message, f"Lägg till {key}: …")
        self.lines.update({(texts.get("id", ""), entry.key): entry.line for entry in table})
        if not texts.get("id") or not texts.get("namn"):
            return None
        if slugify(texts["id"]) != texts["id"]:
            message = f"är {quoted(texts['id'])}, men får bara ha små bokstäver a–z, siffror och bindestreck"
            hint = f"Skriv id: {slugify(texts['id']) or 'ett-id'}"
            self.problem(self.lines[texts["id"], "id"], "id", message, hint)
            return None
        district, outline = table.get("stadsdel"), table.get("rubriker")
        return Term(
            id=texts["id"],
            label=texts["namn"],
            synonyms=lists.get("synonymer", ()),
            abbreviations=lists.get("förkortningar", ()),
            scope_note=texts.get("förklaring", ""),
            related=lists.get("besläktade", ()),
            valid_from=dates.get("från"),
            valid_to=dates.get("till"),
            successors=lists.get("blev", ()),
            is_district=self.yes(district) if district else True,
            sections=self.sections(outline) if outline else (),
            position=position,
        )

    def sections(self, entry: Entry) -> tuple[Section, ...]:
        items = entry.value.values if isinstance(entry.value, Items) else ()
        tables = [item for item in items if isinstance(item, frontmatter.Table)]
        if not tables or len(tables) < len(items):
            message = f"{described(entry.value)}, men ska vara en lista med rubriker"
            if isinstance(entry.value, Items):
                message = "har en punkt som inte är en rubrik"
            hint = "Börja varje punkt med - rubrik: … och skriv under den hjälp: …"
            self.problem(entry.line, entry.key, message, hint)
        return tuple(section for table in tables if (section := self.section(table, entry.key)))

    def section(self, table: frontmatter.Table, key: str) -> Section | None:
        heading, help_text, from_year = "", "", 0
        for entry in table:
            if entry.key == "rubrik":
                heading = self.text(entry)
            elif entry.key == "hjälp":
                help_text = self.text(entry)
            elif entry.key == "från":
                from_year = self.year(entry)
            else:
                self.unknown_key(entry, _SECTION_KEYS)
        if not any(nearest(entry.key, _SECTION_KEYS) == "rubrik" for entry in table):
            self.problem(table.line, key, "en punkt saknar rubrik", "Lägg till rubrik: …")
        return Section(heading, help_text, from_year) if heading else None

    def is_new(self, term: Term, line: int, lines: dict[str, int]) -> bool:
        """Tell whether none of the term's names is taken; `lines` maps what is taken to its line and is added to."""
        names = {fold(name): name for name in (term.id, *term.names)}
        taken = [(name, lines[key]) for key, name in names.items() if key in lines]
        for name, other in taken:
            hint = "Ta bort det ena, eller gör de två termerna till en."
            self.problem(line, "", f"'{name}' används redan av termen som börjar på rad {other}", hint)
        lines.update(dict.fromkeys(names, line))
        return not taken

    def check_references(self, terms: list[Term], lines: dict[str, int]) -> None:
        ids = {term.id for term in terms}
        faulty = {name for term_id, key in self.lines if key == "id" for name in (term_id, slugify(term_id))} - ids
        for term in terms:
            for key, references in (("besläktade", term.related), ("blev", term.successors)):
                for reference in references:
                    # A term at fault is there, but not among `terms`; its own problem is told.
                    if reference in ids or reference in faulty:
                        continue
                    named = (other.id for other in terms if fold(reference) in map(fold, other.names))
                    close = next(named, None) or nearest(reference, ids)
                    hint = f"Menade du {close}?" if close else "Skriv id för en term i samma fil."
                    self.problem(self.lines[term.id, key], key, f"okänt id {quoted(reference)}", hint)
            if self.leads_back(term, terms):
                message = "leder tillbaka till samma term"
                self.problem(self.lines[term.id, "blev"], "blev", message, "Skriv id för den term som gäller i dag.")
            if term.valid_from and term.valid_to and term.valid_to < term.valid_from:
                message = f"är {date_text(term.valid_to)}, men från är {date_text(term.valid_from)}"
                self.problem(self.lines[term.id, "till"], "till", message, "Rätta datumen, eller byt plats på dem.")

    def leads_back(self, term: Term, terms: list[Term]) -> bool:
        """Tell whether the way from name to successor ends up at `term` again."""
        after = {other.id: other.successors for other in terms}
        ways, passed = list(term.successors), set[str]()
        while ways:
            current = ways.pop()
            if current == term.id:
                return True
            if current not in passed:
                passed.add(current)
                ways.extend(after.get(current, ()))
        return False
