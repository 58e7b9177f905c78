"""Duplicates: what is found does not hang on order, and names are near as a reader would say."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SAMPLE

from kunskapsbank.bank import Bank
from kunskapsbank.checks.duplicates import by_name, by_text, names
from kunskapsbank.markup.body import Body
from kunskapsbank.markup.frontmatter import ContentFile, Table
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Record
from kunskapsbank.model.vocabulary import OWNERS
from kunskapsbank.problems import Problem
from kunskapsbank.reading.loading import load

LOADED = load(SAMPLE, date(2026, 11, 22))
PROJECT, RESEARCH = LOADED.get("trappan"), LOADED.get("forskning-samtal")
assert PROJECT
assert RESEARCH
# Words that no two of these texts have in common by chance.
SYLLABLES = [a + b for a in "bdfghjklmnprstv" for b in "aeiouyåäö"]


def named(*names: str) -> list[Record]:
    """Return projects of one owner, each with a name (and aliases after it, divided by |), oldest first."""
    return [
        replace(PROJECT, id=f"p{place:04}", file=f"projekt/p{place:04}/index.md", title=title, aliases=tuple(aliases))
        for place, (title, *aliases) in enumerate(name.split("|") for name in names)
    ]


def with_texts(*texts: str) -> list[Record]:
    """Return research reports of different titles, each with a text, oldest first."""
    random = Random(1)
    return [
        replace(
            RESEARCH,
            id=f"f{place:04}",
            file=f"forskning/f{place:04}.md",
            title="".join(random.choices(SYLLABLES, k=12)),
            body=Body(text=text),
        )
        for place, text in enumerate(texts)
    ]


def catalogue(records: list[Record]) -> Catalogue:
    sources = {record.file: ContentFile(record.file, Table((), 2), "", 5) for record in records}
    return Catalogue(tuple(records), (), {}, sources, {}, LOADED.vocabularies)


def told(records: list[Record]) -> list[tuple[str, str]]:
    return sorted((problem.file, problem.message) for problem in found(catalogue(records)))


def found(bank: Catalogue) -> list[Problem]:
    return [problem for check in (by_name.CHECK, by_text.CHECK) for problem in check.run(bank.documents, bank.snapshot)]


def text(seed: int, words: int = 200) -> str:
    random = Random(seed)
    return " ".join("".join(random.choices(SYLLABLES, k=3)) for _ in range(words))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Samlarteam", "samlar-team"),
        ("Samlarteam", "Samlartaem"),
        ("Samlarteam", "Projektet Samlarteamet"),
        ("LIHF – behandling i hemmet", "Behandling i hemmet (LIHF)"),
        ("Stöd till barn i familjehem", "Stöd för barn i familjehem"),
        ("Bostad direkt", "Bostad direkt från gatan"),
        ("Lösningsinriktad familjebehandling|LIHF", "Intensiv behandling hemma|LIHF"),
        ("Järnvägens väntsal", "Jarnvägens väntsal"),
    ],
)
def test_names_that_may_be_one_are_told(name: str, other: str) -> None:
    assert [file for file, _ in told(named(name, other))] == ["projekt/p0001/index.md"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Vägen tillbaka, steg 1", "Vägen tillbaka, steg 2"),
        ("Samlarteam", "Samtalsteam"),
        ("Stella", "Stina"),
        ("Barn", "Barn i centrum"),
        ("Bo kvar", "Bostad direkt"),
        ("Kristeamets utvärdering", "Kvarterets utvärdering"),
    ],
)
def test_names_that_are_two_are_not(name: str, other: str) -> None:
    assert told(named(name, other)) == []


def test_a_part_of_a_name_is_not_enough_for_another_owner() -> None:
    one, other = named("Bostad direkt", "Bostad direkt från gatan")
    owners = LOADED.vocabularies[OWNERS]

    assert told([one, replace(other, owners=(owners.get("storby"),))]) == []


def test_a_district_is_known_by_its_old_name() -> None:
    one, other = named("Bostad direkt", "Bostad direkt från gatan")
    old, new = (LOADED.vocabularies[OWNERS].get(name) for name in ("nordby", "storby"))

    assert told([replace(one, owners=(old,)), replace(other, owners=(new,))]) != []


WORDS = "samlar team teamet bostad direkt från gatan 1 2 steg Lihf lifh".split()
NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), min_size=2, max_size=8)


@given(NAMES, st.randoms(use_true_random=False))
def test_what_is_found_does_not_hang_on_order(names: list[str], random: Random) -> None:
    records = named(*names)
    shuffled = records[:]
    random.shuffle(shuffled)

    assert {file for file, _ in told(records)} == {file for file, _ in told(shuffled)}
    assert len(told(records)) == len(told(shuffled))


@given(st.lists(st.text("abcde 1", min_size=1, max_size=14), min_size=2, max_size=12))
def test_no_near_pair_is_missed_by_not_comparing_all_with_all(texts: list[str]) -> None:
    bank = catalogue(named(*texts)).snapshot
    known = bank.once(names.Names)
    projects = bank.of_kind(Kind.PROJECT)
    near = {
        (one.id, other.id)
        for one, other in permutations(projects, 2)
        if names.is_near(known.read(one.title), known.read(other.title), same_owner=True)
    }

    for way in (known.near, known.met):
        assert near <= {
            (one.id, other.record.id)
            for one in projects
            for other in way(Kind.PROJECT, known.read(one.title), bank)
            if other.record
        }


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_slips_are_the_same_both_ways(one: str, other: str) -> None:
    found = names.slips_between(one, other, 20)

    assert found == names.slips_between(other, one, 20)
    assert (found == 0) == (one == other)
    assert names.slips_between(one, other, 1) == min(found, 2)


def test_a_copied_text_is_told_at_the_newer_with_its_share() -> None:
    original = text(1)
    copy = " ".join([*original.split()[:150], *text(2).split()[:50]])
    one, other = with_texts(original, copy)
    newer = replace(one, published=date(2026, 11, 22))

    assert told([one, other]) == [(other.file, f"texten är till 75 procent densamma som i {one.file}")]
    assert told([newer, other]) == [(one.file, f"texten är till 75 procent densamma som i {other.file}")]


def test_a_short_text_inside_a_long_one_is_found() -> None:
    part = text(1, 60)
    long = f"{text(2, 1200)} {part} {text(3, 1200)}"

    assert [file for file, _ in told(with_texts(long, part))] == ["forskning/f0001.md"]


@pytest.mark.parametrize("share", [0, 0.3])
def test_texts_that_share_set_phrases_are_not_copies(share: float) -> None:
    phrases = text(0, int(200 * share))
    texts = [f"{phrases} {text(seed, int(200 * (1 - share)))}" for seed in range(1, 40)]

    assert told(with_texts(*texts)) == []


def test_every_copy_of_a_text_that_many_have_is_told_once() -> None:
    copies = [text(1)] * 40

    assert Counter(file for file, _ in told(with_texts(*copies))) == {f"forskning/f{n:04}.md": 1 for n in range(1, 40)}


def test_two_texts_too_short_to_judge_are_let_be() -> None:
    assert told(with_texts("Texten är påhittad.", "Texten är påhittad.")) == []


def test_the_real_content_has_no_duplicates(bank: Bank) -> None:
    assert found(bank.catalogue) == []


def test_a_document_filed_again_under_another_name_is_told(bank: Bank) -> None:
    report = next(record for record in bank.catalogue if record.kind is Kind.FINAL_REPORT)
    again = replace(report, id="igen", file=report.file.replace(".md", "-z.md"), title="Något annat")
    sources = {**bank.catalogue.sources, again.file: bank.catalogue.sources[report.file]}
    content = replace(bank.catalogue, records=(*bank.catalogue.records, again), sources=sources)
    problems = found(content)
    year, title_line, body_line = report.years[0], 2, bank.catalogue.sources[report.file].body_line

    assert sorted((problem.file, problem.line, problem.message) for problem in problems) == [
        (again.file, title_line, f"det finns redan en slutrapport för {year}: {report.file}"),
        (again.file, body_line, f"texten är till 100 procent densamma som i {report.file}"),
    ]
