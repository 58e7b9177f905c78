"""A build after nothing but texts were changed → the same site, made of what the last build of the whole has left.

What is made is what the whole would make of it; whatever cannot be told for certain is left to the whole.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank import bank
from kunskapsbank.kept import version
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.pages.retold import Retold
from kunskapsbank.problems import BankError
from kunskapsbank.reading.loading import TEXTS
from kunskapsbank.reading.taken_apart import Shelf
from kunskapsbank.search import publishing
from kunskapsbank.store import Store
from kunskapsbank_mkdocs import runtime, spare
from kunskapsbank_mkdocs.catalogue import prepare
from kunskapsbank_mkdocs.kept_texts import KeptTexts
from kunskapsbank_mkdocs.pages import PagesPlugin
from kunskapsbank_mkdocs.publishing import say_that_we_wait
from kunskapsbank_mkdocs.search import FOLDER, SearchPlugin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kunskapsbank_mkdocs.kept_texts import Whole
    from kunskapsbank_mkdocs.made_of import Last, MadeOf

# More texts at a time are no edit.
_FEW = 20


def retell(config: MkDocsConfig, cache: Path, made_of: MadeOf, last: Last, *, is_kept: bool) -> frozenset[str]:
    """Bring the site up to date after some files were changed; return the files that were, none where it is as it was.

    With `is_kept` a spare of the site may be left beside it.
    """
    if len(last.changed) > _FEW:
        return frozenset()
    kept, store = KeptTexts(cache, last.whole), Store(cache / TEXTS, version())
    try:
        whole = kept.whole()
        if whole is None:
            return frozenset()
        return _Retelling(config, cache, last, kept, whole, Shelf(store)).publish(made_of, is_kept=is_kept)
    except (OSError, BankError, KeyError, ValueError):
        # The whole tells of it.
        return frozenset()
    finally:
        store.write()
        kept.close()


class _Retelling:
    def __init__(
        self, config: MkDocsConfig, cache: Path, last: Last, kept: KeptTexts, whole: Whole, shelf: Shelf
    ) -> None:
        self._config, self._cache, self._last, self._kept, self._whole = config, cache, last, kept, whole
        self._content, self._site = Path(config.docs_dir), Path(config.site_dir)
        self._retold = Retold(
            whole.around, kept.text, shelf, last.digests, lambda file: (self._content / file).read_bytes()
        )

    def publish(self, made_of: MadeOf, *, is_kept: bool) -> frozenset[str]:
        changed = sorted(self._last.changed)
        if not all(self._retold.add(file, (self._content / file).read_bytes()) for file in changed):
            return frozenset()
        files = self._files()
        touched = None if files is None else self._changed(files)
        if touched is None:
            return frozenset()
        if not is_kept:
            spare.drop(self._site)
            # Every file has another number of names now.
            touched = {*self._last.site}
        digests = {file: change.digest for file, change in self._retold.changes.items()}
        made_of.keep_after(self._last, self._cache, self._site, touched, digests)
        return frozenset(changed)

    def _changed(self, files: Mapping[str, bytes | None]) -> set[str] | None:
        return spare.change(self._site, files, self._last.folder, partial(say_that_we_wait, self._site))

    def _files(self) -> dict[str, bytes | None] | None:
        """Return the files of the site that change; None where only the whole can tell."""
        around = self._whole.around
        empty = Catalogue((), (), {}, {}, {}, around.vocabularies, words=around.words, settings=around.settings)
        prepare(self._config, bank.of(empty))
        pages = self._retold.pages()
        plugins = self._config.plugins.values()
        [maker, *_] = [plugin for plugin in plugins if isinstance(plugin, PagesPlugin)]
        made = maker.retell(pages, self._whole, self._config) if pages else None
        if made is None:
            return None
        files: dict[str, bytes | None] = {**made}
        changes = self._retold.changes
        runs = {file: change.runs[1] for file, change in changes.items() if change.runs[0] != change.runs[1]}
        if runs:
            files |= runtime.with_other_runs(self._site, runs)
        if any(isinstance(plugin, SearchPlugin) for plugin in plugins):
            files |= {f"{FOLDER}/{name}": data for name, data in self._search().items()}
        return files

    def _search(self) -> Mapping[str, bytes | None]:
        found = (self._kept.searched(file, change.after) for file, change in self._retold.changes.items())
        documents = [document for document in found if document]
        around = self._whole.around
        return publishing.rewrite(documents, around.vocabularies, around.words, self._cache, self._site / FOLDER)
