"""The kinds of value a field can have: each reader turns what the editor wrote into a value, or into a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from textwrap import indent
from typing import TYPE_CHECKING, Generic, TypeVar

from kunskapsbank.markup.frontmatter import Entry, Items, Scalar, Table, described, quoted
from kunskapsbank.model import addresses
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import fold, nearest, slugify, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from kunskapsbank.markup.frontmatter import Node
    from kunskapsbank.model.kinds import Kind
    from kunskapsbank.model.vocabulary import Term, Vocabularies, Vocabulary

# The oldest money in the sources is of 2013; the margin is for what the archives may hold.
FIRST_YEAR = 1990
# A call is decided the year before, and a plan may be written then.
YEARS_AHEAD = 3
# So many terms can be listed in a message and still be read.
MISSING = ("fältet saknas", "fältet saknar värde")
"""What is said of a field that is not there, and of one that is there without a value."""
FEW_TERMS = 8
# Looking for the word that was meant takes time; after so many problems in a file, what is wrong is another thing.
MOST_SUGGESTED = 50
# A map of more tiles than this across or down would not fit on a phone.
MAP_SIZE = 9


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers of one file need, and where they leave their problems.

    `field` is the key being read, with the group it stands in ("medel → år"), `example` a right value for it, and
    `is_answer` whether it is asked for by itself: an answer is written without its key.
    """

    file: str
    vocabularies: Vocabularies
    today: date
    problems: list[Problem]
    field: str = ""
    example: str = ""
    is_answer: bool = False

    def problem(self, line: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        """Note a problem with the field being read."""
        self.problems.append(Problem(self.file, line, self.field, message, hint, severity))

    def wrong(self, node: Node, expected: str) -> None:
        """Note that a value is not what was expected ("ett årtal"), quoting it and showing the field's example."""
        self.problem(node.line, f"{described(node)}, men ska vara {expected}", self.copy_this)

    @property
    def copy_this(self) -> str:
        """What to write, with an example of the field that can be copied."""
        return f"Skriv till exempel {self.written(self.example)}"

    def written(self, value: str) -> str:
        """Return the field with a value as it is to be written."""
        return value if self.is_answer else as_written(self.field.rpartition(" → ")[2], value)


def as_written(key: str, value: str) -> str:
    """Return a field as it stands in a file: on one line, or a list or group on lines of its own."""
    return f"{key}:\n{indent(value, '  ')}" if re.search(r"\n|^[\w ]+: ", value) else f"{key}: {value}"


Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a reader wants, as data: forms and the JSON Schema are made of it.

    `name` is text, texts, identifier, yes-no, number, year, any-year, years, day, any-day, map-place, term, terms,
    group or list.
    `longest` counts characters, 0 where there is no limit; `vocabulary` names the terms to choose from; `rules` are
    the fields of a group, `required` the attributes of those that may not be missing and `short` the one that a single
    value stands for; `item` is what each value of a list looks like.
    """

    name: str
    longest: int = 0
    vocabulary: str = ""
    rules: tuple[FieldRule, ...] = ()
    required: tuple[str, ...] = ()
    short: str = ""
    item: Shape | None = None

    @property
    def vocabularies(self) -> tuple[str, ...]:
        """The names of all vocabularies that its terms are chosen from, each once."""
        inner = (*(rule.reader.shape for rule in self.rules), *((self.item,) if self.item else ()))
        own = (self.vocabulary,) if self.vocabulary else ()
        return tuple(dict.fromkeys((*own, *(name for shape in inner for name in shape.vocabularies))))


@dataclass(frozen=True, slots=True)
class Reader(Generic[Value]):
    """Turns what the editor wrote into a value, or into a problem and None; `shape` tells what it wants."""

    shape: Shape
    read: Callable[[Node, Reading], Value]

    def __call__(self, node: Node, reading: Reading) -> Value:
        """Read a value; what is wrong with it is left in `reading`."""
        return self.read(node, reading)


def reads(shape: Shape) -> Callable[[Callable[[Node, Reading], Value]], Reader[Value]]:
    """Make a reader of a function; `shape` tells what it wants."""

    def made(read: Callable[[Node, Reading], Value]) -> Reader[Value]:
        return Reader(shape, read)

    return made


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field: the editor's key, our attribute, how it is read, who must or may have it, and help in Swedish."""

    key: str
    attribute: str
    label: str
    reader: Reader[object] = field(compare=False)
    example: str
    help: str
    required: frozenset[Kind] = frozenset()
    optional: frozenset[Kind] = frozenset()

    def applies_to(self, kind: Kind) -> bool:
        """Tell whether records of this kind may have the field."""
        return kind in self.required or kind in self.optional


def example_of(rule: FieldRule, vocabularies: Mapping[str, Vocabulary]) -> str:
    """Return the example of a field, with terms of the bank in the places of its vocabularies: {medel}, {ägare}.

    Without the vocabulary the place is left as it is, and without a term in it there is "…".
    """

    def term(place: re.Match[str]) -> str:
        terms = vocabularies.get(place[1])
        return place[0] if terms is None else terms.example or "…"

    return re.sub(r"\{(\w+)\}", term, rule.example)


def hint_of(rule: FieldRule, vocabularies: Mapping[str, Vocabulary]) -> str:
    """Return what a field is for, and how it can be written."""
    return f"{rule.help} Skriv till exempel {as_written(rule.key, example_of(rule, vocabularies))}"


def rule_of(rules: Iterable[FieldRule], attribute: str) -> FieldRule:
    """Return the rule of an attribute; raises StopIteration where there is none."""
    return next(rule for rule in rules if rule.attribute == attribute)


def read_fields(
    table: Table, rules: Iterable[FieldRule], reading: Reading, required: Collection[str] = ()
) -> dict[str, object]:
    """Return attribute → value for the known keys of `table`; what is unknown or cannot be read becomes a problem.

    `required` are the attributes that a group cannot be without; what is missing is for the caller to tell.
    """
    by_key = {rule.key: rule for rule in rules}
    values: dict[str, object] = {}
    for entry in table:
        name = f"{reading.field} → {entry.key}" if reading.field else entry.key
        rule = by_key.get(entry.key)
        inner = replace(reading, field=name, example=example_of(rule, reading.vocabularies) if rule else "")
        if rule is None:
            inner.problem(entry.line, "okänt fält", _unknown_key_hint(entry.key, by_key))
        elif (value := _value(entry, rule, inner, is_needed=rule.attribute in required)) is not None:
            values[rule.attribute] = value
    return values


def _value(entry: Entry, rule: FieldRule, reading: Reading, *, is_needed: bool) -> object:
    if is_empty(entry.value):
        hint = reading.copy_this
        if not rule.required and not is_needed:
            hint = f"Ta bort fältet, eller skriv till exempel {reading.written(reading.example)}"
        reading.problem(entry.line, MISSING[1], hint)
        return None
    return rule.reader(entry.value, reading)


def _unknown_key_hint(key: str, known: dict[str, FieldRule]) -> str:
    close = nearest(key, known)
    return f"Menade du {close}?" if close else f"Fälten här är {listed(sorted(known, key=sort_key))}."


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written: no text, or a list or group without anything in it."""
    if isinstance(node, Items):
        return not node.values
    return not (node.text if isinstance(node, Scalar) else node.entries)


@reads(Shape("text"))
def text(node: Node, reading: Reading) -> str | None:
    """Read one line or several of text."""
    if isinstance(node, Scalar) and node.text:
        return node.text
    reading.wrong(node, "en text")
    return None


def short_text(longest: int) -> Reader[str | None]:
    """Return a reader of a text of at most `longest` characters."""

    @reads(Shape("text", longest=longest))
    def read(node: Node, reading: Reading) -> str | None:
        found = text(node, reading)
        if found and len(found) > longest:
            reading.problem(node.line, f"är {len(found)} tecken lång", f"Korta texten till högst {longest} tecken.")
        return found

    return read


@reads(Shape("texts"))
def texts(node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Read a list of texts; a single text is a list of one."""
    nodes = node.values if isinstance(node, Items) else (node,)
    found = [text(value, reading) for value in nodes]
    return tuple(value for value in found if value)


@reads(Shape("identifier"))
def identifier(node: Node, reading: Reading) -> str | None:
    """Read a permanent id: lower case a–z, digits and hyphens."""
    found = text(node, reading)
    if found and slugify(found) != found:
        message = f"är {quoted(found)}, men får bara ha små bokstäver a–z, siffror och bindestreck"
        reading.problem(node.line, message, f"Skriv {reading.written(slugify(found) or 'ett-id')}")
        return None
    return found


@reads(Shape("text"))
def language(node: Node, reading: Reading) -> str | None:
    """Read the code of a language (BCP 47): two or three small letters, then perhaps a country or a way of writing."""
    found = text(node, reading)
    if found and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", found):
        hint = f"Skriv två eller tre små bokstäver, till exempel {reading.written('en')} för engelska."
        reading.problem(node.line, f"är {quoted(found)}, som inte är koden för ett språk", hint)
        return None
    return found


@reads(Shape("yes-no"))
def yes_or_no(node: Node, reading: Reading) -> bool | None:
    """Read ja or nej."""
    answer = fold(node.text) if isinstance(node, Scalar) else ""
    if answer in {"ja", "nej"}:
        return answer == "ja"
    reading.wrong(node, "ja eller nej")
    return None


LOCAL_KEY = "lokal"
"""Says of a term, or of a word of the list, that it belongs to this bank alone: a new bank begins without it."""


def local_rule() -> FieldRule:
    """Return the rule of that field."""
    told = "Skriv ja om ordet bara hör hemma i den här banken. En ny bank får det då inte."
    return FieldRule(LOCAL_KEY, "is_local", "Lokal", yes_or_no, "ja", told)


@reads(Shape("number"))
def number(node: Node, reading: Reading) -> int | None:
    """Read a whole number, zero or more; spaces between thousands and "kr" after it are allowed."""
    written = node.text if isinstance(node, Scalar) else ""
    digits = re.sub(r"\s*(kr|kronor)\.?$", "", written)
    if re.fullmatch(r"[0-9]{1,12}|[0-9]{1,3}([ \u00a0\u202f.][0-9]{3}){1,3}", digits):
        return int(re.sub(r"[^0-9]", "", digits))
    reading.wrong(node, "ett helt tal")
    return None


@reads(Shape("any-year"))
def any_year(node: Node, reading: Reading) -> int | None:
    """Read a year of four digits."""
    written = node.text if isinstance(node, Scalar) else ""
    if re.fullmatch(r"[0-9]{4}", written):
        return int(written)
    reading.wrong(node, "ett årtal")
    return None


@reads(Shape("year"))
def year(node: Node, reading: Reading) -> int | None:
    """Read a year within reason."""
    found = any_year(node, reading)
    last = reading.today.year + YEARS_AHEAD
    if found is None or FIRST_YEAR <= found <= last:
        return found
    reading.problem(node.line, f"är {found}, ett orimligt årtal", f"Skriv ett år mellan {FIRST_YEAR} och {last}.")
    return None


@reads(Shape("years"))
def years(node: Node, reading: Reading) -> tuple[int, ...] | None:
    """Read the years of a project: one, a list, or a range such as 2013–2016."""
    if isinstance(node, Items):
        found = [year(value, reading) for value in node.values]
        return tuple(sorted({value for value in found if value is not None})) or None
    ends = re.fullmatch(r"([0-9]{4})\s*[-–—]\s*([0-9]{4})", node.text) if isinstance(node, Scalar) else None
    if not ends:
        found_year = year(node, reading)
        return None if found_year is None else (found_year,)
    first, last = (year(Scalar(end, node.line), reading) for end in ends.groups())
    if first is None or last is None:
        return None
    if last < first:
        reading.problem(node.line, f"slutar {last} men börjar {first}", f"Skriv {reading.written(f'{last}–{first}')}")
        return None
    return tuple(range(first, last + 1))


@reads(Shape("any-day"))
def any_day(node: Node, reading: Reading) -> date | None:
    """Read a date written as 2026-11-22."""
    written = node.text if isinstance(node, Scalar) else ""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        reading.wrong(node, "ett datum")
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        reading.problem(node.line, f"är '{written}', en dag som inte finns", reading.copy_this)
        return None


@reads(Shape("day"))
def day(node: Node, reading: Reading) -> date | None:
    """Read a date within reason."""
    found = any_day(node, reading)
    last = reading.today.year + YEARS_AHEAD
    if found is None or FIRST_YEAR <= found.year <= last:
        return found
    hint = f"Skriv ett datum mellan {FIRST_YEAR} och {last}."
    reading.problem(node.line, f"är '{found.isoformat()}', ett orimligt år", hint)
    return None


@reads(Shape("day"))
def day_that_has_come(node: Node, reading: Reading) -> date | None:
    """Read a date; one more than a day ahead, more than clocks can differ, is remarked."""
    found = day(node, reading)
    if found and found > reading.today + timedelta(days=1):
        hint = f"Är dagen fel: rätta den. I dag är det {reading.today.isoformat()}."
        reading.problem(node.line, f"är {found.isoformat()}, en dag som inte har kommit", hint, Severity.REMARK)
    return found


@reads(Shape("map-place"))
def map_place(node: Node, reading: Reading) -> tuple[int, int] | None:
    """Read a place on the map of tiles: column and row, each counted from 1."""
    written = [value.text for value in node.values if isinstance(value, Scalar)] if isinstance(node, Items) else []
    if len(written) == 2 and all(re.fullmatch(rf"[1-{MAP_SIZE}]", one) for one in written):
        return int(written[0]), int(written[1])
    reading.wrong(node, f"kolumn och rad på kartan, två tal mellan 1 och {MAP_SIZE}")
    return None


def term_of(vocabulary: str) -> Reader[Term | None]:
    """Return a reader of one term: its name, a synonym, an abbreviation or its id."""

    @reads(Shape("term", vocabulary=vocabulary))
    def read(node: Node, reading: Reading) -> Term | None:
        found = text(node, reading)
        if found is None:
            return None
        terms = reading.vocabularies[vocabulary]
        term = terms.find(found)
        # With a broken vocabulary the term may be one of those that could not be read; its own problem is told.
        if term is None and not terms.broken:
            is_told = len(reading.problems) >= MOST_SUGGESTED
            hint = f"Termerna står i {terms.file}." if is_told else _unknown_term_hint(found, terms)
            reading.problem(node.line, f"okänd term {quoted(found)}", hint)
        return term

    return read


def _unknown_term_hint(written: str, terms: Vocabulary) -> str:
    where = f"Termerna står i {terms.file}."
    parts = [part.strip() for part in re.split("[,;/]", written) if part.strip()]
    if len(parts) > 1 and (hint := _several(parts, terms)):
        return f"{hint} {where}" if "…" in hint else hint
    within = terms.named_in(written)
    if len(within) > 1:
        return f"Skriv flera termer inom hakparenteser: [{', '.join(term.label for term in within)}]."
    if close := terms.suggestion(written):
        return f"Menade du '{close}'? {where}"
    if len(terms.terms) <= FEW_TERMS:
        return f"Välj mellan {listed([term.label for term in terms], 'och')}."
    return where


def _several(parts: list[str], terms: Vocabulary) -> str:
    """Return how to write what are several terms in one, "" where none of them is like a term."""
    meant = [part if terms.find(part) else terms.suggestion(part) for part in parts]
    if not any(meant):
        return ""
    shown = ", ".join(dict.fromkeys(label or "…" for label in meant))
    unknown = [quoted(part) for part, label in zip(parts, meant, strict=True) if not label]
    told = f" I stället för {listed(unknown, 'och')}: välj en av termerna." if unknown else ""
    return f"Skriv flera termer inom hakparenteser: [{shown}].{told}"


def terms_of(vocabulary: str) -> Reader[tuple[object, ...]]:
    """Return a reader of a list of terms; a single term is a list of one, the order is kept, doubles are dropped."""
    read_one = term_of(vocabulary)

    @reads(Shape("terms", vocabulary=vocabulary))
    def read(node: Node, reading: Reading) -> tuple[object, ...]:
        nodes = node.values if isinstance(node, Items) else (node,)
        return tuple(dict.fromkeys(term for value in nodes if (term := read_one(value, reading))))

    return read


def group(
    rules: tuple[FieldRule, ...], make: Callable[..., object], required: tuple[str, ...] = (), short: str = ""
) -> Reader[object]:
    """Return a reader of fields grouped under one key; `make` is called with them when none is missing.

    `short` is the attribute that a single value instead of a group stands for, "" where there must be a group.
    """
    keys = {rule.attribute: rule for rule in rules}

    @reads(Shape("group", rules=rules, required=required, short=short))
    def read(node: Node, reading: Reading) -> object:
        if short and isinstance(node, Scalar):
            value = keys[short].reader(node, reading)
            return make(**{short: value}) if value is not None else None
        if not isinstance(node, Table):
            reading.wrong(node, f"en grupp av fälten {listed([rule.key for rule in rules])}")
            return None
        values = read_fields(node, rules, reading, required)
        for rule in missing_fields(node, [keys[attribute] for attribute in required], rules):
            inner = replace(reading, field=f"{reading.field} → {rule.key}")
            inner.problem(node.line, MISSING[0], hint_of(rule, reading.vocabularies))
        return make(**values) if all(attribute in values for attribute in required) else None

    return read


def missing_fields(table: Table, required: Iterable[FieldRule], rules: Iterable[FieldRule]) -> list[FieldRule]:
    """Return the required fields that a table lacks, but for those that it has under a misspelt key.

    Such a key is told with its right spelling; saying too that the right one is missing would be noise.
    """
    keys = [rule.key for rule in rules]
    found = {entry.key for entry in table}
    found |= {nearest(key, keys) or key for key in found if key not in keys}
    return [rule for rule in required if rule.key not in found]


@reads(Shape("texts"))
def old_addresses(node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Read addresses that a page had before; a single one is a list of one."""
    found = []
    for value in node.values if isinstance(node, Items) else (node,):
        if written := text(value, reading):
            try:
                found.append(addresses.written(written))
            except addresses.AddressError as error:
                reading.problem(value.line, f"{quoted(written)} {error}", reading.copy_this)
    return tuple(dict.fromkeys(found)) or None


def list_of(read_one: Reader[object]) -> Reader[tuple[object, ...] | None]:
    """Return a reader of a list whose values are all read by `read_one`."""

    @reads(Shape("list", item=read_one.shape))
    def read(node: Node, reading: Reading) -> tuple[object, ...] | None:
        if isinstance(node, Scalar) and read_one.shape.short:
            node = Items((node,), node.line)
        if not isinstance(node, Items):
            reading.wrong(node, "en lista där varje punkt börjar med -")
            return None
        found = [read_one(value, reading) for value in node.values]
        return tuple(value for value in found if value is not None)

    return read
