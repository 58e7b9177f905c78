#!/usr/bin/env python3
"""Analyse and index the documents of a file as a build of the site does, as a program that can be measured."""

import argparse
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from filed import filed, real_bank


def main() -> int:
    from kunskapsbank.search import export, language
    from kunskapsbank.search.index import Index
    from kunskapsbank.search.keeping import KeepingAnalyser

    options = _options()
    documents, index, analyser = filed(options.documents, real_bank())
    if options.edited:
        middle = len(documents) // 2
        documents[middle] = replace(documents[middle], body=documents[middle].body + "\nKattuggla.")
    with ExitStack() as at_end:
        if options.kept:
            analyser = at_end.enter_context(KeepingAnalyser(analyser, options.kept))
        if options.site:
            export.write(options.site, documents, index, analyser, language.known_words())
        if options.whoosh:
            Index(options.whoosh, analyser, language.known_words()).update(documents)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("documents", type=Path, metavar="DOCUMENTS.jsonl")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="write the browser's index here")
    parser.add_argument("--whoosh", type=Path, metavar="FOLDER", help="bring the index of Whoosh here up to date")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="keep analysed texts in this file")
    parser.add_argument("--edited", action="store_true", help="change one document first")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
