"""Has MkDocs build beside the published folder, and exchanges the two when all has gone well."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from kunskapsbank.files import exchange
from kunskapsbank.files.exchange import Way
from kunskapsbank.files.faults import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger("kunskapsbank")

# Where MkDocs and ProperDocs count the warnings that end a strict build.
_COUNTING = ("mkdocs", "properdocs")
_HOW = {
    Way.AT_ONCE: "",
    Way.IN_TWO: "Två mappar kan inte byta namn på en gång här: under ett ögonblick fanns ingen sajt.",
    Way.FILE_BY_FILE: (
        "Mappen går inte att byta ut, till exempel för att den är en monteringspunkt eller har en annan ägare. "
        "Filerna byttes en och en, sidorna sist: under tiden fanns gammalt och nytt bredvid varandra."
    ),
}


class Publishing:
    """One build: from the folder that it is to end in, to the exchange."""

    def __init__(self, config: MkDocsConfig, *, alone: bool, look_up: Callable[[], None] = lambda: None) -> None:
        """Turn the build aside to a folder beside its own; `alone` when no other process knows the folder.

        `look_up` is called before each file that may be taken over, and may raise. Raises Abort where nothing can be
        written.
        """
        self.site = Path(config.site_dir)
        self._look_up = look_up
        try:
            self._filling = exchange.prepare(self.site, None if alone else partial(say_that_we_wait, self.site))
        except OSError as error:
            raise Abort(f"{self.site} går inte att skriva: {why(error)}. Sajten är som den var.") from error
        config.site_dir = str(self._filling.folder)

    def take_over(self, name: str, digest: str) -> bool:
        """Let a file of the site that is there be one of the new, if it has this digest; tell whether it is."""
        self._look_up()
        return self._filling.take_over(name, digest)

    def publish(self, config: MkDocsConfig) -> None:
        """Exchange the folders; raises Abort where a strict build has warnings, or nothing can be written."""
        if config.strict and (count := _warnings()):
            told = "1 varning" if count == 1 else f"{count} varningar"
            raise Abort(f"{told}, se ovan. Sajten är som den var: rätta det som varningarna gäller och bygg igen.")
        way = self._filling.publish()
        config.site_dir = str(self.site)
        if _HOW[way]:
            log.info("%s: %s", self.site, _HOW[way])

    def give_up(self, error: Exception | None = None) -> None:
        """Take away what was built so far; raises Abort with a sentence in place of an error of the system's."""
        self._filling.end()
        if isinstance(error, OSError) and error.errno and not isinstance(error, Abort | FileNotFoundError):
            where = f"{error.filename}: " if error.filename else ""
            raise Abort(f"Bygget avbröts: {where}{why(error)}. Sajten i {self.site} är som den var.") from error


def say_that_we_wait(site: Path) -> None:
    """Tell that another build of the site goes on, whose end is waited for."""
    log.info("Ett annat bygge av %s pågår. Det här börjar när det är klart.", site)


def _warnings() -> int:
    counters = [handler for name in _COUNTING for handler in logging.getLogger(name).handlers]
    return sum(count for counter in counters if hasattr(counter, "get_counts") for _, count in counter.get_counts())
