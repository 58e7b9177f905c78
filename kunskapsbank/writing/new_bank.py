"""What a new bank is called → every file that it begins with: settings, vocabularies, pages, marked examples, set-up.

The field's general terms, the word list, the editors' guide and the set-up of editors' programs have one source: the
repository that the library comes from. The wheel carries them (`pyproject.toml`, force-include); in the repository they
are read where they lie. What names that bank is left out or exchanged. Files that are another's in each bank are
templates in `bank/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank.reading import settings_file
from kunskapsbank.reading.fields import LOCAL_KEY
from kunskapsbank.swedish.phrases import capitalised
from kunskapsbank.swedish.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kunskapsbank.settings import Settings

_TEMPLATES = Path(__file__).with_name("bank")
# Where the wheel has the general files; without it this is the repository itself.
_PACKED, _REPOSITORY = Path(__file__).with_name("general"), Path(__file__).parents[2]
CONTENT = "content"
EXAMPLE = "exempelprojektet"
"""The folder of the project that a bank can begin with."""
_GUIDE, _SETUP = f"{CONTENT}/om/redaktionshandbok.md", "mkdocs.yml"
_GENERAL = (
    *(
        f"{CONTENT}/vokabular/{name}.yml"
        for name in (
            "belägg", "dokumenttyper", "innehav", "jämställdhetsmetoder", "jämställdhetsstatus", "metoder",
            "målgrupper", "ord", "ordlista", "projektstatus", "redovisning", "resultat", "teman", "utfall",
        )
    ),
    f"{CONTENT}/om/ord.md",
    _GUIDE,
    _SETUP,
    ".vscode/settings.json",
    ".vscode/extensions.json",
)  # fmt: skip
_MERGE_REQUESTS = ".gitlab/merge_request_templates"
# Kinds of documents whose examples a bank can begin without.
_EXAMPLES = tuple(f"{CONTENT}/{folder}/" for folder in ("projekt", "resor", "forskning"))
_ABOUT_EXAMPLES = (
    "Mapparna `content/projekt/exempelprojektet`, `content/resor` och `content/forskning` innehåller märkta exempel. "
    "Ta bort dem när ni har egna dokument, och byt då `projekt` under `exempel` i `content/banken.yml`."
)
# A new bank's pipeline shows no site for a single proposal.
_REVIEWED, _READ = "på granskningswebbplatsen (knappen View app)", "så som den blir (`kunskapsbank serve` visar den)"
_PLACE = re.compile(r"\{\{(\w+)\}\}")
# The beginning of a term, or of a word of the list.
_ENTRY = re.compile(r"(?m)^(?=  - (?:id|ord): )")
_PLAIN = re.compile(r"[A-Za-zÅÄÖåäöÉé][\wÅÄÖåäöÉé .&–-]*[\wÅÄÖåäöÉé.]")
# What YAML takes for something else than a text.
_NO_TEXTS = frozenset("ja nej yes no on off true false null".split())


@dataclass(frozen=True, slots=True)
class Founding:
    """What is said of a new bank; `owner` is the first of its owners, `version` that of the program it begins with."""

    settings: Settings
    owner: str
    today: date
    version: str
    with_examples: bool = True


def files(founding: Founding) -> dict[str, str]:
    """Return the texts of a new bank's files by their paths in its folder."""
    values = _values(founding)
    found = {}
    for path, text in _templates():
        is_example = path.startswith(_EXAMPLES)
        if founding.with_examples or not is_example:
            quoted = path.endswith((".yml", ".md"))
            found[path.replace("YEAR", values["year"])] = _filled(text, values, quoted and path.startswith(CONTENT))
    for path, text in general().items():
        found[path] = _of_another(path, text, founding)
    return found


def general() -> Mapping[str, str]:
    """Return the files that all banks begin with, as the bank of the repository has them."""
    source = _PACKED if _PACKED.is_dir() else _REPOSITORY
    requests = sorted(path.relative_to(source).as_posix() for path in (source / _MERGE_REQUESTS).glob("*.md"))
    return {path: (source / path).read_text("utf-8") for path in (*_GENERAL, *requests)}


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted(_TEMPLATES.rglob("*")):
        if path.is_file():
            name = path.relative_to(_TEMPLATES).as_posix()
            yield re.sub(r"(^|/)dot-", r"\1.", name), path.read_text("utf-8")


def _values(founding: Founding) -> dict[str, str]:
    settings = founding.settings
    return {
        "name": settings.name,
        "organisation": settings.organisation,
        "administration": settings.administration,
        "Administration": capitalised(settings.administration),
        "administration_id": slugify(settings.administration),
        "committee": settings.committee,
        "owner": founding.owner,
        "owner_id": slugify(founding.owner),
        "owner_one": settings.owner.one,
        "owner_several": settings.owner.several,
        "owner_address": settings.owner.address,
        "contact_line": _contact(settings),
        "example_project": f"  projekt: {settings.examples.project}\n" if founding.with_examples else "",
        "about_examples": f"\n{_ABOUT_EXAMPLES}\n" if founding.with_examples else "",
        "domain": ", ".join(settings.mail.domains),
        "mailboxes": ", ".join(settings.mail.mailboxes),
        "asked_from": str(settings.equality.asked_from),
        "year": str(founding.today.year),
        "today": founding.today.isoformat(),
        "version": founding.version,
    }


def _contact(settings: Settings) -> str:
    """Return the line of the contact, or one that shows how it is written."""
    if settings.contact:
        return f"kontakt: {as_scalar(settings.contact)}"
    return f"# kontakt: kunskapsbanken@{settings.mail.domains[0]}"


def _filled(text: str, values: Mapping[str, str], with_fields: bool) -> str:
    """Return a template with its places filled; a value that is a whole field is quoted where YAML asks for it."""
    if with_fields:
        text = re.sub(
            r"(?m)^(\s*(?:- )?[\wåäö -]+: )\{\{(\w+)\}\}$", lambda field: field[1] + as_scalar(values[field[2]]), text
        )
    return _PLACE.sub(lambda place: values[place[1]], text)


def as_scalar(text: str) -> str:
    """Return a text as a YAML value: in quotes where it could be taken for something else."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXTS
    return text if is_plain or re.fullmatch(r"\d{4}(-\d\d-\d\d)?", text) else '"{}"'.format(text.replace('"', r"\""))


def _of_another(path: str, text: str, founding: Founding) -> str:
    """Return a general file without what names the bank that it comes from."""
    if path.startswith(f"{CONTENT}/vokabular/"):
        return _without_local(text).replace(
            f"från: {_source().equality.asked_from}", f"från: {founding.settings.equality.asked_from}"
        )
    if path == _SETUP:
        return _setup(text, founding.settings)
    return _guide(text, founding) if path == _GUIDE else text.replace(_REVIEWED, _READ)


def _without_local(text: str) -> str:
    """Return a file of terms or words without those that are local, and without ways to them."""
    parts = _ENTRY.split(text)
    local = {part for part in parts if re.search(rf"(?m)^    {LOCAL_KEY}: ja$", part)}
    gone = {match[1] for part in local if (match := re.match(r"  - id: (\S+)", part))}
    # A comment between entries is of what comes after it.
    kept = (part if part not in local else "".join(re.findall(r"(?m)^  #.*\n", part)) for part in parts)

    def without(related: re.Match[str]) -> str:
        ids = [one for one in re.split(r",\s*", related[2]) if one not in gone]
        return f"{related[1]}[{', '.join(ids)}]\n" if ids else ""

    return re.sub(r"(?m)^(    besläktade: )\[(.*)\]\n", without, "".join(kept))


def _setup(text: str, settings: Settings) -> str:
    """Return mkdocs.yml with the name of another bank."""
    return re.sub(r"(?m)^site_name: .*$", lambda _: f"site_name: {as_scalar(settings.name)}", text)


def _guide(text: str, founding: Founding) -> str:
    """Return the editors' guide with the words of another bank, without pictures of the one that it comes from."""
    own, settings = _source(), founding.settings
    # What is told of the repository's own scripts holds where they are.
    text = re.sub(r"(?m)^[^\n]*scripts\\[^\n]*\n\n", "", text)
    # Code blocks show how a picture is written: they are the odd parts.
    parts = re.split(r"(?ms)^(```.*?^```$)", text)
    text = "".join(
        part if number % 2 else re.sub(r"(?m)^ *!\[[^\n]*\n\n?", "", part) for number, part in enumerate(parts)
    )
    for before, after in (
        ("python3 scripts/kunskapsbank", "kunskapsbank"),
        (f"--{own.owner.key} ", f"--{settings.owner.key} "),
        (own.examples.owner, founding.owner),
        (slugify(own.examples.owner), slugify(founding.owner)),
        ("form: LUM", "form: utvecklingsmedel"),
    ):
        text = text.replace(before, after)
    return text


def _source() -> Settings:
    source = _PACKED if _PACKED.is_dir() else _REPOSITORY
    return settings_file.glance(source / CONTENT, date.max)
