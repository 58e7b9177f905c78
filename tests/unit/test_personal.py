"""Personal data is found however it is written, what only looks like it is not, and nothing that is told quotes it."""

import random
import re
import shutil
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import personal_rules
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from personal_rules import CASES
from support import ROOT, SAMPLE, settings_of

from kunskapsbank import checks
from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.checks import allowed, small_groups
from kunskapsbank.checks.personal.local import Local
from kunskapsbank.checks.personal.patterns import COORDINATION, NUMBER, RULES, find, masked
from kunskapsbank.markup import body
from kunskapsbank.problems import Severity

# What is known of the city whose content this is.
CITY = Local.of(*settings_of(ROOT / "content"))
# As Skatteverket prints it in SKV 704.
EXAMPLE = "640823-3234"
REPORT = "projekt/trappan/2016-slutrapport.md"
TODAY = date(2026, 11, 22)


def luhn(digits: str) -> str:
    """Return the check digit, reckoned otherwise than the library does: from the end, with the digits of 2 × digit."""
    doubled = "".join(str(int(digit) * (2 if n % 2 == 0 else 1)) for n, digit in enumerate(reversed(digits)))
    return str(-sum(map(int, doubled)) % 10)


def identity_number(chance: random.Random, coordination: bool = False) -> tuple[str, str, str]:
    """Return a valid number made at random: century, birth date, last four."""
    year, month = chance.randrange(1890, 2026), chance.randrange(1, 13)
    day = chance.randrange(1, monthrange(year, month)[1] + 1) + 60 * coordination
    born = f"{year % 100:02}{month:02}{day:02}"
    birth = f"{chance.randrange(1, 1000):03}"
    return str(year // 100), born, birth + luhn(born + birth)


def parted(century: str, born: str, last: str) -> tuple[str, str, str, str]:
    return century + born[:2], born[2:4], born[4:], last


WAYS: tuple[Callable[[str, str, str], str], ...] = (
    *(
        lambda century, born, last, sign=sign: f"{born}{sign}{last}"
        for sign in ("", "-", "+", " ", "–", "\u2011", "\u2212", "\u00a0", " - ", "-\u2060", "\\-", "_", "&#8209;")
    ),
    *(
        lambda century, born, last, sign=sign: f"{century}{born}{sign}{last}"
        for sign in ("", "-", "+", " ", "–", "\u2011", "\u2212", "\u00a0", "&ndash;")
    ),
    lambda century, born, last: f"{century} {born}-{last}",
    lambda *number: "-".join(parted(*number)),
    lambda *number: " ".join(parted(*number)),
    lambda century, born, last: f"**{century}{born[:2]}**{born[2:]}-*{last}*",
    lambda century, born, last: f"{born}-\n{last}",
)
PLACES = (
    "{}",
    "Nr {}.",
    "({})",
    "| {} |",
    "pnr:{},",
    "”{}”",
    "a; {}; b",
    "<!-- {} -->",
    "[länk](bilagor/{}.pdf)",
    "- {}",
)


def test_every_valid_number_is_found_however_and_wherever_it_is_written() -> None:
    chance = random.Random(1)
    for n in range(10_000):
        number = identity_number(chance, coordination=n % 5 == 0)
        text = PLACES[n % len(PLACES)].format(chance.choice(WAYS)(*number))
        assert [finding.rule for finding in find(text)] == [COORDINATION if n % 5 == 0 else NUMBER], text
        assert not find(masked(text))
        assert number[2] not in masked(text)


def organisation_number(chance: random.Random) -> str:
    # The third digit is never less than 2 (lagen 1974:174 om identitetsbeteckning för juridiska personer).
    digits = f"{chance.randrange(10, 100)}{chance.randrange(20, 100)}{chance.randrange(100_000):05}"
    return f"{digits[:6]}{chance.choice(['-', '', '–'])}{digits[6:]}{luhn(digits)}"


def day(chance: random.Random) -> str:
    found = date.fromordinal(chance.randrange(date(1950, 1, 1).toordinal(), date(2030, 1, 1).toordinal()))
    return found.strftime(chance.choice(["%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d.%m.%Y", "%Y–%m–%d", "%d/%m %Y"]))


def amount(chance: random.Random) -> str:
    number = f"{chance.randrange(10**9):,}"
    return number.replace(",", chance.choice([" ", "\u00a0", "."])) + " kr"


def diary_number(chance: random.Random) -> str:
    year, number = chance.randrange(1990, 2030), chance.randrange(1, 10_000)
    return chance.choice(
        [f"3.1.1-{number}/{year}", f"{year}/{number}", f"SOF {year}/{number:04}", f"1.2.{number}-{year}"]
    )


@pytest.mark.parametrize("make", [organisation_number, day, amount, diary_number], ids=lambda make: make.__name__)
def test_nothing_that_only_looks_like_a_number_is_taken_for_one(make: Callable[[random.Random], str]) -> None:
    chance = random.Random(2)
    for _ in range(10_000):
        text = f"Enligt {make(chance)} gäller det."
        assert not [finding for finding in find(text) if finding.rule in {NUMBER, COORDINATION}], text


def test_one_wrong_digit_is_no_number() -> None:
    chance = random.Random(3)
    for _ in range(1_000):
        _, born, last = identity_number(chance)
        wrong = str((int(last[3]) + chance.randrange(1, 10)) % 10)
        assert not {NUMBER, COORDINATION} & {finding.rule for finding in find(f"{born}-{last[:3]}{wrong}")}


@pytest.mark.parametrize(
    "text",
    [
        "640823.: \n .: \n .: \n .:3234",
        f"640823 {'x' * 47} sista fyra är 3234",
        f"slutar på 3234 {'x' * 46} 640823",
        "23 september 1964-3233",
        "1/ 9 1964-3239",
        f"mapp/640823{'a' * 250}/3234.md",
        "O4O823-3237",
        "+ 46 (0) 70 -- 174 06 05",
        "LGH.\nnr. 1203",
    ],
)
def test_what_belongs_together_is_found_as_far_apart_as_it_may_stand(text: str) -> None:
    beside = "Ord utan siffror och tecken, på rad efter rad. " * 20
    alone = [(finding.rule, text[finding.start : finding.end]) for finding in find(text)]
    among = f"{beside}\n\n{text}\n\n{beside}"
    assert [(finding.rule, among[finding.start : finding.end]) for finding in find(among)] == alone != []


@pytest.mark.parametrize(("text", "expected"), CASES["texts"], ids=lambda value: str(value)[:60])
def test_a_text_gives(text: str, expected: list[str]) -> None:
    assert [f"{finding.rule}: {text[finding.start : finding.end]}" for finding in find(text, CITY)] == expected


@pytest.mark.parametrize(("text", "expected"), CASES["masked"], ids=lambda value: str(value)[:60])
def test_a_message_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(("text", "is_small"), CASES["small groups"], ids=lambda value: str(value)[:60])
def test_a_group_is_small(text: str, is_small: bool) -> None:
    assert bool(small_groups.lines(body.parse("", text, 1)[0].blocks)) is is_small


PIECES = [
    *"0123456789+-. \n*_@|`<>()[]/", "19", "640823", "3234", "070", "08", "+46", "%20", "&nbsp;", "@example.se",
    "Storgatan ", "lgh", "…",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


@settings(derandomize=True, max_examples=1_000)
@given(TEXTS)
def test_any_text_can_be_masked_and_then_nothing_is_found(text: str) -> None:
    for finding in find(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.rule in RULES
    assert not find(masked(text))
    assert masked(masked(text)) == masked(text)
    read, _ = body.parse("a.md", text, 1)
    small_groups.lines(read.blocks)
    list(allowed.marks("a.md", text, read.comments))


@pytest.mark.parametrize("case", CASES["files"], ids=lambda case: case["name"])
def test_a_file_gives(case: dict[str, Any]) -> None:
    found = [(one.line, one.field, one.rule, one.severity) for one in personal_rules.problems(case)]
    assert [" ".join(str(part) for part in one if part) for one in found] == case["problems"]


def test_no_problem_of_any_kind_quotes_a_number(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    bank = sample_with(
        {
            f"projekt/trappan/{EXAMPLE}.md": written(REPORT, ("år: 2016", f"år: {EXAMPLE}")),
            f"projekt/trappan/{EXAMPLE}.exe": "",
            "projekt/trappan/yaml.md": f"---\ntitel: Om: {EXAMPLE}\n---\n",
            "projekt/trappan/key.md": written(REPORT, ("år: 2016", f"år{EXAMPLE}: 2016")),
            "projekt/trappan/link.md": written(REPORT, ("Texten", f"[{EXAMPLE}]({EXAMPLE}.pdf)\n\n# {EXAMPLE}")),
            "projekt/trappan/long.md": written(REPORT, ("år: 2016", f"år: Anna Andersson har numret 1{'9'}{EXAMPLE}")),
        }
    )  # fmt: skip
    everything = "\n".join(map(str, bank.catalogue.problems))
    places = {(problem.file, problem.line) for problem in bank.catalogue.problems if problem.rule == NUMBER}
    assert places >= {("projekt/trappan/yaml.md", 2), ("projekt/trappan/[personnummer].md", 1)}
    assert "[personnummer].exe" in everything
    assert not find(everything)
    assert "640823" not in everything


@pytest.mark.parametrize("data", [f"---\ntitel: å {EXAMPLE}".encode("latin-1"), f"{EXAMPLE} utan fält".encode()])
def test_a_file_that_cannot_be_taken_apart_is_looked_through(data: bytes, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    (content / REPORT).write_bytes(data)
    assert NUMBER in {problem.rule for problem in open_bank(content, TODAY).catalogue.problems}


def test_the_vocabularies_are_looked_through(sample_with: Callable[..., Bank]) -> None:
    words = (SAMPLE / "vokabular/ord.yml").read_text("utf-8")
    found = sample_with({"vokabular/ord.yml": f"# Fråga {EXAMPLE}\n{words}"}).catalogue.errors
    assert [(problem.file, problem.line, problem.rule) for problem in found] == [("vokabular/ord.yml", 1, NUMBER)]


def test_an_exception_is_not_published(sample_with: Callable[..., Bank], written: Callable[..., str]) -> None:
    mark = f"Numret {EXAMPLE} är ett exempel. <!-- tillåt personnummer: Skatteverkets eget exempel -->\n\n## Resultat"
    catalogue = sample_with({REPORT: written(REPORT, ("## Resultat", mark))}).catalogue
    assert not catalogue.errors
    assert "Skatteverkets" not in catalogue.bodies[REPORT].text


def test_a_comment_on_its_own_line_allows_what_concerns_the_whole_file(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    file = f"projekt/trappan/{EXAMPLE}.md"
    own = written(REPORT, ("---\n", "---\n# tillåt personnummer: filen heter som exemplet\n"))
    assert not sample_with({REPORT: None, file: own}).catalogue.errors


def test_the_name_of_an_attachment_is_allowed_on_a_line_that_links_to_it(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    link = f"[Exemplet]({EXAMPLE}.txt) <!-- tillåt personnummer: Skatteverkets eget exempel -->\n\n## Resultat"
    files = {f"projekt/trappan/{EXAMPLE}.txt": "Text", REPORT: written(REPORT, ("## Resultat", link))}
    assert not sample_with(files).catalogue.errors


def test_an_exception_that_nothing_needs_is_a_remark(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    marks = "Text <!-- tillåt telefonnummer: borttaget --> <!-- tillåt små grupper: borttaget -->\n\n## Resultat"
    catalogue = sample_with({REPORT: written(REPORT, ("## Resultat", marks))}).catalogue
    found = [*catalogue.problems, *checks.remarks(catalogue)]
    unused = [problem for problem in found if problem.rule == allowed.RULE]
    assert [problem.message for problem in unused] == [
        "undantaget för telefonnummer behövs inte",
        "undantaget för små grupper behövs inte",
    ]
    assert {problem.severity for problem in unused} == {Severity.REMARK}


def test_every_rule_that_a_check_has_can_be_named_in_an_exception() -> None:
    assert not checks.ERROR_RULES & checks.REMARK_RULES
    known = checks.RULES
    for path in (ROOT / "kunskapsbank/checks").glob("*.py"):
        for rule in re.findall(r'^(?:RULE|_[A-Z]+_RULE) = "(.*)"', path.read_text("utf-8"), re.MULTILINE):
            assert rule in known | {allowed.RULE}, path
    expected = (ROOT / "tests/cases/checks").glob("*/expected.txt")
    told = {rule for path in expected for rule in re.findall(r": \w+ \[(.*?)\]: ", path.read_text("utf-8"))}
    assert told <= known | {allowed.RULE}


def test_the_real_content_has_no_personal_data(bank: Bank) -> None:
    assert [problem for problem in bank.catalogue.problems if problem.rule in RULES] == []
