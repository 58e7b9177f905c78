"""Measure what Pagefind and Material's lunr cost on a generated bank: to index, on disk and over the wire."""

import sys
import tempfile
from pathlib import Path

from bank import Bank
from browser import ask, rounds
from measure import CommandFailed, measure
from node import command
from peers import material_worker, pagefind_command
from scale import Scale, firsts, page, size, visits

# Both pages do as the peer's own user interface does, but fetch nothing for its looks.
_PAGEFIND_SCRIPT = """const pagefind = await import("/pagefind/pagefind.js");
await pagefind.init();
window.ready(async (question) => {
  const { results } = await pagefind.search(question);
  await Promise.all(results.slice(0, 5).map((result) => result.data())); // as many as its interface shows
  return results.length;
});
"""
_LUNR_SCRIPT = """const worker = new Worker("WORKER");
const told = () => new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data.data); });
const index = await (await fetch("/search/search_index.json")).json();
let done = told();
worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } });
await done;
window.ready(async (question) => {
  done = told();
  worker.postMessage({ type: 2, data: question });
  return (await done).items.length;
});
"""


def measure_pagefind(bank: Bank, pages: Path, chromium: str) -> Scale:
    """Index the pages of the bank, which `write_pages` has written, and visit them."""
    index = measure(pagefind_command(pages))
    (pages / "bench.htm").write_text(page(_PAGEFIND_SCRIPT), "utf-8")
    answers = ask(pages, "bench.htm", visits(bank), chromium)
    waited = rounds(pages, "bench.htm", firsts(visits(bank)), chromium)
    return Scale("Pagefind", index, size(pages / "pagefind"), answers, rounds=waited)


def measure_lunr(bank: Bank, pages: Path, chromium: str) -> Scale:
    """Write Material's search index for the same pages, and let its worker read it as every browser must.

    The worker is measured under Node.js, where it has the process to itself; the browser's bytes are counted.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        site = Path(folder)
        index = measure([sys.executable, str(Path(__file__).with_name("material_export.py")), str(pages), folder])
        disk = size(site / "search") + size(site / "assets")
        asked = visits(bank)[:1]  # the whole index is fetched whatever is asked: one visit tells as much as five
        try:
            reader = measure([*command("material_start.mjs"), folder, asked[0][0]])
        except CommandFailed as error:
            print(f"lunr, {bank.size} documents, under Node.js: {error}", file=sys.stderr, flush=True)
            reader = None
        worker = "/" + material_worker(site).relative_to(site).as_posix()
        (site / "bench.htm").write_text(page(_LUNR_SCRIPT.replace("WORKER", worker)), "utf-8")
        answers = ask(site, "bench.htm", asked, chromium)
    return Scale("lunr", index, disk, answers, reader)
