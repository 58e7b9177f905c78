"""Lay compressed files beside those of a built site, for a server that sends them in their place: .gz and .br.

What the build itself has laid a .br beside, the Python of the page Skapa rapport, lacks only a .gz. Files that have not
changed since are left as they are, and compressed ones whose file is gone are taken away. Run it after each build, on
the folder that is served or before it is copied.
"""

import argparse
import gzip
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import brotli

# Pictures, Word files and the shards of the search are compressed already.
_TEXTS = frozenset(".html .css .js .json .jsonl .xml .svg .csv .txt .ris .bib".split())
_ENDINGS = (".gz", ".br")
# Below this, the headers are more than what is won.
_SMALLEST = 512


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="scripts/compress", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=Path("site"), metavar="FOLDER", help="default: site")
    folder: Path = parser.parse_args().folder
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder}: build first.")
    files, before, after = compress(folder)
    print(f"{files} files compressed: {before / 1e6:.1f} MB became {after / 1e6:.1f} MB with Brotli.")
    return 0


def compress(folder: Path) -> tuple[int, int, int]:
    """Write what is missing or old; return of how many files, and their bytes before and with Brotli."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    for path in paths:
        if path.suffix in _ENDINGS and not path.with_suffix("").exists():
            path.unlink()
    there = frozenset(paths)
    texts = [
        path
        for path in paths
        if path.suffix not in _ENDINGS
        and (path.suffix in _TEXTS or path.with_name(f"{path.name}.br") in there)
        and path.stat().st_size >= _SMALLEST
    ]
    wanted = [path for path in texts if any(_is_old(path, ending) for ending in _ENDINGS)]
    with ProcessPoolExecutor() as pool:
        sizes = list(pool.map(_compressed, wanted, chunksize=16))
    return len(wanted), sum(before for before, _ in sizes), sum(after for _, after in sizes)


def _is_old(path: Path, ending: str) -> bool:
    beside = path.with_name(path.name + ending)
    return not beside.exists() or beside.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compressed(path: Path) -> tuple[int, int]:
    """Write what is missing or old beside a file, of its own date, and return its size and that in Brotli."""
    data, now = path.read_bytes(), path.stat()
    for ending in _ENDINGS:
        if not _is_old(path, ending):
            continue
        written = gzip.compress(data, 9, mtime=0) if ending == ".gz" else brotli.compress(data, quality=9)
        beside = path.with_name(path.name + ending)
        # Never written into: a server may be sending the one that is there.
        half = beside.with_name(f"{beside.name}.half")
        half.write_bytes(written)
        os.utime(half, ns=(now.st_atime_ns, now.st_mtime_ns))
        half.replace(beside)
    return len(data), path.with_name(f"{path.name}.br").stat().st_size


if __name__ == "__main__":
    sys.exit(main())
