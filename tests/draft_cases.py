"""Fields, bodies and names → tests/cases/create/drafts.json: the files and places that the browser must make too."""

from __future__ import annotations

import json
from pathlib import Path

from kunskapsbank.model import vocabulary
from kunskapsbank.reading import vocabulary_files
from kunskapsbank.writing import drafts

CASES = Path(__file__).parent / "cases"
FILE = CASES / "create" / "drafts.json"

MISREAD = [
    *("null ~ Yes a: a#b * - ? = << | ] × Ω å ß 12:30 http://a.b".split()),
    *("a: b", "a #b", "'x'", '"y" \\ z', "[a, b]", "{a}", "*a", "&a", "!a", "> a", "%a", "@a", "`a`", "- a", "? a"),
    *("a, b", "”citat”", "…", "(LIHF)", "å - b", "Projekt #3"),
]
GRANTS = [{"år": "2018", "form": "LUM"}, {"år": "2019", "form": "LUM", "belopp": "500 000"}]
ANALYSIS = {"status": "genomförd", "metod": ["Sjuan"], "sammanfattning": "a: b"}
# Name, fields, body, notes.
WRITTEN = (
    ("plain", {"år": "2018", "titel": "Slutrapport 2018: Team", "typ": "slutrapport"}, "## Syfte\n\nText.\n", {}),
    ("groups", {"alias": ["nyanlända", "#två"], "medel": GRANTS, "jämställdhetsanalys": ANALYSIS}, "", {}),
    ("misread", {"titel": "Projekt #3", "alias": MISREAD}, "", {}),
    ("empty", {"titel": "", "ägare": [], "regler": {}, "alias": ["", "a"], "redovisning": {"år": ""}}, "\n\n", {}),
    (
        "notes",
        {"titel": "A", "teman": ["barn och unga"]},
        "text",
        {"teman": [drafts.suggested("Barn: #1")], "metoder": ["metoder:", "  - MI"], "typ": ["En\nrad", ""]},
    ),
    (
        "decomposed and invisible",
        {"titel": "Sto\u0308d \u200btill\u00a0 alla\t\n nu\u0000 ", "sammanfattning": "\ufeff hej\r\ndu 😀 \u2028"},
        "## Fo\u0308rsta\r\nrad två\r\n",
        {},
    ),
    ("nested lists", {"alias": [["a", "b"], "c"]}, "x\n\n\n", {}),
)
LONG = "Motiverande samtal i Stockholms stad: " + "en studie av allt som går att studera och lite till " * 3
# Kind, project, year, name.
PLACES = (
    ("projekt", "", None, "Våga anmäla – våga vittna"),
    ("projekt", "samlarteam", None, "Annat"),
    ("projekt", "", None, "CON"),
    ("projekt", "", None, "b" * 80),
    ("slutrapport", "samlarteam", 2018, ""),
    ("forstudie", "stella", None, ""),
    ("delrapport", "samlarteam", 2020, "x"),
    ("reserapport", "", 2026, "Malmo\u0308 & Lund"),
    ("reserapport", "", None, "Index"),
    ("forskningsrapport", "", 2020, LONG),
    ("forskningsrapport", "", None, "!!"),
    ("forskningsrapport", "", None, "Straße och ﬁka ŁÆØ"),
    ("utlysning", "", 2026, ""),
)
OUTLINES = (("slutrapport", 2017), ("slutrapport", 2018), ("utlysning", None), ("projekt", None))


def made() -> str:
    """Return what drafts.json should hold."""
    kinds = vocabulary_files.load(CASES / "sample")[0][vocabulary.KINDS]
    cases = {
        "rules": drafts.for_browser(kinds),
        "written": [
            {"name": name, "fields": fields, "body": body, "notes": notes, "text": drafts.written(fields, body, notes)}
            for name, fields, body, notes in WRITTEN
        ],
        "place": [
            {
                "kind": kind,
                "project": project,
                "year": year,
                "name": name,
                "path": drafts.place(kind, project, year, name),
            }
            for kind, project, year, name in PLACES
        ],
        "outline": [
            {"kind": kind, "year": year, "body": drafts.outline(kinds.get(kind).sections, year)}
            for kind, year in OUTLINES
        ],
    }
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"
