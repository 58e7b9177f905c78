"""Publishes the search index with the site, after a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import BasePlugin

from kunskapsbank.search.documents import beside_text
from kunskapsbank.search.publishing import publish
from kunskapsbank_mkdocs.catalogue import bank_of, cache_of, kept_of, publishing_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


FOLDER = "sok/index"


class SearchPlugin(BasePlugin):  # type: ignore[type-arg]
    """Publishes the index that the search page asks. The one that `kunskapsbank search` asks is no part of a build."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the browser's index into the site."""
        publishing, catalogue, kept = publishing_of(config), bank_of(config).catalogue, kept_of(config)

        def take_over(name: str, digest: str) -> bool:
            return publishing.take_over(f"{FOLDER}/{name}", digest)

        # A site without an index has nothing to take over, and each file would be asked for.
        is_there = (publishing.site / FOLDER).is_dir()
        folder = Path(config.site_dir, FOLDER)
        found = publish(bank_of(config), cache_of(config), folder, take_over if is_there else None)
        for document in found if kept else ():
            record = catalogue.get(document.id)
            if kept and record:
                kept.keep_searched(record.file, document, beside_text(record))
