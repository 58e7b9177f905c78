#!/usr/bin/env python3
"""Ask the bank for 20 000 real Swedish words, and for slips in words that it has; print what is taken for another.

A real word must never be taken for another, in the bank or not: the words are the most common ones of PyPI `wordfreq`,
which is installed by hand (`.venv/bin/python -m pip install wordfreq==3.1.1`). The slips are made by seed in words of
the bank's own texts, of the kinds that `slips.py` makes.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from _venv import enter
from slips import slip

_CONTENT = Path(__file__).resolve().parents[2] / "content"
_SHORTEST = 6


def main() -> int:
    enter()
    options = _options()
    from datetime import date

    from wordfreq import top_n_list

    from kunskapsbank.bank import open_bank
    from kunskapsbank.search import language
    from kunskapsbank.search.documents import documents, surface_words
    from kunskapsbank.search.index import Index
    from kunskapsbank.swedish.stem import stem

    bank = open_bank(_CONTENT, date.today())
    found = list(documents(bank.catalogue, bank.index))
    analyser = language.analyser(bank.catalogue.vocabularies, bank.catalogue.words)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        with Index(Path(folder) / "index", analyser, language.known_words()).reader(found) as reader:
            real = [word for word in top_n_list("sv", 2 * options.words) if word.isalpha()][: options.words]
            wrong = [word for word in real if any(concept.instead for concept in reader.question(word))]
            print(
                f"{len(real)} real words, {len(wrong)} taken for another{': ' if wrong else ''}{', '.join(wrong[:20])}"
            )
            spelt = (surface_words(document.analysed(analyser)) for document in found)
            own = sorted({word for those in spelt for word in those if len(word) >= _SHORTEST})
            slips = _slips(own, options.slips)
            asked = [(word, slip, reader.question(slip)) for word, slip in slips if stem(slip) != stem(word)]
    right = told = missed = 0
    for word, _, concepts in asked:
        instead = [stem(other) for concept in concepts for other in concept.instead]
        right += stem(word) in instead
        told += bool(instead) and stem(word) not in instead
        missed += not instead
    share = len(asked) or 1
    print(f"{len(asked)} slips in {len(own)} words of the bank: {right / share:.3f} taken for the right word,")
    print(
        f"{told / share:.3f} for others only, {missed / share:.3f} left as they are (a part or another word is there)."
    )
    return int(bool(wrong))


def _slips(words: list[str], count: int) -> list[tuple[str, str]]:
    generator = random.Random(1)
    return [(word, slip(word, generator)) for word in generator.sample(words, min(count, len(words)))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--words", type=int, default=20_000, metavar="N", help="how many real words (20 000)")
    parser.add_argument("--slips", type=int, default=1_000, metavar="N", help="how many slips (1 000)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
