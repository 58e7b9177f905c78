"""What is written can be read again, and lies where the bank looks for it."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from kunskapsbank.checks import unconfirmed
from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import Items, Node, Scalar
from kunskapsbank.model import vocabulary
from kunskapsbank.model.vocabulary import Section
from kunskapsbank.reading import schema, vocabulary_files
from kunskapsbank.reading.loading import load
from kunskapsbank.swedish.text import normalise
from kunskapsbank.writing import drafts
from kunskapsbank.writing.drafts import Value, cleaned, place, scalar, suggested, written

KEYS = [rule.key for rule in schema.FIELDS]
KINDS = vocabulary_files.load(ROOT / "tests/cases/sample")[0][vocabulary.KINDS]


def value_of(node: Node) -> Value:
    """Return what was read in the form in which it is written."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [value_of(item) for item in node.values]
    return {entry.key: value_of(entry.value) for entry in node}


def as_read(value: Value) -> Value:
    """Return what is to be read again of a value: its text cleaned, nothing where a list or group is empty."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {key: as_read(inner) for key, inner in value.items()} or ""
    return [as_read(inner) for inner in value] or ""


def fields_of(text: str) -> dict[str, Value]:
    return {entry.key: value_of(entry.value) for entry in frontmatter.parse("a.md", text.encode()).fields}


# What YAML gives a meaning of its own, between words.
SIGNS = [*"-?:,[]{}#&*!|>'\"%@`~=.\\ \n\t\u00a0", ": ", " #", "null", "ja", "2018", "e\u0301", "å"]
tricky = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)
texts = st.text(max_size=20) | tricky
keys = st.sampled_from(KEYS)
groups = st.dictionaries(keys, texts | st.lists(texts, max_size=3), max_size=3)
values = texts | st.lists(texts, max_size=4) | groups | st.lists(groups, max_size=3)


@given(st.dictionaries(keys, values, max_size=6), st.dictionaries(keys, st.lists(texts, max_size=2), max_size=3))
def test_any_fields_are_read_as_they_were_written(fields: dict[str, Value], notes: dict[str, list[str]]) -> None:
    found = fields_of(written(fields, "Text", notes))

    assert found == {key: as_read(value) for key, value in fields.items()}
    assert list(found) == sorted(fields, key=KEYS.index)


@given(texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


def test_a_hash_in_a_title_survives() -> None:
    assert fields_of(written({"titel": "Projekt #3"}, "")) == {"titel": "Projekt #3"}


def test_common_values_stand_without_quotation_marks() -> None:
    plain = ["2018", "2026-11-22", "Enskede-Årsta-Vantör", "3.1.1-123/2019", "Vad? Jo, det!", "”Ingen ska lämnas”"]

    assert [scalar(text) for text in plain] == plain


def test_the_body_is_kept_line_by_line() -> None:
    read = frontmatter.parse("a.md", written({"titel": "a"}, "\n## Rubrik\r\n\ntext  \n\n").encode())

    assert (read.body, read.body_line) == ("\n## Rubrik\n\ntext  \n", 4)


def test_notes_stand_above_their_field_and_also_without_one() -> None:
    text = written({"titel": "A"}, "", {"typ": ["typ: slutrapport"], "titel": ["Vad sidan heter\nhär", "två"]})

    assert text == "---\n# Vad sidan heter här\n# två\ntitel: A\n# typ: slutrapport\n---\n"


def test_a_key_that_the_schema_lacks_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="påhitt"):
        written({"påhitt": "a"}, "")


def test_the_real_files_can_be_written_again() -> None:
    catalogue = load(ROOT / "content", date(2026, 11, 22))
    sources = [source for file, source in catalogue.sources.items() if not file.startswith(("om/", "index"))]

    for source in sources:
        fields = {entry.key: value_of(entry.value) for entry in source.fields}
        assert fields_of(written(fields, source.body)) == fields
    assert len(sources) > 50


def test_every_document_of_the_bank_lies_where_it_would_be_put() -> None:
    for file in ("projekt/stella/2016-slutrapport.md", "projekt/exempel-promenadgrupper/2026-projektplan.md"):
        year, kind = re.findall(r"(\d+)-(\w+)\.md", file)[0]
        assert place(kind, file.split("/")[1], int(year), "") == file
        assert (ROOT / "content" / file).is_file()


def test_no_name_makes_a_path_that_windows_refuses() -> None:
    long = place("forskningsrapport", "", None, "Ett mycket långt namn som aldrig tar slut " * 9)

    assert long == "forskning/ett-mycket-langt-namn-som-aldrig-tar-slut-ett-mycket-langt.md"
    assert place("projekt", "", None, "Å" * 300) == f"projekt/{'a' * 60}/index.md"
    assert place("projekt", "", None, "CON") == "projekt/con-projekt/index.md"
    assert place("forskningsrapport", "", None, "Index") == "forskning/index-forskningsrapport.md"
    assert place("forskningsrapport", "", None, "???") == "forskning/utan-namn.md"


@given(st.sampled_from(["projekt", "reserapport", "forskningsrapport"]), st.text(max_size=200))
def test_any_name_makes_a_path_of_plain_letters(kind: str, name: str) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z0-9-]{1,80}(/index)?\.md", place(kind, "", None, name))


def test_decomposed_letters_make_the_same_place() -> None:
    assert place("reserapport", "", 2026, "Malmo\u0308") == place("reserapport", "", 2026, normalise("Malmö"))


def test_what_is_asked_for_later_is_no_heading_and_help_cannot_end_its_comment() -> None:
    sections = [Section("Syfte", "Skriv --> här --- nu"), Section("Jämställdhetsanalys", from_year=2018)]

    assert drafts.outline(sections, 2017) == "## Syfte\n\n<!-- Hjälp: Skriv –> här – nu -->\n"
    assert drafts.outline(sections, 2018).endswith("\n## Jämställdhetsanalys\n")


def test_a_suggestion_is_a_note_that_the_check_knows() -> None:
    assert suggested("Målgruppen är nyanlända.").startswith(unconfirmed.SUGGESTED)
    assert suggested("") == unconfirmed.SUGGESTED
