// A document and a question → the passage that answers best, with the words that answer marked. The twin of
// passages.py, but that phrases that mean the same are found as well. Texts are given in pieces, never as HTML.

import { GROUP_MARK } from "./meanings.js";
import { pieces } from "./pieces.js";
import { stem } from "./stem.js";
import { unaccented } from "./text.js";

// About two lines on a wide screen, and how far back the beginning of a sentence is looked for; where it begins with a
// word that speaks of the sentence before, that one is looked for from as far back as `FURTHEST`.
const LENGTH = 220;
const LEAD = 60;
const SENTENCE = 140;
const FURTHEST = 300;
// What follows a place of the question's words goes with it, however long what is before.
const AFTER = LENGTH - LEAD;
const SHORTEST = 80;
const BREAK = /[.!?…]["”’»)\]]*\s+(?=["”’«(–-]*\s?[A-ZÅÄÖÉ0-9])|\n/g;
const ENDS = '.!?…\n"”’»)]';
// How a sentence begins that says nothing without the one before.
const LEANING = new RegExp(
  '^["”’«(–-]*\\s?(?:' +
    "(?!(?:den|det|de) som(?!\\p{L})|det finns(?!\\p{L})|det fanns(?!\\p{L})|" +
    "det är (?:viktigt|svårt|lätt|vanligt|ovanligt|oklart)(?!\\p{L}))" +
    "(?:det|den|de|detta|denna|dessa|dem|dess|deras|hans|hennes|han|hon|hen|där|då|dit|här|därför|därmed|därefter|" +
    "däremot|dessutom|dock|sedan|så|sådan|sådana|sådant|men|och|eller|utan|båda|bägge|samma|annars|ändå|även|också|" +
    "likaså|vidare|samtidigt|alltså|istället|tvärtom|följaktligen|exempelvis|varken|endera)(?![\\p{L}\\p{N}_])" +
    "|(?:i stället|trots det|trots detta|på så sätt|på det sättet|till exempel|av dem|av dessa|en av dem|ingen av dem|" +
    "inget av dem|flera av dem|många av dem|de andra|den andra|efter det|för det)(?![\\p{L}\\p{N}_]))",
  "iu",
);
const ALIKE = 2;
/** @type {Set<number>} */
const NONE = new Set();

/**
 * @typedef {{text: string, mark: boolean}} Piece
 * Where a word of the question stands, and which of its words it is.
 * @typedef {{start: number, end: number, number: number}} Place
 */

/** Finds the words of one question in texts. Compounds are divided by those parts only that are here already. */
export class Marker {
  #analyser;
  /** @type {Map<string, number>} */
  #wanted = new Map();
  /**
   * The phrases of wanted groups by the stem that begins them, each with the number of the question's word.
   * @type {Map<string, [string[], number][]>}
   */
  #phrases = new Map();
  #beginnings;
  /** @type {Map<string, Set<number>>} */
  #known = new Map();

  /**
   * @param {import("./analysis.js").Concept[]} concepts
   * @param {import("./analysis.js").Analyser} analyser
   */
  constructor(concepts, analyser) {
    this.#analyser = analyser;
    /** How many words the question has. */
    this.size = concepts.length;
    concepts.forEach(({ terms }, number) => {
      for (const { text } of terms) if (!this.#wanted.has(text)) this.#wanted.set(text, number);
    });
    const terms = [...this.#wanted.keys()];
    for (const term of terms.filter((term) => term.startsWith(GROUP_MARK)))
      for (const phrase of analyser.meanings.phrases(term)) {
        const number = this.#wanted.get(term) ?? 0;
        this.#phrases.set(phrase[0], [...(this.#phrases.get(phrase[0]) ?? []), [phrase, number]]);
      }
    // A word or a part begins as its stem does, but for å, ä and ö: what has no such beginning need not be analysed.
    const beginnings = new Set(terms.map((term) => unaccented(term).slice(0, ALIKE)));
    this.#beginnings = new RegExp([...beginnings].join("|").replace(/a/g, "[aåä]").replace(/o/g, "[oö]"));
  }

  /**
   * Return the whole of a text with the words of the question marked.
   * @returns {Piece[]}
   * @param {string} text
   */
  marked(text) {
    const normal = text.normalize("NFC");
    return inPieces(normal, 0, normal.length, this.#places(normal));
  }

  /**
   * Return about `LENGTH` characters of the summary or the text with as many of the question's words as can be; their
   * beginning where none stands in them, nothing where nothing was asked. The text may be a piece from the middle.
   * @returns {Piece[]}
   * @param {{summary: string, text: string, begins: boolean, ends: boolean}} document
   */
  passage({ summary, text, begins, ends }) {
    if (!this.#wanted.size) return [];
    if (begins) return this.#shown(`${summary}\n${text}`, true, ends);
    const [ofSummary, ofText] = [summary, text].map((part) => this.#best(part));
    return isBetter(ofText, ofSummary) ? this.#shown(text, false, ends) : this.#shown(summary, true, false);
  }

  /**
   * Return the passage of a file beside the document that has most different words of the question; null where no
   * passage of the files has more of them than the document's own best.
   * @param {import("./beside.js").Attached[]} files
   * @param {number} own how many of them the document's own best passage has
   * @returns {{where: string, url: string, passage: Piece[]} | null}
   */
  inFile(files, own) {
    let most = own;
    let found = null;
    for (const [name, url, parts] of files)
      for (const [place, text] of parts) {
        if (most === this.size) return found;
        const { different } = this.#best(text);
        if (different <= most) continue;
        most = different;
        const page = /^på sidan (\d+)$/.exec(place);
        const address = page ? `${url}#page=${page[1]}` : url;
        found = { where: where(name, place), url: address, passage: this.#shown(text, true, true) };
      }
    return found;
  }

  /**
   * Return how many different words of the question the best passage of a document has.
   * @param {{summary: string, text: string, begins: boolean}} document
   */
  holds({ summary, text, begins }) {
    const own = begins ? [`${summary}\n${text}`] : [summary, text];
    return Math.max(...own.map((part) => this.#best(part).different));
  }

  /** @param {string} text */
  #best(text) {
    const normal = text.normalize("NFC");
    return bestOf(normal, this.#places(normal));
  }

  /**
   * @param {string} text
   * @param {boolean} begins whether nothing stands before the text
   * @param {boolean} ends whether nothing stands after it
   */
  #shown(text, begins, ends) {
    const normal = text.normalize("NFC");
    const places = this.#places(normal);
    const [begin, end] = cut(normal, bestOf(normal, places).start);
    const found = inPieces(normal, begin, end, places);
    if (begin === 0 ? !begins : !beginsSentence(normal, begin)) found.unshift({ text: "… ", mark: false });
    if (end < normal.length ? normal[end] !== "\n" : !ends) found.push({ text: " …", mark: false });
    return found;
  }

  /**
   * Return where words of the question stand, and which word of it each is.
   * @param {string} text
   * @returns {Place[]}
   */
  #places(text) {
    const found = pieces(text);
    /** @type {Place[]} */
    const places = [];
    for (const { text: word, whole, start, end } of found)
      for (const number of this.#numbers(word, whole)) places.push({ start, end, number });
    if (!this.#phrases.size) return places;
    const stems = found.map((piece) => stem(piece.text));
    stems.forEach((own, at) => {
      for (const [phrase, number] of this.#phrases.get(own) ?? [])
        if (phrase.every((part, place) => part === stems[at + place]))
          for (const { start, end } of found.slice(at, at + phrase.length)) places.push({ start, end, number });
    });
    return places.sort((a, b) => a.start - b.start);
  }

  /**
   * Return the numbers of the question's words that a word answers.
   * @param {string} word
   * @param {string} whole
   * @returns {Set<number>}
   */
  #numbers(word, whole) {
    if (!this.#beginnings.test(whole || word)) return NONE;
    const key = `${word}-${whole}`;
    let known = this.#known.get(key);
    if (!known) {
      const terms = this.#analyser.terms(word).map(({ text }) => text);
      if (whole) terms.push(stem(whole));
      known = new Set(terms.map((term) => this.#wanted.get(term)).filter((number) => number !== undefined));
      this.#known.set(key, known);
    }
    return known;
  }
}

/**
 * Return where in a file something stands: "I bilagan rapport.pdf, sidan 12".
 * @param {string} name
 * @param {string} place
 */
const where = (name, place) =>
  place === "i texten" ? `I bilagan ${name}` : `I bilagan ${name}, ${place.replace(/^på /, "")}`;

/**
 * The place from which a passage has so many different words, whether it can be read by itself, and its words in all.
 * @typedef {{start: number, different: number, isAlone: boolean, all: number}} Worth
 */

/**
 * Tell whether a passage has more different words than another; or else whether it alone can be read by itself, or it has
 * more words.
 * @param {Worth} one
 * @param {Worth} other
 */
const isBetter = (one, other) =>
  one.different > other.different ||
  (one.different === other.different &&
    ((one.isAlone && !other.isAlone) || (one.isAlone === other.isAlone && one.all > other.all)));

/**
 * Return the best place for a passage; the first of those.
 * @param {string} text
 * @param {Place[]} places
 */
function bestOf(text, places) {
  /** @type {Worth} */
  let best = { start: 0, different: 0, isAlone: false, all: 0 };
  places.forEach(({ start }, first) => {
    const words = new Set();
    let at = first;
    for (; at < places.length && places[at].start < start + AFTER; at += 1) words.add(places[at].number);
    if (words.size < best.different) return;
    const begin = beginning(text, start);
    const isAlone = beginsSentence(text, begin) && !leans(text.slice(begin, start));
    const found = { start, different: words.size, isAlone, all: at - first };
    if (isBetter(found, best)) best = found;
  });
  return best;
}

/**
 * Tell whether a sentence speaks of the one before, so that it cannot be read by itself.
 * @param {string} sentence
 */
export const leans = (sentence) => LEANING.test(sentence);

/**
 * Return where a passage about `place` begins.
 * @param {string} text
 * @param {number} place
 */
function beginning(text, place) {
  const starts = startsBefore(text, place);
  let at = starts.length - 1;
  if (at < 0 || place - starts[at] > SENTENCE) {
    const lead = text.slice(Math.max(0, place - LEAD), place);
    return place - lead.length + lead.indexOf(" ") + 1;
  }
  while (at > 0 && leans(text.slice(starts[at])) && !text.slice(starts[at - 1], starts[at]).includes("\n")) at -= 1;
  return starts[at];
}

/**
 * Return where the sentences before `place` begin, ascending, from as far back as is looked.
 * @param {string} text
 * @param {number} place
 */
function startsBefore(text, place) {
  const lowest = Math.max(0, place - FURTHEST);
  const lead = text.slice(lowest, place + 1);
  const ends = [...lead.matchAll(BREAK)].map((match) => lowest + match.index + match[0].length);
  return [...(lowest === 0 ? [0] : []), ...ends.filter((end) => end <= place)];
}

/**
 * @param {string} text
 * @param {number} begin
 */
const beginsSentence = (text, begin) =>
  begin === 0 || ENDS.includes(text.slice(0, begin).replace(/ +$/, "").at(-1) ?? " ");

/**
 * Return where a passage about `place` begins (with a sentence if that is near, else with a word) and ends.
 * @param {string} text
 * @param {number} place
 */
function cut(text, place) {
  const begin = beginning(text, place);
  const end = Math.max(begin + LENGTH, place + AFTER);
  const paragraph = text.indexOf("\n", Math.max(begin + SHORTEST, place));
  if (paragraph >= 0 && paragraph < end) return [begin, paragraph];
  if (end >= text.length) return [begin, text.length];
  const space = text.lastIndexOf(" ", end - 1);
  return [begin, space > begin ? space : end];
}

/**
 * Return a stretch of text in pieces, single-spaced, those at `places` marked.
 * @param {string} text
 * @param {number} begin
 * @param {number} end
 * @param {Place[]} places
 */
function inPieces(text, begin, end, places) {
  /** @type {Piece[]} */
  const found = [];
  let last = begin;
  /**
   * @param {number} from
   * @param {number} to
   * @param {boolean} mark
   */
  const add = (from, to, mark) => {
    let part = text.slice(from, to).replace(/\s+/g, " ");
    if (from === begin) part = part.trimStart();
    if (to === end) part = part.trimEnd();
    if (part) found.push({ text: part, mark });
  };
  for (const { start, end: stop } of places) {
    if (start < last || stop > end) continue;
    if (start > last) add(last, start, false);
    add(start, stop, true);
    last = stop;
  }
  if (last < end) add(last, end, false);
  return found;
}
