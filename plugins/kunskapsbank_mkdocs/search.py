"""Publishes the search index with the site, after a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import BasePlugin

from kunskapsbank.search.publishing import publish
from kunskapsbank_mkdocs.catalogue import bank_of, cache_of, publishing_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


FOLDER = "sok/index"


class SearchPlugin(BasePlugin):  # type: ignore[type-arg]
    """Publishes the index that the search page asks. The one that `kunskapsbank search` asks is no part of a build."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the browser's index into the site."""
        publishing = publishing_of(config)

        def take_over(name: str, digest: str) -> bool:
            return publishing.take_over(f"{FOLDER}/{name}", digest)

        # A site without an index has nothing to take over, and each file would be asked for.
        is_there = (publishing.site / FOLDER).is_dir()
        publish(bank_of(config), cache_of(config), Path(config.site_dir, FOLDER), take_over if is_there else None)
