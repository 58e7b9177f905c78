from random import Random

import pytest
import yaml

from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.frontmatter import ContentFile, Items, Scalar, Table, parse, parse_yaml
from kunskapsbank.problems import ContentError


def read(text: str) -> ContentFile:
    return parse("a.md", text.encode())


def test_fields_and_body_know_their_lines() -> None:
    found = read("---\ntitel: Stella\n\nalias:\n  - Stjärnan\n---\n\n## Syfte\n")
    assert [(entry.key, entry.line) for entry in found.fields] == [("titel", 2), ("alias", 4)]
    assert found.fields.get("titel").value == Scalar("Stella", 2)  # type: ignore[union-attr]
    assert found.fields.get("alias").value == Items((Scalar("Stjärnan", 5),), 5)  # type: ignore[union-attr]
    assert found.body == "\n## Syfte\n"
    assert found.body_line == 7


def test_values_stay_as_the_editor_wrote_them() -> None:
    table = read("---\na: 2018\nb: ja\nc: 2026-11-22\nd: '007'\ne: ~\nf: '~'\ng: no\n---\n").fields
    assert [entry.value.text for entry in table if isinstance(entry.value, Scalar)] == [
        *("2018", "ja", "2026-11-22", "007", "", "~", "no"),
    ]


def test_nested_groups() -> None:
    [entry] = read("---\nmedel:\n  - år: 2018\n    form: LUM\n---\n").fields
    assert isinstance(entry.value, Items)
    [grant] = entry.value.values
    assert isinstance(grant, Table)
    assert [(inner.key, inner.line) for inner in grant] == [("år", 3), ("form", 4)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_do_not_matter(line_end: str, mark: str) -> None:
    text = "---\ntitel: Stella\n---\nEtt\nTvå\n"
    assert read(mark + text.replace("\n", line_end)) == read(text)


def test_decomposed_letters_are_composed() -> None:
    found = read("---\na\u030ar: ho\u0308sten\n---\na\u030a\n")
    assert found == read("---\når: hösten\n---\nå\n")


def test_a_rule_in_the_text_does_not_end_it() -> None:
    assert read("---\na: b\n---\nEtt\n\n---\n\nTvå\n").body == "Ett\n\n---\n\nTvå\n"


def test_no_fields_is_an_empty_table() -> None:
    assert list(read("---\n---\nText\n").fields) == []


def test_lines_count_from_the_first_line_given() -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml("a.yml", "a: b\nc: d: e\n", first_line=10)
    assert caught.value.problems[0].line == 11


def test_every_key_written_twice_is_told() -> None:
    with pytest.raises(ContentError) as caught:
        read("---\na: 1\na: 2\nb:\n  c: 1\n  c: 2\n---\n")
    assert [(problem.line, problem.field) for problem in caught.value.problems] == [(3, "a"), (6, "c")]


def _described(node: yaml.Node | None) -> object:
    if node is None:
        return None
    line = node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return line, str(node.value), not node.style
    if isinstance(node, yaml.MappingNode):
        return line, [(_described(key), _described(value)) for key, value in node.value]
    return line, [_described(value) for value in node.value]


def _own(text: str) -> object:
    """Return what PyYAML's own reader makes of a text, None where it finds a fault."""
    try:
        return _described(yaml.compose(text, Loader=yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return None


_WRITTEN = (
    'titel: "Stella: ett hem"\nalias: [Stjärnan, Bostad direkt]\nmedel:\n  - år: 2018\n    form: LUM\n',
    "sammanfattning: >-\n  Fler bodde kvar,\n  och färre vräktes.\n\nkälla: 'en ''annan'''\n",
    'ägare: ["Farsta", "Norra innerstaden"]\nfråga: Vad hände sedan?\n',
    "belägg: {vad: mätning, hur: före}\ntomt:\n# En kommentar\nmer: |\n  rad\n",
    'medel: [{"år": 2017, "form": "MUST"}, {år: 2018}]\nregler: {"år i rad": 3, "metod": ["a", b c], och: []}\n',
    "- ord: hyra\n  samma:\n  - hyresrätt\n  - lägenhet\n- ord: bo\n  vidare: [hem]\n",
)
_PIECES = (*":-#[]{},'\"|>&*!%@`?\n ~a", ": ", "\n  ", "\n- ", " #", " #x", ": |\n", "---", "...", "? ", "!!str", "\t")


def test_fields_are_the_same_whichever_reader_of_yaml_reads_them() -> None:
    random = Random(1)
    read_fast = 0
    for _ in range(1_500):
        text = random.choice(_WRITTEN)
        for _ in range(random.randrange(4)):
            place = random.randrange(len(text) + 1)
            text = text[:place] + random.choice(_PIECES) + text[place + random.randrange(2) :]
        try:
            found = _described(frontmatter._composed(text))
        except yaml.YAMLError:
            found = None
        assert found == _own(text), text
        read_fast += not frontmatter._NOT_FOR_LIBYAML.search(text)
    assert read_fast > 500
    assert not any(frontmatter._NOT_FOR_LIBYAML.search(text) for text in _WRITTEN)


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "[ # ]\n" * 50_000])
def test_no_depth_of_nesting_ends_the_program(text: str) -> None:
    with pytest.raises(ContentError):
        parse_yaml("a.yml", text)
