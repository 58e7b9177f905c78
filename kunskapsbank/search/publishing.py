"""Bank → the folder of files that the browser searches. Knows nothing of Whoosh: only the command line asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search import attached, beside, documents, export, language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.model.vocabulary import Vocabularies
    from kunskapsbank.model.word_list import WordList
    from kunskapsbank.search.documents import Document
    from kunskapsbank.search.export import TakeOver


KEPT = "search.sqlite"
"""Where it is kept what can be used the next time."""


def publish(bank: Bank, cache: Path, folder: Path, take_over: TakeOver | None = None) -> list[Document]:
    """Write the browser's index of a bank into `folder`, and return what is searched.

    What can be used the next time is kept in `cache`.

    `take_over` is asked for files that need not be made: see `export.write`.
    """
    found = list(documents.documents(bank.catalogue, bank.index, attached.attached(bank.catalogue, cache)))
    swedish = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    export.write(folder, found, bank.index, swedish, language.known_words(), cache / KEPT, take_over)
    beside.write(folder, bank, found)
    return found


def rewrite(
    changed: Iterable[Document], vocabularies: Vocabularies, words: WordList, cache: Path, folder: Path
) -> dict[str, bytes | None]:
    """Return what of the index in `folder` changes when some documents have other texts: files by name, None for one
    that goes.

    Raises OSError and `store.Damaged` where that cannot be told without all documents.
    """
    manifest = (folder / export.MANIFEST).read_bytes()
    swedish = language.analyser(vocabularies, words)
    return export.rewrite(changed, swedish, language.known_words(), cache / KEPT, manifest)
