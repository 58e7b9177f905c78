"""Measure what the project's own search costs on a generated bank: to index, on disk, over the wire and in time."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bank import Bank
from browser import Answer, ask, rounds, type_in, type_slowly
from filed import CONTENT
from measure import measure
from scale import VISITS, Scale, firsts, page, size, visits

_PROGRAM = Path(__file__).with_name("ours_index.py")
# Does as the search page does, with all of its modules in one file and its manifest asked for at once, but fetches
# nothing for its looks. What it shows at first are as many hits as the peers show; then come as many again, and the
# counts of the filters that are in sight, which are three.
_SCRIPT = """import { openBank } from "/client.js";
const bank = await openBank(async (path) => new Uint8Array(await (await fetch(`/index/${path}`)).arrayBuffer()));
window.ready(async (words) => {
  const answer = await bank.search({ words });
  await bank.show(answer.hits.slice(0, 5), answer);
  REST
  return answer.total;
});
"""
_REST = """const seen = bank.facets.slice(0, 3).map(({ id }) => id);
  await Promise.all([bank.show(answer.hits.slice(5, 10), answer), bank.count(answer, seen)]);"""
_PRELOAD = '<link rel="preload" as="fetch" href="/index/manifest.json" crossorigin>'
_FIELD = "[data-kb-search] [name=q]"
_RESULTS = "[data-kb-hits]"

_KINDS: dict[str, Callable[[str], bool]] = {
    "scripts": lambda path: path == "/client.js",
    "the manifest": lambda path: path.endswith("/manifest.json"),
    "terms": lambda path: "/t/" in path,
    "parts of compounds": lambda path: "/p/" in path,
    "facets": lambda path: "/f/" in path or path.endswith("/n.kb"),
    "what hits show": lambda path: "/h/" in path,
}


def measure_ours(bank: Bank, folder: Path, chromium: str, without_builds: bool = False) -> Scale:
    """Index the bank for the browser; visit a bare page, and the site's search page with the index of the bank.

    What the build of a site costs is told too, unless it is to be left out: see `_built`.
    """
    documents, site = folder / "documents.jsonl", folder / "site"
    bank.write_documents(documents)
    program = [sys.executable, str(_PROGRAM), str(documents)]

    from kunskapsbank_mkdocs.bundle import bundle

    index = measure([*program, "--site", str(site / "index")])
    disk = size(site / "index")
    (site / "client.js").write_text(bundle("search/client.js", exports=True), "utf-8")
    for name, rest in (("first.htm", ""), ("all.htm", _REST)):
        (site / name).write_text(page(_SCRIPT.replace("REST", rest), _PRELOAD), "utf-8")
    asked = visits(bank)
    answers = ask(site, "first.htm", asked, chromium)
    everything = ask(site, "all.htm", asked, chromium)

    real = folder / "real"
    _build_site(real)
    shutil.rmtree(real / "sok" / "index")
    shutil.copytree(site / "index", real / "sok" / "index")
    typed = type_in(real, "sok/index.html", _FIELD, _RESULTS, asked, chromium)
    slowly = type_slowly(real, "sok/index.html", _FIELD, _RESULTS, _words(bank), chromium)
    others = {
        **_divided(everything),
        "first query with ten hits and counts, kB": _middling(everything, 0, lambda _: True),
        "first query with ten hits and counts, requests": median(len(visit[0].fetches) for visit in everything),
        "first query typed key by key, the index, kB": _middling(typed, 0, lambda path: "/index/" in path),
        "first query typed key by key, of it what hits show, kB": _middling(typed, 0, _KINDS["what hits show"]),
        "a word of twelve letters typed on a slow net, kB": median(answer.bytes for answer, _ in slowly) / 1e3,
        "the same, most, kB": max(answer.bytes for answer, _ in slowly) / 1e3,
        "last key to hits on a slow net, rounds, most": max(waited for _, waited in slowly),
        **({} if without_builds else _built(program, folder)),
    }
    waited = rounds(site, "first.htm", firsts(asked), chromium)
    return Scale("kunskapsbank", index, disk, answers, None, typed, waited, others)


def _built(program: list[str], folder: Path) -> dict[str, float]:
    """Return what Whoosh's index costs, both indexes at once, and both again after a change in one document."""
    whoosh = folder / "whoosh"
    build = [*program, "--site", str(folder / "both"), "--whoosh", str(folder / "both-whoosh")]
    build += ["--kept", str(folder / "analysed.jsonl.gz")]
    alone = measure([*program, "--whoosh", str(whoosh)])
    both = measure(build)
    again = measure([*build, "--edited"])
    return {
        "Whoosh, CPU s": alone.cpu_seconds,
        "Whoosh, memory MB": alone.peak_bytes / 1e6,
        "Whoosh, files MB": size(whoosh) / 1e6,
        "build of both, CPU s": both.cpu_seconds,
        "build of both, memory MB": both.peak_bytes / 1e6,
        "build of both after one change, CPU s": again.cpu_seconds,
        "build of both after one change, memory MB": again.peak_bytes / 1e6,
    }


def _words(bank: Bank) -> list[str]:
    """Return words of twelve letters that are asked for."""
    words = (word for query in bank.queries(40 * VISITS) for word in query.split())
    return list(dict.fromkeys(word for word in words if len(word) == 12))[:VISITS]


def _divided(visits: list[list[Answer]]) -> dict[str, float]:
    """Return the middling kilobytes of the first and of the next question by what they are for."""
    return {
        f"{question} query, of it {kind}, kB": _middling(visits, place, belongs)
        for place, question in enumerate(("first", "next"))
        for kind, belongs in _KINDS.items()
    }


def _middling(visits: list[list[Answer]], place: int, belongs: Callable[[str], bool]) -> float:
    """Return the middling kilobytes of those files that one question of every visit fetched."""
    fetches = (visit[place].fetches for visit in visits)
    return median(sum(fetch.bytes for fetch in each if belongs(fetch.path)) for each in fetches) / 1e3


def _build_site(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=CONTENT.parent, capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"The site could not be built:\n{done.stdout}{done.stderr}")
