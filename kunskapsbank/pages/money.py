"""Amounts and grants → how pages say them, and that no source states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.swedish.phrases import number_text, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kunskapsbank.model.record import Grant

NOT_STATED = "framgår inte av källan"


def kronor(amount: int | None) -> str:
    """Return an amount as shown, or that the source does not state it."""
    return NOT_STATED if amount is None else f"{number_text(amount)} kr"


def amounts_note(grants: Iterable[Grant]) -> str:
    """Return a sentence that stands for all the amounts where none is stated, else ""."""
    return "" if any(grant.amount is not None for grant in grants) else f"Beloppen {NOT_STATED}."


def notes(grant: Grant) -> Iterable[str]:
    """Yield what must be known of a grant."""
    if grant.paid_back:
        yield "återbetalt"
    if grant.inferred:
        yield "källan säger bara att arbetet pågick"


def runs(grants: Iterable[Grant]) -> list[tuple[Grant, tuple[int, ...]]]:
    """Return grants that differ in nothing but their years together, each with its years, by the first of them."""
    found: dict[tuple[object, ...], tuple[Grant, list[int]]] = {}
    for grant in sorted(grants, key=lambda grant: grant.year):
        alike = (grant.form, grant.amount, grant.paid_back, grant.inferred)
        found.setdefault(alike, (grant, []))[1].append(grant.year)
    return [(grant, tuple(years)) for grant, years in found.values()]


def told(grants: Iterable[Grant]) -> str:
    """Return grants in sentences: "LUM 2018, 2019. Beloppen framgår inte av källan."; "" for none."""
    all_grants = tuple(grants)
    sentences = []
    for grant, years in runs(all_grants):
        amount = () if grant.amount is None else (f"{kronor(grant.amount)}{' om året' if len(years) > 1 else ''}",)
        sentences.append(f"{', '.join((f'{grant.form.label} {years_text(years)}', *amount, *notes(grant)))}.")
    return " ".join((*sentences, amounts_note(all_grants))).strip() if sentences else ""
