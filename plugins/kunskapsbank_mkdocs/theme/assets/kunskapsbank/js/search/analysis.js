// A question → its words, each with the weighted terms that it may be found as. The twin of analysis.py: the same
// steps in the same order, with the lexicon and the terms of the index.

import { split } from "./compound.js";
import { isDecimal, root, stem } from "./stem.js";
import { STOP_WORDS } from "./stopwords.js";
import { size, unaccented, words } from "./text.js";

/** An index made by another version of the analysis is of no use. */
export const VERSION = 1;

// Weights are eighths, whole numbers, so that sums are the same in every language.
const WHOLE = 8;
export const PART = 4;
const ROOT = 3;
const ROOT_OF_PART = 2;
const SYNONYM = 6;
const RESTORED = 6;
// A longer question is a pasted text, and each word costs a file.
const MOST_WORDS = 40;
const DEEPEST = 3;
export const GROUP_MARK = "=";

/**
 * What a word can be found as, and how much it counts, in eighths.
 * @typedef {{text: string, weight: number}} Term
 * A word of a question: as typed, where it stands there, and the terms that it may be found as.
 * @typedef {{word: string, start: number, end: number, terms: Term[]}} Concept
 * The terms of an index: `has` says whether one occurs (undefined: not known yet), `accented` gives those that are
 * `plain` when å, ä and ö are typed as a, a and o.
 * @typedef {{has: (term: string) => boolean | undefined, accented: (plain: string) => string[]}} Vocabulary
 */

/**
 * Return the words of a text, or what stands between the hyphens of one, without those that say nothing.
 * @param {string} text
 */
export function pieces(text) {
  /** @type {{text: string, isOpen: boolean, whole: string, start: number, end: number}[]} */
  const found = [];
  for (const word of words(text)) {
    const whole = word.pieces.length > 1 ? word.text : "";
    word.pieces.forEach((piece, number) => {
      if (STOP_WORDS.has(piece) || (size(piece) < 2 && !isDecimal(piece))) return;
      const isOpen = word.isOpen && number === word.pieces.length - 1;
      found.push({ text: piece, isOpen, whole, start: word.start, end: word.end });
    });
  }
  return found;
}

/**
 * Return each term once, at its highest weight, in the order of first mention.
 * @param {Iterable<Term>} terms
 * @returns {Term[]}
 */
function strongest(terms) {
  const weights = new Map();
  for (const { text, weight } of terms) weights.set(text, Math.max(weight, weights.get(text) ?? 0));
  return Array.from(weights, ([text, weight]) => ({ text, weight }));
}

/** Turns words into terms. */
export class Analyser {
  #lexicon;
  #plain;
  #phrases;

  /**
   * @param {import("./lexicon.js").Lexicon} lexicon
   * @param {import("./lexicon.js").Lexicon} plain the same for words typed without å, ä and ö
   * @param {Object<string, [string[], string][]>} synonyms per stem that begins a phrase: the phrases as stems, longest
   *   first, with the term of their group
   */
  constructor(lexicon, plain, synonyms) {
    this.#lexicon = lexicon;
    this.#plain = plain;
    this.#phrases = new Map(Object.entries(synonyms));
  }

  /**
   * Return the [length, group] of every phrase that begins at `place`.
   * @param {string[]} stems
   * @param {number} place
   * @returns {[number, string][]}
   */
  phrasesAt(stems, place) {
    const phrases = this.#phrases.get(stems[place]) ?? [];
    const begins = phrases.filter(([phrase]) => phrase.every((part, number) => part === stems[place + number]));
    return begins.map(([phrase, group]) => [phrase.length, group]);
  }

  /**
   * Return what a word in normal form is found as; an open one breaks off with a hyphen ("hälso-").
   * @returns {Term[]}
   * @param {string} word
   */
  terms(word, isOpen = false) {
    const whole = (isOpen && this.#lexicon.first.get(word)?.stem) || stem(word);
    return strongest([
      { text: whole, weight: WHOLE },
      { text: root(whole), weight: ROOT },
      ...this.#parts(word, this.#lexicon),
    ]);
  }

  /**
   * Return the parts of a compound, their own parts, and what several at either end make together.
   * @param {string} word
   * @param {import("./lexicon.js").Lexicon} lexicon
   * @returns {Generator<Term>}
   */
  *#parts(word, lexicon, depth = 0) {
    const parts = split(word, lexicon);
    for (const part of parts) {
      yield { text: part.stem, weight: PART };
      yield { text: root(part.stem), weight: ROOT_OF_PART };
      if (depth < DEEPEST) yield* this.#parts(part.form, lexicon, depth + 1);
    }
    const forms = parts.map((part) => part.form);
    for (let cut = 2; cut < forms.length; cut += 1) {
      yield { text: stem(forms.slice(0, cut).join("")), weight: PART };
      yield { text: stem(forms.slice(-cut).join("")), weight: PART };
    }
  }

  /**
   * Return the words of a question, each with its terms; each word once, and the first of very many. A word typed without å, ä and ö that does not
   * occur in the index is looked for with them.
   * @param {string} text
   * @param {Vocabulary} vocabulary
   * @returns {Concept[]}
   */
  question(text, vocabulary) {
    const asked = pieces(text);
    const stems = asked.map((piece) => stem(piece.text));
    /** @type {string[][]} */
    const groups = asked.map(() => []);
    for (const place of asked.keys())
      for (const [length, group] of this.phrasesAt(stems, place))
        for (let member = place; member < place + length; member += 1) groups[member].push(group);
    /** @type {Map<string, Concept>} */
    const concepts = new Map();
    asked.forEach((piece, place) => {
      if (concepts.has(piece.text) || concepts.size === MOST_WORDS) return;
      const terms = this.terms(piece.text, piece.isOpen);
      if (piece.whole) terms.push({ text: stem(piece.whole), weight: WHOLE });
      for (const group of groups[place]) terms.push({ text: group, weight: SYNONYM });
      terms.push(...this.#restored(piece.text, vocabulary));
      concepts.set(piece.text, { word: piece.text, start: piece.start, end: piece.end, terms: strongest(terms) });
    });
    return [...concepts.values()];
  }

  /**
   * Return what a word that is not in the index may stand for if it lacks its å, ä and ö.
   * @param {string} word
   * @param {Vocabulary} vocabulary
   * @returns {Generator<Term>}
   */
  *#restored(word, vocabulary) {
    const plain = stem(word);
    if (word !== unaccented(word) || isDecimal(word) || vocabulary.has(plain) !== false) return;
    for (const text of vocabulary.accented(plain)) yield { text, weight: RESTORED };
    if (split(word, this.#lexicon).length) return;
    for (const { text, weight } of this.#parts(word, this.#plain))
      yield { text, weight: Math.floor((weight * RESTORED) / WHOLE) };
  }
}
