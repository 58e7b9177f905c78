"""The shared cases of the analysis are those that Python's analysis gives."""

from analysis_cases import FILE, made
from support import ROOT


def test_the_cases_are_up_to_date() -> None:
    assert FILE.read_text("utf-8") == made(), "Run scripts/make_cases, and see in the difference that it was meant."


def test_both_clients_have_the_same_irregular_forms() -> None:
    python = (ROOT / "kunskapsbank/swedish/irregular.py").read_text("utf-8").partition('_LINES = """\n')[2]
    script = ROOT / "plugins/kunskapsbank_mkdocs/theme/assets/kunskapsbank/js/search/irregular.js"
    javascript = script.read_text("utf-8").partition("LINES = `\n")[2]
    lines = python.partition('"""')[0]
    assert lines == javascript.partition("`")[0]
    assert len(lines.splitlines()) > 100
