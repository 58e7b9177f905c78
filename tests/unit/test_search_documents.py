"""What is searched of a record: its text is read when it is asked for, and a change of it is told without."""

from dataclasses import replace
from functools import partial

from kunskapsbank.bank import Bank
from kunskapsbank.search.documents import Document, Late, documents

DOCUMENT = Document(
    id="kattuggla",
    url="projekt/kattuggla/",
    title="Kattuggla",
    kind="Projekt",
    years=(2018,),
    owners=("Norra",),
    example=False,
    summary="",
    headings="",
    body="Vi räknade ugglor.",
    names="",
    facets={},
    facet_names={},
)


def test_a_late_text_is_read_only_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def read(text: str) -> str:
        asked.append(text)
        return text

    document = replace(DOCUMENT, body=Late(partial(read, "Vi matade ugglor."), "en"))
    other = replace(DOCUMENT, body=Late(partial(read, "Vi matade ugglor."), "två"))

    assert len({DOCUMENT.digest, document.digest, other.digest}) == 3
    assert asked == []
    assert document.body == document.texts["body"] == "Vi matade ugglor."
    assert asked == ["Vi matade ugglor."] * 2


def test_a_text_that_is_put_in_place_of_a_late_one_is_another(bank: Bank) -> None:
    document = next(documents(bank.catalogue, bank.index))
    changed = replace(document, body=f"{document.body} Och en kattuggla.")

    assert changed.body.endswith("kattuggla.")
    assert changed.digest != document.digest
    assert replace(document, title="Kattuggla").digest != document.digest


def test_what_stands_in_the_fields_of_a_record_changes_its_document_too(bank: Bank) -> None:
    record = next(record for record in bank.catalogue.real if record.is_document)
    changed = replace(record, unknown=(*record.unknown, "hur många kattugglor som kom"))
    records = tuple(changed if one is record else one for one in bank.catalogue.records)
    before = {one.id: one for one in documents(bank.catalogue, bank.index)}
    after = {one.id: one for one in documents(replace(bank.catalogue, records=records), bank.index)}

    assert after[record.id].body.endswith("Vi vet inte hur många kattugglor som kom.")
    assert {name for name in after if after[name].digest != before[name].digest} == {record.id}
