"""YAML files of terms → vocabularies, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.faults import why_unread
from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import Items, Scalar, Table, described, quoted
from kunskapsbank.model.vocabulary import (
    FOLDER,
    RESULTS,
    SPOKEN_OF,
    WORDS,
    Foreign,
    Section,
    Term,
    Vocabularies,
    Vocabulary,
)
from kunskapsbank.model.word_list import WORD_LIST
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.reading import account_words, folder, schema
from kunskapsbank.reading.fields import (
    MOST_SUGGESTED,
    FieldRule,
    Reading,
    Shape,
    any_day,
    any_year,
    as_written,
    group,
    hint_of,
    identifier,
    language,
    list_of,
    local_rule,
    map_place,
    missing_fields,
    read_fields,
    reads,
    rule_of,
    text,
    texts,
    yes_or_no,
)
from kunskapsbank.swedish.phrases import date_text, listed
from kunskapsbank.swedish.text import fold, nearest, slugify, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kunskapsbank.markup.frontmatter import Node

# Every vocabulary there must be, with the terms that it cannot be without: those that fields choose from, what a page
# tells of results, and words.
REQUIRED: Mapping[str, frozenset[str]] = {
    name: SPOKEN_OF.get(name, frozenset())
    for name in (
        *dict.fromkeys(name for rule in schema.FIELDS for name in rule.reader.shape.vocabularies),
        RESULTS,
        WORDS,
    )
}


def load(content: Path) -> tuple[Vocabularies, list[Problem]]:
    """Read every vocabulary of the content folder.

    Returns all of `REQUIRED` by name, empty and `broken` where the file is missing or cannot be read, and the problems.
    """
    paths = {file.partition("/")[2]: path for file, path in folder.walk(content, FOLDER).files}
    paths.pop(account_words.FILE, None)
    vocabularies: Vocabularies = {}
    problems: list[Problem] = []
    misnamed: set[str] = set()
    for name in REQUIRED:
        path = paths.pop(f"{name}.yml", None)
        file = f"{FOLDER}/{name}.yml"
        if path is None and folder.is_no_file(content / file):
            # A link or a device: told where the folder is walked through.
            vocabularies[name] = Vocabulary(name, broken=True)
            continue
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
            problems.append(Problem(file, 1, "", f"filen går inte att öppna ({why_unread(error)})", hint))
            vocabularies[name] = Vocabulary(name, broken=True)
            continue
        vocabularies[name], found_problems = parse(name, data)
        problems.extend(found_problems)
    for extra in paths.keys() - misnamed - {f"{WORD_LIST}.yml"}:
        hint = (
            f"Ta bort filen. Vokabulärerna heter {listed(sorted((f'{name}.yml' for name in REQUIRED), key=sort_key))}."
        )
        problems.append(Problem(f"{FOLDER}/{extra}", 1, "", "filen är ingen av bankens vokabulärer", hint))
    return vocabularies, problems


def parse(name: str, data: bytes) -> tuple[Vocabulary, list[Problem]]:
    """Read one vocabulary from its file's bytes; returns it without the terms at fault, and the problems."""
    reading = Reading(f"{FOLDER}/{name}.yml", {}, date.max, [])
    try:
        table = frontmatter.parse_fields(reading.file, data)
    except ContentError as error:
        # A file that the bank needs is not to be taken away.
        hint = f"Skriv termerna. Till exempel:\n{as_written(_TERMS.key, _TERMS.example)}"
        problems = [replace(one, hint=hint) if one.message == frontmatter.EMPTY else one for one in error.problems]
        return Vocabulary(name, broken=True), problems
    values: dict[str, Any] = read_fields(table, FILE_FIELDS, reading, ("terms",))
    terms = tuple(_settled(values.get("terms", ()), table, reading))
    for rule in missing_fields(table, [_TERMS], FILE_FIELDS):
        hint = hint_of(rule, reading.vocabularies)
        reading.problems.append(Problem(reading.file, 1, rule.key, "fältet saknas", hint))
    if not reading.problems:
        for missing in sorted(REQUIRED.get(name, frozenset()) - {term.id for term in terms}):
            message = f"termen med id {missing} saknas"
            hint = "Banken behöver den: lägg tillbaka den."
            reading.problems.append(Problem(reading.file, 1, _TERMS.key, message, hint))
    return Vocabulary(name, values.get("note", ""), terms, broken=bool(reading.problems)), reading.problems


SECTION_FIELDS = (
    FieldRule("rubrik", "heading", "Rubrik", text, "Resultat", "Rubriken, så som den ska stå i dokumentet."),
    FieldRule(
        "hjälp",
        "help",
        "Hjälp",
        text,
        "Vad arbetet ledde till.",
        "Vad som ska stå under rubriken. Hjälp till den som skriver.",
    ),
    FieldRule("från", "from_year", "Från", any_year, "2018", "Första årets medel som rubriken efterfrågas för."),
)

FOREIGN_FIELDS = (
    FieldRule("språk", "language", "Språk", language, "en", "Språkets kod: en för engelska, de för tyska."),
    FieldRule("ord", "words", "Ord", texts, "[Signs of Safety]", "Orden, så som de står i bankens texter."),
)

TERM_FIELDS = (
    FieldRule("id", "id", "Id", identifier, "ny-term", "Permanent id i adresser och filer. Ändra det aldrig."),
    FieldRule("namn", "label", "Namn", text, "ny term", "Namnet som läsaren ser."),
    FieldRule(
        "synonymer",
        "synonyms",
        "Synonymer",
        texts,
        "[ett namn, ett annat]",
        "Andra namn som får användas och som går att söka på.",
    ),
    FieldRule(
        "förkortningar",
        "abbreviations",
        "Förkortningar",
        texts,
        "[MI, IOP]",
        "Förkortningar som får användas och som går att söka på.",
    ),
    FieldRule(
        "förklaring",
        "scope_note",
        "Förklaring",
        text,
        "Vad termen betyder.",
        "Vad termen betyder och när den ska användas. Visas för läsaren.",
    ),
    FieldRule(
        "besläktade",
        "related",
        "Besläktade",
        texts,
        "[en-term, en-annan]",
        "Id för termer i samma fil som läsaren också kan ha nytta av.",
    ),
    FieldRule("från", "valid_from", "Från", any_day, "2023-07-01", "Första dagen som namnet gällde."),
    FieldRule("till", "valid_to", "Till", any_day, "2023-06-30", "Sista dagen som namnet gällde."),
    FieldRule("blev", "successors", "Blev", texts, "[en-term]", "Id för den eller de termer som kom i stället."),
    FieldRule(
        "gemensam",
        "is_shared",
        "Gemensam",
        yes_or_no,
        "ja",
        "Skriv ja om ägaren arbetar för hela organisationen.",
    ),
    local_rule(),
    FieldRule(
        "plats",
        "map_place",
        "Plats",
        map_place,
        "[2, 3]",
        "Ägarens ruta på kartan: kolumn och rad, räknade från vänster och uppifrån.",
    ),
    FieldRule(
        "rubriker",
        "sections",
        "Rubriker",
        list_of(group(SECTION_FIELDS, Section, required=("heading",))),
        "- rubrik: Resultat\n  hjälp: Vad arbetet ledde till.",
        "Rubrikerna som ett dokument av den här typen ska ha.",
    ),
    FieldRule(
        "främmande",
        "foreign",
        "Främmande",
        list_of(group(FOREIGN_FIELDS, Foreign, required=("language", "words"))),
        "- språk: en\n  ord: [Signs of Safety]",
        "Ord på ett annat språk än svenska. Sidorna säger vilket, så att en skärmläsare uttalar dem rätt.",
    ),
)
_NEEDED = ("id", "label", "scope_note")

# A term as read, and where it stands.
_Placed = tuple[Term, Table]


@reads(Shape("group", rules=TERM_FIELDS, required=_NEEDED))
def _term(node: Node, reading: Reading) -> _Placed | None:
    """Read one term; what it lacks is told by its name. None where it has no id or no name."""
    if not isinstance(node, Table):
        hint = f"Skriv till exempel {as_written(_TERMS.key, _TERMS.example)}"
        reading.problem(node.line, f"en term {described(node)}, men ska bestå av fält", hint)
        return None
    # In a file of terms the fields of a term are told by their bare names.
    own = replace(reading, field="")
    values: dict[str, Any] = read_fields(node, TERM_FIELDS, own, _NEEDED)
    name = values.get("label") or values.get("id")
    for rule in missing_fields(node, [rule_of(TERM_FIELDS, attribute) for attribute in _NEEDED], TERM_FIELDS):
        message = f"termen '{name}' saknar fältet" if name else "en term saknar fältet"
        hint = f"Lägg till {as_written(rule.key, rule.example)}"
        replace(own, field=rule.key).problem(node.line, message, hint)
    return (Term(**values), node) if {"id", "label"} <= values.keys() else None


_TERMS = FieldRule(
    "termer",
    "terms",
    "Termer",
    list_of(_term),
    "- id: ny-term\n  namn: ny term\n  förklaring: Vad termen betyder.",
    "Termerna, i den ordning som de visas.",
)
FILE_FIELDS = (
    FieldRule(
        "beskrivning",
        "note",
        "Beskrivning",
        text,
        "Vad termerna delar in.",
        "Vad vokabulären är till för. Visas på sidan som listar termerna.",
    ),
    _TERMS,
)


def _settled(found: Iterable[_Placed], table: Table, reading: Reading) -> list[Term]:
    """Return the terms with their places, without those whose names are taken, and note what leads nowhere."""
    lines: dict[str, int] = {}
    kept: list[_Placed] = []
    for term, own in found:
        if _is_new(term, own.line, lines, reading):
            kept.append((replace(term, position=len(kept)), own))
    terms = [term for term, _ in kept]
    # A term at fault is there, but not among `terms`; its own problem is told.
    known = {name for written in _ids_written(table) for name in (written, slugify(written))}
    after = {term.id: term.successors for term in terms}
    named = {fold(name): term.id for term in reversed(terms) for name in term.names}
    for term, own in kept:
        _check_references(term, own, after, named, known, reading)
    _check_places(kept, reading)
    return terms


def _is_new(term: Term, line: int, lines: dict[str, int], reading: Reading) -> bool:
    """Tell whether none of the term's names is taken; `lines` maps what is taken to its line and is added to."""
    names = {fold(name): name for name in (term.id, *term.names)}
    taken = [(name, lines[key]) for key, name in names.items() if key in lines]
    for name, other in taken:
        hint = "Ta bort det ena, eller gör de två termerna till en."
        reading.problem(line, f"'{name}' används redan av termen som börjar på rad {other}", hint)
    lines.update(dict.fromkeys(names, line))
    return not taken


def _ids_written(table: Table) -> Iterator[str]:
    """Yield the ids of all terms as they are written, also of those that could not be read."""
    listing = table.get(_TERMS.key)
    for node in listing.value.values if listing and isinstance(listing.value, Items) else ():
        entry = node.get(rule_of(TERM_FIELDS, "id").key) if isinstance(node, Table) else None
        if entry and isinstance(entry.value, Scalar):
            yield entry.value.text


def _check_references(
    term: Term,
    own: Table,
    after: Mapping[str, Sequence[str]],
    named: Mapping[str, str],
    known: set[str],
    reading: Reading,
) -> None:
    """Note what a term refers to in vain; `after` has the ids that each id became, `named` ids by all their names."""

    def problem(attribute: str, message: str, hint: str) -> None:
        key = rule_of(TERM_FIELDS, attribute).key
        entry = own.get(key)
        replace(reading, field=key).problem(entry.line if entry else own.line, message, hint)

    for attribute in ("related", "successors"):
        for reference in getattr(term, attribute):
            if reference not in known:
                close = named.get(fold(reference))
                if not close and len(reading.problems) < MOST_SUGGESTED:
                    close = nearest(reference, after)
                hint = f"Menade du {close}?" if close else "Skriv id för en term i samma fil."
                problem(attribute, f"okänt id {quoted(reference)}", hint)
    if _leads_back(term, after):
        problem("successors", "leder tillbaka till samma term", "Skriv id för den term som gäller i dag.")
    if term.valid_from and term.valid_to and term.valid_to < term.valid_from:
        message = f"är {date_text(term.valid_to)}, men från är {date_text(term.valid_from)}"
        problem("valid_to", message, "Rätta datumen, eller byt plats på dem.")


def _check_places(kept: Iterable[_Placed], reading: Reading) -> None:
    """Note names that stand at one place of the map at the same time."""
    at: dict[tuple[int, int], list[Term]] = {}
    for term, own in kept:
        if term.map_place is None:
            continue
        there = at.setdefault(term.map_place, [])
        if other := next((other for other in there if term.is_used_with(other)), None):
            key = rule_of(TERM_FIELDS, "map_place").key
            entry = own.get(key)
            message = f"rutan är upptagen av {other.label}, som gällde samtidigt"
            hint = "Ge den ena en annan ruta."
            replace(reading, field=key).problem(entry.line if entry else own.line, message, hint)
        there.append(term)


def _leads_back(term: Term, after: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the way from name to successor ends up at `term` again."""
    ways, passed = list(term.successors), set[str]()
    while ways:
        current = ways.pop()
        if current == term.id:
            return True
        if current not in passed:
            passed.add(current)
            ways.extend(after.get(current, ()))
    return False
