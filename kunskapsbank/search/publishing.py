"""Bank → the folder of files that the browser searches. Knows nothing of Whoosh: only the command line asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search import attached, beside, documents, export, language
from kunskapsbank.search.keeping import KeepingAnalyser

if TYPE_CHECKING:
    from pathlib import Path

    from kunskapsbank.bank import Bank


def publish(bank: Bank, cache: Path, folder: Path) -> None:
    """Write the browser's index of a bank into `folder`; what can be used the next time is kept in `cache`."""
    found = list(documents.documents(bank.catalogue, bank.index, attached.attached(bank.catalogue, cache)))
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    with KeepingAnalyser(swedish, cache / "analysed.jsonl.gz") as keeping:
        export.write(folder, found, bank.index, keeping, language.known_words())
    beside.write(folder, bank, found)
