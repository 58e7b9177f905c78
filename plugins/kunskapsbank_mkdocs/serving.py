"""Keeps the last good site on show while the content is wrong, with the faults on every page."""

from __future__ import annotations

import json
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs.livereload import LiveReloadServer

    from kunskapsbank.problems import Problem
    from kunskapsbank_mkdocs.live import Live

log = get_plugin_logger("kunskapsbank")

# What the pages ask for while they are served to whoever writes them: see js/serving.js.
FAULTS = "serve-fel.json"
# Seconds between looks at the content folder.
_LOOK = 0.1
# Seconds between a page that is shown at once and the build of the whole.
_REST = 0.3


class ContentAbort(Abort):
    """The end of a build whose content has errors."""

    def __init__(self, message: str, problems: Sequence[Problem]) -> None:
        """Keep the errors, so that pages can show them."""
        super().__init__(message)
        self.problems = problems


def tell(folder: Path, heading: str = "", faults: Sequence[str] = ()) -> None:
    """Write what the pages in `folder` show at their top; nothing at all where nothing is wrong."""
    text = json.dumps({"heading": heading, "faults": list(faults)}, ensure_ascii=False)
    (folder / FAULTS).write_text(text, "utf-8")


class InterruptedAbort(Abort):
    """The end of a build in whose middle something was saved: the next one begins at once."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Något sparades medan sajten byggdes.")


@dataclass(frozen=True)
class Before:
    """What is done before the build of the whole: `show` shows the pages of what was saved and returns their files, and
    `are_others_made` tells of such files whether that build then wrote any other page."""

    show: Callable[[], frozenset[str]]
    are_others_made: Callable[[frozenset[str]], bool]


def keep_on_show(server: LiveReloadServer, content: Path, live: Live, before: Before) -> Callable[[], None]:
    """Let builds that fail leave the server as it is, and watch for `content` going away; return what ends that.

    MkDocs' own server answers no more after a build that failed, until one has succeeded.
    """
    server.builder = _guarded(_page_first(server.builder, live, before), Path(server.root), content, live)
    end_hastening = live.hasten(content)
    ended = threading.Event()
    signal = tempfile.NamedTemporaryFile(prefix="kunskapsbank-")
    server.watch(signal.name)

    def look() -> None:
        before = _identity(content)
        while not ended.wait(_LOOK):
            now = _identity(content)
            if now == before:
                continue
            before = now
            if now:
                # What watched the folder ended with it.
                server.unwatch(str(content))
                server.watch(str(content))
            Path(signal.name).write_text("ändrad", "utf-8")

    threading.Thread(target=look, daemon=True).start()

    def end() -> None:
        ended.set()
        end_hastening()
        signal.close()

    return end


def _identity(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _page_first(build: Callable[[], None], live: Live, before: Before) -> Callable[[], None]:
    def rebuild() -> None:
        try:
            shown = before.show()
        except Exception:
            # The build of the whole shows it as well, only later.
            log.exception("Det sparade gick inte att visa direkt.")
            shown = frozenset()
        if not shown:
            build()
            return
        live.show()
        log.info("Visar %s som sparades. Resten av sajten byggs nu.", listed(sorted(shown)))
        # Whoever looks at the page gets it before the machine is busy; and who saves once more, that page first.
        if live.waits(_REST):
            raise InterruptedAbort
        build()
        if before.are_others_made(shown):
            live.reload()

    return rebuild


def _guarded(build: Callable[[], None], served: Path, content: Path, live: Live) -> Callable[[], None]:
    is_faulty = False

    def tell_fault(heading: str, faults: Sequence[str] = ()) -> None:
        nonlocal is_faulty
        is_faulty = True
        tell(served, heading, faults)
        live.reload()

    def rebuild() -> None:
        nonlocal is_faulty
        if not content.is_dir():
            heading = f"Mappen {content.name} finns inte. Sidorna visas som de var tills den är tillbaka."
            log.error("%s", heading)
            tell_fault(heading)
            return
        try:
            build()
            if is_faulty:
                is_faulty = False
                live.reload()
        except InterruptedAbort:
            return
        except ContentAbort as error:
            log.error("%s", error.message)
            heading = "1 fel i innehållet" if len(error.problems) == 1 else f"{len(error.problems)} fel i innehållet"
            tell_fault(f"{heading}. Sidorna visas som de var innan.", [str(problem) for problem in error.problems])
        except Abort as error:
            log.error("%s", error.message)
            tell_fault("Sajten gick inte att bygga. Sidorna visas som de var innan.", [error.message])
        except Exception as error:
            # Whatever it is, the person who writes sees it, and the server goes on.
            log.exception("Sajten gick inte att bygga. Sidorna visas som de var innan.")
            tell_fault("Sajten gick inte att bygga. Sidorna visas som de var innan.", [str(error)])

    return rebuild
