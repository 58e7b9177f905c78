"""Texts in tests/cases/suggest → tests/cases/suggest.json: what they suggest, by the sample's terms."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from kunskapsbank.reading import vocabulary_files
from kunskapsbank.suggest import suggestions

CASES = Path(__file__).parent / "cases"
FILE = CASES / "suggest.json"
TEXTS = sorted((CASES / "suggest").glob("*.md"))


def made() -> str:
    """Return what suggest.json should hold."""
    vocabularies = vocabulary_files.load(CASES / "sample")[0]
    cases = [
        {
            "name": path.stem,
            "text": text,
            "suggestions": [asdict(one) for one in suggestions.suggest(text, vocabularies, 2018)],
        }
        for path in TEXTS
        for text in [path.read_text("utf-8")]
    ]
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"
