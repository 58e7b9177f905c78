"""Accessibility and plain Swedish: any text can be checked, and they see what the site shows."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, shown

from kunskapsbank.bank import Bank
from kunskapsbank.checks import accessibility, plain_swedish
from kunskapsbank.markup.blocks import Form
from kunskapsbank.markup.body import Body, parse, without_comments
from kunskapsbank.markup.frontmatter import ContentFile, Table
from kunskapsbank.markup.inline import on_one_line
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
    body, _ = parse(source.file, source.body, source.body_line)
    catalogue = Catalogue((), (), {}, {source.file: source}, {source.file: body}, {})
    checks = (accessibility.ERRORS, accessibility.REMARKS, plain_swedish.CHECK)
    return [problem for check in checks for problem in check.run(catalogue.documents, catalogue.snapshot)]


@settings(max_examples=300)
@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=30).map("".join))
def test_any_markdown_gives_problems_on_lines_of_its_own(body: str) -> None:
    source = ContentFile("om/a.md", Table((), 2), body, 5)
    last = 5 + body.replace("\r\n", "\n").replace("\r", "\n").count("\n")
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


def seen(html: str) -> tuple[list[tuple[int, str, str]], list[str], list[str], list[list[str]]]:
    """Return the headings, links, pictures and rows of tables that a reader of the page meets, footnotes apart."""
    page = BeautifulSoup(without_comments(html), "html.parser")
    for note in page.select("sup:has(> .footnote-ref), .footnote-backref"):
        note.decompose()
    for line_break in page.find_all("br"):
        line_break.replace_with(" ")
    links = sorted(str(tag["href"]) for tag in page.find_all("a", href=True))
    pictures = sorted(str(tag["alt"]) for tag in page.find_all("img", alt=True))
    for picture in page.find_all("img", alt=True):
        picture.replace_with(f" {picture['alt']} ")
    headings = [
        (int(tag.name[1]), on_one_line(tag.get_text()), str(tag.get("id", "")))
        for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    ]
    rows = [[on_one_line(cell.get_text()) for cell in row.find_all(["th", "td"])] for row in page.find_all("tr")]
    return headings, links, pictures, rows


def read(body: Body) -> tuple[list[tuple[int, str, str]], list[str], list[str], list[list[str]]]:
    """Return the same as the checks see it."""
    pictures = [picture for block in body.blocks for picture in block.pictures]
    links = sorted(link.target for block in body.blocks for link in block.links if link.is_linked)
    rows = [
        [on_one_line(cell) for cell in row] for block in body.blocks if block.form is Form.TABLE for row in block.rows
    ]
    headings = [(heading.level, heading.text, heading.id) for heading in body.headings]
    return headings, links, sorted(picture.alternative for picture in pictures), rows


def test_what_the_checks_see_of_the_real_content_is_what_the_site_shows(bank: Bank) -> None:
    for file, body in bank.catalogue.bodies.items():
        assert read(body) == seen(shown(body.markdown)), file


@pytest.mark.parametrize(
    ("source", "headings"),
    [
        ("> ## Resultat\n> text", [(2, "Resultat")]),
        ("> Resultat\n> ---\n> text", [(2, "Resultat")]),
        ("##Resultat\n\ntext", [(2, "Resultat")]),
        ("#Resultat", [(1, "Resultat")]),
        ("#123 är ett ärende", []),
        ("Resultat\n========\ntext", [(1, "Resultat")]),
        ("Resultat\n--\ntext", [(2, "Resultat")]),
        ("- ett\n\n  Resultat\n  ---\n\n  text", [(2, "Resultat")]),
        ("- ## Resultat", [(2, "Resultat")]),
        ("`<!--`\n\n## Resultat\n\n-->", [(2, "Resultat")]),
        ("\\<!-- \n\n## Resultat\n\n-->", [(2, "Resultat")]),
        ("<!-- `\n\n## Resultat\n\n` -->", []),
        ("```\n## Resultat\n```", []),
        ("    ## Resultat", []),
        ("~~~\n## Resultat\n\n```\n~~~\n## Mål", [(2, "Mål")]),
        ("text\n## Resultat\ntext", [(2, "Resultat")]),
        ("| a |\n|---|\n## Resultat", [(2, "Resultat")]),
        ("`a\n## Resultat\n`", [(2, "Resultat")]),
        ("[^1]\n\n[^1]: not\n\n    ## Resultat", [(2, "Resultat")]),
        ("!!! note\n    ## Resultat", [(2, "Resultat")]),
        ("<h2>Resultat</h2>", [(2, "Resultat")]),
        ("## Resultat {: #r }", [(2, "Resultat")]),
    ],
)
def test_a_heading_is_one_to_the_checks_and_on_the_site(source: str, headings: list[tuple[int, str]]) -> None:
    body, _ = parse("a.md", source, 1)
    assert [(heading.level, heading.text) for heading in body.headings] == headings
    assert read(body) == seen(shown(source))


@settings(max_examples=300)
@given(st.lists(st.one_of(MARKS, st.text(max_size=5)), max_size=30).map("".join))
def test_the_checks_see_what_the_site_shows_of_any_markdown(source: str) -> None:
    body, problems = parse("a.md", source, 1)
    # HTML that is refused is not shown, and how a browser mends it nobody need know.
    if "<" not in source and not problems:
        assert read(body) == seen(shown(source))


@pytest.mark.parametrize("levels", [10, 248])
def test_a_list_of_many_levels_is_read_and_shown(levels: int) -> None:
    source = "\n".join(f"{'  ' * level}- nivå {level}" for level in range(levels))
    body, problems = parse("a.md", source, 1)
    assert not problems
    assert [block.line for block in body.blocks] == list(range(1, levels + 1))
    assert shown(source).count("<li>") == levels


@pytest.mark.parametrize("source", ["> " * 5_000 + "a", "\n".join("  " * level + "- a" for level in range(2_000))])
def test_a_text_too_deep_to_be_shown_is_an_error(source: str) -> None:
    _, problems = parse("a.md", source, 7)
    assert [(problem.line, problem.message) for problem in problems] == [
        (7, "texten har för många nivåer för att kunna visas")
    ]


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
