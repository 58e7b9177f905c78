"""A text that was saved while the bank is served → its page at once, made before the whole is built anew.

What is shown so is what the build of the whole makes of the page: that follows in any case, and whatever else the text
has a part in, lists, the search and other pages, comes with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kunskapsbank import bank as banks
from kunskapsbank.files.digest import digest_of
from kunskapsbank_mkdocs import signs

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kunskapsbank.bank import Bank

# More than somebody saves at a time are built as a whole.
_FEW = 5


class Shower(Protocol):
    """What puts pages into the site."""

    def show(self, bank: Bank, file: str, config: MkDocsConfig) -> bool:
        """Put the page of a file, as it is in a bank, into the site that is there; tell whether it is."""

    def others_made(self, files: Container[str]) -> bool:
        """Tell whether the last build wrote any page besides those of some files."""


class Saved:
    """What the last build of the whole was made of, and what was saved since."""

    def __init__(self, bank: Bank, found: Mapping[str, str], shower: Shower, config: MkDocsConfig) -> None:
        """Take the bank, the signs of its folder from before it was read, what made pages of it, and of that build."""
        self._bank, self._signs, self._shower, self._config = bank, found, shower, config
        self._content = Path(config.docs_dir)

    def shown(self) -> frozenset[str]:
        """Show the pages of the texts that were saved, and return their files; none where that is not all there is."""
        bank = self._bank
        try:
            changed = sorted(signs.changed(self._content, self._signs))
            if len(changed) > _FEW:
                return frozenset()
            for file in changed:
                data = (self._content / file).read_bytes()
                if digest_of(data) != bank.catalogue.digests.get(file):
                    found = banks.rewritten(bank, file, data)
                    if found is None:
                        return frozenset()
                    bank = found
        except OSError:
            # Gone again, or no file: the build of the whole tells.
            return frozenset()
        files = frozenset(file for file in changed if file in bank.catalogue.bodies)
        return files if all(self._shower.show(bank, file, self._config) for file in files) else frozenset()
