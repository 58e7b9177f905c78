from math import log2

import pytest
from metrics import Scores, ndcg, recall, reciprocal_rank, score, success

SECOND, THIRD = 1 / log2(3), 1 / 2  # what a right document is worth at the second and the third place


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        (["a", "b", "c"], {"a"}, 1),
        (["b", "a", "c"], {"a"}, SECOND),
        (["b", "c", "a"], {"a"}, THIRD),
        (["b", "c", "d"], {"a"}, 0),
        ([], {"a"}, 0),
        (["a", "b", "c"], {"a", "b"}, 1),
        (["b", "a", "c"], {"a", "b"}, 1),
        (["a", "c", "b"], {"a", "b"}, (1 + THIRD) / (1 + SECOND)),
        (["c", "a", "b"], {"a", "b"}, (SECOND + THIRD) / (1 + SECOND)),
        (["a"], {"a", "b"}, 1 / (1 + SECOND)),
        (["a", "b", "c"], {"a", "b", "c", "d"}, (1 + SECOND + THIRD) / (1 + SECOND + THIRD + 1 / log2(5))),
    ],
)
def test_ndcg(ranking: list[str], relevant: set[str], expected: float) -> None:
    assert ndcg(ranking, relevant) == pytest.approx(expected)


def test_ndcg_of_a_worked_example() -> None:
    # Right ones at 2, 3 and 6 of ten: (0.6309 + 0.5 + 0.3562) / (1 + 0.6309 + 0.5) = 1.4871 / 2.1309
    assert ndcg(list("-ab--c----"), {"a", "b", "c"}) == pytest.approx(0.6979, abs=1e-4)


def test_nothing_counts_below_the_tenth_place() -> None:
    tenth, eleventh = [*"-" * 9, "a"], [*"-" * 10, "a"]
    assert ndcg(tenth, {"a"}) == pytest.approx(1 / log2(11))
    assert reciprocal_rank(tenth, {"a"}) == pytest.approx(0.1)
    assert recall(tenth, {"a"}) == 1
    assert ndcg(eleventh, {"a"}) == reciprocal_rank(eleventh, {"a"}) == recall(eleventh, {"a"}) == 0


def test_more_right_documents_than_places_can_still_be_perfect() -> None:
    relevant = {str(number) for number in range(12)}
    ranking = [str(number) for number in range(10)]
    assert ndcg(ranking, relevant) == recall(ranking, relevant) == 1


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [(["a", "b"], 2 / 3), (["x", "c"], 1 / 3), (["c", "b", "x", "a"], 1), (["x"], 0), ([], 0)],
)
def test_recall_of_three_right_documents(ranking: list[str], expected: float) -> None:
    assert recall(ranking, {"a", "b", "c"}) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranking", "rank", "first"),
    [(["a", "b"], 1, 1), (["x", "b", "a"], 1 / 2, 0), (["x", "y", "z", "b"], 1 / 4, 0), ([], 0, 0)],
)
def test_reciprocal_rank_and_success_look_at_the_first_right_one(ranking: list[str], rank: float, first: float) -> None:
    assert reciprocal_rank(ranking, {"a", "b"}) == pytest.approx(rank)
    assert success(ranking, {"a", "b"}) == first


def test_score_is_the_mean_over_all_questions() -> None:
    scores = score([["a"], ["x", "a"], ["x"], []], [{"a"}, {"a"}, {"a"}, {"a"}])
    expected = Scores(ndcg=(1 + SECOND) / 4, mrr=1.5 / 4, recall=2 / 4, success=1 / 4, no_hit=1 / 4)
    for name in Scores.__slots__:
        assert getattr(scores, name) == pytest.approx(getattr(expected, name)), name


def test_a_document_listed_twice_is_found_once() -> None:
    scores = score([["x", "x", "a", "a"]], [{"a", "b"}])
    assert scores.ndcg == pytest.approx(SECOND / (1 + SECOND))
    assert scores.recall == 1 / 2


def test_each_question_needs_a_ranking() -> None:
    with pytest.raises(ValueError, match="longer"):
        score([["a"]], [{"a"}, {"b"}])
    with pytest.raises(ValueError, match="no question"):
        score([], [])
