"""`kunskapsbank init`: a new bank in a folder of its own, which builds at once."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import asking, called, schema
from kunskapsbank.cli.asking import RefusedError, ask
from kunskapsbank.cli.parsing import UsageError, today
from kunskapsbank.files.faults import why
from kunskapsbank.model.vocabulary import FOLDER
from kunskapsbank.reading import settings_file, vocabulary_files
from kunskapsbank.settings import Equality, Examples, Mail, Money, OwnerWords, Settings
from kunskapsbank.swedish.text import normalise, slugify
from kunskapsbank.writing import new_bank

if TYPE_CHECKING:
    import argparse

    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.problems import Problem

_HELP = (
    "Börjar en ny bank i en egen mapp: inställningar, vokabulärer med fackets ord, ordlista, startsida, "
    "redaktionshandbok, tillgänglighetsredogörelse, mkdocs.yml, CI-fil, mallar för merge request och ett märkt exempel "
    'av varje slag: %(prog)s min-bank --organisation "Exempelstads kommun" --förvaltning socialförvaltningen --nämnd '
    "socialnämnden --ägare-en område --ägare-flera områden --första-ägaren Norr --domän exempelstad.se. Det som saknas "
    "frågar kommandot efter. Mappen får inte innehålla något, utom .git."
)
# Mailboxes that many organisations have, and that no single person owns.
_MAILBOXES = tuple(
    "arkiv dataskydd dataskyddsombud diarium fou info kansli kontaktcenter kundtjanst kunskapsbanken medborgarkontor "
    "press redaktion reception registrator socialjour support tillganglighet webb webbredaktion".split()
)
# The answer of who does not know yet.
_LATER = "senare"
# Option, what is asked, and what is meant by no answer.
_QUESTIONS = (
    ("organisation", "Vad heter kommunen eller staden?", "Exempelstads kommun"),
    ("förvaltning", "Vilken förvaltning ansvarar för banken? Skriv som inne i en mening", "socialförvaltningen"),
    ("nämnd", "Vilken nämnd beslutar om pengarna? Skriv som inne i en mening", "socialnämnden"),
    ("ägare_en", "Vad kallas en av dem som kan äga ett projekt?", "område"),
    ("ägare_flera", "Och flera?", "områden"),
    ("första_ägaren", "Vad heter en av dem?", "Norr"),
    ("domän", "Vad står efter @ i era e-postadresser?", "exempelstad.se"),
    ("kontakt", "Hur når läsaren redaktionen? Skriv en brevlåda som ingen enskild äger, eller en webbadress", _LATER),
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("init", help="börja en ny bank", description=_HELP)
    parser.set_defaults(run=_init)
    parser.add_argument("mapp", metavar="MAPP", type=Path, help="mappen, som skapas om den inte finns")
    parser.add_argument("--namn", metavar="NAMN", default="Kunskapsbanken", help="vad banken heter (Kunskapsbanken)")
    for name, question, default in _QUESTIONS:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, dest=name, metavar="ORD", help=f"{question} ({default})".replace("%", "%%"))
    parser.add_argument(
        "--analyser-från", dest="från", metavar="ÅR", help="första året som jämställdhetsanalyser efterfrågas"
    )
    parser.add_argument("--utan-exempel", action="store_true", help="utan märkta exempel")


def _init(options: argparse.Namespace) -> int:
    folder: Path = options.mapp
    _refuse_taken(folder)
    founding = _founding(options)
    texts = new_bank.files(founding)
    try:
        for path, text in texts.items():
            _write(folder / path, text)
        for path, text in _of_programs(folder / new_bank.CONTENT).items():
            _write(folder / path, text)
    except OSError as error:
        raise UsageError(f"{folder} går inte att skriva: {why(error)}.") from None
    _report(folder, founding)
    return 0


def _refuse_taken(folder: Path) -> None:
    """Raise UsageError for a folder that holds something beside a history without commits, or is none."""
    if folder.exists() and (not folder.is_dir() or any(one.name != ".git" for one in folder.iterdir())):
        what = "innehåller redan något" if folder.is_dir() else "är ingen mapp"
        raise UsageError(f"{folder} {what}, så inget har skrivits. Ange en ny mapp.")


def _founding(options: argparse.Namespace) -> new_bank.Founding:
    """Return what is said of the bank; raises UsageError for what the settings cannot be."""
    said = {}
    assumed = []
    for name, question, default in _QUESTIONS:
        written: str | None = getattr(options, name)
        if written is None and asking.can_ask():
            written = ask(question, _text, default)
        elif written is None:
            written = default
            assumed.append(f"--{name.replace('_', '-')} {called.typed(default)}")
        try:
            said[name] = _text(written)
        except RefusedError as error:
            raise UsageError(f"--{name.replace('_', '-')}: {error}") from None
    several = said["ägare_flera"].lower()
    begins = options.från or str(today().year)
    if not re.fullmatch("(?:19|20)[0-9]{2}", begins):
        raise UsageError(f"--analyser-från: '{begins}' är inget årtal.")
    settings = Settings(
        name=_text(options.namn),
        organisation=said["organisation"],
        administration=said["förvaltning"],
        committee=said["nämnd"],
        contact="" if said["kontakt"] == _LATER else said["kontakt"],
        owner=OwnerWords(said["ägare_en"].lower(), several, slugify(several)),
        mail=Mail((said["domän"].lstrip("@").lower(),), _MAILBOXES),
        equality=Equality(int(begins)),
        money=Money(frozenset({"utvecklingsmedel"}), frozenset({"resemedel"})),
        examples=Examples(said["första_ägaren"], new_bank.EXAMPLE),
    )
    founding = new_bank.Founding(
        settings, said["första_ägaren"], today(), metadata.version("kunskapsbank"), not options.utan_exempel
    )
    _check(founding)
    if assumed:
        print(f"Det här sades inte, så det antogs: {' '.join(assumed)}.\n")
    return founding


def _text(written: str) -> str:
    text = " ".join(normalise(written).split())
    if not slugify(text):
        raise RefusedError("Skriv ett ord med bokstäver.")
    return text


def _check(founding: new_bank.Founding) -> None:
    """Raise UsageError with what the settings would be told, in the words of their file."""
    texts = {path: text.encode() for path, text in new_bank.files(founding).items()}
    vocabularies = {}
    for name in vocabulary_files.REQUIRED:
        vocabularies[name], _ = vocabulary_files.parse(name, texts[f"{new_bank.CONTENT}/{FOLDER}/{name}.yml"])
    _, problems = settings_file.parse(texts[f"{new_bank.CONTENT}/{settings_file.FILE}"], vocabularies, today())
    if problems:
        raise UsageError("\n".join(f"{problem.field}: {problem.message}. {_hint(problem)}" for problem in problems))


def _hint(problem: Problem) -> str:
    """Return what to do: where a word was asked for and an address made of it, another word."""
    if problem.field == "ägare → adress":
        return "Välj ett annat ord för flera ägare, till exempel --ägare-flera områden."
    return problem.hint


def _of_programs(content: Path) -> dict[str, str]:
    vocabularies, _ = vocabulary_files.load(content)
    settings, _ = settings_file.load(content / settings_file.FILE, vocabularies, today())
    return schema.files(settings_file.with_examples(vocabularies, settings))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _report(folder: Path, founding: new_bank.Founding) -> None:
    owners = folder / new_bank.CONTENT / FOLDER / "ägare.yml"
    is_here = folder.resolve() == Path.cwd()
    print(f"Skapade banken i {'den här mappen' if is_here else folder}.\n")
    print("Nästa steg:")
    if not is_here:
        print(f"  cd {called.typed(str(folder))}")
    print(f"  {called.command()} serve      visar banken på http://127.0.0.1:8000/")
    given = f'--nytt-projekt "Namnet" --ägare {called.typed(founding.owner)} --år {founding.today.year}'
    print(f"  {called.command()} new slutrapport {given}")
    print(f"\nÄndra sedan {folder / new_bank.CONTENT / settings_file.FILE} och {owners}.")
    if not founding.settings.contact:
        print("I den första saknas kontakt, som säger hur läsaren når redaktionen.")
