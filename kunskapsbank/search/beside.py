"""Bank → what the browser's client reads beside the index: files that no posting leads to.

- `named.kb`: what a question can name, a row each; see `naming`.
- `projects/<id>.kb`: what one project tried, for whom and what came of it; see `ideas`.
- `attached/<id>.kb`: the texts of the files beside one document; see `attached`.

They have names of their own, so that a change of one file of the bank changes the files that tell of it and no others;
all are gzip files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.search import ideas, naming
from kunskapsbank.search.packing import as_json, packed_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.documents import Document

NAMED, PROJECTS, ATTACHED = "named.kb", "projects", "attached"


def write(folder: Path, bank: Bank, documents: Iterable[Document]) -> None:
    """Write them into `folder`, where the index of `documents` lies."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAMED).write_bytes(packed_file(as_json(naming.names(bank).rows())))
    (folder / PROJECTS).mkdir(exist_ok=True)
    for project in ideas.tried(bank.catalogue):
        (folder / PROJECTS / f"{project.id}.kb").write_bytes(packed_file(as_json(ideas.written(project))))
    for document in documents:
        if document.attached:
            (folder / ATTACHED).mkdir(exist_ok=True)
            (folder / ATTACHED / f"{document.id}.kb").write_bytes(packed_file(as_json(document.attached)))
