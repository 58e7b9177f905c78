"""What the bank knows of a year → a district's report of the account to its own committee (anmälan).

In the order of the reports of 2019 and 2021: proposal, summary, background, preparation, the matter (the direction, the
research, the district's own projects, those of the city), appendices. A district of today has its predecessors' too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kunskapsbank.accounts import figures, parts
from kunskapsbank.accounts import year as years
from kunskapsbank.accounts.gaps import gaps
from kunskapsbank.accounts.paper import Draft, Paper, line, marked
from kunskapsbank.model import vocabulary
from kunskapsbank.swedish.phrases import listed

if TYPE_CHECKING:
    from kunskapsbank.accounts.year import Year
    from kunskapsbank.model.account_words import AccountWords
    from kunskapsbank.model.catalogue import Catalogue
    from kunskapsbank.model.vocabulary import Term


def notice(catalogue: Catalogue, year: int, district: Term, words: AccountWords) -> Paper:
    """Return the report of a district, by its name of today or of then, of the account of a year."""
    before = catalogue.vocabularies[vocabulary.OWNERS].predecessors(district)
    found = years.of(catalogue, year, words.account.all("purpose_headings"))
    return _Notice(words, found, district, before).paper()


class _Notice:
    def __init__(self, words: AccountWords, found: Year, district: Term, before: tuple[Term, ...]) -> None:
        self.words = words
        self.year = found
        self.before = before
        self.family = (district, *before)
        self.own = found.of(self.family)
        self.draft = Draft()
        self.values = {"year": found.year, "call_year": found.call_year, "district": district.label}

    def say(self, name: str) -> str:
        return self.words.notice.one(name, **self.values)

    def own_head(self, level: int, name: str) -> None:
        self.draft.heading(level, self.words.notice_headings.one(name, **self.values))

    def head(self, level: int, name: str) -> None:
        self.draft.heading(level, self.words.headings.one(name, **self.values))

    def paper(self) -> Paper:
        words, draft = self.words.notice, self.draft
        self.own_head(1, "proposal")
        draft.paragraphs(words.all("proposal", **self.values))
        self.head(1, "summary")
        told = [self.words.account.one("opening"), *parts.in_short(self.year), self.own_in_short()]
        draft.paragraph(" ".join(told))
        parts.direction(draft, self.year, self.words)
        self.head(1, "background")
        draft.paragraphs(words.all("background"))
        self.head(1, "preparation")
        draft.paragraphs(words.all("preparation"))
        self.head(1, "matter")
        self.direction()
        if self.year.research:
            self.head(2, "research")
            parts.research(draft, self.year)
        self.own_projects()
        self.own_head(2, "all")
        parts.granted(draft, self.year)
        parts.project_table(draft, self.year)
        self.head(2, "trips")
        parts.trips(draft, self.year)
        draft.paragraphs(words.all("signature"))
        self.head(1, "appendices")
        draft.bullets(map(line, words.all("appendices", **self.values)), numbered=True)
        head = (*words.all("facts"), self.say("addressee"))
        title = self.say("title" if self.year.decision else "title_alone")
        paper = Paper(title, self.say("administration"), self.say("kind"), tuple(map(marked, head)), ())
        return parts.finished(paper, draft, gaps(self.year, self.own))

    def direction(self) -> None:
        self.head(2, "direction" if self.year.decision else "direction_unknown")
        if self.year.call is None:
            self.draft.paragraphs(self.words.account.all("no_direction", **self.values))
            return
        parts.direction(self.draft, self.year, self.words)
        figures.rules(self.draft, self.year.call, self.words)

    def own_in_short(self) -> str:
        told = parts.count(len(self.own), "projekt", "projekt") if self.own else "inget projekt"
        return f"{self.values['district']} har {told} bland dem som kunskapsbanken känner till för {self.year.year}."

    def own_projects(self) -> None:
        self.own_head(2, "own")
        self.draft.paragraph(self.own_in_short())
        if self.before:
            names = listed([term.label for term in self.before])
            self.draft.paragraph(f"Här räknas också det som {names} gjorde.")
        for one in self.own:
            self.draft.heading(3, one.project.title)
            parts.project(self.draft, one)
