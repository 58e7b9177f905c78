"""All that a build is made of, kept with what it made, so that one which would make the same need not begin.

Beside `surroundings`, which tells pages apart: here it is the whole site, by what the system tells of its files and of
those of the content.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank_mkdocs import signs, spare, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig

FILE = "built.json"
"""What is kept, in the folder of what need not be worked out again."""

_FORMAT = 2
# What a file that is not as it was written can raise.
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError)
# Longer than a tick of most clocks of files: what was written before is then told from what comes after.
_A_TICK = 0.06


@dataclass(frozen=True)
class Last:
    """The last build, where it began with the same but for files that have `changed`, and its site is as it left it.

    `told` is what it told, `site` what the system tells of the files of the site, and `folder` of that itself. `whole`
    is the build of the whole that it was, or came after, and `digests` has the files whose texts were others since.
    """

    changed: frozenset[str]
    told: Sequence[str]
    site: Mapping[str, str]
    folder: tuple[int, int]
    whole: str
    digests: Mapping[str, str]


@dataclass(frozen=True)
class MadeOf:
    """What a build begins with: `around`, a digest of all but the content, and the signs of that, by file."""

    around: str
    content: Mapping[str, str]

    @property
    def whole(self) -> str:
        """What tells a build of the whole from others."""
        return blake2b(f"{self.around} {_digest(self.content)}".encode(), digest_size=16).hexdigest()

    def last(self, cache: Path, site: Path, content: Path) -> Last | None:
        """Return the last build; None where all but the content is not the same, or the site is not as it left it."""
        try:
            kept = json.loads((cache / FILE).read_bytes())
            if kept["format"] != _FORMAT or kept["around"] != self.around:
                return None
            folder = spare.seen(site)
            found = signs.signs(site, time.time_ns())
            if _digest(found) != kept["site"]:
                return None
            changed = frozenset(signs.changed(content, kept["content"]))
            told = [*map(str, kept["told"])]
            return Last(changed, told, found, folder, str(kept["whole"]), dict(kept["digests"]))
        except _DAMAGED:
            return None

    def keep(self, cache: Path, site: Path, told: Sequence[str]) -> None:
        """Keep what a build made of it; what cannot be kept is done without."""
        self._keep(cache, partial(signs.signs, site), told, self.whole, {})

    def keep_after(
        self, last: Last, cache: Path, site: Path, touched: Iterable[str], digests: Mapping[str, str]
    ) -> None:
        """Keep the same of a build that came after another, where nothing but some files of the site was touched.

        `digests` has the files whose texts are others than in that build.
        """
        look = partial(signs.again, site, last.site, touched)
        self._keep(cache, look, last.told, last.whole, {**last.digests, **digests})

    def _keep(
        self,
        cache: Path,
        look: Callable[[int], Mapping[str, str]],
        told: Sequence[str],
        whole: str,
        digests: Mapping[str, str],
    ) -> None:
        time.sleep(_A_TICK)
        try:
            kept = {
                "format": _FORMAT,
                "around": self.around,
                "content": self.content,
                "site": _digest(look(time.time_ns())),
                "told": [*told],
                "whole": whole,
                "digests": digests,
            }
            cache.mkdir(parents=True, exist_ok=True)
            new = cache / f"{FILE}.new"
            new.write_text(json.dumps(kept), "utf-8", "surrogatepass")
            new.replace(cache / FILE)
        except (OSError, ValueError):
            return


def of(config: MkDocsConfig, today: date) -> MadeOf | None:
    """Return what a build with this configuration, as it was read, begins with; None where nobody can tell."""
    around = surroundings.whole(config)
    if around is None:
        return None
    try:
        content = signs.signs(Path(config.docs_dir), time.time_ns())
    except OSError:
        return None
    return MadeOf(blake2b(f"{around} {today} {config.site_dir}".encode(), digest_size=16).hexdigest(), content)


def _digest(found: Mapping[str, str]) -> str:
    return blake2b(repr([*found.items()]).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
