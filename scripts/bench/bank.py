"""Make a bank of Swedish-like documents of any size from a seed: web pages for the peers, JSON Lines for us.

What matters to a search index is how words are spread, so that is what is imitated:
- few words are very common and most are very rare (Zipf), and new ones keep coming as the bank grows;
- most of the rare ones are compounds of commoner words, joined as in Swedish, with or without an -s-;
- words have endings, and a word that a document has used once it tends to use again.

Nothing is kept in memory: the word of a rank and the document of a number are worked out when asked for.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from random import Random

from questions import Document

WORDS_A_DOCUMENT = 1200
WORDS_A_SECTION = 200

# The commonest words of Swedish, commonest first: without them no stop-word filter would have anything to do.
_FUNCTION_WORDS = (
    "och i att det som en på är av för med till den har de inte om ett men var från så vi kan man "
    "när ska eller där efter vid också hade under alla mot ut sig få över än sin upp nu finns blir "
    "skulle vara andra bara mer något dem detta här då mycket denna vad hur år många någon mellan "
    "sedan bli genom olika både"
).split()
# Roots from the bank's own field come first, so that they are common; made-up ones follow.
_ROOTS = (
    "barn familj vård stöd hem bostad arbete projekt metod samtal skola ungdom vuxen äldre brukare "
    "klient möte grupp insats utredning bistånd missbruk våld hälsa förälder placering boende "
    "vräkning skuld hyra ansökan uppföljning utvärdering jämställdhet kvinna man flicka pojke polis "
    "samverkan enhet stadsdel förvaltning nämnd medel rapport resultat mål plan handläggare kurator "
    "lärare tolk etablering integration nyanländ trygghet delaktighet rätt lag avtal kontrakt natt "
    "dag tid kost ekonomi budget nätverk cirkel träff lokal kunskap forskning intervju enkät "
    "statistik analys text språk brev besök resa kurs utbildning ledning chef personal"
).split()
_ONSETS = "b bl br d dr f fl fr g gl gr h j k kl kn kr kv l m n p pl pr r s sk sl sm sn sp st str sv t tr v".split()
_VOWELS = "a e i o u y å ä ö".split()
_CODAS = "b d g k l ll ld lt m mn n nd ng nk nt p r rd rk rm rn rt s sk st t tt v".split()
_ENDINGS = ("", "", "", "en", "et", "ar", "er", "na", "s", "ens", "arna", "erna")

# Chosen so that words are as many and as spread as in the Swedish authorities' texts that we tune on.
_FUNCTION_SHARE = 0.4
_REPEATED_SHARE = 0.2
_FLATTENING = 200  # about as many of the other words are nearly equally common; from there on Zipf
_SIMPLE_WORDS = 2_000
_ROOT_COUNT = 6_000
_ASKED_WORDS = 5_000  # the commonest words that are no function words: any of them is in one document in 100


@dataclass(frozen=True, slots=True)
class Bank:
    """Documents that follow from a seed; a larger bank of the same seed begins with those of a smaller."""

    size: int
    seed: int = 1

    def documents(self) -> Iterator[Document]:
        """Yield all documents, in order."""
        for number in range(self.size):
            yield Document(str(number), " ".join(self.title(number)), "\n".join(self.paragraphs(number)))

    def articles(self) -> Iterator[str]:
        """Yield the same documents as HTML with a heading for each section, as MkDocs makes it."""
        for number in range(self.size):
            title = escape(" ".join(self.title(number)))
            sections = (
                f'<h2 id="del-{part}">Del {part}</h2>\n<p>{escape(text)}</p>'
                for part, text in enumerate(self.paragraphs(number), start=1)
            )
            yield f'<h1 id="titel">{title}</h1>\n' + "\n".join(sections)

    def write_documents(self, path: Path) -> None:
        """Write the documents as `relevance.py` reads them."""
        with path.open("w", encoding="utf-8", newline="\n") as lines:
            for item in self.documents():
                row = {"id": item.id, "title": item.title, "text": item.text}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")

    def title(self, number: int) -> list[str]:
        """Return the words of a title: some of those that the document uses."""
        random = self._random("title", number)
        words = [word for word in self._words(number) if word not in _FUNCTION_WORDS]
        first, *rest = random.sample(words, 4)
        return [first.capitalize(), *rest]

    def paragraphs(self, number: int) -> list[str]:
        """Return the text of a document, a paragraph for each section."""
        words = self._words(number)
        starts = range(0, len(words), WORDS_A_SECTION)
        return [_sentences(words[start : start + WORDS_A_SECTION]) for start in starts]

    def queries(self, count: int) -> list[str]:
        """Return questions of two words as staff type them: longish words of one document, not too rare.

        They are the same for every bank of 1 000 documents or more, so that sizes can be compared.
        """
        known = {_word(rank) for rank in range(_ASKED_WORDS)}
        queries = []
        for number in range(count):
            random = self._random("query", number)
            words = self._words(random.randrange(min(self.size, 1_000)))
            near = [word for word in dict.fromkeys(words[:200]) if word in known]
            longest = sorted(random.sample(near, 6), key=len)[-2:]
            queries.append(" ".join(sorted(longest, key=near.index)))
        return queries

    def _words(self, number: int) -> list[str]:
        random = self._random("words", number)
        words: list[str] = []
        for _ in range(round(WORDS_A_DOCUMENT * random.uniform(0.7, 1.3))):
            kind = random.random()
            if kind < _FUNCTION_SHARE:
                words.append(_FUNCTION_WORDS[int(len(_FUNCTION_WORDS) * random.random() ** 1.5)])
            elif kind < _FUNCTION_SHARE + _REPEATED_SHARE and words:
                words.append(random.choice(words))
            else:
                words.append(_word(_rank(random)))
        return words

    def _random(self, purpose: str, number: int) -> Random:
        return Random(f"{self.seed} {purpose} {number}")


def _rank(random: Random) -> int:
    """Draw a word's rank, from 0 without end: the rarer, the more there are (Zipf with the exponent 1.5)."""
    return int(_FLATTENING * ((1 - random.random()) ** -2 - 1))


@lru_cache(maxsize=100_000)
def _word(rank: int) -> str:
    """Return the word of a rank: first simple words, then compounds of two roots or, one in ten, of three."""
    random = Random(rank)
    if rank < _SIMPLE_WORDS:
        return _root(rank) + random.choice(_ENDINGS)
    parts = [_root(int(_ROOT_COUNT * random.random() ** 2)) for _ in range(3 if rank % 10 == 0 else 2)]
    joints = [random.choice(("s", "")) for _ in parts[1:]]
    return "".join(part + joint for part, joint in zip(parts, [*joints, ""], strict=True)) + random.choice(_ENDINGS)


@lru_cache(maxsize=_ROOT_COUNT)
def _root(number: int) -> str:
    if number < len(_ROOTS):
        return _ROOTS[number]
    random = Random(f"root {number}")
    syllables = random.choice((1, 2, 2))
    return "".join(
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS if last else ("", "l", "n", "r"))
        for last in [False] * (syllables - 1) + [True]
    )


def _sentences(words: list[str]) -> str:
    """Return the words as sentences of about fifteen."""
    sentences = (words[start : start + 15] for start in range(0, len(words), 15))
    return " ".join(f"{first.capitalize()} {' '.join(rest)}".strip() + "." for first, *rest in sentences)
