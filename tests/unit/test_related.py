"""Which records are like each other, and in what: as a look at every pair would have it, but without one."""

from collections import Counter
from collections.abc import Callable

from support import calls_of, times_larger

from kunskapsbank.bank import Bank
from kunskapsbank.model import facets
from kunskapsbank.model.record import Record
from kunskapsbank.pages.records import Views
from kunskapsbank.pages.related import MOST, Related

TRAPPAN = "projekt/trappan/index.md"


def by_pairs(bank: Bank, record: Record) -> list[str]:
    """Return the ids of the records most like one by the terms they share alone, each pair looked at."""
    weights: Counter[str] = Counter()
    for other in bank.catalogue.real:
        if other.kind.rule.is_report != record.is_document or other.id == record.id:
            continue
        if record.project and other.project == record.project:
            continue
        for facet in facets.FACETS:
            shared = set(facet.values(record, bank.catalogue)) & set(facet.values(other, bank.catalogue))
            for term in shared if facet.about else ():
                weights[other.id] += 1_000_000 // len(bank.index.entry(facet, term).members)
    first: dict[str, str] = {}
    for other_id in sorted(weights, key=lambda one: (-weights[one], one)):
        found = bank.catalogue.get(other_id)
        assert found
        first.setdefault(found.project or found.id, other_id)
    return list(first.values())[:MOST]


def wordless(bank: Bank) -> Related:
    """Return what finds the related of a bank whose word list and methods have no names that texts could have."""
    found = Related(bank.catalogue, bank.index)
    found._field._by_stem.clear()
    return found


def test_terms_are_weighed_as_a_look_at_every_pair_would(bank: Bank, sample: Bank) -> None:
    for one in (bank, sample):
        related = wordless(one)
        reports = [record for record in one.catalogue.real if record.kind.rule.is_report or not record.is_document]
        assert reports
        for record in reports:
            assert [like.record.id for like in related.of(record)] == by_pairs(one, record)


def test_each_says_what_is_shared(bank: Bank) -> None:
    related = Related(bank.catalogue, bank.index)
    model = bank.catalogue.get("sodermalmsmodellen")
    assert model
    first, *_ = related.of(model)
    assert first.record.id == "stockholms-regnbagsteam"
    assert first.reasons[0] == "samma metod: boendestöd"
    for record in bank.catalogue.real:
        for like in related.of(record):
            assert like.reasons
            assert not like.record.example
            assert like.record.id != record.id


def test_texts_are_compared_by_words_of_the_field(
    sample_with: Callable[..., Bank], written: Callable[..., str]
) -> None:
    words = (
        "beskrivning: Ord.\nord:\n  - ord: polis\n    samma: [poliser]\n  - ord: hyresvärd\n"
        "  - ord: socbidrag\n    samma: [socialbidrag]\n"
    )

    def like(name: str, text: str) -> str:
        return written(TRAPPAN, ("Trappan", name), ("Texten är påhittad.", text))

    bank = sample_with(
        {
            "vokabular/ordlista.yml": words,
            TRAPPAN: written(TRAPPAN, ("Texten är påhittad.", "Polisen och hyresvärden talade om något annat.")),
            "projekt/a/index.md": like("Räcket", "Poliserna och en hyresvärd talade om något annat."),
            "projekt/b/index.md": like("Golvet", "En hyresvärd talade om något annat."),
        }
    )
    assert not bank.catalogue.errors
    trappan = bank.catalogue.get("trappan")
    assert trappan
    found = {one.record.title: one.reasons for one in Related(bank.catalogue, bank.index).of(trappan)}
    # What fewer have stands first.
    assert "liknande text om polis och hyresvärd" in found["Räcket"]
    assert not [reason for reason in found["Golvet"] if "text" in reason]


def test_what_is_done_grows_as_the_bank_does(sample: Bank) -> None:
    def all_related(views: Views) -> object:
        related = Related(views.catalogue, views.index)
        return [related.of(record) for record in views.catalogue.real]

    small, large = (calls_of(all_related, times_larger(sample, times)) for times in (40, 160))
    assert large < 6 * small
