"""Keeps the last good site on show while the content is wrong, with the faults on every page."""

from __future__ import annotations

import json
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import get_plugin_logger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs.livereload import LiveReloadServer

    from kunskapsbank.problems import Problem

log = get_plugin_logger("kunskapsbank")

# What the pages ask for while they are served to whoever writes them: see js/serving.js.
FAULTS = "serve-fel.json"
# Seconds between looks at the content folder.
_LOOK = 0.1


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


def keep_on_show(server: LiveReloadServer, content: Path) -> Callable[[], None]:
    """Let builds that fail leave the server as it is, and watch for `content` going away; return what ends that.

    MkDocs' own server answers no more after a build that failed, until one has succeeded.
    """
    server.builder = _guarded(server.builder, Path(server.root), content)
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
        signal.close()

    return end


def _identity(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def _guarded(build: Callable[[], None], served: Path, content: Path) -> Callable[[], None]:
    def rebuild() -> None:
        if not content.is_dir():
            heading = f"Mappen {content.name} finns inte. Sidorna visas som de var tills den är tillbaka."
            log.error("%s", heading)
            tell(served, heading)
            return
        try:
            build()
        except ContentAbort as error:
            log.error("%s", error.message)
            heading = "1 fel i innehållet" if len(error.problems) == 1 else f"{len(error.problems)} fel i innehållet"
            tell(served, f"{heading}. Sidorna visas som de var innan.", [str(problem) for problem in error.problems])
        except Abort as error:
            log.error("%s", error.message)
            tell(served, "Sajten gick inte att bygga. Sidorna visas som de var innan.", [error.message])
        except Exception as error:
            # Whatever it is, the person who writes sees it, and the server goes on.
            log.exception("Sajten gick inte att bygga. Sidorna visas som de var innan.")
            tell(served, "Sajten gick inte att bygga. Sidorna visas som de var innan.", [str(error)])

    return rebuild
