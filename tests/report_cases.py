"""Files of tests/cases/checks → tests/cases/create/reports.json: what the library says of each, as the browser must.

Each file is laid alone into a small bank, as if it had just been written: under another name where there is one of its
name, and as the newest. What only the whole bank shows is left out: create/reports.js does not look for it.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kunskapsbank import checks
from kunskapsbank.checks import accessibility, completeness
from kunskapsbank.editors import browser
from kunskapsbank.markup.frontmatter import Items, Scalar
from kunskapsbank.reading.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kunskapsbank.markup.frontmatter import ContentFile, Node

CASES = Path(__file__).parent / "cases"
FILE = CASES / "create" / "reports.json"
TODAY = date(2026, 11, 22)
CALLS = ("calls-amounts/utlysningar/2019.md", "calls-years-in-a-row/utlysningar/2021.md")
KEYS = ("fields", "vocabularies", "vocabularyOf", "kinds", "limits", "projects", "draft")
ONLY_OF_THE_WHOLE = {"antalsgräns", "redovisning", "slutrapport saknas"}


def made() -> str:
    """Return what reports.json should hold."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree(CASES / "sample", content)
        for call in CALLS:
            shutil.copy(CASES / "checks" / call, content / "utlysningar")
        bank = load(content, TODAY)
        rules = {key: value for key, value in browser.rules(bank, []).items() if key in KEYS}
        rules |= {"reports": completeness.browser(bank), "today": TODAY.isoformat()}
        return json.dumps({"rules": rules, "cases": list(_cases(content))}, ensure_ascii=False, indent=1) + "\n"


def _cases(content: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((CASES / "checks").glob("*/**/*.md")):
        case, *parts = path.relative_to(CASES / "checks").parts
        if not case.startswith(("rules-", "calls-", "duplicates-")):
            continue
        place = content.joinpath(*parts)
        if parts[0] == "projekt" and not (place.name == "index.md" or (place.parent / "index.md").exists()):
            continue
        if place.exists():
            place = place.with_stem(f"{place.stem}-igen")
        if place.stem == "index-igen" or (parts[0] == "utlysningar" and case != "duplicates-documents"):
            continue
        yield {"name": f"{case}: {'/'.join(parts)}", **_case(content, place, path.read_text("utf-8"))}


def _case(content: Path, place: Path, text: str) -> dict[str, Any]:
    had_folder = place.parent.exists()
    place.parent.mkdir(exist_ok=True)
    place.write_text(re.sub("(?<=publicerad: ).*", TODAY.isoformat(), text), "utf-8")
    bank = load(content, TODAY)
    file = place.relative_to(content).as_posix()
    told = [problem for problem in checks.remarks(bank) if problem.file == file and problem.rule in _rules()]
    place.unlink()
    if not had_folder:
        place.parent.rmdir()
    assert not bank.errors, bank.errors
    fields = ("file", "line", "field", "message", "hint", "severity", "rule")
    problems = [{name: getattr(problem, name) for name in fields} for problem in sorted(told)]
    return {"source": _source(bank.sources[file]), "problems": problems}


def _rules() -> set[str]:
    """Return the rules that both sides apply."""
    expected = "\n".join(path.read_text("utf-8") for path in (CASES / "checks").glob("[rcd]*-*/expected.txt"))
    return set(re.findall(r"anmärkning \[([^]]+)\]", expected)) - ONLY_OF_THE_WHOLE - {*accessibility.REMARK_RULES}


def _source(source: ContentFile) -> dict[str, Any]:
    lines: dict[str, int] = {}
    for entry in source.fields:
        lines[entry.key] = entry.line
        lines.update(_lines(entry.key, entry.value))
    return {
        "file": source.file,
        "text": source.text,
        "body": source.body,
        "bodyLine": source.body_line,
        "fields": {entry.key: _value(entry.value) for entry in source.fields},
        "lines": lines,
    }


def _value(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_value(item) for item in node.values]
    return {entry.key: _value(entry.value) for entry in node}


def _lines(path: str, node: Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, Items):
        for place, item in enumerate(node.values):
            yield f"{path}/{place}", item.line
            yield from _lines(f"{path}/{place}", item)
    elif not isinstance(node, Scalar):
        for entry in node:
            yield f"{path}/{entry.key}", entry.line
            yield from _lines(f"{path}/{entry.key}", entry.value)
