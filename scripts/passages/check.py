"""Compare the quotations of content/ with the texts in a folder; see scripts/check_passages."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from kunskapsbank.checks import passages
from kunskapsbank.reading import loading

ROOT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> int:
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}
    if not texts:
        sys.exit(f"{folder} has no file that ends in .txt.")
    catalogue = loading.load(ROOT / "content", datetime.now(UTC).date())
    quoted = list(passages.quotations(catalogue))
    found = passages.lost(catalogue, texts)
    for one in found:
        print(one)
    print(f"{len(quoted) - len(found)} of {len(quoted)} quotations stand in their source.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
