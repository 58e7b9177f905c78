"""Say what a search engine must do to be measured."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from questions import Document


class Engine(Protocol):
    """A search engine under measurement: built once, then asked all questions of a set in one go."""

    @property
    def name(self) -> str:
        """The name in the table."""

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Index the documents; whatever is written goes into `folder`, which exists and is empty."""

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Return for each query the ids of at least the ten best documents, best first."""
