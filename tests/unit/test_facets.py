from kunskapsbank.bank import Bank
from kunskapsbank.model import facets, vocabulary
from kunskapsbank.model.facets import Entry, Facet, newest_first


def entry(bank: Bank, facet: Facet, term_id: str) -> Entry:
    return next(found for found in bank.index.of(facet) if found.term.id == term_id)


def test_district_of_today_counts_what_its_predecessors_wrote(sample: Bank) -> None:
    storby = entry(sample, facets.OWNER, "storby")
    assert [record.id for record in storby.own] == ["resor-2021-malmo"]
    assert [record.id for record in storby.documents] == [
        "resor-2021-malmo",
        "bryggan-2019-projektplan",
        "bryggan-2018-slutrapport",
    ]
    # Nordby and Sydby owned the project together: it counts once.
    assert [record.id for record in storby.projects] == ["bryggan"]


def test_old_name_counts_only_its_own(sample: Bank) -> None:
    nordby = entry(sample, facets.OWNER, "nordby")
    assert nordby.own == nordby.members
    assert nordby.ids == {"bryggan", "bryggan-2018-slutrapport", "bryggan-2019-projektplan"}


def test_years_newest_first_with_research_under_the_year_of_its_report(sample: Bank) -> None:
    years = sample.index.of(facets.YEAR)
    assert [found.term.label for found in years] == ["2021", "2019", "2018", "2016"]
    assert "forskning-samtal" in entry(sample, facets.YEAR, "2018").ids
    assert "bryggan" in entry(sample, facets.YEAR, "2018").ids & entry(sample, facets.YEAR, "2019").ids


def test_terms_without_records_are_there(sample: Bank) -> None:
    assert entry(sample, facets.METHOD, "studiecirkel").members == ()
    for facet in facets.FACETS:
        if facet.vocabulary:
            terms = {found.term for found in sample.index.of(facet)}
            assert terms == set(sample.catalogue.vocabularies[facet.vocabulary])


def test_order_is_alphabetical_or_that_of_the_file(sample: Bank) -> None:
    assert [found.term.label for found in sample.index.of(facets.OWNER)] == [
        "Farsta",
        "Nordby",
        "Socialförvaltningen",
        "Storby",
        "Sydby",
    ]
    statuses = [found.term.label for found in sample.index.of(facets.ANALYSIS)]
    assert statuses == ["ej efterfrågad", "framgår inte av källan", "saknas", "planerad", "genomförd"]


def test_entry_is_found_by_term(sample: Bank) -> None:
    storby = entry(sample, facets.OWNER, "storby")
    assert sample.index.entry(facets.OWNER, storby.term) is storby
    assert storby.url == "stadsdelar/storby/"


def test_newest_first_then_by_title(sample: Bank) -> None:
    titles = [record.title for record in newest_first(sample.catalogue)]
    assert titles == [
        "Reserapport: Samtal med unga i Malmö",
        "Bryggan",
        "Projektplan 2019: Bryggan",
        "Samtal som metod",
        "Slutrapport 2018: Bryggan",
        "Utlysning 2018",
        "Slutrapport 2016: Trappan",
        "Trappan",
    ]


def test_every_record_is_under_its_kind(sample: Bank) -> None:
    members = [record.id for found in sample.index.of(facets.KIND) for record in found.members]
    assert sorted(members) == [record.id for record in sample.catalogue]


def test_a_project_is_found_by_its_status_and_a_document_has_none(sample: Bank) -> None:
    found = {found.term.id: found for found in sample.index.of(facets.STATUS)}
    assert "bryggan" in found["avslutat"].ids
    assert [record for entry in found.values() for record in entry.documents] == []


def test_values_are_followed_through_what_a_record_has_several_of(sample: Bank) -> None:
    form = facets.Facet("pengar", "pengar", "Pengar", "Pengar", "grants.form", vocabulary.FUNDING)
    bryggan = sample.catalogue.get("bryggan")
    assert bryggan
    # Two years of the same money are one value.
    assert [term.id for term in form.values(bryggan, sample.catalogue)] == ["lum"]


def test_every_facet_has_an_address_and_a_name_of_its_own() -> None:
    for names in ([facet.id for facet in facets.FACETS], [facet.key for facet in facets.FACETS]):
        assert len(set(names)) == len(names)
