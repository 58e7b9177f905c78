"""What the bank knows of a year → the administration's account to the committee, in the committee's order.

The order is that of the accounts of 2016, 2018 and 2022: proposal, summary, background, preparation, the matter (the
research, the projects, the trips, then the direction and the rules of the call), gender equality, the proposal again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.accounts import figures, parts
from kunskapsbank.accounts import year as years
from kunskapsbank.accounts.gaps import gaps
from kunskapsbank.accounts.paper import Draft, Paper, line, marked

if TYPE_CHECKING:
    from kunskapsbank.accounts.year import Year
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.catalogue import Catalogue


def account(catalogue: Catalogue, year: int, words: AccountWords) -> Paper:
    """Return the account of a year; see `years.years` for those that there is something to account for."""
    return of_year(year_of(catalogue, year, words), words)


def year_of(catalogue: Catalogue, year: int, words: AccountWords) -> Year:
    """Return what the account of a year tells of."""
    return years.of(catalogue, year, words.account.all("purpose_headings"))


def of_year(found: Year, words: AccountWords) -> Paper:
    """Return the account of what `year_of` gives."""
    return _Account(words, found).paper()


class _Account:
    def __init__(self, words: AccountWords, found: Year) -> None:
        self.words = words
        self.year = found
        self.draft = Draft()
        self.values = {"year": found.year, "call_year": found.call_year}

    def say(self, name: str, alone: str = "") -> str:
        """Return a text with the years in it; that of the name `alone` where the bank has no call."""
        return self.words.account.one(name if self.year.decision or not alone else alone, **self.values)

    def head(self, level: int, name: str) -> None:
        self.draft.heading(level, self.words.headings.one(name, **self.values))

    def paper(self) -> Paper:
        words = self.words.account
        self.proposal()
        self.summary()
        self.head(1, "background")
        self.draft.paragraphs(words.all("background"))
        self.preparation()
        self.head(1, "matter")
        if self.year.research:
            self.head(2, "research")
            parts.research(self.draft, self.year)
        self.projects()
        self.head(2, "trips")
        parts.trips(self.draft, self.year)
        self.head(2, "numbers")
        figures.numbers(self.draft, self.year)
        self.direction()
        self.head(2, "bank")
        self.draft.paragraphs(words.all("bank"))
        self.equality()
        self.opinion()
        self.appendix()
        head = (*words.all("facts"), words.one("addressee"))
        title = self.say("title", "title_alone")
        paper = Paper(title, words.one("administration"), words.one("kind"), tuple(map(marked, head)), ())
        return parts.finished(paper, self.draft, gaps(self.year, self.year.granted))

    def proposal(self) -> None:
        self.head(1, "proposal")
        name = "proposal" if self.year.decision else "proposal_alone"
        points = self.words.account.all(name, **self.values)
        self.draft.bullets(map(marked, points), numbered=True)

    def summary(self) -> None:
        self.head(1, "summary")
        told = [self.words.account.one("opening"), *parts.in_short(self.year)]
        self.draft.paragraph(" ".join(told))
        parts.direction(self.draft, self.year, self.words)
        self.draft.paragraph(self.say("closing", "closing_alone"))

    def preparation(self) -> None:
        self.head(1, "preparation")
        decision = self.year.decision
        headings = self.words.account.all("preparation_headings")
        told = years.section(decision.body, headings) if decision else ()
        if told:
            for paragraph in told:
                self.draft.paragraph(paragraph)
        else:
            self.draft.paragraphs(self.words.account.all("preparation"))

    def projects(self) -> None:
        year, draft = self.year, self.draft
        self.head(2, "projects")
        parts.granted(draft, year)
        parts.project_list(draft, year.carried_out)
        parts.project_table(draft, year)
        parts.going_on(draft, year)

    def direction(self) -> None:
        year, draft = self.year, self.draft
        self.head(2, "direction" if year.decision else "direction_unknown")
        if year.call is None:
            draft.paragraphs(self.words.account.all("no_direction", **self.values))
            return
        parts.direction(draft, year, self.words)
        figures.rules(draft, year.call, self.words)

    def equality(self) -> None:
        self.head(2, "equality")
        begins = self.year.analysis_from
        asked = self.year.year >= begins
        name = "analysis_asked" if asked else "analysis_not_asked"
        self.draft.paragraphs(self.words.account.all(name, begins=begins, **self.values))
        parts.equality(self.draft, self.year, asked=asked)

    def opinion(self) -> None:
        self.head(1, "opinion")
        parts.outcomes(self.draft, self.year.carried_out)
        self.draft.paragraphs(self.words.account.all("opinion"))
        self.draft.paragraph(self.say("closing", "closing_alone"))
        self.draft.paragraphs(self.words.account.all("signature"))
        self.head(1, "appendices")
        self.draft.bullets([line(self.say("appendix"))], numbered=True)

    def appendix(self) -> None:
        self.draft.heading(1, f"Bilaga 1. {self.say('appendix')}", new_page=True)
        for one in self.year.granted:
            self.draft.heading(2, one.project.title)
            parts.project(self.draft, one)
        for record in self.year.research:
            self.draft.heading(2, record.title)
            parts.report(self.draft, record)
