"""`kunskapsbank search`: ranked hits with passage and address, and counts by facet."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank.cli import called
from kunskapsbank.cli.asked_files import IDEAS, QUESTIONS, idea, questions
from kunskapsbank.cli.parsing import MINUS, UsageError, opened
from kunskapsbank.model.facets import filters
from kunskapsbank.search import engine
from kunskapsbank.search.gathering import gathered
from kunskapsbank.swedish.phrases import listed, number_text
from kunskapsbank.swedish.text import fold, nearest

if TYPE_CHECKING:
    import argparse

    from kunskapsbank.bank import Bank
    from kunskapsbank.cli.parsing import Shared
    from kunskapsbank.model.facets import Facet
    from kunskapsbank.search.engine import Result
    from kunskapsbank.search.query import Choice, Hit

# How many terms of each facet an answer lists.
_COUNTS_SHOWN = 5

_HELP = (
    "Sök på ord och begränsa med fasetter: %(prog)s hemlöshet --{key} {owner} --år 2018. "
    "Citattecken söker orden precis så, ett minus framför ett ord söker utan det: '\"våga vittna\" -polis'. "
    "Du kan också söka i ett fält, på en början och på år: titel:vräk* år:2016-2018, år:>2016, "
    "och foga ihop med AND, OR och NOT: titel:vräkning AND (år:2018 OR {key}:{owner})."
)


def add(commands: Any, shared: Shared) -> None:
    """Add the command to the parser."""
    settings = shared.settings
    told = _HELP.format(key=settings.owner.key, owner=settings.examples.an_owner)
    search = commands.add_parser("search", parents=[shared], help="sök i banken", description=told)
    search.set_defaults(run=_search)
    search.add_argument("ord", nargs="*", help="det du söker")
    for facet in filters(settings):
        note = f"bara {facet.label.lower()}; kan anges flera gånger"
        search.add_argument(f"--{facet.key}", metavar="TERM", action="append", default=[], help=note)
    search.add_argument("--exempel", action="store_true", help="sök också bland de påhittade exemplen")
    lists = search.add_mutually_exclusive_group()
    lists.add_argument(
        "--idé", metavar="FIL", type=Path, help=f"jämför en idé med bankens projekt: {listed(IDEAS, 'eller')}"
    )
    lists.add_argument(
        "--frågor",
        metavar="FIL",
        type=Path,
        help="ställ frågorna i en textfil, en på varje rad, och visa dem utan träff",
    )
    lists.add_argument("--file", metavar="FIL", type=Path, help="--frågor om filen slutar på .txt, annars --idé")
    search.add_argument("--antal", metavar="N", default="10", help="högsta antal träffar som visas (10)")
    search.add_argument("--nyast", action="store_true", help="de nyaste först av det som har nästan alla orden")
    search.add_argument("--json", action="store_true", help="skriv träffarna som en JSON-lista")
    search.add_argument("--index", metavar="MAPP", type=Path, help="var sökindexet ligger (.cache/kunskapsbank/index)")


def _search(options: argparse.Namespace) -> int:
    bank = opened(options)
    if bank.catalogue.errors:
        count = len(bank.catalogue.errors)
        print(f"Innehållet har {count} fel, så något kan saknas. Kör {called.command()} check.", file=sys.stderr)
    if not options.antal.isdigit():
        raise UsageError(f"--antal är '{options.antal}', men ska vara ett tal.")
    folder: Path = options.index or options.innehåll.resolve().parent / ".cache" / "kunskapsbank" / "index"
    words = " ".join(options.ord).replace(MINUS, "-")
    if file := options.idé or options.frågor or options.file:
        if words or _choice(bank, options):
            raise UsageError("En fil frågas för sig, utan ord och filter.")
        is_list = file == options.frågor or (file == options.file and file.suffix.lower() == QUESTIONS)
        return (questions if is_list else idea)(bank, folder, file, options.json)
    result = engine.search(bank, folder, words, _choice(bank, options), newest=options.nyast, examples=options.exempel)
    limit = int(options.antal)
    if options.json:
        print(json.dumps([_hit_json(hit, result) for hit in result.hits[:limit]], ensure_ascii=False, indent=2))
    else:
        _print_result(result, words, limit, bank, is_ranked=not options.nyast)
    return 0


def _choice(bank: Bank, options: argparse.Namespace) -> Choice:
    """Return the terms asked for by option; raises UsageError for one that is not in the vocabulary."""
    choice: Choice = {}
    for facet in bank.index.filters:
        written: list[str] = getattr(options, facet.key.replace("-", "_"), [])
        if written:
            choice[facet.id] = frozenset(_term_id(bank, facet, name) for name in written)
    return choice


def _term_id(bank: Bank, facet: Facet, name: str) -> str:
    by_name = {
        fold(known): entry.term.id for entry in bank.index.of(facet) for known in (entry.term.id, *entry.term.names)
    }
    if found := by_name.get(fold(name)):
        return found
    labels = [entry.term.label for entry in bank.index.of(facet)]
    close = nearest(name, labels)
    hint = f"Menade du '{close}'?" if close else f"Välj bland {listed(labels)}."
    raise UsageError(f"--{facet.key}: '{name}' finns inte. {hint}")


def _hit_json(hit: Hit, result: Result) -> dict[str, object]:
    document = hit.document
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "year": document.year,
        "years": list(document.years),
        "owners": list(document.owners),
        "url": document.url,
        "score": round(hit.score, 6),
        "passage": result.passage(hit),
        "in_file": asdict(file) if (file := result.in_file(hit)) else None,
        "example": document.example,
        "project": document.project,
    }


def _print_result(result: Result, words: str, limit: int, bank: Bank, *, is_ranked: bool) -> None:
    count = len(result.hits)
    asked = f" på ”{words}”" if words.strip() else ""
    print(f"{number_text(count)} {'träff' if count == 1 else 'träffar'}{asked}")
    for note in result.notes:
        print(note)
    _print_named(result, bank)
    best = result.hits[:limit]
    groups = gathered(best, is_ranked=is_ranked) if words.strip() else [(hit,) for hit in best]
    for number, (hit, *others) in enumerate(groups, 1):
        print(f"\n{number:>2}. {_title(hit)}\n    {hit.document.byline}")
        if file := result.in_file(hit):
            print(f"    {file.where}: {file.passage}\n    {file.url}")
        elif passage := result.passage(hit):
            print(f"    {passage}")
        print(f"    {hit.document.url}")
        if others:
            print("    Mer från samma projekt:")
        for other in others:
            print(f"      {_title(other)}\n      {other.document.url}")
    if count > limit:
        print(f"\n{f'De {limit} första' if limit > 1 else 'Den första'} visas. Visa fler med --antal {count}.")
    for facet in bank.index.filters:
        # A year that only an invented example is of has no term.
        labels = {entry.term.id: entry.term.label for entry in bank.index.of(facet)}
        counts = sorted(result.counts[facet.id].items(), key=lambda item: (-item[1], item[0]))
        if counts:
            shown = " · ".join(f"{labels.get(term, term)} {number}" for term, number in counts[:_COUNTS_SHOWN])
            more = f" · {len(counts) - _COUNTS_SHOWN} till" if len(counts) > _COUNTS_SHOWN else ""
            print(f"{chr(10) if facet == bank.index.filters[0] else ''}{facet.label}: {shown}{more}")


def _title(hit: Hit) -> str:
    return f"{hit.document.title}{' (exempel)' if hit.document.example else ''}"


def _print_named(result: Result, bank: Bank) -> None:
    """Print what the question names, and the command that asks it with names taken as filters."""
    for named in result.named:
        note = f" · {named.note}" if named.note else ""
        print(f"\n{named.heading}: {named.label}{note}\n    {named.url}")
    if result.narrowed is None:
        return
    options = [
        f"--{facet.key} {called.typed(entry.term.label)}"
        for facet in bank.index.filters
        for term in sorted(result.narrowed.chosen.get(facet.id, ()))
        for entry in bank.index.of(facet)
        if entry.term.id == term
    ]
    words = [called.typed(result.narrowed.words)] if result.narrowed.words else []
    count = result.narrowed.total
    print(f"\nFiltrera på {', '.join(result.narrowed.labels)} ({count} {'träff' if count == 1 else 'träffar'}):")
    print(f"    {' '.join([called.command(), 'search', *words, *options])}")
