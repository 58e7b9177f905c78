"""What accounts and districts' reports are made of: what is known of a year, in sentences, lists and tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kunskapsbank.accounts.paper import Draft, Paper, Span, gap, line, strong
from kunskapsbank.accounts.paper import Form as Look
from kunskapsbank.reading import schema
from kunskapsbank.swedish.phrases import capitalised, listed, number_text, number_word, years_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kunskapsbank.accounts.paper import Line
    from kunskapsbank.accounts.year import Granted, Year
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.record import Outcome, Record
    from kunskapsbank.model.vocabulary import Term

UNFINISHED = "Kvar att fylla i"


def owners_text(owners: Iterable[Term]) -> str:
    """Return owners as they stand in a sentence, by the names that they had."""
    return listed([owner.label for owner in owners])


def count(number: int, one: str, several: str, article: str = "ett") -> str:
    """Return a number and what there is so many of: "ett projekt", "tre studieresor"."""
    return f"{number_word(number, article)} {one if number == 1 else several}"


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital first and a full stop last."""
    return capitalised(text if text.endswith((".", "!", "?", "…")) else f"{text}.")


def in_short(year: Year) -> Iterator[str]:
    """Yield the sentences that a summary has of the year."""
    yield from _granted_sentences(year)
    if year.research:
        told = count(len(year.research), "forskningsrapport", "forskningsrapporter", "en")
        yield sentence(f"{told} redovisas")
    if year.stated_trips is not None:
        yield sentence(f"{trips_text(year.stated_trips)} beviljades medel")


def direction(draft: Draft, year: Year, words: AccountWords) -> None:
    """List the direction of the call, if there is one."""
    if year.call:
        draft.paragraph(words.account.one("direction", year=year.year, call_year=year.call_year))
        draft.bullets(line(capitalised(point)) for point in year.call.direction)


def granted(draft: Draft, year: Year) -> None:
    """Tell how many projects were granted money, as stated and as known, which never began, where sources differ."""
    draft.paragraph(" ".join(_granted_sentences(year)))
    if year.note:
        draft.paragraph(year.note)


def _granted_sentences(year: Year) -> Iterator[str]:
    counted, stated = len(year.granted), year.stated_projects
    of_year = f"för {year.year}"
    if stated is None:
        yield f"Kunskapsbanken har {projects_text(counted)} med medel {of_year}. Hur många som beviljades framgår inte."
    elif stated == counted:
        yield sentence(f"{projects_text(stated)} beviljades medel {of_year}")
    else:
        held = f"{number_word(counted)} finns i kunskapsbanken"
        yield sentence(f"{projects_text(stated)} beviljades medel {of_year} enligt källan, och {held}")
    if year.never_started:
        names = listed([_named(one) for one in year.never_started])
        back = ", och medlen betalades tillbaka" if all(one.grant.paid_back for one in year.never_started) else ""
        which = "Ett av dem" if len(year.never_started) == 1 else capitalised(number_word(len(year.never_started)))
        yield f"{which} startade aldrig{back}: {names}."
    if year.is_told_who_goes_on:
        yield sentence(f"{number_word(len(year.again))} av projekten fick medel även för {year.year + 1}")


def projects_text(number: int) -> str:
    """Return a number of projects in words."""
    return count(number, "lokalt utvecklingsprojekt", "lokala utvecklingsprojekt")


def trips_text(number: int) -> str:
    """Return a number of trips in words."""
    return count(number, "studieresa", "studieresor", "en")


def _named(one: Granted) -> str:
    return f"{one.project.title} ({owners_text(one.owners)})"


def project_list(draft: Draft, projects: Sequence[Granted]) -> None:
    """List projects with owner and purpose, as the committee's accounts do."""
    draft.bullets(
        line(
            _strongly(one.project),
            f", {owners_text(one.owners)}. {one.purpose or one.project.summary}",
        )
        for one in projects
    )


def project_table(draft: Draft, year: Year) -> None:
    """Show in a table who owned each project, whether it was granted money again, and how its result is known."""
    again = (f"Medel även {year.year + 1}",) if year.is_told_who_goes_on else ()
    heads = ("Projekt", "Ägare", *again, "Resultat", schema.label_of("evidence"))
    rows = (
        (
            line(Span(one.project.title, url=one.project.url)),
            line(owners_text(one.owners)),
            *((line("Ja" if one.again else "–"),) if again else ()),
            line(_state(one)),
            line(capitalised(_evidence(one.evidence)) or "–"),
        )
        for one in year.granted
    )
    draft.table(f"Projekt med lokala utvecklingsmedel {year.year}", heads, rows)


def _state(one: Granted) -> str:
    if one.never_started:
        return "Startade aldrig, medlen återbetalda" if one.grant.paid_back else "Startade aldrig"
    return "Redovisat" if one.result else "Framgår inte"


def _evidence(evidence: Iterable[Term]) -> str:
    return listed([term.label for term in evidence])


def going_on(draft: Draft, year: Year) -> None:
    """Tell which projects were granted money for the next year too, where a source tells."""
    if year.is_told_who_goes_on:
        draft.paragraph(f"De här projekten har beviljats medel även för {year.year + 1}:")
        draft.bullets(line(Span(one.project.title, url=one.project.url)) for one in year.again)


def outcomes(draft: Draft, projects: Iterable[Granted]) -> None:
    """List what is known of what happened afterwards, but for more money."""
    lines = [
        line(_strongly(one.project), f": {listed([outcome.text for outcome in told])}.")
        for one in projects
        if (told := [outcome for outcome in one.project.outcomes if not _is_next_grant(outcome, one)])
    ]
    if lines:
        draft.paragraph("Det här är känt om vad som hände med projekten sedan:")
        draft.bullets(lines)


def _is_next_grant(outcome: Outcome, one: Granted) -> bool:
    return one.again and outcome.year == one.grant.year + 1


def _strongly(record: Record) -> Span:
    return strong(record.title, record.url)


def research(draft: Draft, year: Year) -> None:
    """List the research reports with what they found."""
    draft.bullets(
        line(
            _strongly(record),
            f", {owners_text(record.owners)}. " if record.owners else ". ",
            record.result or record.summary,
        )
        for record in year.research
    )


def trips(draft: Draft, year: Year) -> None:
    """Tell how many trips were granted money, as stated and as known, and list them."""
    if year.stated_trips is not None:
        told = sentence(f"{trips_text(year.stated_trips)} beviljades medel för {year.year}")
    else:
        told = f"Hur många studieresor som beviljades medel för {year.year} framgår inte."
    held = count(len(year.trips), "reserapport", "reserapporter", "en") if year.trips else "ingen reserapport"
    draft.paragraph(f"{told} Kunskapsbanken har {held} från året.")
    draft.bullets(line(_strongly(record), f", {owners_text(record.owners)}. {record.summary}") for record in year.trips)


def equality(draft: Draft, year: Year, *, asked: bool) -> None:
    """Tell how many reports speak of an analysis, and give those that do as examples."""
    examples = [one for one in year.carried_out if one.analysed]
    if asked:
        held = [one for one in year.carried_out if one.report]
        if examples:
            told = f"Analysen nämns för {number_word(len(examples))} av {count(len(held), 'projekt', 'projekt')}."
        else:
            told = "Källorna nämner ingen analys för något av projekten." if held else ""
        draft.paragraph(told)
    draft.bullets(line(_strongly(one.project), f", {owners_text(one.owners)}. ", *_analysis(one)) for one in examples)


def _analysis(one: Granted) -> Iterator[str]:
    analysis = one.analysis
    assert analysis is not None
    methods = f" enligt metoden {listed([method.label for method in analysis.methods])}" if analysis.methods else ""
    yield f"{capitalised(analysis.status.label)}{methods}. {analysis.summary}".rstrip()


def project(draft: Draft, one: Granted) -> None:
    """Tell all that is known of a project's year; a gap stands where the result is not known."""
    record = one.project
    _labelled(draft, "Ägare", owners_text(one.owners))
    inferred = " (källan säger bara att arbetet pågick)" if one.grant.inferred else ""
    _labelled(draft, "År med medel", f"{years_text([grant.year for grant in record.grants])}{inferred}")
    if one.grant.amount is not None:
        _labelled(draft, "Belopp", f"{number_text(one.grant.amount)} kronor")
    _labelled(draft, "Syfte" if one.purpose else schema.label_of("summary"), one.purpose or record.summary)
    if one.never_started:
        back = "Medlen betalades tillbaka." if one.grant.paid_back else ""
        _labelled(draft, schema.label_of("result"), f"Projektet startade aldrig. {back}".rstrip())
    else:
        told = one.result or gap(f"resultatet {one.grant.year}")
        _labelled(draft, schema.label_of("result"), told)
        if one.evidence:
            _labelled(draft, schema.label_of("evidence"), sentence(_evidence(one.evidence)))
    if one.analysed:
        _labelled(draft, schema.label_of("gender_analysis"), "".join(_analysis(one)))
    if record.outcomes:
        told = sentence(listed([outcome.text for outcome in record.outcomes]))
        _labelled(draft, schema.label_of("outcomes"), told)
    _labelled(draft, schema.label_of("sources"), sentence(listed([source.label for source in record.sources])))


def report(draft: Draft, record: Record) -> None:
    """Tell all that is known of a research report."""
    if record.owners:
        _labelled(draft, "Ägare", owners_text(record.owners))
    _labelled(draft, schema.label_of("summary"), record.summary)
    _labelled(draft, schema.label_of("result"), record.result or gap("resultatet"))
    _labelled(draft, schema.label_of("evidence"), sentence(_evidence(record.evidence)) if record.evidence else "")
    _labelled(draft, schema.label_of("sources"), sentence(listed([source.label for source in record.sources])))


def _labelled(draft: Draft, label: str, told: str | Span) -> None:
    if told:
        draft.paragraph(strong(f"{label}{'' if label.endswith('?') else ':'} "), told)


def finished(paper: Paper, draft: Draft, known: Iterable[str]) -> Paper:
    """Return a paper with the draft's blocks and, last, the list of what is left: its gaps, and what is `known` so."""
    written = replace(paper, blocks=tuple(draft.blocks))
    marks = dict.fromkeys(span.text for words in written.lines() for span in words if span.form is Look.GAP)
    # Results are told together, by `known`.
    general = [mark for mark in marks if not mark.startswith("resultatet")]
    draft.heading(1, UNFINISHED, new_page=True)
    draft.paragraph("Det här framgår inte av kunskapsbanken. Ta bort avsnittet när texten är färdig.")
    lines: list[Line] = [line(sentence(mark)) for mark in general]
    draft.bullets([*lines, *(line(text) for text in known)])
    return replace(paper, blocks=tuple(draft.blocks))
