#!/usr/bin/env python3
"""Write the files of Material's search for a folder of pages, as a program that can be measured."""

import sys
from collections.abc import Iterator
from pathlib import Path

from peers import read_article, write_material_search


def main() -> int:
    pages, site = map(Path, sys.argv[1:])
    write_material_search(_articles(pages), site)
    return 0


def _articles(pages: Path) -> Iterator[str]:
    for number in range(sum(1 for _ in pages.glob("*.html"))):
        yield read_article((pages / f"{number}.html").read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main())
