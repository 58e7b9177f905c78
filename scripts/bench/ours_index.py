#!/usr/bin/env python3
"""Analyse and index the documents of a file as a build of the site does, as a program that can be measured."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from filed import filed, real_bank


def main() -> int:
    from kunskapsbank.files.digest import digest_of
    from kunskapsbank.search import export, language
    from kunskapsbank.search.index import Index

    options = _options()
    documents, index, analyser = filed(options.documents, real_bank())
    if options.edited:
        middle = len(documents) // 2
        documents[middle] = replace(documents[middle], body=documents[middle].body + "\nKattuggla.")
    if options.site:
        there = options.site
        is_there = there.is_dir()

        def take_over(name: str, digest: str) -> bool:
            try:
                return is_there and digest_of((there / name).read_bytes()) == digest
            except OSError:
                return False

        export.write(there, documents, index, analyser, language.known_words(), options.kept, take_over)
    if options.whoosh:
        Index(options.whoosh, analyser, language.known_words()).update(documents)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("documents", type=Path, metavar="DOCUMENTS.jsonl")
    parser.add_argument("--site", type=Path, metavar="FOLDER", help="write the browser's index here")
    parser.add_argument("--whoosh", type=Path, metavar="FOLDER", help="bring the index of Whoosh here up to date")
    parser.add_argument("--kept", type=Path, metavar="FILE", help="keep in this file what the next time needs")
    parser.add_argument("--edited", action="store_true", help="change one document first")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
