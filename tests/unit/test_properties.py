"""Whatever a file holds, the library answers with problems or with records, and never with an exception."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import pages_of, shown

from kunskapsbank.bank import Bank, open_bank
from kunskapsbank.markup import body, frontmatter
from kunskapsbank.problems import ContentError, Problem
from kunskapsbank.reading import record_fields, schema, vocabulary_files
from kunskapsbank.swedish import text

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
TODAY = date(2026, 11, 22)
VOCABULARIES, _ = vocabulary_files.load(SAMPLE)
REPORT = "projekt/trappan/2016-slutrapport.md"
WRITTEN = {
    file: (SAMPLE / file).read_text("utf-8") for file in (REPORT, "utlysningar/2018.md", "projekt/bryggan/index.md")
}
OWNERS = (SAMPLE / "vokabular/ägare.yml").read_text("utf-8")

quick = settings(derandomize=True, max_examples=100)
# These write a content folder and open it each time.
slow = settings(
    derandomize=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

YAML_PIECES = [
    *"\n:-[]{},'\"#&*!|>%@`?~\t \\",
    "\n  ",
    "---\n",
    "...\n",
    ": ",
    "- ",
    "<<: *a",
    "&a ",
    "år",
    "titel",
    "medel",
    "2016",
    "2016–2099",
    "å",
    "a\u030a",
    "\u2028",
    "\x85",
    "\0",
    "\ufeff",
    "null",
    "!!python/object:os.system ",
]
MARKDOWN_PIECES = [
    *"\n#*_`<>[]()!|\\&=-~:^{}\"' ",
    "\n\n",
    "```",
    "<script>",
    "</p>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<!",
    "](",
    "![a](",
    "[^1]",
    "[^1]: ",
    "{: onclick=a }",
    "&#x6a;avascript:",
    "| a | b |\n|---|---|\n",
    "!!! note\n    ",
    "    ",
    "\n> ",
    "\n1. ",
    "../index.md#resultat",
    "http://[",
    "å",
]


def pieces(of: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(of) | st.text(max_size=3), max_size=25).map("".join)


@st.composite
def changed(draw: st.DrawFn, of: str, with_pieces: list[str]) -> str:
    """A right text with something else in the place of a part of it."""
    start = draw(st.integers(0, len(of)))
    end = draw(st.integers(start, min(len(of), start + 40)))
    return of[:start] + draw(pieces(with_pieces)) + of[end:]


def read(file: str, data: bytes) -> None:
    """Read a file of the sample as the catalogue does."""
    problems: list[Problem]
    try:
        content_file = frontmatter.parse(file, data)
        parsed, problems = body.parse(file, content_file.body, content_file.body_line)
        record, remarks = record_fields.read_record(content_file, parsed, "id", VOCABULARIES, TODAY)
        assert record.file == file
        problems.extend(remarks)
    except ContentError as error:
        problems = list(error.problems) or [Problem(file, 0, "", "an error without a problem")]
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in problems:
        assert problem.file == file
        assert 1 <= problem.line <= lines
        assert problem.message
        assert problem.hint
        str(problem).encode()


@quick
@given(st.binary(max_size=300))
@example(b"---\n" + b"[" * 1200 + b"\n---\n")
@example(b"---\na: " + b"{b: " * 100 + b"\n---\n")
@example(b"---\ntitel: \xed\xa0\x80\n---\n")
def test_any_bytes(data: bytes) -> None:
    read(REPORT, data)


@quick
@given(
    st.sampled_from(sorted(WRITTEN)).flatmap(lambda file: st.tuples(st.just(file), changed(WRITTEN[file], YAML_PIECES)))
)
def test_any_change_of_a_right_file(changed_file: tuple[str, str]) -> None:
    file, written = changed_file
    read(file, written.encode("utf-8", "replace"))


@quick
@given(pieces(YAML_PIECES))
def test_any_front_matter(fields: str) -> None:
    read(REPORT, f"---\n{fields}\n---\n".encode("utf-8", "replace"))


@quick
@given(st.sampled_from(schema.FIELDS), pieces(YAML_PIECES))
def test_any_value_of_any_field(rule: schema.FieldRule, value: str) -> None:
    fields = f"typ: {sorted(rule.required | rule.optional)[0]}\n{rule.key}: {value}\n"
    read(REPORT, f"---\n{fields}\n---\n".encode("utf-8", "replace"))


@quick
@given(pieces(MARKDOWN_PIECES))
@example("> " * 500 + "a")
@example("- " * 100 + "a")
@example("[" * 2000)
@example("*" * 3000 + "a")
@example("<![" + "a" * 10)
def test_any_body(source: str) -> None:
    read(REPORT, WRITTEN[REPORT].encode() + b"\n" + source.encode("utf-8", "replace"))


@quick
@given(pieces(MARKDOWN_PIECES), pieces(MARKDOWN_PIECES))
@example("<!-->", "-->")
@example("<!--->", "-->")
@example("<!-- --!>", "-->")
@example("<![CDATA[ >", "]]>")
@example("<? >", "?>")
@example("<!DOCTYPE a [ >", "]>")
@example("<textarea>", "</textarea>")
@example("```\n", "\n``")
def test_no_script_gets_past(before: str, after: str) -> None:
    source = f"{before}<script>alert(1)</script>{after}"
    _, problems = body.parse(REPORT, source, 1)
    html = shown(source)
    # What a browser passes over: comments, and what it takes for them; each ends earlier than one might think.
    seen = re.sub(r"<!--(?!-?>).*?(--!?>|\Z)|<!--?>|<!---?>|<[!?][^>]*>", "", html, flags=re.DOTALL)
    assert problems or "<script" not in seen.lower()


@quick
@given(
    st.sampled_from(sorted(vocabulary_files.REQUIRED)),
    st.binary(max_size=200) | changed(OWNERS, YAML_PIECES).map(str.encode),
)
def test_any_vocabulary(name: str, data: bytes) -> None:
    terms, problems = vocabulary_files.parse(name, data)
    assert terms.broken == bool(problems)
    for term in terms:
        assert terms.find(term.label) is term
        assert term not in terms.predecessors(term)
        assert term not in terms.successors(term)


@pytest.fixture(scope="module")
def opened_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Bank]:
    """A function that opens the sample with one file replaced."""
    content = tmp_path_factory.mktemp("bank") / "content"
    shutil.copytree(SAMPLE, content)

    def opened(file: str, data: bytes) -> Bank:
        before = (content / file).read_bytes()
        try:
            (content / file).write_bytes(data)
            return open_bank(content, TODAY)
        finally:
            (content / file).write_bytes(before)

    return opened


@slow
@given(data=changed(OWNERS, YAML_PIECES).map(lambda written: written.encode("utf-8", "replace")))
@example(data=OWNERS.replace("blev: [storby]", "blev: [x]").encode())
@example(data=OWNERS.replace("id: storby", "id: nordby").encode())
def test_bank_with_any_vocabulary(data: bytes, opened_with: Callable[[str, bytes], Bank]) -> None:
    bank = opened_with("vokabular/ägare.yml", data)
    assert pages_of(bank) or bank.catalogue.errors


@slow
@given(
    data=changed(WRITTEN["utlysningar/2018.md"], YAML_PIECES).map(lambda written: written.encode("utf-8", "replace"))
)
def test_bank_with_any_call(data: bytes, opened_with: Callable[[str, bytes], Bank]) -> None:
    bank = opened_with("utlysningar/2018.md", data)
    assert bank.catalogue.errors or pages_of(bank)


@quick
@given(st.text(), st.lists(st.text(min_size=1)))
def test_text_of_any_words(word: str, words: list[str]) -> None:
    assert text.fold(text.fold(word)) == text.fold(word)
    assert text.slugify(text.slugify(word)) == text.slugify(word)
    assert text.nearest(word, words) in {None, *words}
    assert sorted(words, key=text.sort_key) == sorted(reversed(words), key=text.sort_key)
