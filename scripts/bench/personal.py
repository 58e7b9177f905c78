"""Personal data: how much of it is found, by its way of writing, and how much that only looks like it is stopped.

The ways and the look-alikes are tables, tests/cases/personal/*.yml. What stands in them is made by seed: identity
numbers with right check digits, telephones from the series that Post- och telestyrelsen keeps for fiction.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from kunskapsbank.checks.personal.local import Local
from kunskapsbank.checks.personal.patterns import COORDINATION, NUMBER, PHONE, find
from kunskapsbank.reading import settings_file, vocabulary_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = Path(__file__).parents[2] / "tests/cases/personal"
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
DAYS = ("{:02}.{:02}.{}", "{}/{} {}", "{:02} {:02} {}", "{}.{}.{}")
NOUNS = (
    "personer", "deltagare", "barn", "kr", "kronor", "besök", "hushåll", "timmar", "st", "elever", "ungdomar",
    "familjer", "ärenden", "samtal", "ansökningar", "insatser",
)  # fmt: skip
SERVICES = (
    "112", "1177", "114 14", "116 111", "116 123", "020-50 50 50", "020-22 00 60", "0200-12 34 56", "0771-567 567",
    "0771 56 75 67", "+46 771 567 567", "077-567 00 00", "0046 20 50 50 50",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing, or one kind of look-alike, and the rule that finds it, "" for none."""

    rule: str
    template: str


def ways() -> list[Way]:
    table = yaml.safe_load((TABLES / "ways.yml").read_text("utf-8"))
    return [Way(rule, template) for rule, templates in table.items() for template in templates]


def look_alikes() -> list[Way]:
    return [Way("", template) for template in yaml.safe_load((TABLES / "look-alikes.yml").read_text("utf-8"))]


def luhn(digits: str) -> str:
    """Return the check digit, reckoned otherwise than the library does: from the end, with the digits of 2 × digit."""
    doubled = "".join(str(int(digit) * (2 if n % 2 == 0 else 1)) for n, digit in enumerate(reversed(digits)))
    return str(-sum(map(int, doubled)) % 10)


def _spread(sign: str) -> Callable[[str], str]:
    return lambda digits: sign.join(digits)


def _alphabet(digits: str) -> Callable[[str], str]:
    return lambda written: "".join(digits[int(digit)] for digit in written)


FORMS: dict[str, Callable[[str], str]] = {
    "spaced": _spread(" "),
    "entities": lambda digits: "".join(f"&#{ord(digit)};" for digit in digits),
    "hex": lambda digits: "".join(f"&#x{ord(digit):x};" for digit in digits),
    "one": lambda digits: f"{digits[:2]}&#{ord(digits[2])};{digits[3:]}",
    "padded": lambda digits: f"{digits[:2]}&#0000{ord(digits[2])};{digits[3:]}",
    "percent": lambda digits: "".join(f"%{ord(digit):x}" for digit in digits),
    "wide": _alphabet("０１２３４５６７８９"),
    "bold": _alphabet("𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "mono": _alphabet("𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿"),
    "double": _alphabet("𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡"),
    "super": _alphabet("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "sub": _alphabet("₀₁₂₃₄₅₆₇₈₉"),
    "raised": lambda digits: digits[:-1] + _alphabet("⁰¹²³⁴⁵⁶⁷⁸⁹")(digits[-1]),
    "circled": _alphabet("⓪①②③④⑤⑥⑦⑧⑨"),
    "arabic": _alphabet("٠١٢٣٤٥٦٧٨٩"),
    "lrm": _spread("\u200e"),
    "zwsp": _spread("\u200b"),
    "joiner": _spread("\u200d"),
    "bom": _spread("\ufeff"),
    "shy": _spread("\u00ad"),
    "combining": _spread("\u0301"),
    "keycap": lambda digits: "".join(f"{digit}\ufe0f\u20e3" for digit in digits),
    "variation": _spread("\ufe0e"),
    "grapheme": _spread("\u034f"),
    "letters": lambda digits: digits.replace("0", "O", 1).replace("1", "l", 1),
}


def made(way: Way, chance: random.Random) -> tuple[str, str]:
    """Return a text written in this way, and the rule that finds it."""
    known, rule = _person(chance), way.rule
    if rule == NUMBER and known.pop("is coordination"):
        rule = COORDINATION

    def told(match: re.Match[str]) -> str:
        name, _, form = match[1].partition(":")
        if name in {"M", "L"}:
            return _patterned(form, _mobile(chance) if name == "M" else _landline(chance))
        if form:
            return FORMS[form](known[name])
        return known[name]

    if way.rule in {NUMBER, PHONE}:
        text = re.sub(r"\{((?:[ML]:[^{}]*)|[A-Za-z0-9]+(?::[a-z]+)?)\}", told, way.template)
        return text, rule
    return way.template, rule


def _person(chance: random.Random) -> dict[str, str]:
    year, month = chance.randrange(1925, 2020), chance.randrange(1, 13)
    day = chance.randrange(1, monthrange(year, month)[1] + 1)
    is_coordination = chance.random() < 0.2
    number = day + 60 * is_coordination
    birth = f"{chance.randrange(1, 1000):03}"
    short = f"{year % 100:02}{month:02}{number:02}"
    last = birth + luhn(short + birth)
    long = f"{year // 100}{short}"
    known = {"Y": str(year), "y": short[:2], "m": short[2:4], "d": short[4:], "D6": short, "D8": long, "N": last}
    known |= {"a": last[0], "b": last[1], "c": last[2], "d4": last[3], "D": chance.choice([short, long])}
    known |= {"day": str(number), "mon": str(month), "month": MONTHS[month - 1]}
    return known | {"is coordination": "x" * is_coordination}


def _mobile(chance: random.Random) -> str:
    # Reserved for fiction: 070-174 06 05 to 070-174 06 99.
    return f"07017406{chance.randrange(5, 100):02}"


def _landline(chance: random.Random) -> str:
    # 08-465 004 00 to 08-465 004 99.
    return f"08465004{chance.randrange(100):02}"


def _patterned(form: str, number: str) -> str:
    """Return the number in the form of an example whose digits are 070… or 08…, with or without the 0."""
    example = re.sub(r"[^0-9０-９]", "", re.sub(r"&#?[0-9a-z]+;", "", form))
    digits = iter(f"46{'0' * ('(0)' in form)}{number[1:]}" if example.startswith("46") else number)
    wide = FORMS["wide"]
    return re.sub(
        r"&#?[0-9a-z]+;|[0-9０-９]",
        lambda match: match[0] if match[0][0] == "&" else (wide if match[0] > "9" else str)(next(digits)),
        form,
    )


def look_alike(way: Way, chance: random.Random) -> str:
    """Return a text that looks like personal data and is none."""
    year, month = chance.randrange(1990, 2026), chance.randrange(1, 13)
    day = chance.randrange(1, monthrange(year, month)[1] + 1)
    short = f"{year % 100:02}{month:02}{day:02}"

    def told(match: re.Match[str]) -> str:
        name, _, length = match[1].partition(":")
        if name == "digits":
            return str(chance.randrange(10 ** (int(length) - 1), 10 ** int(length)))
        return kinds[name]()

    def four() -> str:
        birth = f"{chance.randrange(100, 1000)}"
        return birth + (luhn(short + birth) if chance.random() < 0.5 else str(chance.randrange(10)))

    kinds: dict[str, Callable[[], str]] = {
        "iso": lambda: f"{year}-{month:02}-{day:02}",
        "ymd": lambda: f"{year}{month:02}{day:02}",
        "y6": lambda: short,
        "dmy": lambda: chance.choice(["{:02}.{:02}.{}", "{}/{} {}", "{:02} {:02} {}", "{}.{}.{}"]).format(
            day, month, year
        ),
        "four": four,
        "hour": lambda: f"{chance.randrange(24):02}{chance.randrange(60):02}",
        "year": lambda: str(chance.randrange(1990, 2030)),
        "decimal": lambda: f"{chance.randrange(100)},{chance.randrange(10**10):010}",
        "amount": lambda: f"{chance.randrange(10**9):,}".replace(",", chance.choice([" ", "\u00a0"])) + " kr",
        "organisation": lambda: _organisation(chance),
        "diary": lambda: chance.choice(
            [
                f"3.1.1-{chance.randrange(1, 10_000)}/{year}",
                f"{year}/{chance.randrange(1, 10_000)}",
                f"SOF {year}/{chance.randrange(1, 10_000):04}",
                f"SOF {year}-{short}/{chance.randrange(1000, 10_000)}",
            ]
        ),
        "isbn": lambda: f"978-91-{chance.randrange(1000, 9999)}-{chance.randrange(100, 999)}-{chance.randrange(10)}",
        "iban": lambda: f"SE{chance.randrange(10, 99)} " + " ".join(f"{chance.randrange(10**4):04}" for _ in range(5)),
        "ocr": lambda: (digits := f"{chance.randrange(10**8, 10**9)}") + luhn(digits),
        "noun": lambda: chance.choice(NOUNS),
        "service": lambda: chance.choice(SERVICES),
        "landline": lambda: f"508 {chance.randrange(10, 100)} 000",
        "house": lambda: str(chance.randrange(1, 99)),
    }
    return re.sub(r"\{([a-z0-9]+(?::[0-9]+)?)\}", told, way.template)


def _organisation(chance: random.Random) -> str:
    # The third digit is never less than 2 (lagen 1974:174 om identitetsbeteckning för juridiska personer).
    digits = f"{chance.randrange(10, 100)}{chance.randrange(20, 100)}{chance.randrange(100_000):05}"
    return f"{digits[:6]}{chance.choice(['-', '', '–'])}{digits[6:]}{luhn(digits)}"


def _city() -> Local:
    content = Path(__file__).parents[2] / "content"
    vocabularies, _ = vocabulary_files.load(content)
    settings, _ = settings_file.load(content / settings_file.FILE, vocabularies, date(2026, 11, 22))
    return Local.of(settings, vocabularies)


# What is known of the city whose content this is: its mailboxes pass.
CITY = _city()


def missed(count: int, seed: int) -> Iterator[tuple[Way, str]]:
    """Yield each text that is not found, of `count` in every way of writing."""
    chance = random.Random(seed)
    for way in ways():
        for _ in range(count):
            text, rule = made(way, chance)
            around = f"Hon sade: {text}" if "\n" not in text and "|" not in text else text
            found = {finding.rule for finding in find(around, CITY)}
            # A mobile number without blanks can happen to be a coordination number too.
            if not found & ({rule, COORDINATION} if rule == PHONE else {rule}):
                yield way, around


def stopped(count: int, seed: int) -> Iterator[tuple[Way, str, str]]:
    """Yield each of at least `count` look-alikes that is taken for personal data, and for what."""
    chance = random.Random(seed)
    kinds = look_alikes()
    for n in range(-(-count // len(kinds)) * len(kinds)):
        way = kinds[n % len(kinds)]
        text = look_alike(way, chance)
        for finding in find(text, CITY)[:1]:
            yield way, text, finding.rule


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--antal", type=int, default=50, help="texter i varje sätt att skriva")
    parser.add_argument("--liknande", type=int, default=10_000)
    parser.add_argument("--frö", type=int, default=1)
    parser.add_argument("--visa", action="store_true", help="visa vad som missas och stoppas i onödan")
    options = parser.parse_args()
    started = time.perf_counter()
    lost = list(missed(options.antal, options.frö))
    by_way = Counter(way for way, _ in lost)
    for way in ways():
        found = options.antal - by_way[way]
        if found < options.antal or options.visa:
            print(f"{found / options.antal:>7.1%}  {way.rule:<15} {way.template!r}")
    false = list(stopped(options.liknande, options.frö))
    if options.visa:
        for _, text in lost[:200]:
            print(f"  missad: {text!r}")
    for (way, rule), number in Counter((way, rule) for way, _, rule in false).most_common():
        example = next(text for other, text, _ in false if other == way)
        print(f"  stoppad i onödan: {number:>5} {rule}: {way.template!r}, som {example!r}")
    rules = Counter(way.rule for way in ways())
    for rule, number in rules.items():
        whole = sum(not by_way[way] for way in ways() if way.rule == rule)
        print(f"{rule}: {whole} av {number} sätt att skriva hittas alltid")
    total = -(-options.liknande // len(look_alikes())) * len(look_alikes())
    print(f"Av {total} liknande stoppas {len(false)} ({len(false) / total:.2%}).")
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
