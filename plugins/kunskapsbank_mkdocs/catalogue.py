"""Reads and checks the content once per build, before anything is written, and hands the bank to the other plugins."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from kunskapsbank.bank import open_bank
from kunskapsbank.markup import body
from kunskapsbank.problems import Severity

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from kunskapsbank.bank import Bank

NAME = "kunskapsbank/catalogue"

log = get_plugin_logger("kunskapsbank")


class CataloguePlugin(BasePlugin):  # type: ignore[type-arg]
    """Opens the bank. Leaves the pages, the theme and the search to the plugins beside it."""

    bank: Bank

    # First of all plugins: the others read what this one leaves, whatever their order in mkdocs.yml.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the bank and let MkDocs read Markdown as the library does; stop the build when the content has errors.

        Raises Abort after every problem has been logged. MkDocs empties the site folder only after this hook, so the
        site that was there stays whole.
        """
        cache = Path(config.config_file_path).parent / ".cache" / "kunskapsbank"
        self.bank = open_bank(Path(config.docs_dir), _today(), cache)
        report(self.bank)
        for extension in body.EXTENSIONS:
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        for extension, options in body.EXTENSION_OPTIONS.items():
            config.mdx_configs[extension] = dict(options)
        return config


def bank_of(config: MkDocsConfig) -> Bank:
    """Return the bank that the catalogue plugin opened; raises Abort when mkdocs.yml lacks that plugin."""
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, CataloguePlugin):
        raise Abort(f"Lägg till '{NAME}' bland plugins i mkdocs.yml.")
    return plugin.bank


def report(bank: Bank) -> None:
    """Log every problem of the bank; raises Abort when some of them are errors."""
    for problem in bank.catalogue.problems:
        if problem.severity is Severity.ERROR:
            log.warning("%s", problem)
        else:
            log.info("%s", problem)
    if count := len(bank.catalogue.errors):
        raise Abort(f"{count} fel i innehållet, se ovan. Inget har skrivits: rätta felen och bygg igen.")


def _today() -> date:
    """Return the day of the build; SOURCE_DATE_EPOCH (seconds since 1970) sets it, as in other tools."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
