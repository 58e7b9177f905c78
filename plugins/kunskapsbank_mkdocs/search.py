"""Publishes the search index with the site, and brings the full-text index up to date, after a build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin, get_plugin_logger

from kunskapsbank.search import engine
from kunskapsbank_mkdocs.catalogue import bank_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger("kunskapsbank")


class SearchConfig(Config):
    """The options of the search plugin in mkdocs.yml."""

    index = config_options.Type(str, default=".cache/kunskapsbank/index")
    """The folder of the full-text index, relative to mkdocs.yml. It is not published."""


class SearchPlugin(BasePlugin[SearchConfig]):
    """Publishes the index that the search page asks, and keeps the one that `kunskapsbank search` asks."""

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the browser's index into the site, and index what is new or changed since the last build."""
        folder = Path(config.config_file_path).parent / self.config.index
        changes = engine.publish(bank_of(config), folder, Path(config.site_dir) / "sok" / "index")
        log.info("Sökindex: %s nya, %s ändrade, %s borttagna", changes.added, changes.changed, changes.removed)
