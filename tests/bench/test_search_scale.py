from browser import Answer, Fetch
from measure import Cost
from scale import Scale
from search_scale import table


def scale(engine: str, factor: int, **more: object) -> Scale:
    def visit(first: int) -> list[Answer]:
        return [
            Answer(3, (Fetch("/a", first * factor), Fetch("/b", 1000 * factor)), 20.0 * factor),
            Answer(0, (Fetch("/c", 500 * factor),), 10.0 * factor),
        ]

    return Scale(engine, Cost(2.0 * factor, 10**6), 4_000_000, [visit(1000), visit(9000), visit(2000)], **more)


def test_the_table_tells_ratios_and_growth() -> None:
    ours = scale("kunskapsbank", 1, others={"Whoosh, CPU s": 123.4})
    broken = Scale("lunr", Cost(1, 1), 1, [[Answer(None, (), 0)]], Cost(5, 5))
    lines = table({10: [ours, scale("Pagefind", 2)], 20: [ours, scale("Pagefind", 4), broken]}).splitlines()
    assert lines[0] == "| documents | measure | kunskapsbank | Pagefind | lunr | Pagefind ÷ ours | lunr ÷ ours |"
    assert "| 10 | first query, kB | 3 | 6 | – | 2× | – |" in lines
    assert "| 20 | next query, kB | 0.5 | 2 | – | 4× | – |" in lines
    assert "| 20 | getting ready in the browser, CPU s | – | – | 5 | – | – |" in lines
    assert "| 10 | Whoosh, CPU s | 123 | – | – | – | – |" in lines
    assert "| 20 ÷ 10 | first query, kB | 1× | 2× | – |  |  |" in lines
    assert not any("last key" in line and line.startswith("| 10 |") for line in lines), "nothing was typed"
