"""What a search engine costs on a generated bank, and the visits that are made to find out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bank import Bank
from browser import Answer
from measure import Cost

VISITS = 5

# `ask` may be called before the module has got as far as to say what it is.
_PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8">HEAD<link rel="icon" href="data:,"></head><body>
<script>const asked = new Promise((give) => { window.ready = give; });
const ask = async (question) => (await asked)(question);</script>
<script type="module">
SCRIPT</script></body></html>
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """What an engine costs on a bank."""

    engine: str
    index: Cost  # to make the files that a reader fetches, once for each build
    disk_bytes: int
    visits: list[list[Answer]]  # of two questions each, given whole
    reader: Cost | None = None  # to get ready in each reader's browser, where that is more than fetching
    typed: list[list[Answer]] = field(default_factory=list)  # the same questions, typed on the real search page
    rounds: list[int] = field(default_factory=list)  # of the first question of a visit
    others: dict[str, float] = field(default_factory=dict)  # what only this engine has

    @property
    def measures(self) -> dict[str, float | None]:
        """All that is told of it, by name; bytes and times are medians over the visits."""
        typed = [answer.milliseconds for visit in self.typed for answer in visit]
        return {
            "index, CPU s": self.index.cpu_seconds,
            "index, memory MB": self.index.peak_bytes / 1e6,
            "files, MB": self.disk_bytes / 1e6,
            "first query, kB": self._median(0, lambda answer: answer.bytes / 1e3),
            "next query, kB": self._median(1, lambda answer: answer.bytes / 1e3),
            "first query, requests": self._median(0, lambda answer: len(answer.fetches)),
            "next query, requests": self._median(1, lambda answer: len(answer.fetches)),
            "first query, rounds": median(self.rounds) if self.rounds else None,
            "next query asked, ms": self._median(1, lambda answer: answer.milliseconds),
            "last key to results, ms": median(typed) if typed else None,
            "last key to results, slowest, ms": max(typed) if typed else None,
            "getting ready in the browser, CPU s": self.reader.cpu_seconds if self.reader else None,
            "getting ready in the browser, memory MB": self.reader.peak_bytes / 1e6 if self.reader else None,
            **self.others,
        }

    def _median(self, place: int, measure: Callable[[Answer], float]) -> float | None:
        answers = [visit[place] for visit in self.visits if len(visit) > place]
        return median(map(measure, answers)) if answers else None


def visits(bank: Bank) -> list[list[str]]:
    """Return the questions of each visit, two at a time."""
    queries = bank.queries(2 * VISITS)
    return [queries[start : start + 2] for start in range(0, len(queries), 2)]


def firsts(visits: list[list[str]]) -> list[str]:
    """Return the first question of each visit."""
    return [first for first, *_ in visits]


def page(script: str, head: str = "") -> str:
    """Return a page whose script, a module, calls `ready` with what answers a question: see `browser.ask`."""
    return _PAGE.replace("SCRIPT", script).replace("HEAD", head)


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
