"""`kunskapsbank schema`: writes JSON Schemas and snippets, so that editors' programs help while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import called
from kunskapsbank.cli.parsing import UsageError, today
from kunskapsbank.editors import json_schema, snippets
from kunskapsbank.reading import settings_file, vocabulary_files

if TYPE_CHECKING:
    import argparse

    from kunskapsbank.model.vocabulary import Vocabularies

_HELP = (
    "Skriver JSON-scheman för fälten, vokabulärerna och inställningarna (schemas/) och kodavsnitt för VS Code "
    "(.vscode/). Med dem kan VS Code och andra program föreslå fält och termer medan du skriver. Kör kommandot när en "
    "vokabulär eller inställningarna har ändrats."
)


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "schema", parents=[shared], help="skriv JSON-scheman och kodavsnitt", description=_HELP
    )
    parser.set_defaults(run=_schema)
    parser.add_argument(
        "--mapp", metavar="MAPP", type=Path, default=called.content().parent, help="förrådets rot, där de skrivs"
    )


def _schema(options: argparse.Namespace) -> int:
    content: Path = options.innehåll
    if not content.is_dir():
        raise UsageError(f"mappen {content} finns inte. Kör kommandot i bankens mapp eller ange --innehåll.")
    vocabularies, problems = vocabulary_files.load(content)
    path = content / settings_file.FILE
    settings, faults = settings_file.load(path if path.is_file() else None, vocabularies, today())
    for problem in (*problems, *faults):
        print(problem)
    if problems or faults:
        print("Inget har skrivits: rätta vokabulärerna och inställningarna först.")
        return 1
    vocabularies = settings_file.with_examples(vocabularies, settings)
    for name, text in files(vocabularies).items():
        path = options.mapp / name
        path.parent.mkdir(parents=True, exist_ok=True)
        same = path.exists() and path.read_text("utf-8") == text
        if not same:
            path.write_text(text, "utf-8", newline="\n")
        print(f"{name}: {'oförändrad' if same else 'skriven'}")
    return 0


def files(vocabularies: Vocabularies) -> dict[str, str]:
    """Return the texts of all files of schemas and snippets by their paths in the repository."""
    made: dict[str, object] = {
        "schemas/record.json": json_schema.record(vocabularies),
        "schemas/page.json": json_schema.page(),
        "schemas/vocabulary.json": json_schema.vocabulary_folder(),
        "schemas/settings.json": json_schema.settings(vocabularies),
        ".vscode/kunskapsbank.code-snippets": snippets.snippets(vocabularies),
    }
    return {path: json.dumps(found, ensure_ascii=False, indent=1) + "\n" for path, found in made.items()}
