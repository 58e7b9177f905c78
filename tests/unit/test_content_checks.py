"""Accessibility and plain Swedish: any text can be checked, and the reader of blocks sees what Python-Markdown sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from kunskapsbank.bank import Bank
from kunskapsbank.checks import accessibility, plain_swedish
from kunskapsbank.markup import blocks, inline
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.frontmatter import ContentFile, Table
from kunskapsbank.model.catalogue import Catalogue
from kunskapsbank.problems import Problem, Severity
from kunskapsbank.swedish.sentences import Sentence, count_letters, sentences, words

MARKS = st.sampled_from(
    "![](a.png)|![x](b.png)|[här](c.md)|## |#### |text|\n|\n\n|- |    |1. |> |`|```\n|\n| a | b |\n| - | - |\n|**|__|"
    "\\|<br>|<!--|-->|[^1]|\n[^1]: |!!! n\n|\n:   |---\n|===\n|[r]: d.md|[r]|https://example.se|<table>|<img>|. Nu |\t|"
    "{: #x }|\ue000|\ue001|\u2028|\ufffc|(|)|<a href='|</a>|å|\0".split("|")
)


def told(source: ContentFile) -> list[Problem]:
    """Return what the checks say of a file."""
    catalogue = Catalogue((), (), {}, {source.file: source}, {}, {})
    checks = (accessibility.ERRORS, accessibility.REMARKS, plain_swedish.CHECK)
    return [problem for check in checks for problem in check.run(catalogue.documents, catalogue.snapshot)]


@settings(max_examples=300)
@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=30).map("".join))
def test_any_markdown_gives_problems_on_lines_of_its_own(body: str) -> None:
    source = ContentFile("om/a.md", Table((), 2), body, 5)
    last = 5 + body.count("\n")
    for problem in told(source):
        assert problem.line == 1 if problem.rule == "lix" else 5 <= problem.line <= last
        assert problem.message


def test_errors_are_errors_and_remarks_are_remarks() -> None:
    source = ContentFile("om/a.md", Table((), 2), "#### A\n\n![](a.png)\n\n![bild](a.png) [här](b.md)", 5)
    severities = {problem.rule: problem.severity for problem in told(source)}
    assert severities == {
        "rubriknivå": Severity.ERROR,
        "alternativtext": Severity.ERROR,
        "bildbeskrivning": Severity.REMARK,
        "länktext": Severity.REMARK,
    }


def test_every_rule_has_a_case_that_fails_and_no_passing_case_says_anything() -> None:
    expected = {
        path.parent.name: path.read_text("utf-8")
        for path in (ROOT / "tests/cases/checks").glob("*/expected.txt")
        if path.parent.name.startswith(("accessibility-", "swedish-"))
    }
    said = "".join(expected.values())
    rules = (*accessibility.ERRORS.rules, *accessibility.REMARKS.rules, *plain_swedish.CHECK.rules)
    assert [rule for rule in rules if f"[{rule}]" not in said] == []
    assert {name: text for name, text in expected.items() if "-fine-" in name and text} == {}


def test_headings_and_links_of_the_real_content_are_those_of_its_html(bank: Bank) -> None:
    for file, body in bank.catalogue.bodies.items():
        source = bank.catalogue.sources[file]
        text = blocks.read(source.body, source.body_line)
        read = [(block, inline.read(block, text.references)) for block in text.blocks]
        headings = [(block.level, found.words) for block, found in read if block.form is Form.HEADING]
        assert headings == [(heading.level, heading.text) for heading in body.headings], file
        links = [(link.target, link.line) for _, found in read for link in found.links]
        pictures = [picture.line for _, found in read for picture in found.pictures]
        assert sorted([line for _, line in links] + pictures) == sorted(link.line for link in body.links), file


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Se kap. 5 och bl.a. Farsta, t.ex. Stella.",
        "Det gäller fr.o.m. 2018, dvs. LUM och s.k. MUL.",
        "Anna A. Andersson och B. Berg var med.",
        "Mötet den 3. maj blev inställt.",
        "Projektet fick 1.5 miljoner, jfr. Trappan.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


def test_sentences_end_where_the_next_begins() -> None:
    text = "Hyra, el m.m. Sedan? ”Ja!” sa hon. År 2018. 45 kom… (Alla.) Slut\u2028Rad"
    assert split(text) == ["Hyra, el m.m.", "Sedan?", "”Ja!” sa hon.", "År 2018.", "45 kom…", "(Alla.)", "Slut", "Rad"]


def test_a_sentence_has_the_line_of_its_first_word() -> None:
    assert [sentence.line for sentence in sentences("Ett\ntvå. \n\nTre.\nFyra.", 7)] == [7, 10, 11]


def test_words_are_counted_as_a_reader_would() -> None:
    assert words("T.ex. hälso- och sjukvården i LVU:s mening, 12,5 %") == (
        "T.ex", "hälso", "och", "sjukvården", "i", "LVU:s", "mening", "12", "5",
    )  # fmt: skip
    assert count_letters("12-åring") == 5


def test_lix_is_words_per_sentence_and_per_cent_of_long_words() -> None:
    one = Sentence("", 1, ("Hon", "bor", "i", "kommunen"))
    other = Sentence("", 1, ("Förvaltningen", "hjälper", "henne"))
    # Björnsson: 7 words in 2 sentences, and 3 of the 7 with more than six letters: 3.5 + 42.9.
    assert plain_swedish.lix([one, other]) == 46
    assert plain_swedish.lix([]) == 0
