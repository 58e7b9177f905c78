"""What is remembered of words: as good as what is worked out anew, and never more than was allowed."""

from kunskapsbank.search.remembered import Remembered


def test_a_value_is_made_once_while_there_is_room() -> None:
    asked: list[str] = []

    def made(key: str) -> int:
        asked.append(key)
        return len(key)

    known = Remembered(made, 2)

    assert [known[key] for key in ("bo", "barn", "bo", "barn")] == [2, 4, 2, 4]
    assert asked == ["bo", "barn"]


def test_where_there_is_no_room_left_all_is_forgotten() -> None:
    known = Remembered(len, 2)

    assert [known[key] for key in ("bo", "barn", "stöd", "bo")] == [2, 4, 4, 2]
    assert sorted(known) == ["bo", "stöd"]
