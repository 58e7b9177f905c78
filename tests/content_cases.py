"""Files of tests/cases/checks → tests/cases/create/content.json: what the library says of each, as the browser must.

Beside the files there are short texts, made to be read wrongly where the two readers differ.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from support import ROOT

from kunskapsbank.checks import accessibility, plain_swedish
from kunskapsbank.editors import browser
from kunskapsbank.markup.frontmatter import Scalar, parse
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.reading.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = ROOT / "tests/cases"
FILE = CASES / "create/content.json"
TEXTS = (
    "",
    "Text\n## Rubrik i stycket\nmer text",
    "- ## Rubrik i listan\n\n    #### För djup\n\n1. ![](a.png)\n   ![](b.png)",
    "> ## Rubrik i citatet\n> ![](a.png)\n>\n> [här](b.md)",
    '!!! note "Ruta"\n    ![](a.png)\n\n    [här](b.md)\n\n        ![](kod.png)',
    "ord\n:   ![](a.png) förklaring\n\n[^1]: ![](b.png)\n    [läs mer](c.md)",
    "``![](a.png)`` ` ![](b.png)\n\n`![](c.png)\n![](d.png)`",
    "~~~\n![](a.png)\n~~~\n```\n![](b.png)\n",
    "<!-- ![](a.png)\n## -->\n<!--![](b.png)-->\n\n##### E",
    '[a [b] c](d.md) [![](e.png)](f.md "Titel") [g](<h i.md>) [j](k_(l).md) [här\nnu](m.md) [här](n.md)',
    "[A]: b.md\n[c  d]: <https://example.org/>\n\n[här][a], [A], [c d][], [läs mer][c d], ![][a], [e][f]",
    "https://example.org. (https://example.org/å/ä?ö=1#b) www.example.se, <https://example.org>",
    "[https://example.org](https://example.org) **[www.example.se](https://example.se)** `https://example.org`",
    '<a class="x" href=\'b.md\'>**här**</a> <img alt=\'\' src="a.png"> <img\nsrc="a.png" alt="Ett hus">',
    "*Här* \\[här](b.md) \\![](c.png) &amp; &lt;b&gt; [&nbsp;](d.md) [**här**!](e.md)",
    "|a|b|\n|-|-|\n|![](a.png)|[här](b.md)|\n\n|a\\|b|`c|d`|\n|-|-|\n\n| | |\n|-|-|\n|1|2|",
    "a | b\n--- | ---\n1 | 2\n\n| a | b |\n| 1 | 2 |\n| 3 | 4 |\n\n- | a | b |\n  | - | - |",
    "**Fet**\n\n__Fet__\n\n**Fet** text\n\n**Fet.**\n\n- **Fet**\n\n***Fet***\n\n**Fet\nrad**",
    "## A {: #b }\n\n## \n\n##   \n\n# Titel\n\n#### D ####\n\nE\n===\n\nF\n---\n\n---\n\n***",
    "## A\n\n<table>\n<tr><td>![](a.png)</td></tr>\n</table>\n\n<TABLE ><tr><TH>a</TH></tr></TABLE>",
    "\t\n\u00a0\n    kod\n\n\tkod\n\n\u2003![](a.png) 𝟙 😀 [😀](b.md) [😀](c.md)",
)


def made() -> str:
    """Return what content.json should hold."""
    with TemporaryDirectory() as folder:
        rules = {"content": browser.rules(load(Path(folder), date(2026, 11, 22)), [])["content"]}
    return json.dumps({"rules": rules, "cases": list(_cases())}, ensure_ascii=False, indent=1) + "\n"


def _cases() -> Iterator[dict[str, Any]]:
    for path in sorted((CASES / "checks").glob("[as]*-*/**/*.md")):
        if path.relative_to(CASES / "checks").parts[0].startswith(("accessibility-", "swedish-")):
            case, _, file = path.relative_to(CASES / "checks").as_posix().partition("/")
            yield {"name": f"{case}: {file}", **_case(file, path.read_text("utf-8"))}
    for text in TEXTS:
        yield {"name": json.dumps(text, ensure_ascii=False), **_case("om/a.md", f"---\ntitel: A\n---\n\n{text}")}


def _case(file: str, text: str) -> dict[str, Any]:
    source = parse(file, text.encode())
    bank = Catalogue((), (), {}, {file: source}, {}, {})
    told = [*accessibility.check(bank), *accessibility.remarks(bank), *plain_swedish.check(bank)]
    names = ("file", "line", "field", "message", "hint", "severity", "rule")
    return {
        "source": {
            "file": file,
            "text": source.text,
            "body": source.body,
            "bodyLine": source.body_line,
            "fields": {entry.key: entry.value.text for entry in source.fields if isinstance(entry.value, Scalar)},
            "lines": {entry.key: entry.line for entry in source.fields},
        },
        "problems": [{name: getattr(problem, name) for name in names} for problem in told],
    }
