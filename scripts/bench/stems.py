#!/usr/bin/env python3
"""Stem the forms of 500 Swedish words, and print how often forms of one word meet, and how often others do.

The families are made anew each time from Den stora svenska ordlistan (npm `dictionary-sv`, LGPL, so no copy of it lies
here): an entry of it and all its inflected forms are one family. They are spread over the 8 000 most common entries of
the frequency list of PyPI `wordfreq`, which is installed by hand: `.venv/bin/python -m pip install wordfreq==3.1.1`.

Recall is how many of all pairs of forms of one word get the same stem. Precision is how many of the pairs that get the
same stem are right: forms of one word, or of words of which one is made from the other (boka, bokning), which a stem
may draw together or keep apart. A pair counts by how common the rarer of its two forms is, so that a form nobody writes
does not weigh as much as one that is met every day.
"""

import argparse
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import node
from _venv import enter

COMMON = 8_000
_LEAST = 1.5
# What words are made from others with: the rest is the same word's.
_MADE_WITH = re.compile(
    r"(ninga?r?|inga?r?|ande|ende|else|else[rn]|are|ad|at|dd|d|t|tt|het|heter|a|s|e|n|ation|era|ering|erad|erat|isk|iskt|skap|vis|ligen|st)$"
)
# What a plural that changes its vowel ends in, and its singular.
_UNCHANGED = (
    ("er", ""), ("er", "e"), ("ar", ""), ("rar", "er"), ("cker", "k"), ("tter", "t"), ("nner", "n"), ("", ""),
    ("s", ""), ("n", ""),
)  # fmt: skip


@dataclass(slots=True)
class _Rule:
    """A suffix of a class: what it takes away, what it puts there, and how the word must end."""

    strip: str
    add: str
    ends: re.Pattern[str]

    def applied(self, word: str) -> str | None:
        """Return the form that the rule makes of a word, None where it does not fit."""
        if not word.endswith(self.strip) or not self.ends.search(word):
            return None
        return word[: len(word) - len(self.strip)] + self.add


@dataclass(slots=True)
class Family:
    """A word of the dictionary and its forms, each with how common it is."""

    word: str
    forms: dict[str, float] = field(default_factory=dict)


def main() -> int:
    enter()
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], allow_abbrev=False)
    parser.add_argument("--families", type=int, default=500, metavar="N", help="how many words (500)")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="tell the N most common faults of ours")
    options = parser.parse_args()
    import snowballstemmer

    from kunskapsbank.swedish.stem import stem

    common = families(node.packages() / "node_modules" / "dictionary-sv")[:COMMON]
    picked = [common[number * len(common) // options.families] for number in range(options.families)]
    print(f"{len(picked)} words, {sum(len(family.forms) for family in picked)} forms.\n")
    print("| stems | precision | recall |\n| --- | ---: | ---: |")
    engines: dict[str, Callable[[str], str]] = {
        "kunskapsbank": stem,
        "Snowball's Swedish": snowballstemmer.stemmer("swedish").stemWord,
    }
    for name, stems in engines.items():
        parted, met = _faults(common, picked, stems)
        print(f"| {name} | {met.share:.4f} | {parted.share:.4f} |")
        if name == "kunskapsbank" and options.faults:
            for title, found in (("parted", parted), ("wrongly met", met)):
                worst = sorted(found.faults.items(), key=lambda item: -item[1])[: options.faults]
                print(f"{title}: {', '.join(f'{a}–{b}' for (a, b), _ in worst)}", file=sys.stderr)
    return 0


@dataclass(slots=True)
class _Pairs:
    """Pairs of forms: how much the right ones weigh of all, and the wrong ones."""

    right: float = 0.0
    wrong: float = 0.0
    faults: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)

    def add(self, pair: tuple[str, str], weight: float, is_right: bool) -> None:
        if is_right:
            self.right += weight
        else:
            self.wrong += weight
            self.faults[pair] = max(weight, self.faults.get(pair, 0.0))


def _faults(common: list[Family], picked: list[Family], stems: Callable[[str], str]) -> tuple[_Pairs, _Pairs]:
    """Return the pairs of one word, and the pairs that meet."""
    of_form: dict[str, set[str]] = defaultdict(set)
    by_stem: dict[str, set[str]] = defaultdict(set)
    worth: dict[str, float] = {}
    for family in common:
        for form, zipf in family.forms.items():
            of_form[form].add(family.word)
            by_stem[stems(form)].add(form)
            worth[form] = zipf
    parted, met = _Pairs(), _Pairs()
    for family in picked:
        for pair in combinations(sorted(family.forms), 2):
            parted.add(pair, min(worth[form] for form in pair), len({stems(form) for form in pair}) == 1)
        for form in family.forms:
            for other in by_stem[stems(form)] - {form}:
                kin = of_form[form] & of_form[other] or any(
                    _is_made(a, b) for a in of_form[form] for b in of_form[other]
                )
                met.add((form, other), min(worth[form], worth[other]), bool(kin))
    return parted, met


def _is_made(a: str, b: str) -> bool:
    """Tell whether one of two words is made from the other, or both from a third."""
    return bool(_bases(a) & _bases(b))


def _bases(word: str) -> set[str]:
    # "böcker", "städer" and "mödrar" are entries of their own in the dictionary: plurals that change their vowel.
    found = {word, *(singular for singular in _singulars(word) if len(singular) >= 3)}
    for _ in range(2):
        for base in list(found):
            if (made := _MADE_WITH.search(base)) and len(base) - len(made[0]) >= 3:
                # The regular expression takes the longest first; a shorter one may be meant.
                sizes = (size for size in range(1, len(made[0]) + 1) if _MADE_WITH.search(base[-size:]))
                found |= {base[: len(base) - size] for size in sizes}
    return {base for base in found if len(base) >= 3}


def _singulars(word: str) -> Iterator[str]:
    for ending, instead in _UNCHANGED:
        if word.endswith(ending):
            plain = word[: len(word) - len(ending)] + instead
            for changed, first in (("ö", "o"), ("ä", "a")):
                if (place := plain.rfind(changed)) >= 0:
                    yield plain[:place] + first + plain[place + 1 :]


def families(folder: Path) -> list[Family]:
    """Return the words of the dictionary with their forms, the most common first."""
    from wordfreq import get_frequency_dict

    zipf = {word: math.log10(share) + 9 for word, share in get_frequency_dict("sv", "large").items()}
    rules = _rules((folder / "index.aff").read_text("utf-8"))
    found: dict[str, Family] = {}
    for line in (folder / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        flags = flags.split()[0] if flags else ""
        if not re.fullmatch("[a-zåäöé]{3,}", word) or set(flags) & set("!%¤Z"):
            continue
        forms = {word, *_forms(word, flags, rules)}
        kept = {form: zipf[form] for form in forms if zipf.get(form, 0) >= _LEAST}
        if len(kept) > 1:
            family = found.setdefault(word, Family(word))
            family.forms |= kept
    return sorted(found.values(), key=lambda family: (-max(family.forms.values()), family.word))


def _forms(word: str, flags: str, rules: dict[str, list[_Rule]]) -> Iterator[str]:
    for flag in flags:
        for rule in rules.get(flag, ()):
            if form := rule.applied(word):
                yield form


def _rules(text: str) -> dict[str, list[_Rule]]:
    """Return the suffixes of each class of an .aff file; those of compounds (with a flag of their own) are left out."""
    rules: dict[str, list[_Rule]] = defaultdict(list)
    for line in text.splitlines():
        parts = line.split()
        if len(parts) >= 5 and parts[0] == "SFX" and "/" not in parts[3]:
            strip, add = ("" if part == "0" else part for part in parts[2:4])
            if re.fullmatch("[a-zåäöé]*", add):
                rules[parts[1]].append(_Rule(strip, add, re.compile(f"{parts[4]}$")))
    return rules


if __name__ == "__main__":
    sys.exit(main())
