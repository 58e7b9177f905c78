"""`kunskapsbank search` of a file: an idea beside what the bank's projects tried, or a list of questions."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from kunskapsbank import attachments
from kunskapsbank.attachments.contents import UncheckedError
from kunskapsbank.cli.parsing import UsageError
from kunskapsbank.model import criteria
from kunskapsbank.search import engine, ideas
from kunskapsbank.swedish.phrases import capitalised, listed, number_word, years_text
from kunskapsbank.swedish.text import normalise

if TYPE_CHECKING:
    from pathlib import Path

    from kunskapsbank.bank import Bank
    from kunskapsbank.search.engine import Answered, Comparison
    from kunskapsbank.search.ideas import Near

QUESTIONS = ".txt"
IDEAS = (".docx", ".odt", ".pdf", ".md", ".txt")
"""The formats that an idea is read in."""
_PLAIN = {".md": ".txt"}
_LONGEST_QUESTION = 200
UNTOLD = "Vad arbetet ledde till framgår inte av källan."


def idea(bank: Bank, folder: Path, file: Path, as_json: bool) -> int:
    """Print the projects nearest to the idea in a file; raises UsageError where it cannot be read."""
    text = text_of(file, IDEAS)
    compared = engine.compare(bank, folder, text)
    if as_json:
        print(json.dumps([_near_json(near) for near in compared.projects], ensure_ascii=False, indent=2))
        return 0
    _print_compared(compared)
    demanded = criteria.newest(bank.catalogue)
    if demanded:
        print(f"\n{demanded.told}\n    {demanded.url}")
    return 0


def questions(bank: Bank, folder: Path, file: Path, as_json: bool) -> int:
    """Print which questions of a file, one a line, find nothing; raises UsageError where it cannot be read."""
    asked = [line.strip() for line in text_of(file, (QUESTIONS, ".md")).splitlines() if line.strip()]
    given = engine.answered(bank, folder, asked)
    if any(len(question) > _LONGEST_QUESTION for question in asked):
        hint = "Varje rad är en fråga, och någon är mycket lång. Är texten en idé? Använd --idé."
        print(hint, file=sys.stderr)
    if as_json:
        rows = [{"question": one.question, "hits": one.total, "notes": list(one.notes)} for one in given]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    nothing = [one for one in given if not one.total]
    misspelt = [one for one in given if one.total and one.misspelt]
    print(f"{_counted(len(given), 'fråga', 'frågor')}, {number_word(len(nothing), 'en')} utan träff.")
    _print_questions("Utan träff:", nothing)
    _print_questions("Med ord som söktes som andra:", misspelt)
    return 0


def text_of(file: Path, formats: tuple[str, ...]) -> str:
    """Return what is written in a file of one of the formats; raises UsageError where it cannot be read."""
    suffix = file.suffix.lower()
    if suffix not in formats:
        raise UsageError(f"{file} har ett format som inte går att läsa här. Det går med {listed(formats, 'eller')}.")
    try:
        data = file.read_bytes()
    except OSError:
        raise UsageError(f"filen {file} finns inte eller går inte att läsa.") from None
    try:
        contents = attachments.read(data, _PLAIN.get(suffix, suffix))
    except UncheckedError as unchecked:
        raise UsageError(f"{file} går inte att läsa: filen är {unchecked.flaw.value}.") from None
    text = normalise("\n".join(part.text for part in attachments.readable(contents)))
    if not text.strip():
        raise UsageError(f"{file} har ingen text.")
    return text


def _print_compared(compared: Comparison) -> None:
    if not compared.projects:
        print("Inget projekt i banken liknar idén. Sök också på enskilda ord: andra kan ha kallat det något annat.")
        return
    print(f"Jämfört på orden {listed(compared.words)}.")
    groups = listed([group.lower() for group in compared.audiences])
    print(f"Målgrupper i texten: {groups}." if groups else "Texten nämner ingen av bankens målgrupper.")
    for number, near in enumerate(compared.projects, 1):
        _print_near(number, near, bool(groups))
    print(f"\n{verdict(compared)}")


def _print_near(number: int, near: Near, has_groups: bool) -> None:
    project = near.tried
    byline = " · ".join(part for part in (years_text(project.years), listed(project.owners)) if part)
    print(f"\n{number:>2}. {project.title}\n    {byline}\n    Prövade: {project.summary}")
    if project.methods:
        print(f"    Metoder: {listed(project.methods)}")
    print(f"    {difference(near, has_groups)}")
    print(f"    Ledde till: {project.result}" if project.result else f"    {UNTOLD}")
    if project.outcomes:
        print(f"    Sedan: {listed(project.outcomes)}")
    print(f"    {project.url}")


def difference(near: Near, has_groups: bool) -> str:
    """Return how a project and the idea differ in target group, as a sentence."""
    if not near.tried.audiences:
        return "Projektets målgrupp framgår inte."
    if near.same:
        beside = f" Projektet hade också {listed(near.other)}." if near.other else ""
        return f"Samma målgrupp: {listed(near.same)}.{beside}"
    kind = "Annan målgrupp" if has_groups else "Målgrupp"
    return f"{kind}: {listed(near.other)}."


def verdict(compared: Comparison) -> str:
    """Return what the comparison means for an application, as a sentence."""
    same = sum(bool(near.same) for near in compared.projects)
    if not same:
        return "Inget av de närmaste projekten har en målgrupp som din text nämner. Läs ändå hur de arbetade."
    those = (
        "Ett av de närmaste projekten" if same == 1 else f"{capitalised(number_word(same))} av de närmaste projekten"
    )
    return f"{those} har en målgrupp som din text nämner. Skriv vad som är nytt jämfört med det de prövade."


def _near_json(near: Near) -> dict[str, Any]:
    return {**ideas.written(near.tried), "score": round(near.score, 6), "same": near.same, "other": near.other}


def _print_questions(heading: str, those: list[Answered]) -> None:
    if those:
        print(f"\n{heading}")
    for one in those:
        print(f"  {one.question}")
        for note in one.notes:
            print(f"      {note}")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
