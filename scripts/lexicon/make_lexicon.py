"""Swedish word frequencies and a reader's decisions → kunskapsbank/search/lexicon.txt, the parts of compounds, and
known.txt beside it, the stems of words that are words.

Run it again when kunskapsbank/search/stem.py or lexicon_review.txt beside this file changes, and then
scripts/make_cases. It needs PyPI `wordfreq`, which nothing else here does and which therefore is installed by hand:

    .venv/bin/python -m pip install wordfreq==3.1.1
    .venv/bin/python scripts/lexicon/make_lexicon.py

Every word of the frequency list is divided in all the ways that known words allow; how often a part then
begins or ends a word, weighed against the other ways to divide it (a few rounds of expectation and
maximisation), gives its cost.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from wordfreq import get_frequency_dict

from kunskapsbank.search import lexicon
from kunskapsbank.swedish.stem import stem
from kunskapsbank.swedish.words import folded

if TYPE_CHECKING:
    from collections.abc import Callable

    Cost = Callable[[float], int]

REVIEW = Path(__file__).with_name("lexicon_review.txt")
LEXICON = Path(lexicon.__file__).with_name("lexicon.txt")

KNOWN = LEXICON.with_name("known.txt")
# How many of the most common words are known.
KNOWN_WORDS = 100_000
KNOWN_HEADER = """\
# Stems of Swedish words that are never taken for misspelt.
# Made by make_lexicon.py from the Swedish word frequencies of wordfreq 3.1; do not edit by hand. Derived from wordfreq
# (Robyn Speer, https://doi.org/10.5281/zenodo.7199437), and therefore, as its data, under the Creative Commons
# Attribution-ShareAlike 4.0 licence: https://creativecommons.org/licenses/by-sa/4.0/. See LEXICON-LICENCE.md.
"""

HEADER = """\
# Parts of Swedish compounds: the forms that begin them, the stems that end them, and what each costs.
# Made by make_lexicon.py from the Swedish word frequencies of wordfreq 3.1 and from lexicon_review.txt;
# do not edit by hand. Derived from wordfreq (Robyn Speer, https://doi.org/10.5281/zenodo.7199437), and
# therefore, as its data, under the Creative Commons Attribution-ShareAlike 4.0 licence:
# https://creativecommons.org/licenses/by-sa/4.0/. See LEXICON-LICENCE.md.
"""
_WORD = re.compile(r"[a-zåäö]{2,30}$")
# Endings of nouns that make compounds with s even where the frequency list happens to have none.
_NOUN = tuple("ning ion het tet skap nad ande ende ment eri ing logi ist ör ik ans ens".split())
# With "" for the bare word.
_SHORT_ENDINGS = ("", *"en et ar er or s n t a e na ns ts ets ens arna erna ars ers".split())
# Suffixes that look like words when they stand last, whatever ending follows.
_SUFFIX = re.compile(
    r"(sam|bar|lig|aktig|mässig|ar|er|ag|iv|isk|al|el|lös)(het.*|en|are|ast|aste|t)"
    r"|(lägg|ställ|graf|krat|log).*|läga[rt]?|vis(a[rst]?|at|ade|ad|ande|t)?"
    r"|logi|arier?|agerar.*|mal[at]?|stern|etten?|etter|vändig.*|komst.*|stånd.*|sättning.*|gar?na?|gan|följ"
    r"|kastar.*"
)
_SUFFIX_STEMS = frozenset("lös slös sam bar lig aktig mässig skap het dom ning".split())
ROUNDS = 5
UNSEEN_COST = 54
GIVEN_COST = 30
"""What a form that the review gives costs at least."""


def _review(path: Path) -> dict[str, list[str]]:
    """Return the words of each section of the review."""
    sections: dict[str, list[str]] = {}
    words: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words.extend(line.split())
    return sections


def _zipf(language: str) -> dict[str, float]:
    """Return how common words are: the logarithm of their number in a thousand million words."""
    frequencies = get_frequency_dict(language, "large")
    return {word: math.log10(share) + 9 for word, share in frequencies.items() if _WORD.match(word)}


def _least_seen(size: int) -> float:
    """Return in how many words a part of `size` letters must be seen; a short one is easily met by chance."""
    return 3.0 if size <= 4 else 1.5 if size <= 6 else 0.9


def _first_line(form: str, cost: int, key: str) -> str:
    """Return the line of a form that begins compounds, with its stem where that is not the form's own."""
    return f"{form} {cost}" if key == stem(form) else f"{form} {cost} {key}"


class Maker:
    """The word list on its way to a lexicon."""

    def __init__(self, review: dict[str, list[str]]) -> None:
        """Read the frequencies; `review` is what a reader decided."""
        self.review = review
        self.zipf = _zipf("sv")
        english = _zipf("en")
        self.short_first, self.short_last = set(review["short first"]), set(review["short last"])
        self.never_first, self.never_last = set(review["never first"]), set(review["never last"])
        self.known = (
            {
                word
                for word, zipf in self.zipf.items()
                if zipf >= (2.7 if len(word) >= 5 else 3.1) and len(word) >= 4 and english.get(word, 0) - zipf <= 0.9
            }
            | self.short_first
            | self.short_last
            | set(review["last"])
        )

    def forms(self, word: str) -> set[str]:
        """Return the forms in which `word` may begin a compound: skol, kvinno, arbets."""
        forms = {word} if word.endswith("s") else {word, word + "s"}
        if word[-1] in "ae" and len(word) > 4:
            forms |= {word[:-1], word[:-1] + "s"}
        if word[-1] == "a":
            forms |= {word[:-1] + vowel for vowel in "oue"}
        if word[-1] not in "aeiouyåäö":
            forms |= {word + vowel for vowel in "aeou"}
        return {form for form in forms if (len(form) >= 4 or form in self.short_first) and form not in self.never_first}

    def firsts(self) -> dict[str, str]:
        """Return every form that may begin a compound, with the stem of its most common word."""
        forms: dict[str, str] = {}
        for word in sorted(self.known - self.never_first, key=lambda word: (-self.zipf.get(word, 0), word)):
            for form in self.forms(word):
                # A form that is a form of its own stem anyway (kvinnas, skol) needs no other word to explain
                # it.
                forms.setdefault(form, stem(word))
        return (
            forms
            | {form: stem(word) for form, word in self.given_firsts()}
            | {form: stem(form) for form in self.known & forms.keys()}
        )

    def given_firsts(self) -> list[tuple[str, str]]:
        """Return the forms that the review gives, each with its word."""
        return [(form, word) for form, _, word in (entry.partition("=") for entry in self.review["first"])]

    def may_be_last(self, word: str) -> bool:
        """Say whether `word` may end a compound."""
        return word not in self.never_last and not _SUFFIX.fullmatch(word)

    def lasts(self) -> dict[str, str]:
        """Return every form that may end a compound, with its stem."""
        forms = {word for word in self.known if len(word) >= 4}
        forms |= {
            word + ending
            for word in self.short_last
            for ending in _SHORT_ENDINGS
            if word + ending in self.zipf or not ending
        }
        return {form: stem(form) for form in sorted(forms) if form not in self.never_last}

    def counted(
        self, firsts: dict[str, str], lasts: dict[str, str]
    ) -> tuple[dict[str, float], dict[str, float], set[str]]:
        """Return how many words each form begins and each stem ends, and which words divide at all."""
        ways: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for word in sorted(self.zipf):
            for place in range(3, len(word) - 2):
                if (last := lasts.get(word[place:])) is not None and word[:place] in firsts:
                    ways[word].append((word[:place], last))
        first_count: dict[str, float] = {}
        last_count: dict[str, float] = {}
        for turn in range(ROUNDS + 1):
            new_first: defaultdict[str, float] = defaultdict(float)
            new_last: defaultdict[str, float] = defaultdict(float)
            for found in ways.values():
                shares = [first_count[first] * last_count[last] if turn else 1.0 for first, last in found]
                total = sum(shares)
                for (first, last), share in zip(found, shares, strict=True):
                    new_first[first] += share / total
                    new_last[last] += share / total
            first_count, last_count = new_first, new_last
        return first_count, last_count, set(ways)

    def first_costs(self, counts: dict[str, float], nouns: set[str], cost: Cost) -> dict[str, int]:
        """Return what each form costs that begins compounds."""
        costs = {
            form: cost(count)
            for form, count in counts.items()
            if count >= _least_seen(len(form)) or form in self.short_first
        }
        for noun in sorted(nouns - self.never_first):
            for form in (noun, noun + "s"):
                costs.setdefault(form, UNSEEN_COST)
        for form, _ in self.given_firsts():
            costs[form] = min(costs.get(form, UNSEEN_COST), max(cost(counts.get(form, 0)), GIVEN_COST))
        return costs

    def last_costs(
        self, lasts: dict[str, str], counts: dict[str, float], nouns: set[str], cost: Cost
    ) -> dict[str, int]:
        """Return what each stem costs that ends compounds."""
        longest: dict[str, int] = {}
        for form, key in lasts.items():
            if self.may_be_last(form) and key not in _SUFFIX_STEMS:
                longest[key] = max(longest.get(key, 0), len(form))
        kept = {stem(word) for word in (*nouns, *self.review["last"])}
        return {
            key: cost(counts.get(key, 0))
            for key, size in longest.items()
            if counts.get(key, 0) >= _least_seen(size) or key in kept
        }

    def lines(self) -> list[str]:
        """Return the lexicon, line by line."""
        firsts, lasts = self.firsts(), self.lasts()
        first_count, last_count, divisible = self.counted(firsts, lasts)
        total = sum(first_count.values())

        def cost(count: float) -> int:
            return min(round(-10 * math.log10(max(count, 0.6) / total)), UNSEEN_COST)

        nouns = {
            word
            for word in self.known - divisible
            if len(word) >= 6 and word.endswith(_NOUN) and self.zipf.get(word, 0) >= 2.9
        }
        first = self.first_costs(first_count, nouns, cost)
        last = self.last_costs(lasts, last_count, nouns, cost)
        short = {form for form, key in lasts.items() if len(form) <= 4 and self.may_be_last(form) and key in last}
        barred = self.never_last | {form for form in lasts if not self.may_be_last(form)}
        stems = {form: firsts.get(form, stem(form)) for form in first}
        return [
            "[first]", *(_first_line(form, first[form], stems[form]) for form in sorted(first)),
            "[last]", *(f"{key} {last[key]}" for key in sorted(last)),
            "[short]", *sorted(short),
            "[never]", *sorted(form for form in barred if len(form) > 4 and stem(form) in last),
            "[whole]", *sorted({stem(word) for word in self.review["never split"]}),
        ]  # fmt: skip


def known_lines() -> list[str]:
    """Return the known stems, line by line; words with é too, as they are searched."""
    found = get_frequency_dict("sv", "large")
    words = sorted((word for word in found if word.isalpha()), key=lambda word: (-found[word], word))
    kept = [plain for word in words[:KNOWN_WORDS] if _WORD.match(plain := folded(word)) and len(plain) > 2]
    return sorted({stem(word) for word in kept})


def main() -> None:
    """Make the lexicon and the known words."""
    KNOWN.write_text(KNOWN_HEADER + "\n".join(known_lines()) + "\n", encoding="utf-8")
    lines = Maker(_review(REVIEW)).lines()
    LEXICON.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
