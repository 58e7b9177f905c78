"""Content folder → Catalogue: every record that could be read, sorted, and every problem of every file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kunskapsbank.markup import body, frontmatter
from kunskapsbank.model import vocabulary
from kunskapsbank.model.catalogue import ASSET_TYPES, Catalogue
from kunskapsbank.model.kinds import INHERITED, Kind
from kunskapsbank.model.record import GenderAnalysis, Page, Record
from kunskapsbank.model.vocabulary import ANALYSIS_ASKED_FROM, MISSING, NOT_ASKED_FOR
from kunskapsbank.problems import ContentError, Problem, Severity
from kunskapsbank.reading import folder, schema, vocabulary_files
from kunskapsbank.swedish.phrases import date_text, listed, years_text
from kunskapsbank.swedish.text import nearest, normalise, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from kunskapsbank.markup.body import Body
    from kunskapsbank.markup.frontmatter import ContentFile
    from kunskapsbank.model.vocabulary import Term, Vocabularies

# What MkDocs takes for Markdown; ours all end in .md, so that there is one way.
_MARKDOWN_TYPES = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})

_PROJECTS = Kind.PROJECT.rule.folder
# Pages about the bank, which are no records.
_PAGES = "om"


def load(content: Path, today: date) -> Catalogue:
    """Read and check a content folder.

    `today` bounds the years that are within reason. Nothing is raised for bad content: `problems` holds all of it and
    the files at fault are left out. Raises FileNotFoundError when there is no such folder.
    """
    if not content.is_dir():
        raise FileNotFoundError(content)
    found = folder.walk(content)
    vocabularies, problems = vocabulary_files.load(content)
    loader = _Loader(content, vocabularies, today, problems)
    problems.extend(found.problems)
    for file, path in found.files:
        if file.startswith(f"{vocabulary.FOLDER}/"):
            loader.keep_text(path, file)
        else:
            loader.add(path, file)
    loader.check_identities()
    loader.attach_to_projects()
    loader.check_owners()
    loader.settle_analyses()
    records = sorted(loader.records.values(), key=lambda record: record.id)
    pages = sorted(loader.pages, key=lambda page: page.file)
    return Catalogue(
        tuple(records),
        tuple(pages),
        loader.assets,
        loader.sources,
        loader.bodies,
        vocabularies,
        tuple(sorted(set(problems))),
        loader.texts,
    )


def default_id(file: str) -> str:
    """Return the id of a record that states none, from its path: "stella-2016-slutrapport", "resor-2018-kopenhamn"."""
    path = PurePosixPath(file).with_suffix("")
    parts = path.parts[1:] if path.parts[0] == _PROJECTS else path.parts
    return slugify("-".join(parts[:-1] if parts[-1] == "index" else parts))


def _kinds_at(file: str) -> frozenset[Kind] | None:
    """Return which kinds of record may have this path; empty for a plain page, None for no place at all."""
    if file == "index.md" or file.startswith(f"{_PAGES}/"):
        return frozenset()
    return Kind.where(lambda rule: rule.may_lie_at(file)) or None


class _Loader:
    """Reads the files one by one, then looks at what only the whole can show. Records live under their file."""

    def __init__(self, content: Path, vocabularies: Vocabularies, today: date, problems: list[Problem]) -> None:
        self.content = content
        self.vocabularies = vocabularies
        self.today = today
        self.problems = problems
        self.records: dict[str, Record] = {}
        self.pages: list[Page] = []
        self.assets: dict[str, Path] = {}
        self.sources: dict[str, ContentFile] = {}
        self.bodies: dict[str, Body] = {}
        self.texts: dict[str, str] = {}
        self.lines: dict[tuple[str, str], int] = {}
        # Folders of projects whose own page is there but faulty: their documents are not to blame for it.
        self.faulty: set[str] = set()

    def problem(self, file: str, key: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(file, self.lines.get((file, key), 1), key, message, hint, severity))

    def field_problem(
        self, record: Record, attribute: str, message: str, hint: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problem(record.file, schema.key_of(attribute), message, hint, severity)

    def add(self, path: Path, file: str) -> None:
        suffix = path.suffix.lower()
        if path.name != "index.md" and path.stem.casefold() == "index" and suffix in _MARKDOWN_TYPES:
            self.faulty.add(str(PurePosixPath(file).parent))
            self.problem(file, "", f"filen heter {path.name}", "Byt namn till index.md.")
        elif suffix in _MARKDOWN_TYPES and path.suffix != ".md":
            self.problem(file, "", f"filen slutar på {path.suffix}", "Byt namn så att den slutar på .md.")
        elif path.suffix == ".md":
            self.read(path, file)
        elif suffix in ASSET_TYPES:
            self.assets[file] = path
        else:
            hint = f"Filer bredvid dokumenten får vara {listed(sorted(ASSET_TYPES), 'eller')}."
            what = f"filer som slutar på {suffix}" if suffix else "filer utan filändelse"
            self.problem(file, "", f"{what} får inte publiceras", hint)

    def read(self, path: Path, file: str) -> None:
        kinds = _kinds_at(file)
        if path.stem.casefold() == "readme":
            self.problem(file, "", f"banken visar inga filer som heter {path.name}", "Byt namn, eller ta bort filen.")
            return
        if kinds is None:
            others = "".join(f", {kind.rule.plural} i {kind.rule.folder}/" for kind in Kind if kind.rule.plural)
            hint = f"Projekt ligger i {_PROJECTS}/<projektets namn>/{others} och sidor om banken i {_PAGES}/."
            self.problem(file, "", "filen ligger på en plats som banken inte använder", hint)
            return
        try:
            self.make(frontmatter.parse(file, path.read_bytes()), kinds)
        except OSError as error:
            self.problem(file, "", f"filen går inte att öppna ({error.strerror})", "Kontrollera filens behörighet.")
        except ContentError as error:
            self.problems.extend(error.problems)
            if file not in self.texts:
                self.keep_text(path, file)
        if kinds == {Kind.PROJECT} and file not in self.records:
            self.faulty.add(str(PurePosixPath(file).parent))

    def keep_text(self, path: Path, file: str) -> None:
        """Keep what can be seen of a file's text whatever is wrong with it: that it may be searched, never shown."""
        with suppress(OSError):
            text = path.read_bytes().decode("utf-8", "replace").replace("\0", "")
            self.texts[file] = normalise(text.replace("\r\n", "\n").replace("\r", "\n"))

    def make(self, content_file: ContentFile, kinds: frozenset[Kind]) -> None:
        """Keep what the file is, a record or a page; raises ContentError where it cannot be made."""
        file = content_file.file
        self.sources[file] = content_file
        self.texts[file] = content_file.text
        self.lines.update({(file, entry.key): entry.line for entry in content_file.fields})
        self.bodies[file], body_problems = body.parse(file, content_file.body, content_file.body_line)
        self.problems.extend(body_problems)
        if not kinds:
            self.pages.append(schema.read_page(content_file, self.bodies[file]))
            return
        record, remarks = schema.read_record(
            content_file, self.bodies[file], default_id(file), self.vocabularies, self.today
        )
        if not record.id:
            hint = "Byt namn på mappen eller filen: små bokstäver a–z, siffror och bindestreck."
            self.problem(file, "", "filens namn saknar bokstäver som kan stå i en adress", hint)
        elif record.kind not in kinds:
            kind_label = self.vocabularies[vocabulary.KINDS].label
            labels = [kind_label(kind) for kind in Kind if kind in kinds]
            message = f"är {kind_label(record.kind)}, men den här platsen är för {listed(labels, 'eller')}"
            self.field_problem(record, "kind", message, "Ändra typen, eller flytta filen.")
        elif not body_problems:
            self.problems.extend(remarks)
            self.records[file] = record

    def check_identities(self) -> None:
        """Note records with the same id, and files that would be published at the same address."""
        at: dict[str, str] = {}
        named: dict[str, str] = {}
        items: list[Record | Page] = [*self.records.values(), *self.pages]
        for item in items:
            if other := at.get(item.url.casefold()):
                message = f"sidan får samma adress som {other}: {item.url}"
                self.problem(item.file, "", message, "Byt namn på den ena filen, eller ta bort den.")
                continue
            at[item.url.casefold()] = item.file
            if isinstance(item, Page):
                continue
            if other := named.get(item.id):
                message = f"samma id som {other}: {item.id}"
                hint = "Skriv ett eget id i den ena filen, eller byt namn på filen."
                self.field_problem(item, "id", message, hint)
            named.setdefault(item.id, item.file)

    def attach_to_projects(self) -> None:
        """Give each document its project, and what it inherits from it; note projects that do not exist."""
        projects = {record.id: record for record in self.records.values() if record.kind is Kind.PROJECT}
        by_folder = {str(PurePosixPath(project.file).parent): project for project in projects.values()}
        for file, record in self.records.items():
            if record.kind.rule.in_project:
                self.records[file] = self.in_folder(record, by_folder)
            elif record.project and record.project not in projects:
                self.unknown_project(record, projects)

    def in_folder(self, record: Record, by_folder: dict[str, Record]) -> Record:
        folder = str(PurePosixPath(record.file).parent)
        project = by_folder.get(folder)
        if project is None:
            if folder not in self.faulty:
                close = nearest(PurePosixPath(folder).name, (PurePosixPath(known).name for known in by_folder))
                hint = (
                    f"Menade du {_PROJECTS}/{close}? Flytta filen dit, eller lägg till {folder}/index.md."
                    if close
                    else f"Lägg till {folder}/index.md, eller flytta filen till rätt projekts mapp."
                )
                self.problem(record.file, schema.key_of("project"), f"projektet {folder} finns inte", hint)
            return record
        if record.project not in {None, project.id}:
            hint = "Ta bort fältet eller flytta filen."
            self.field_problem(record, "project", f"är '{record.project}', men filen ligger hos {project.id}", hint)
        if record.years and not set(record.years) & set(project.years):
            message = f"är {years_text(record.years)}, men projektets år är {years_text(project.years)}"
            hint = f"Lägg till året i {project.file} om projektet hade medel då."
            self.field_problem(record, "years", message, hint, Severity.REMARK)
        inherited = {name: getattr(project, name) for name in INHERITED if not getattr(record, name)}
        return replace(record, project=project.id, **inherited)

    def unknown_project(self, record: Record, projects: Iterable[str]) -> None:
        close = nearest(record.project or "", projects)
        hint = f"Menade du {close}?" if close else f"Skriv namnet på projektets mapp under {_PROJECTS}/."
        self.field_problem(record, "project", f"projektet '{record.project}' finns inte", hint)

    def check_owners(self) -> None:
        """Note owners whose name was not in use in the record's years, and money outside a project's years."""
        projects = {record.id: record for record in self.records.values() if record.kind is Kind.PROJECT}
        owners_key = schema.key_of("owners")
        for record in self.records.values():
            inherited_from = None if (record.file, owners_key) in self.lines else projects.get(record.project or "")
            for owner in record.owners:
                # What is wrong already in the project is told there, not once more in each of its documents.
                if _in_use(owner, record) or (inherited_from and not _in_use(owner, inherited_from)):
                    continue
                message = f"{owner.label} fanns inte {years_text(record.filed_under)}"
                hint = self.other_names(owner)
                if inherited_from:
                    hint += f" Ägaren kommer från projektet: skriv {owners_key} också i det här dokumentet."
                self.field_problem(record, "owners", message, hint)
            for grant in record.grants:
                if record.years and grant.year not in record.years:
                    key = schema.key_of("years")
                    message = f"gäller {grant.year}, men fältet {key} säger {years_text(record.years)}"
                    hint = f"Rätta fältet {key}, eller rätta medlens {key}."
                    if record.kind.rule.several_years:
                        hint = f"Lägg till {grant.year} i fältet {key}, eller rätta medlens {key}."
                    self.field_problem(record, "grants", message, hint)

    def other_names(self, owner: Term) -> str:
        owners = self.vocabularies[vocabulary.OWNERS]
        if owner.valid_from and (before := owners.predecessors(owner)):
            names = listed([term.label for term in before], "eller")
            return f"Namnet gäller från {date_text(owner.valid_from)}. Dessförinnan: {names}."
        if owner.valid_to and (after := owners.successors(owner)):
            names = listed([term.label for term in after], "eller")
            return f"Namnet gällde till {date_text(owner.valid_to)}. Därefter: {names}."
        return f"Namnen och när de gäller står i {owners.file}."

    def settle_analyses(self) -> None:
        """Work out the gender-equality analysis where none is stated, and note statuses that the year rules out."""
        for file, record in self.records.items():
            if record.kind.rule.analysed and record.years:
                self.records[file] = self.settle_analysis(record)
        for file, record in self.records.items():
            if record.kind is Kind.PROJECT:
                documents = [other for other in self.records.values() if other.project == record.id]
                self.records[file] = replace(record, gender_analysis=_furthest(documents))

    def settle_analysis(self, record: Record) -> Record:
        statuses = self.vocabularies[vocabulary.ANALYSIS_STATUSES]
        asked_for = min(record.years) >= ANALYSIS_ASKED_FROM
        right, wrong = (MISSING, NOT_ASKED_FOR) if asked_for else (NOT_ASKED_FOR, MISSING)
        if record.gender_analysis is None:
            settled = statuses.find(right)
            return replace(record, gender_analysis=GenderAnalysis(settled)) if settled else record
        if record.gender_analysis.status.id == wrong:
            message = f"är '{record.gender_analysis.status.label}', men pengarna gäller {years_text(record.years)}"
            hint = (
                f"Analysen efterfrågas från {ANALYSIS_ASKED_FROM} års medel. Ta bort fältet: banken räknar ut statusen."
            )
            self.field_problem(record, "gender_analysis", message, hint)
        return record


def _in_use(owner: Term, record: Record) -> bool:
    """Tell whether the owner's name was in use in any of the record's years."""
    return not record.filed_under or any(owner.valid_in(year) for year in record.filed_under)


def _furthest(documents: list[Record]) -> GenderAnalysis | None:
    """Return the analysis that has come furthest among a project's documents, as the project's own."""
    analyses = [document.gender_analysis for document in documents if document.gender_analysis]
    if not analyses:
        return None
    methods = dict.fromkeys(method for analysis in analyses for method in analysis.methods)
    return GenderAnalysis(
        max((analysis.status for analysis in analyses), key=lambda term: term.position), tuple(methods)
    )
