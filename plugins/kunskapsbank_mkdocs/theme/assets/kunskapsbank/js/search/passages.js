// A document and a question → the passage that answers best, with the words that answer marked. The twin of
// passages.py, but that phrases that mean the same are found as well. Texts are given in pieces, never as HTML.

import { GROUP_MARK } from "./meanings.js";
import { pieces } from "./pieces.js";
import { stem } from "./stem.js";
import { unaccented } from "./text.js";

// About two lines on a wide screen, and how far back the beginning of a sentence is looked for.
const LENGTH = 220;
const LEAD = 60;
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
  #hasGroups;
  #beginnings;
  /** @type {Map<string, Set<number>>} */
  #known = new Map();

  /**
   * @param {import("./analysis.js").Concept[]} concepts
   * @param {import("./analysis.js").Analyser} analyser
   */
  constructor(concepts, analyser) {
    this.#analyser = analyser;
    concepts.forEach(({ terms }, number) => {
      for (const { text } of terms) if (!this.#wanted.has(text)) this.#wanted.set(text, number);
    });
    const terms = [...this.#wanted.keys()];
    this.#hasGroups = terms.some((term) => term.startsWith(GROUP_MARK));
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
   * Return about `LENGTH` characters of the summary or the body with as many of the question's words as can be; their
   * beginning where none stands in them, nothing where nothing was asked.
   * @returns {Piece[]}
   * @param {{summary: string, body: string}} document
   */
  passage({ summary, body }) {
    if (!this.#wanted.size) return [];
    const text = `${summary}\n${body}`.normalize("NFC");
    const places = this.#places(text);
    const [begin, end] = cut(text, bestOf(places));
    const found = inPieces(text, begin, end, places);
    const before = text.slice(0, begin).replace(/ +$/, "").at(-1);
    const isSentence = begin === 0 || ".!?\n".includes(before ?? "");
    if (!isSentence) found.unshift({ text: "… ", mark: false });
    if (end < text.length) found.push({ text: " …", mark: false });
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
    if (!this.#hasGroups) return places;
    const stems = found.map((piece) => stem(piece.text));
    for (const at of found.keys())
      for (const [length, group] of this.#analyser.meanings.at(stems, at)) {
        const number = this.#wanted.get(group);
        if (number !== undefined)
          for (const { start, end } of found.slice(at, at + length)) places.push({ start, end, number });
      }
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
 * Return the place from which a passage has most different words, then most words; the first of those.
 * @param {Place[]} places
 */
function bestOf(places) {
  let best = { start: 0, different: 0, all: 0 };
  places.forEach(({ start }, first) => {
    const words = new Set();
    let at = first;
    for (; at < places.length && places[at].start < start + LENGTH - LEAD; at += 1) words.add(places[at].number);
    const [different, all] = [words.size, at - first];
    const isBetter = different > best.different || (different === best.different && all > best.all);
    if (isBetter) best = { start, different, all };
  });
  return best.start;
}

/**
 * Return where a passage about `place` begins (at its sentence if that is near, else at a word) and ends.
 * @param {string} text
 * @param {number} place
 */
function cut(text, place) {
  let begin = 0;
  if (place > LEAD) {
    const lead = text.slice(place - LEAD, place);
    const ends = [...lead.matchAll(/[.!?]\s+|\n/g)].map((match) => match.index + match[0].length);
    begin = place - LEAD + (ends.at(-1) ?? lead.indexOf(" ") + 1);
  }
  const end = begin + LENGTH;
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
