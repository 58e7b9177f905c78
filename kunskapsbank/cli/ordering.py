"""The options of `new` and `import` and, in a terminal, answers → the order of a document, or what it lacks."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from kunskapsbank.cli import asking, called
from kunskapsbank.cli.asking import Choice, RefusedError, ask, choose, choose_several, chosen, near
from kunskapsbank.cli.parsing import UsageError
from kunskapsbank.markup.frontmatter import Items, Scalar
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind, Need
from kunskapsbank.reading import schema
from kunskapsbank.reading.fields import FEW_TERMS, Reading, example_of, rule_of
from kunskapsbank.swedish.phrases import capitalised, listed, years_text
from kunskapsbank.swedish.text import fold, normalise
from kunskapsbank.writing import new_document

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.record import Record
    from kunskapsbank.model.vocabulary import Term
    from kunskapsbank.writing.new_document import Order

Written = TypeVar("Written")
Answer = TypeVar("Answer")

_NEW_PROJECT = 'Finns projektet inte i banken än: skriv --nytt-projekt "Namnet" i stället för --projekt.'
# The choice beside all projects; no folder has such a name.
_NEW = "+"


class Ordering:
    """Puts an order together of the options and, in a terminal, of answers; notes what is missing or wrong."""

    def __init__(self, catalogue: Catalogue, options: argparse.Namespace, today: date) -> None:
        """Take the options `typ`, `namn`, `projekt`, `nytt_projekt`, `år` and `ägare`; None where it was not given.

        `new_project` is the order of a project that the document belongs to and the bank lacks, once it is known.
        """
        self.catalogue = catalogue
        self.today = today
        self.asks = asking.can_ask()
        self.missing: list[str] = []
        self.kind_written: str | None = options.typ
        self.name_written: str = normalise(options.namn or "").strip()
        self.project_written: str | None = options.projekt
        self.new_project_written: str = normalise(options.nytt_projekt or "").strip()
        self.new_project: Order | None = None
        self.years_written: list[str] = [normalise(year) for year in options.år or ()]
        self.owners_written: list[str] = [part for owner in options.ägare or () for part in normalise(owner).split(",")]

    def order(self) -> Order:
        """Return the order; raises UsageError with all that is missing, StoppedError when the editor gives up."""
        with asking.between_questions():
            kind = self.kind()
            self.place_name(kind)
            self.refuse_strays(kind)
            project = self.project(kind)
            name = self.name(kind)
            years = self.years(kind, project)
            owners = () if self.new_project_written else self.owners(kind, years)
            project = self.begun_project(years) or project
        if self.missing:
            raise UsageError(self.lacking("new"))
        return new_document.Order(kind, years, project, name, owners)

    def lacking(self, command: str) -> str:
        """Say what is missing."""
        new = f" {_NEW_PROJECT}" if "--projekt" in self.missing else ""
        return f"det här saknas: {listed(self.missing)}.{new} Skriv {called.command()} {command} --help för exempel."

    def begun_project(self, years: tuple[int, ...]) -> Record | None:
        """Return the project that is begun with the document; None where the bank has it, or something is missing."""
        if not self.new_project_written:
            return None
        owners = self.owners(Kind.PROJECT, years)
        if self.missing:
            return None
        self.new_project = new_document.Order(Kind.PROJECT, years, None, self.new_project_written, owners)
        return new_document.to_be(self.new_project, self.today)

    def place_name(self, kind: Kind) -> None:
        """Take the bare name for what it means to this kind: the project of a report, the year of a call."""
        if kind.rule.in_project and self.name_written and not self.project_written:
            self.project_written, self.name_written = self.name_written, ""
        elif kind.rule.named_by_year and self.name_written and not self.years_written:
            self.years_written, self.name_written = [self.name_written], ""

    def refuse_strays(self, kind: Kind) -> None:
        """Raise UsageError for what was given and has no use, rather than leave it out in silence."""
        label = self.catalogue.vocabularies[vocabulary.KINDS].label(kind)
        if self.name_written and not kind.rule.name_of:
            raise UsageError(f"'{self.name_written}' behövs inte för {label}: titeln blir till av det andra.")
        if self.new_project_written and not kind.rule.in_project:
            raise UsageError(f"--nytt-projekt hör inte till {label}.")
        if self.new_project_written and self.project_written:
            raise UsageError("skriv antingen --projekt, för ett projekt som finns, eller --nytt-projekt.")
        if self.owners_written and kind.rule.in_project and not self.new_project_written:
            raise UsageError(f"--ägare behövs inte för {label}: ägaren hämtas från projektet.")
        if self.owners_written and kind.rule.owners is Need.NONE:
            raise UsageError(f"--ägare hör inte till {label}.")
        if self.project_written and not kind.rule.is_report:
            raise UsageError(f"--projekt hör inte till {label}.")

    def kinds(self, kinds: Iterable[Kind]) -> list[Choice]:
        """Return the kinds to choose between, each by all its names."""
        terms = self.catalogue.vocabularies[vocabulary.KINDS]
        choices = []
        for kind in kinds:
            term = terms.find(kind)
            choices.append(Choice(kind, terms.label(kind), (*(term.names if term else ()), *kind.rule.aliases)))
        return choices

    def kind(self) -> Kind:
        """Return the kind that was given or is answered."""
        choices = self.kinds(Kind)
        if self.kind_written:
            return Kind(self.settled("typ", self.kind_written, lambda answer: chosen(answer, choices)))
        if self.asks:
            return Kind(choose("Vad vill du skapa?", choices))
        raise UsageError(f"det här saknas: typ, som är {listed([choice.label for choice in choices], 'eller')}.")

    def project(self, kind: Kind) -> Record | None:
        """Return the project that was given or is answered; None where the kind needs none."""
        wanted = kind.rule.in_project
        if self.new_project_written:
            self.new_project_written = self.settled("--nytt-projekt", self.new_project_written, self.new_title)
            return None
        projects = {PurePosixPath(record.file).parent.name: record for record in self.catalogue.of_kind(Kind.PROJECT)}
        likely = [record.title for record in self.likely_projects()] if wanted else []

        def order(item: tuple[str, Record]) -> tuple[int, str]:
            title = item[1].title
            return (likely.index(title) if title in likely else len(likely)), fold(title)

        choices = [
            Choice(folder, record.title, (record.id, *record.aliases))
            for folder, record in sorted(projects.items(), key=order)
        ]
        if self.project_written:
            self.refuse_faulty(self.project_written, projects)
            written = normalise(self.project_written).removeprefix(f"{Kind.PROJECT.rule.folder}/").strip("/")
            return projects[self.settled("--projekt", written, lambda answer: chosen(answer, choices))]
        if wanted and self.asks:
            print("Finns projektet inte i banken än: skriv nytt projekt.")
            choices.append(Choice(_NEW, "nytt projekt"))
            answer = choose("Vilket projekt gäller det?", choices, "".join(likely[:1]))
            if answer == _NEW:
                self.new_project_written = ask(Kind.PROJECT.rule.question, self.new_title)
            return projects.get(answer)
        if wanted:
            self.missing.append("--projekt")
        return None

    def likely_projects(self) -> Sequence[Record]:
        """Return the projects that are offered first, the likeliest as the answer."""
        return ()

    def refuse_faulty(self, written: str, projects: dict[str, Record]) -> None:
        """Raise UsageError where the project is there, but its page has errors and could not be read."""
        page = Kind.PROJECT.rule.path.format(project=written)
        if written not in projects and any(problem.file == page for problem in self.catalogue.errors):
            raise UsageError(f"--projekt: {page} har fel. Kör {called.command()} check och rätta dem först.")

    def name(self, kind: Kind) -> str:
        """Return the title or place that was given or is answered; "" where the kind has none."""
        rule = kind.rule
        if not rule.name_of:
            return ""

        def read(answer: str) -> str:
            return self.new_title(answer) if rule.has_folder else str(self.value(rule.name_of, [answer]))

        if self.name_written:
            return self.settled("namn", self.name_written, read)
        if self.asks:
            return ask(rule.question, read)
        self.missing.append(f"namn ({rule.question})")
        return ""

    def new_title(self, answer: str) -> str:
        """Return the name of a new project; raises RefusedError for one that the bank has."""
        title = str(self.value(Kind.PROJECT.rule.name_of, [answer]))
        self.refuse_known(title)
        page = new_document.file_of(new_document.Order(Kind.PROJECT, name=title))
        if page in self.catalogue.texts:
            raise RefusedError(f"Projektets sida finns redan: {page}.")
        return title

    def refuse_known(self, title: str) -> None:
        """Raise RefusedError for a project that the bank has, under this name or another."""
        for record in self.catalogue.of_kind(Kind.PROJECT):
            if fold(title) in map(fold, (record.id, record.title, *record.aliases)):
                raise RefusedError(f"Projektet finns redan: {record.title} ({record.file}).")

    def years(self, kind: Kind, project: Record | None) -> tuple[int, ...]:
        """Return the years of the money that were given or are answered."""

        def read(written: Sequence[str]) -> tuple[int, ...]:
            found: Any = self.value("years", written)
            years: tuple[int, ...] = found
            if len(years) > 1 and not kind.rule.several_years:
                raise RefusedError(f"{years_text(years)} är flera år, men bara ett projekt kan ha flera.")
            return years

        if self.years_written:
            return self.settled("--år", self.years_written, read)
        is_required = kind.rule.years is Need.REQUIRED or bool(self.new_project_written)
        if not (is_required or kind.rule.has_year_in_name):
            return ()
        if self.asks:
            default = self.next_year(kind, project)
            return ask("Vilket år gäller pengarna?", lambda answer: read(answer.split(",")), default)
        if is_required:
            self.missing.append("året som pengarna gäller" if kind.rule.named_by_year else "--år")
        return ()

    def next_year(self, kind: Kind, project: Record | None) -> str:
        """Return the first year of the project that lacks such a document, as the likely answer."""
        if project is None:
            return ""
        had = {year for other in self.catalogue.documents_of(project) if other.kind is kind for year in other.years}
        return next((str(year) for year in project.years if year not in had), "")

    def owners(self, kind: Kind, years: Sequence[int]) -> tuple[Term, ...]:
        """Return the owners that were given or are answered, by the names of those years."""
        terms = self.catalogue.vocabularies[vocabulary.OWNERS]
        in_use = [term for term in terms if not years or any(term.valid_in(year) for year in years)]
        choices = [Choice(term.id, term.label, term.names) for term in in_use]

        def read(written: Sequence[str]) -> tuple[Term, ...]:
            found = []
            for part in written:
                # A name of another time is known, but is not among the choices.
                if (term := terms.find(part)) and term not in in_use:
                    raise RefusedError(self.of_another_time(term, years))
                found.append(terms.get(self.an_owner(part, choices)))
            return tuple(dict.fromkeys(found))

        if self.owners_written:
            return self.settled("--ägare", self.owners_written, read)
        if kind.rule.owners is not Need.REQUIRED:
            return ()
        if self.asks:
            return tuple(terms.get(owner) for owner in choose_several("Vem äger arbetet?", choices))
        self.missing.append("--ägare")
        return ()

    def an_owner(self, written: str, choices: Sequence[Choice]) -> str:
        """Return the id of the owner; raises RefusedError that says where owners are named, where none is like it."""
        try:
            return chosen(written, choices)
        except RefusedError as error:
            if near(written, choices):
                raise
            file = self.catalogue.vocabularies[vocabulary.OWNERS].file
            labels = listed([choice.label for choice in choices], "och")
            said = f"Ägarna är {labels}." if len(choices) <= FEW_TERMS else f"Ägarna står i {file}."
            raise RefusedError(f"{error} {said} En ny läggs till i {file}.") from None

    def of_another_time(self, term: Term, years: Sequence[int]) -> str:
        """Say that an owner's name was not in use, and which names were."""
        terms = self.catalogue.vocabularies[vocabulary.OWNERS]
        others = [other for other in (*terms.predecessors(term), *terms.successors(term)) if other is not term]
        names = [f"'{other.label}'" for other in others if any(other.valid_in(year) for year in years)]
        said = f"{term.label} fanns inte {years_text(years)}."
        return f"{said} Menade du {listed(names, 'eller')}?" if names else said

    def value(self, attribute: str, written: Sequence[str]) -> object:
        """Return what the schema reads of a field's text; raises RefusedError with what it finds wrong."""
        rule = rule_of(schema.FIELDS, attribute)
        terms = self.catalogue.vocabularies
        reading = Reading("", terms, self.today, [], rule.key, example_of(rule, terms), is_answer=True)
        nodes = tuple(Scalar(text.strip(), 1) for text in written if text.strip())
        value = rule.reader(nodes[0] if len(nodes) == 1 else Items(nodes, 1), reading)
        if reading.problems:
            problem = reading.problems[0]
            raise RefusedError(f"{capitalised(problem.message)}. {problem.hint}")
        return value

    def settled(self, option: str, written: Written, read: Callable[[Written], Answer]) -> Answer:
        """Return what `read` makes of an option; raises UsageError for one that cannot be used."""
        try:
            return read(written)
        except RefusedError as error:
            new = f" {_NEW_PROJECT}" if option == "--projekt" else ""
            raise UsageError(f"{option}: {error}{new}") from None
