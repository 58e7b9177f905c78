"""All that a build is made of, kept with what it made, so that one which would make the same need not begin.

Beside `surroundings`, which tells pages apart: here it is the whole site, by what the system tells of its files and of
those of the content.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from kunskapsbank_mkdocs import signs, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs.config.defaults import MkDocsConfig

FILE = "built.json"
"""What is kept, in the folder of what need not be worked out again."""

_FORMAT = 1
# What a file that is not as it was written can raise.
_DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError)
# Longer than a tick of most clocks of files: what was written before is then told from what comes after.
_A_TICK = 0.06


@dataclass(frozen=True)
class MadeOf:
    """What a build begins with: `around`, a digest of all but the content, and the signs of that, by file."""

    around: str
    content: Mapping[str, str]

    def found(self, cache: Path, site: Path, content: Path) -> Sequence[str] | None:
        """Return what the last build told if it began with the same and its site is as it left it; else None."""
        try:
            kept = json.loads((cache / FILE).read_bytes())
            if kept["format"] != _FORMAT or kept["around"] != self.around or signs.changed(content, kept["content"]):
                return None
            return None if _digest(signs.signs(site, time.time_ns())) != kept["site"] else [*map(str, kept["told"])]
        except _DAMAGED:
            return None

    def keep(self, cache: Path, site: Path, told: Sequence[str]) -> None:
        """Keep what a build made of it; what cannot be kept is done without."""
        time.sleep(_A_TICK)
        try:
            made = _digest(signs.signs(site, time.time_ns()))
            kept = {"format": _FORMAT, "around": self.around, "content": self.content, "site": made, "told": [*told]}
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
