"""A question's words → sentences on those that no text has, and on what they were taken for or lie nearest to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kunskapsbank.search.concepts import Concept
    from kunskapsbank.search.meanings import Meanings


def absent(
    question: str, concepts: Sequence[Concept], meanings: Meanings, themes: Mapping[str, tuple[str, int]]
) -> tuple[str, ...]:
    """Return what to tell of the words that no text has; `themes` maps ids to labels and how much there is."""
    return tuple(dict.fromkeys(_told(question, concepts, meanings, themes)))


def _told(
    question: str, concepts: Sequence[Concept], meanings: Meanings, themes: Mapping[str, tuple[str, int]]
) -> Iterator[str]:
    for concept in concepts:
        if concept.instead:
            yield (
                f"Ordet ”{concept.word}” finns inte i någon text. Visar träffar för "
                f"{listed([f'”{word}”' for word in concept.instead])}. Sök på det som du skrev med citattecken."
            )
        elif concept.absent:
            typed = question[concept.near_start : concept.near_end] if concept.near else concept.word
            label, count = themes.get(meanings.themes.get(concept.near, ""), ("", 1))
            if label.casefold() == typed.casefold() and not count:
                yield f"Temat {label} finns, men inget dokument hör till det än."
            else:
                yield f"Ordet ”{typed}” finns inte i någon text.{_near(typed, concept.near, meanings, themes)}"


def _near(typed: str, group: str, meanings: Meanings, themes: Mapping[str, tuple[str, int]]) -> str:
    label, count = themes.get(meanings.themes.get(group, ""), ("", 0))
    if label:
        return f" Närmast: temat {label}{'' if count else ', som inget dokument hör till än'}."
    name = meanings.names.get(group, "")
    return f" Närmast: {name}." if name and name.casefold() != typed.casefold() else ""
