from datetime import date
from pathlib import Path

import pytest

from kunskapsbank.markup import frontmatter
from kunskapsbank.markup.body import Body
from kunskapsbank.model import vocabulary
from kunskapsbank.model.kinds import Kind
from kunskapsbank.model.record import Account, Grant, Limits, Record
from kunskapsbank.problems import ContentError
from kunskapsbank.reading import record_fields, schema, vocabulary_files
from kunskapsbank.reading.fields import Reading, example_of

SAMPLE = Path(__file__).parents[2] / "tests/cases/sample"
VOCABULARIES, _ = vocabulary_files.load(SAMPLE)


def read(file: str) -> Record:
    content_file = frontmatter.parse(file, (SAMPLE / file).read_bytes())
    record, remarks = record_fields.read_record(content_file, Body(), "an-id", VOCABULARIES, date(2026, 11, 22))
    assert remarks == []
    return record


def test_project() -> None:
    record = read("projekt/bryggan/index.md")
    lum = VOCABULARIES[vocabulary.FUNDING].get("lum")
    assert record.kind is Kind.PROJECT
    assert record.id == "an-id"
    assert (record.title, record.aliases, record.years) == ("Bryggan", ("Bron",), (2018, 2019))
    assert [owner.label for owner in record.owners] == ["Nordby", "Sydby"]
    assert record.grants == (Grant(2018, lum, 500000), Grant(2019, lum))
    assert record.published == date(2026, 11, 20)
    assert record.call is None


def test_call() -> None:
    call = read("utlysningar/2018.md").call
    assert call is not None
    assert call.direction == ("tidigt stöd", "jämställdhet")
    assert call.limits == Limits(project_amount=750000, applications_per_district=3)
    assert (call.opens, call.closes, call.unused_told_by) == (date(2017, 9, 1), date(2017, 10, 15), None)
    assert call.account == Account(2016, 1, None, "Antalet studieresor framgår inte av källan.")


def test_report_with_analysis() -> None:
    record = read("projekt/bryggan/2018-slutrapport.md")
    assert record.gender_analysis is not None
    assert record.gender_analysis.status.label == "genomförd"
    assert [method.label for method in record.gender_analysis.methods] == ["Sjuan"]
    assert (record.digest, record.example, record.report_year) == (True, False, 2019)


def test_every_problem_of_a_file_at_once() -> None:
    written = "---\ntitel: [a]\ntyp: slutrapport\når: i fjol\nplats: Malmö\nteman: rymden\nokänt: a\n---\n"
    content_file = frontmatter.parse("projekt/a/b.md", written.encode())
    with pytest.raises(ContentError) as caught:
        record_fields.read_record(content_file, Body(), "id", VOCABULARIES, date(2026, 11, 22))
    told = {problem.field for problem in caught.value.problems}
    assert told == {"titel", "år", "plats", "teman", "okänt", "publicerad", "sammanfattning", "källa"}


def test_keys_labels_and_attributes_are_unique_and_belong_to_the_record() -> None:
    assert len({rule.key for rule in schema.FIELDS}) == len(schema.FIELDS)
    assert len({rule.attribute for rule in schema.FIELDS}) == len(schema.FIELDS)
    call_attributes = set(record_fields._CALL_ATTRIBUTES)
    assert {rule.attribute for rule in schema.FIELDS} - call_attributes <= set(Record.__dataclass_fields__)
    assert schema.key_of("owners") == "ägare"
    assert schema.label_of("report_year") == "Rapportår"


@pytest.mark.parametrize("rule", schema.FIELDS, ids=lambda rule: rule.key)
def test_the_example_of_every_field_is_right(rule: schema.FieldRule) -> None:
    vocabularies, _ = vocabulary_files.load(Path(__file__).parents[2] / "content")
    example = example_of(rule, vocabularies)
    reading = Reading("a.md", vocabularies, date(2026, 11, 22), [], rule.key, example)
    # As the hint shows it: pasted into a file it must be read without a problem.
    table = frontmatter.parse_yaml("a.md", reading.copy_this.removeprefix("Skriv till exempel "))
    [entry] = table
    assert rule.reader(entry.value, reading)
    assert reading.problems == []
