"""Hits of one project are shown together, the best or the one with results first."""

from dataclasses import replace

import pytest

from kunskapsbank.search.documents import Document
from kunskapsbank.search.gathering import gathered
from kunskapsbank.search.query import Hit


@pytest.mark.parametrize(
    ("hits", "groups"),
    [
        ("", ""),
        # A name, a score, and ! where it tells of results; what is before the hyphen is the project.
        ("a-1 9, b-1 8, a-2 7", "a-1 a-2, b-1"),
        ("-1 9, -2 8, -3 7", "-1, -2, -3"),
        ("a-1 10, a-2! 9, a-3 8", "a-2 a-1 a-3"),
        ("a-1 10, a-2! 8.9", "a-1 a-2"),
        ("a-1! 10, a-2! 9.5", "a-1 a-2"),
        ("b-1 9, a-1 8, -1 7, b-2! 1, a-2 0.5", "b-1 b-2, a-1 a-2, -1"),
    ],
)
def test_groups(hits: str, groups: str, found: list[Document]) -> None:
    given = []
    for one in filter(None, hits.split(", ")):
        name, score = one.split()
        project, _, _ = name.partition("-")
        document = replace(
            found[0], id=name.strip("!"), project=project, result="har resultat" if name.endswith("!") else ""
        )
        given.append(Hit(document, float(score)))
    together = [" ".join(hit.document.id for hit in group) for group in gathered(given)]
    assert together == [group for group in groups.split(", ") if group]


def test_in_an_order_of_time_the_first_stays_first(found: list[Document]) -> None:
    documents = [replace(found[0], id=name, project="a", result=result) for name, result in (("1", ""), ("2", "har"))]
    [group] = gathered([Hit(document, 1.0) for document in documents], is_ranked=False)
    assert [hit.document.id for hit in group] == ["1", "2"]
