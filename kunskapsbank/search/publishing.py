"""Bank → the folder of files that the browser searches. Knows nothing of Whoosh: only the command line asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search import attached, beside, documents, export, language

if TYPE_CHECKING:
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.export import TakeOver


def publish(bank: Bank, cache: Path, folder: Path, take_over: TakeOver | None = None) -> None:
    """Write the browser's index of a bank into `folder`; what can be used the next time is kept in `cache`.

    `take_over` is asked for files that need not be made: see `export.write`.
    """
    found = list(documents.documents(bank.catalogue, bank.index, attached.attached(bank.catalogue, cache)))
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    export.write(folder, found, bank.index, swedish, language.known_words(), cache / "search.sqlite", take_over)
    beside.write(folder, bank, found)
