"""The words of a text are told apart once, for those who compare texts and for those who explain words in them."""

from kunskapsbank.pages.tokens import Tokens, tokens

TEXT = "Hälso- och sjukvård, FoU-enheten:\nsnake_case 2-3 och"


def test_words_keep_hyphens_and_capitals() -> None:
    assert Tokens(TEXT).in_order == ["Hälso", "och", "sjukvård", "FoU-enheten", "snake", "case", "2-3", "och"]


def test_parts_are_what_stands_between_hyphens() -> None:
    assert Tokens(TEXT).parts == {"hälso", "och", "sjukvård", "fou", "enheten", "snake", "case", "2", "3"}


def test_words_in_a_row_are_given_as_they_are_written() -> None:
    found = Tokens(TEXT)
    assert found.written(0, 3) == "Hälso- och sjukvård"
    assert found.written(3, 2) == "FoU-enheten:\nsnake"
    assert found.written(7, 1) == "och"


def test_who_asks_of_the_same_text_gets_the_same_words() -> None:
    assert tokens(TEXT) is tokens(TEXT)
    assert tokens("annat").in_order == ["annat"]
