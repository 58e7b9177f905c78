#!/usr/bin/env python3
"""Kill builds at random moments, and count those that leave half a site; likewise damaged caches that break a build.

A small bank is built in two versions, by turns, and each build is killed. The published folder must then be one of the
two to the byte, and in the end a build that is left alone must succeed. So must builds whose caches have been damaged.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from _venv import enter

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    enter()
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--builds", type=int, default=50, help="how many to kill (default: %(default)s)")
    parser.add_argument("--damages", type=int, default=20, help="how many damaged caches (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (default: %(default)s)")
    options = parser.parse_args()
    generator = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        bank = Bank(Path(folder))
        left = killed(bank, options.builds, generator)
        print(f"{left['half a site']} of {options.builds} killed builds left half a site: {_told(left)}")
        broken = damaged(bank, options.damages, generator)
        print(f"{broken['broken']} of {options.damages} damaged caches broke a build: {_told(broken)}")
    return 1 if left["half a site"] or broken["broken"] else 0


class Bank:
    """Two versions of the sample bank, where they are built, and what each makes."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "web" / "site"
        self.cache = folder / "bank" / ".cache"
        self._content = folder / "bank" / "content"
        shutil.copytree(ROOT / "tests/cases/sample", self._content)
        self._config = folder / "bank" / "mkdocs.yml"
        shutil.copyfile(ROOT / "mkdocs.yml", self._config)
        self._output = folder / "output.txt"
        self.whole: dict[str, str] = {}
        self.seconds = 0.0
        for version in ("first", "second"):
            begun = time.monotonic()
            if self.start(version).wait() != 0:
                sys.exit(f"The bank cannot be built:\n{self._output.read_text('utf-8')}")
            self.seconds = time.monotonic() - begun
            self.whole[self.found()] = version

    def start(self, version: str) -> subprocess.Popen[bytes]:
        """Begin to build a version."""
        about = self._content / "om" / "index.md"
        text = about.read_text("utf-8").removesuffix("\nTillagt.\n")
        about.write_text(text + ("\nTillagt.\n" if version == "second" else ""), "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        with self._output.open("wb") as output:  # the build has a hold of its own on it
            return subprocess.Popen(
                [*command, "-f", str(self._config), "-d", str(self.site)],
                env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def is_built(self, version: str) -> bool:
        """Build a version to its end; tell whether it is there to the byte, and if not, what the build said."""
        status = self.start(version).wait()
        if status == 0 and self.whole.get(self.found()) == version:
            return True
        print(f"{version}: exit status {status}\n{self._output.read_text('utf-8')}", file=sys.stderr)
        return False

    def found(self) -> str:
        """Return a digest of all that is published; "" for no folder."""
        digest = hashlib.sha256()
        for path in sorted(self.site.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(self.site)}\n".encode() + path.read_bytes())
        return digest.hexdigest() if self.site.exists() else ""


def killed(bank: Bank, builds: int, generator: random.Random) -> Counter[str]:
    """Kill builds of the two versions by turns; return how often each was found, or half a site."""
    left: Counter[str] = Counter({"half a site": 0})
    for number in range(builds):
        build = bank.start("first" if number % 2 else "second")
        time.sleep(generator.uniform(0, bank.seconds * 1.3))
        build.kill()
        build.wait()
        left[bank.whole.get(bank.found(), "half a site")] += 1
    if not bank.is_built("first"):
        left["half a site"] += 1
    return left


def damaged(bank: Bank, caches: int, generator: random.Random) -> Counter[str]:
    """Damage files of the cache, a few at a time, and build; return how often the site was right, or broken."""
    left: Counter[str] = Counter({"broken": 0})
    for number in range(caches):
        files = sorted(path for path in bank.cache.rglob("*") if path.is_file())
        for path in generator.sample(files, min(len(files), generator.randint(1, 3))):
            data = bytearray(path.read_bytes())
            kind = generator.choice(["cut", "bytes", "other", "gone"])
            if kind == "gone":
                path.unlink()
            elif kind == "other" or not data:
                path.write_bytes(generator.randbytes(500))
            elif kind == "cut":
                path.write_bytes(data[: generator.randrange(len(data))])
            else:
                for _ in range(20):
                    data[generator.randrange(len(data))] = generator.randrange(256)
                path.write_bytes(data)
        version = "first" if number % 2 else "second"
        left["right" if bank.is_built(version) else "broken"] += 1
    return left


def _told(left: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(left.items()))


if __name__ == "__main__":
    sys.exit(main())
