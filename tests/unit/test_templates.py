"""Templates are rendered with less than Jinja spends on them, and come out the same."""

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from kunskapsbank_mkdocs.templates import quicken, shown

VALUES = ("ord", "", "a & b", "<b>", "1 > 0", '"så"', "'så'", Markup("<b>fet</b>"), 17, None, True, ["<", "a"])
PARTS = {
    "base.html": "<title>{% block title %}{{ title }}{% endblock %}</title>{% block body %}{% endblock %}",
    "page.html": """{% extends "base.html" %}{% import "parts.html" as parts with context %}
{% block body %}{% set both %}{{ title }} {{ parts.row(rows[0]) }}{% endset %}{{ both }}{{ both | upper }}
{% for one in rows %}{{ parts.row(one, level=loop.index) }}{% include "foot.html" %}{% endfor %}
{% call(way) parts.box("<&>") %}{{ way }} {{ title ~ "<" }} {{ parts.missing }}{% endcall %}
{{ give(title) }}{% endblock %}""",
    "parts.html": """{% macro row(text, level=3) %}<h{{ level }}>{{ text }}</h{{ level }}>{% endmacro %}
{% macro box(name) %}<p title="{{ name }}">{{ caller(title) }}</p>{% endmacro %}""",
    "foot.html": "{{ one }} {{ loop.index }}",
}


@pytest.mark.parametrize("value", VALUES)
def test_what_is_shown_is_escaped_as_ever(value: object) -> None:
    assert "".join([shown(value)]) == escape(value)


def test_a_page_is_the_same_as_jinja_itself_makes_it() -> None:
    made = []
    for prepare in (quicken, lambda _: None):
        env = Environment(loader=DictLoader(PARTS), autoescape=True)
        prepare(env)
        env.globals["give"] = lambda text: f"{text}!"
        made.append([env.get_template("page.html").render(title=value, rows=VALUES) for value in VALUES])
    assert made[0] == made[1]
    assert "&lt;b&gt;" in made[0][0]


def test_it_is_our_own_function_that_pieces_are_escaped_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kunskapsbank_mkdocs.templates.shown", lambda value: f"[{value}]")
    env = Environment(autoescape=True)
    quicken(env)
    assert env.from_string("{{ a }} {% macro b(c) %}{{ c }}{% endmacro %}{{ b(1) }}").render(a="x") == "[x] [[1]]"
