"""`banken.yml` → the settings of the bank, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kunskapsbank.files.faults import why_unread
from kunskapsbank.markup import frontmatter
from kunskapsbank.model import addresses, facets, vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.vocabulary import Vocabulary
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.reading.fields import (
    Reading,
    as_written,
    hint_of,
    missing_fields,
    read_fields,
    rule_of,
)
from kunskapsbank.reading.settings_fields import FILE_FIELDS, REQUIRED
from kunskapsbank.settings import Examples, Money, OwnerWords, Settings
from kunskapsbank.swedish.phrases import listed
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.frontmatter import Table
    from kunskapsbank.model.vocabulary import Vocabularies

FILE = "banken.yml"
# Folders that the bank has for something else than a facet: its pages, its documents, and what is no page.
_TAKEN = frozenset(
    (
        *(file.split("/")[0] for file in (*addresses.ALWAYS, addresses.FIELDS)),
        *(kind.rule.folder for kind in Kind),
        vocabulary.FOLDER,
        "assets",
    )
)


def load(path: Path | None, vocabularies: Vocabularies, today: date) -> tuple[Settings, list[Problem]]:
    """Read the settings, and what is wrong with them; where `path` is None the file is missing.

    What could not be read is as by default, and the settings are `broken`.
    """
    if path is None:
        hint = _example(f"Skapa filen {FILE} i bankens innehåll, med det som gäller hos er. Till exempel:")
        return Settings(broken=True), [Problem(FILE, 1, "", "filen med bankens inställningar saknas", hint)]
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"filen går inte att öppna ({why_unread(error)})"
        return Settings(broken=True), [Problem(FILE, 1, "", message, "Kontrollera filens behörighet.")]
    return parse(data, vocabularies, today)


def _example(lead: str) -> str:
    """Return what a file must have, below a sentence, to be copied."""
    needed = (rule_of(FILE_FIELDS, attribute) for attribute in REQUIRED)
    return "\n".join((lead, *(as_written(rule.key, rule.example) for rule in needed)))


def glance(content: Path, today: date) -> Settings:
    """Return the settings of a content folder as far as they can be read without its vocabularies.

    What chooses among terms is as by default. For whoever wants to know what things are called before all is read.
    """
    path = content / FILE
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        data = b""
    unread = {name: Vocabulary(name, broken=True) for name in vocabulary_names()}
    return parse(data, unread, today)[0]


def vocabulary_names() -> tuple[str, ...]:
    """Return the names of the vocabularies that settings choose from."""
    chosen = (name for rule in FILE_FIELDS for name in rule.reader.shape.vocabularies)
    return tuple(dict.fromkeys((*chosen, vocabulary.OWNERS)))


def parse(data: bytes, vocabularies: Vocabularies, today: date) -> tuple[Settings, list[Problem]]:
    """Read the settings from the file's bytes; as `load`."""
    reading = Reading(FILE, vocabularies, today, [])
    try:
        table = frontmatter.parse_fields(FILE, data)
        if not table.entries:
            # Nothing but comments.
            raise ContentError([Problem(FILE, 1, "", frontmatter.EMPTY, "")])
    except ContentError as error:
        # A file that the bank needs is not to be taken away.
        hint = _example("Skriv det som gäller hos er. Till exempel:")
        problems = [replace(one, hint=hint) if one.message == frontmatter.EMPTY else one for one in error.problems]
        return Settings(broken=True), problems
    values: dict[str, Any] = read_fields(table, FILE_FIELDS, reading, REQUIRED)
    for rule in missing_fields(table, [rule_of(FILE_FIELDS, name) for name in REQUIRED], FILE_FIELDS):
        hint = hint_of(rule, reading.vocabularies)
        reading.problems.append(Problem(FILE, 1, rule.key, "fältet saknas", hint))
    found = Settings(**values)
    _check_owner(found.owner, table, reading)
    _check_money(found.money, table, reading, vocabularies)
    _check_example(found.examples, table, reading, vocabularies)
    return replace(found, broken=bool(reading.problems)), reading.problems


def _check_owner(owner: OwnerWords, table: Table, reading: Reading) -> None:
    """Note an address or a word that the bank uses for something else."""
    others = [facet for facet in facets.FACETS if facet != facets.OWNER]
    taken = _TAKEN | {facet.id for facet in others}
    if owner.address in taken:
        free = next(address for address in (slugify(owner.several), facets.OWNER.id) if address not in taken)
        hint = f"Skriv till exempel adress: {free}"
        _problem(reading, table, "owner", "address", f"mappen {owner.address} används till annat", hint)
    if owner.key in {facet.key for facet in others}:
        keys = listed([facet.key for facet in others])
        _problem(reading, table, "owner", "one", f"{owner.key} är redan ett filter", f"Upptagna ord är {keys}.")


def _check_money(money: Money, table: Table, reading: Reading, vocabularies: Vocabularies) -> None:
    """Note a form of money that is said to be for both projects and trips."""
    for both in sorted(money.projects & money.trips):
        label = vocabularies[vocabulary.FUNDING].label(both)
        hint = "Låt termen stå på det ena stället. En annan sorts pengar är en egen term i medel.yml."
        _problem(reading, table, "money", "trips", f"{label} står också under pengar till projekt", hint)


def _check_example(examples: Examples, table: Table, reading: Reading, vocabularies: Vocabularies) -> None:
    """Note an owner that is not there."""
    owners = vocabularies[vocabulary.OWNERS]
    if examples.owner and not owners.broken and not owners.find(examples.owner):
        close = owners.suggestion(examples.owner)
        hint = f"Menade du '{close}'? Termerna står i {owners.file}." if close else f"Termerna står i {owners.file}."
        _problem(reading, table, "examples", "owner", f"okänd term {frontmatter.quoted(examples.owner)}", hint)


def _problem(reading: Reading, table: Table, attribute: str, inner: str, message: str, hint: str) -> None:
    rule = rule_of(FILE_FIELDS, attribute)
    key = rule_of(rule.reader.shape.rules, inner).key
    entry = table.get(rule.key)
    within = entry.value.get(key) if entry and isinstance(entry.value, frontmatter.Table) else None
    line = within.line if within else entry.line if entry else 1
    replace(reading, field=f"{rule.key} → {key}").problem(line, message, hint)


def with_examples(vocabularies: Vocabularies, settings: Settings) -> Vocabularies:
    """Return the vocabularies, the owners with the one that hints are to show."""
    owners = replace(vocabularies[vocabulary.OWNERS], shown=settings.examples.owner)
    return {**vocabularies, vocabulary.OWNERS: owners}
