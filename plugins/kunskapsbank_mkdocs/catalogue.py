"""Reads and checks the content once per build, hands the bank to the other plugins, and publishes what was built."""

from __future__ import annotations

import gc
import os
import time
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from kunskapsbank import pages
from kunskapsbank.bank import open_bank
from kunskapsbank.problems import Severity
from kunskapsbank.swedish.phrases import listed
from kunskapsbank_mkdocs import made_of, markdown, serving, signs, spare
from kunskapsbank_mkdocs.kept_texts import KeptTexts
from kunskapsbank_mkdocs.live import Live
from kunskapsbank_mkdocs.progress import PROFILE, Progress, Stages
from kunskapsbank_mkdocs.publishing import Publishing
from kunskapsbank_mkdocs.saved import Saved
from kunskapsbank_mkdocs.warned import Warned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from kunskapsbank.bank import Bank
    from kunskapsbank.progress import Tell
    from kunskapsbank_mkdocs.made_of import Last, MadeOf
    from kunskapsbank_mkdocs.saved import Shower

NAME = "kunskapsbank/catalogue"
# A build makes very many values, and hardly any that hold each other: to look for such as often as Python does by
# itself takes a tenth of its time.
_SELDOM = (50_000, 20, 100)
_OWN_MACHINE = {"127.0.0.1", "localhost", "::1", None}

log = get_plugin_logger("kunskapsbank")


class CataloguePlugin(BasePlugin):  # type: ignore[type-arg]
    """Opens the bank, and exchanges the site when it is built. Pages, theme and search are the plugins' beside it."""

    bank: Bank
    publishing: Publishing | None = None
    stages: Stages
    progress: Progress
    is_served = False
    _is_command = False
    _end_serving: Callable[[], None] | None = None
    _made_of: MadeOf | None = None
    _told: Sequence[str] = ()
    # While the bank is served: the server, what makes pages, the signs of the content that a build began with, and what
    # the last one that ended well leaves to be shown of what is saved.
    _live: Live | None = None
    shower: Shower | None = None
    _begun: Mapping[str, str] = MappingProxyType({})
    _saved: Saved | None = None
    _warned: Warned
    # What is kept of this build for one that only texts are changed before.
    kept: KeptTexts | None = None

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._warned = Warned()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether the site is only shown to whoever writes it, and whether nothing is to come of the build."""
        gc.set_threshold(*_SELDOM)
        self.is_served = command == "serve"
        self._is_command = command == "build" and not dirty

    # First of all plugins: the others read what this one leaves, whatever their order in mkdocs.yml.
    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the bank and let MkDocs read Markdown as the library does; stop the build when the content has errors.

        Raises Abort after every problem has been logged, and where mkdocs.yml asks for what the bank cannot be. Raises
        SystemExit, with success, where the site is already what the build would make it.
        """
        if not config.use_directory_urls:
            raise Abort("mkdocs.yml: use_directory_urls: bankens adresser är mappar. Ta bort raden, eller skriv true.")
        if not self.is_served:
            _remark_on_address(config.site_url or "")
        self.stages, self.progress = Stages(self._look_up), Progress()
        if self.is_served:
            self._begun = _signs(Path(config.docs_dir))
        self._end_if_the_same(config)
        bank = open_bank(Path(config.docs_dir), _today(), cache_of(config), self.step)
        self.bank = pages.checked(bank)
        if self._made_of and self.bank.catalogue.asked is not None:
            self.kept = KeptTexts(cache_of(config), self._made_of.whole)
        self.progress.end()
        self.stages.mark("läsa och kontrollera innehållet")
        self._told = report(self.bank)
        prepare(config, self.bank)
        self.publishing = Publishing(config, alone=self.is_served, look_up=self._look_up)
        return config

    # Last of all plugins: nothing is written after the exchange.
    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Exchange what was built for the site that was there; raises Abort when a strict build has warnings."""
        if self.publishing:
            if self.is_served:
                serving.tell(Path(config.site_dir))
            self.stages.mark("göra sökindex och det som sidorna leder till")
            self.publishing.publish(config)
            self.publishing = None
            if self.kept:
                self.kept.close()
                self.kept = None
                if _may_keep_a_spare(config):
                    spare.keep(Path(config.site_dir))
            if self.is_served and self.shower:
                self._saved = Saved(self.bank, self._begun, self.shower, config)
            if not self._warned.end() and self._made_of:
                self._made_of.keep(cache_of(config), Path(config.site_dir), self._told)
            self.stages.mark("byta ut sajten")
            if os.environ.get(PROFILE):
                log.info("%s", self.stages.told())

    def step(self, what: str, done: int, total: int) -> None:
        """Take note that so much of something is done; raises InterruptedAbort."""
        self._look_up()
        self.progress.step(what, done, total)

    def _look_up(self) -> None:
        """End the build if something is saved in its middle while the bank is served; raises InterruptedAbort."""
        if self._live and self._live.is_wanted():
            raise serving.InterruptedAbort

    def _end_if_the_same(self, config: MkDocsConfig) -> None:
        """End the command, with success, where everything is as the last build left it."""
        self._made_of = made_of.of(config, _today()) if self._is_command else None
        if self._made_of is None:
            return
        cache, site, content = cache_of(config), Path(config.site_dir), Path(config.docs_dir)
        last = self._made_of.last(cache, site, content)
        if last is not None:
            if not last.changed:
                _end(last.told, f"Inget har ändrats sedan förra bygget: sajten i {site} är som den ska.")
            if files := self._retold(config, self._made_of, last):
                _end(last.told, f"Bara texten är en annan i {listed(sorted(files))}: resten av sajten är som den var.")
        self._warned.begin()

    def _retold(self, config: MkDocsConfig, made_of: MadeOf, last: Last) -> frozenset[str]:
        """Bring the site up to date where only texts were changed; return their files, none where all is to be made."""
        # It needs the plugins that need this one.
        from kunskapsbank_mkdocs import retelling

        return retelling.retell(config, cache_of(config), made_of, last, is_kept=_may_keep_a_spare(config))

    def on_build_error(self, *, error: Exception) -> None:
        """Take away what was built so far; raises Abort with a sentence where the disk is full and the like."""
        self._warned.end()
        if self.publishing:
            publishing, self.publishing = self.publishing, None
            publishing.give_up(error)

    # Last of all plugins: it puts a builder of its own in place of MkDocs'.
    @event_priority(-100)
    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Keep the last good site on show while the content is wrong, and show what is saved before all is built."""
        self._live = Live(server)
        before = serving.Before(
            lambda: self._saved.shown() if self._saved else frozenset(),
            lambda files: self.shower is None or self.shower.others_made(files),
        )
        self._end_serving = serving.keep_on_show(server, Path(config.docs_dir), self._live, before)
        return server

    def on_shutdown(self) -> None:
        """Leave nothing behind when the server, or a build, was ended in the middle."""
        self._warned.end()
        if self._end_serving:
            self._end_serving()
        if self.publishing:
            self.publishing.give_up()


def prepare(config: MkDocsConfig, bank: Bank) -> None:
    """Hand a bank to the other plugins, and let MkDocs have its name and read Markdown as the library does.

    Raises as `bank_of`.
    """
    _plugin_of(config).bank = bank
    # The bank's name stands once, among its settings; MkDocs wants one in mkdocs.yml too.
    config.site_name = bank.catalogue.settings.name
    if markdown.EXTENSION not in config.markdown_extensions:
        config.markdown_extensions.append(markdown.EXTENSION)


def bank_of(config: MkDocsConfig) -> Bank:
    """Return the bank that the catalogue plugin opened; raises Abort when mkdocs.yml lacks that plugin."""
    return _plugin_of(config).bank


def stages_of(config: MkDocsConfig) -> Stages:
    """Return what is told of where the time of the build goes; raises as `bank_of`."""
    return _plugin_of(config).stages


def progress_of(config: MkDocsConfig) -> Progress:
    """Return what is told of how far the build has come; raises as `bank_of`."""
    return _plugin_of(config).progress


def publishing_of(config: MkDocsConfig) -> Publishing:
    """Return what the site that is being built is published by; raises as `bank_of`."""
    publishing = _plugin_of(config).publishing
    assert publishing is not None
    return publishing


def tell_of(config: MkDocsConfig) -> Tell:
    """Return what is told by the library of how far it has come; raises as `bank_of`."""
    return _plugin_of(config).step


def kept_of(config: MkDocsConfig) -> KeptTexts | None:
    """Return what is kept of this build for the next one, None where nothing is; raises as `bank_of`."""
    return _plugin_of(config).kept


def shown_by(config: MkDocsConfig, shower: Shower) -> None:
    """Let pages of what is saved be shown by what made those of this build; raises as `bank_of`."""
    _plugin_of(config).shower = shower


def cache_of(config: MkDocsConfig) -> Path:
    """Return the folder of what need not be worked out again. It is not published."""
    return Path(config.config_file_path).parent / ".cache" / "kunskapsbank"


def _plugin_of(config: MkDocsConfig) -> CataloguePlugin:
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, CataloguePlugin):
        raise Abort(f"Lägg till '{NAME}' bland plugins i mkdocs.yml.")
    return plugin


def report(bank: Bank) -> list[str]:
    """Log every problem of the bank, and return what is told of those that are no errors; raises Abort for an error."""
    told = []
    for problem in bank.catalogue.problems:
        if problem.severity is Severity.ERROR:
            log.error("%s", problem)
        else:
            log.info("%s", problem)
            told.append(str(problem))
    if count := len(bank.catalogue.errors):
        ended = f"{count} fel i innehållet, se ovan. Inget har skrivits: rätta felen och bygg igen."
        raise serving.ContentAbort(ended, bank.catalogue.errors)
    return told


def _end(told: Sequence[str], why: str) -> None:
    """End the command, with success; raises SystemExit."""
    for line in (*told, why):
        log.info("%s", line)
    raise SystemExit(0)


def _may_keep_a_spare(config: MkDocsConfig) -> bool:
    """Tell whether the site lies beside mkdocs.yml, where what helps to build it may lie too."""
    return Path(config.site_dir).resolve().parent == Path(config.config_file_path).resolve().parent


def _signs(content: Path) -> Mapping[str, str]:
    try:
        return signs.signs(content, time.time_ns())
    except OSError:
        # What cannot be read is told by the build; nothing is then taken for known.
        return {}


def _remark_on_address(address: str) -> None:
    """Tell who is about to publish that the bank's own address is not known."""
    if not address or urlsplit(address).hostname in _OWN_MACHINE:
        log.info(
            "%s. Ange adressen där banken ska ligga (site_url i mkdocs.yml, eller KUNSKAPSBANK_URL) innan du "
            "publicerar: den behövs i sajtkartan, i flöden och för sökning från webbläsarens adressfält.",
            f"Sajten byggs för {address}" if address else "Sajten byggs utan adress",
        )


def _today() -> date:
    """Return the day of the build; SOURCE_DATE_EPOCH (seconds since 1970) sets it, as in other tools."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now(UTC).date()
