"""Make the content folder of a bank of any size from a seed: every kind, every facet, and all that texts have.

Of twenty files sixteen are one project's: its page, plans, a pilot study, interim and final reports. The others are
research, study trips and, while there are years, calls. The terms are those of the real vocabularies, so that each
facet is filled; the words are those of `bank`. How other programs want the same files, `builders` knows.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from bank import Bank

CONTENT = Path(__file__).resolve().parents[2] / "content"
YEARS = range(2009, 2026)
_A_GROUP = 20
_SECTIONS = (
    "Syfte",
    "Så arbetade projektet",
    "Resultat",
    "Erfarenheter",
    "Jämställdhet",
    "Spridning",
    "Vad händer sedan",
)

_PAGES = (
    ("index.md", "Kunskapsbanken"),
    ("om/index.md", "Om kunskapsbanken"),
    ("om/ord.md", "Ord och förkortningar"),
    ("om/redaktionshandbok.md", "Redaktionshandbok"),
    ("om/tillganglighet.md", "Tillgänglighet"),
)

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """A file of Markdown: its path in the content folder, the fields of its front matter, and its text."""

    path: str
    fields: Fields
    body: str

    @property
    def text(self) -> str:
        """The file as an editor would have written it; JSON is YAML too."""
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.fields.items())
        return "\n".join(["---", *lines, "---", "", self.body])


@dataclass(frozen=True)
class Content:
    """All files of a bank; a larger bank of the same seed begins with those of a smaller."""

    bank: Bank

    def files(self) -> Iterator[File]:
        """Yield the files, first the pages that a bank has besides its records."""
        for path, title in _PAGES:
            yield File(path, {"titel": title, "sammanfattning": f"{title}, påhittat."}, "Texten är påhittad.\n")
        for number in range(self.bank.size):
            yield self._file(number)

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """Yield a picture for each project: its path and its bytes."""
        for first in range(0, self.bank.size, _A_GROUP):
            yield f"projekt/projekt-{first // _A_GROUP}/arbetsgang.png", _picture(first)

    def _file(self, number: int) -> File:
        group, place = divmod(number, _A_GROUP)
        random = Random(f"{self.bank.seed} fields {number}")
        title = " ".join(self.bank.title(number))
        shared = {
            "publicerad": f"2026-{1 + number % 10:02}-{1 + number % 28:02}",
            "sammanfattning": f"Ett påhittat arbete prövade {title.lower()} i ett år.",
            "källa": [random.choice(self._terms["källor"])],
        }
        if place == 0:
            first = YEARS[group % 5]
            years = range(first, first + 8)
            fields = {
                "titel": title,
                "typ": "projekt",
                "år": f"{years[0]}–{years[-1]}",
                "ägare": self._some(random, "ägare", 2),
                **self._subjects(random),
                "status": random.choice(self._terms["projektstatus"]),
                "utfall": [{"vad": random.choice(self._terms["utfall"]), "sagt": years[-1] + 1}],
                "medel": [
                    {"år": year, "form": "LUM", "belopp": random.randrange(100_000, 500_000, 5_000)} for year in years
                ],
            }
            return File(f"projekt/projekt-{group}/index.md", fields | shared, self._body(number, group))
        if place == 1 or (place == 19 and group >= len(YEARS)):
            fields = {"titel": title, "typ": "forskningsrapport", "rapportår": random.choice(YEARS)}
            fields |= self._subjects(random) | self._findings(random)
            return File(f"forskning/rapport-{number}.md", fields | shared, self._body(number, group))
        if place in (2, 3):
            year = random.choice(YEARS)
            fields = {
                "titel": title,
                "typ": "reserapport",
                "år": year,
                "rapportår": year + 1,
                "ägare": self._some(random, "ägare", 1),
                **self._subjects(random),
                "plats": "Malmö",
                "medel": [{"år": year, "form": "MUL" if year > 2018 else "MUST", "belopp": 20_000}],
            }
            return File(f"resor/{year}-resa-{number}.md", fields | shared, self._body(number, group))
        if place == 19:
            year = YEARS[group]
            fields = {
                "titel": f"Utlysning {year}",
                "typ": "utlysning",
                "år": year,
                "inriktning": ["tidigt stöd", "jämställdhet"],
                "regler": {"belopp projekt": 500_000, "år i rad": 3},
                "ansökan från": f"{year - 1}-05-02",
                "ansökan till": f"{year - 1}-09-20",
                "redovisning": {"år": year - 2},
            }
            return File(f"utlysningar/{year}.md", fields | shared, self._body(number, group))
        return self._of_project(number, group, place, random, title, shared)

    def _of_project(self, number: int, group: int, place: int, random: Random, title: str, shared: Fields) -> File:
        first = YEARS[group % 5]
        kind, year = (
            ("projektplan", first + place - 4)
            if place < 8
            else ("slutrapport", first + place - 8)
            if place < 16
            else ("förstudie", first)
            if place == 16
            else ("delrapport", first + place - 16)
        )
        fields: Fields = {"titel": title, "typ": kind, "år": year}
        if kind in ("slutrapport", "delrapport"):
            fields |= {"rapportår": year + 1, **self._findings(random)}
        if place % 3 == 0:
            fields["metoder"] = self._some(random, "metoder", 2)
        if year >= 2018:
            fields["jämställdhetsanalys"] = {
                "status": random.choice(("saknas", "nämns", "genomförd", "genomförd med åtgärder")),
                "metod": self._some(random, "jämställdhetsmetoder", 1),
                "sammanfattning": "Flickor och pojkar fick lika mycket tid, men olika slags stöd.",
            }
        path = f"projekt/projekt-{group}/{year}-{kind.replace('ö', 'o')}.md"
        return File(path, fields | shared, self._body(number, group, in_project=True))

    def _subjects(self, random: Random) -> Fields:
        return {
            "målgrupper": self._some(random, "målgrupper", 2),
            "teman": self._some(random, "teman", 2),
            "metoder": self._some(random, "metoder", 3),
        }

    def _findings(self, random: Random) -> Fields:
        return {
            "resultat": "Sju av tio fortsatte, och väntetiden blev en månad kortare.",
            "belägg": [random.choice(self._terms["belägg"][1:])],
        }

    def _some(self, random: Random, name: str, most: int) -> list[str]:
        return random.sample(self._terms[name], random.randint(1, most))

    @cached_property
    def _terms(self) -> dict[str, list[str]]:
        """The names of the terms by vocabulary, without those that came or went: they are not valid in every year."""
        from kunskapsbank.reading import vocabulary_files

        vocabularies, _ = vocabulary_files.load(CONTENT)
        return {
            name: [term.label for term in terms if not (term.valid_from or term.valid_to)]
            for name, terms in vocabularies.items()
        }

    def _body(self, number: int, group: int, in_project: bool = False) -> str:
        """Return a text with sections, paragraphs, a list, a table, a picture and links."""
        sections = []
        for part, text in enumerate(self.bank.paragraphs(number)):
            heading = f"## {_SECTIONS[part % len(_SECTIONS)]}{'' if part < len(_SECTIONS) else f' {part}'}"
            sections.append("\n\n".join([heading, *self._parts(number, part, text, group, in_project)]))
        return "\n\n".join(sections) + "\n"

    def _parts(self, number: int, part: int, text: str, group: int, in_project: bool) -> Iterator[str]:
        sentences = text.split(". ")
        paragraphs = [
            ". ".join(sentences[start : start + 4]).removesuffix(".") + "." for start in range(0, len(sentences), 4)
        ]
        if part == 1:
            yield "Arbetet hade flera steg:"
            yield "\n".join(f"- {sentence.removesuffix('.').lower()}" for sentence in sentences[:4])
            paragraphs = paragraphs[1:]
        if part == 2:
            yield _table(number)
        if part == 3 and in_project:
            yield "![Stegen i arbetet, från första samtal till uppföljning](arbetsgang.png)"
        if part == 4:
            home = (
                "index.md"
                if in_project
                else f"{'../' * (1 if number % _A_GROUP else 2)}projekt/projekt-{group}/index.md"
            )
            yield f"Läs mer i [projektet]({home})." if number % _A_GROUP else f"{paragraphs.pop(0)}"
        yield from paragraphs


def write_content(bank: Bank, folder: Path) -> int:
    """Write the bank as `content` in a folder, with the real vocabularies; return how many records it has."""
    content = folder / "content"
    lay_settings(content)
    made = Content(bank)
    write(((file.path, file.text.encode()) for file in made.files()), content)
    write(made.pictures(), content)
    return bank.size


def lay_settings(content: Path) -> None:
    """Lay the real vocabularies and settings into a content folder."""
    shutil.copytree(CONTENT / "vokabular", content / "vokabular")
    for settings in CONTENT.glob("*.yml"):
        shutil.copy(settings, content)


def write(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    """Write files by their paths in a folder."""
    for path, data in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _table(number: int) -> str:
    random = Random(f"table {number}")
    rows = [f"| Grupp {row} | {random.randint(10, 90)} | {random.randint(10, 90)} |" for row in range(1, 6)]
    return "\n".join(["| Grupp | Före | Efter |", "| --- | ---: | ---: |", *rows])


def _picture(number: int) -> bytes:
    from io import BytesIO

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 240), "white")
    draw = ImageDraw.Draw(image)
    random = Random(f"picture {number}")
    for step in range(5):
        top = random.randint(20, 120)
        draw.rectangle((20 + 120 * step, top, 120 + 120 * step, top + 80), outline="black", fill=_colour(random))
    target = BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def _colour(random: Random) -> Sequence[int]:
    return tuple(random.randint(120, 255) for _ in range(3))
