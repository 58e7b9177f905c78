"""Ask Lucene, which OpenSearch is built on, with the analysis of `kunskapsbank export opensearch`, or with its own.

Needs a JDK and the jars of Lucene 8 (Debian: default-jdk-headless, liblucene8-java). What OpenSearch itself adds, such
as reading the requests, is not tried by it.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from questions import Document

JARS = Path("/usr/share/java")
_NEEDED = ("lucene-core", "lucene-analyzers-common")
_ASK = Path(__file__).parent / "java" / "Ask.java"


class Lucene:
    """The exported bank, in Lucene."""

    name = "Lucene 8, with the exported analysis"
    _mode = "exported"

    def __init__(self, files: dict[str, str]) -> None:
        """Take the files of the export, which hold the documents too."""
        self._files = files

    def build(self, _: Sequence[Document], folder: Path) -> None:
        """Lay out what the Java program reads."""
        self._folder = folder
        index = json.loads(self._files["index.json"])
        filters = index["settings"]["analysis"]["filter"]
        parts = filters["sv_delar"]
        named = [name for name, field in index["mappings"]["properties"].items() if field["type"] == "text"]
        records = [json.loads(line) for line in self._bulk() if '"index"' not in line[:10]]
        boosts = _boosts(json.loads(self._files["fragor/ord.json"]))
        sizes = [parts[name] for name in ("min_word_size", "min_subword_size", "max_subword_size")]
        self._write("fields.tsv", ["\t".join((name, *map(str, boosts[name]))) for name in named])
        self._write("documents.tsv", ["\t".join((one["id"], *(_flat(one[name]) for name in named))) for one in records])
        self._write("same.txt", filters["sv_samma"]["synonyms"])
        self._write("wider.txt", filters["sv_vidare"]["synonyms"])
        self._write("parts.txt", parts["word_list"])
        self._write("override.txt", filters["sv_delars_stam"]["rules"])
        self._write("sizes.tsv", ["\t".join((*map(str, sizes), str(parts["only_longest_match"]).lower()))])

    def search(self, queries: Sequence[str]) -> list[list[str]]:
        """Ask all questions in one run of Java."""
        self._write("questions.txt", [_flat(query) for query in queries])
        jars = [str(path) for name in _NEEDED for path in sorted(JARS.glob(f"{name}-*.jar"))]
        if len(jars) < len(_NEEDED):
            sys.exit(f"{JARS} lacks the jars of Lucene 8 (Debian: liblucene8-java)")
        command = ["java", "-cp", ":".join(jars), str(_ASK), str(self._folder), self._mode]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            sys.exit(f"{self.name} failed:\n{done.stderr}")
        told = (self._folder / "rankings.tsv").read_text("utf-8").removesuffix("\n").split("\n")
        return [line.split("\t") if line else [] for line in told]

    def _bulk(self) -> list[str]:
        return [line for name, text in self._files.items() if name.endswith(".ndjson") for line in text.splitlines()]

    def _write(self, name: str, lines: Sequence[str]) -> None:
        (self._folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


class LuceneSwedish(Lucene):
    """The same documents with the Swedish analysis that Lucene and OpenSearch have themselves, and the same boosts."""

    name = "Lucene 8, with its own Swedish"
    _mode = "swedish"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _boosts(request: dict[str, Any]) -> dict[str, tuple[float, float, float]]:
    """Return by field what its words count, the share of its parts, and the share of what is wider."""
    words, parts, wider = request["query"]["bool"]["must"]["bool"]["should"]
    of = [
        {name.split("^")[0].removesuffix(".delar"): float(name.split("^")[1]) for name in one["multi_match"]["fields"]}
        for one in (words, parts)
    ]
    return {name: (of[0][name], of[1][name] / of[0][name], wider["multi_match"]["boost"]) for name in of[0]}
