// A question → its words, each with the weighted terms that it may be found as. The twin of analysis.py and
// concepts.py: the same steps in the same order, with the lexicon and the terms of the index.

import { SHORTEST_COMPOUND, split } from "./compound.js";
import { ending } from "./lexicon.js";
import { pieces, stopWords } from "./pieces.js";
import { EDIT } from "./spelling.js";
import { isDecimal, root, stem } from "./stem.js";
import { unaccented } from "./text.js";

/** An index made by another version of the analysis is of no use. */
export const VERSION = 2;

// Weights are eighths, whole numbers, so that sums are the same in every language.
const WHOLE = 8;
export const PART = 4;
const ROOT = 3;
const ROOT_OF_PART = 2;
const SYNONYM = 6;
const RESTORED = 6;
const BROADER = [8, 6, 4];
const PART_MEANS = 3;
export const BEGINNING = 4;
export const MOST_BEGINNINGS = 20;
const CORRECTED = { once: 8, oftener: 6 };
const SHORTEST_HALF = 5;
// A longer question is a pasted text, and each word costs a file.
export const MOST_WORDS = 40;
const DEEPEST = 3;
// Before what several parts of a compound make together.
const TOGETHER = "-";
const STOP_MARK = "~";
const YEARS = /(?<![\p{L}\p{N}])((?:19|20)\p{Nd}{2}) ?[-–—] ?((?:19|20)\p{Nd}{2})(?![\p{L}\p{N}])/gu;
const MOST_YEARS = 40;

/**
 * What a word can be found as, and how much it counts, in eighths.
 * @typedef {{text: string, weight: number}} Term
 * A word of a question: as typed, where it stands there, and the terms that it may be found as. `absent` says that no
 * text has the word itself; then `near` is the group of words that it belongs to, if any, from `nearStart` to `nearEnd`,
 * and `instead` the words that it was taken for.
 * @typedef {{word: string, start: number, end: number, terms: Term[], absent: boolean, near: string, nearStart: number,
 *   nearEnd: number, instead: string[]}} Concept
 * A group that a phrase of the question is of, and where the phrase stands.
 * @typedef {{group: string, start: number, end: number, isPhrase: boolean, length: number}} Meant
 * The terms of an index: `has` says whether one occurs (undefined: not known yet), `accented` gives those that are
 * `plain` when å, ä and ö are typed as a, a and o, `isWord` whether a word is one (while not known, it is taken to), and
 * `alike` the words most like one, each with what it costs to take it for them. `isBegun` tells a word that still lacks
 * its end, and is not divided.
 * @typedef {{has: (term: string) => boolean | undefined, accented: (plain: string) => string[],
 *   isWord: (word: string) => boolean, alike: (word: string) => [string, number][],
 *   isBegun?: (word: string) => boolean}} Vocabulary
 */

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

/**
 * Return the stems of a compound's parts, of their own parts, and what several at either end make together. The last have
 * a minus before them: they are found as themselves, the others as their roots too.
 * @param {string} word
 * @param {import("./lexicon.js").Lexicon} lexicon
 * @returns {Generator<string>}
 */
function* divided(word, lexicon, depth = 0) {
  const parts = split(word, lexicon);
  for (const part of parts) {
    yield part.stem;
    if (depth < DEEPEST) yield* divided(part.form, lexicon, depth + 1);
  }
  const forms = parts.map((part) => part.form);
  for (let cut = 2; cut < forms.length; cut += 1) {
    yield TOGETHER + stem(forms.slice(0, cut).join(""));
    yield TOGETHER + stem(forms.slice(-cut).join(""));
  }
}

/**
 * @param {Iterable<string>} parts
 * @returns {Generator<Term>}
 */
function* ofParts(parts) {
  for (const part of parts)
    if (part.startsWith(TOGETHER)) yield { text: part.slice(TOGETHER.length), weight: PART };
    else {
      yield { text: part, weight: PART };
      yield { text: root(part), weight: ROOT_OF_PART };
    }
}

/** Turns words into terms. */
export class Analyser {
  #lexicon;
  #plain;
  #partsOf;

  /**
   * @param {import("./lexicon.js").Lexicon} lexicon
   * @param {import("./lexicon.js").Lexicon} plain the same for words typed without å, ä and ö
   * @param {import("./meanings.js").Meanings} meanings what words mean to each other
   * @param {(word: string) => string[] | null | undefined} [partsOf] what is known of the parts of a word beforehand;
   *   null for nothing, undefined while that is not known
   */
  constructor(lexicon, plain, meanings, partsOf = () => null) {
    this.#lexicon = lexicon;
    this.#plain = plain;
    this.#partsOf = partsOf;
    this.meanings = meanings;
  }

  /**
   * Return what a word in normal form is found as; an open one breaks off with a hyphen ("hälso-").
   * @returns {Term[]}
   * @param {string} word
   * @param {boolean} [isOpen]
   * @param {boolean} [isBegun] whether the word lacks its end, and is not divided unless its parts are known
   */
  terms(word, isOpen = false, isBegun = false) {
    const whole = (isOpen && this.#lexicon.first.get(word)?.stem) || stem(word);
    const known = word.length < SHORTEST_COMPOUND ? [] : this.#partsOf(word);
    const parts = known ?? (known === undefined || isBegun ? [] : divided(word, this.#lexicon));
    return strongest([{ text: whole, weight: WHOLE }, { text: root(whole), weight: ROOT }, ...ofParts(parts)]);
  }

  /**
   * Return the words of a question, each with its terms; each word once, and the first of very many. A question of
   * nothing but words that say nothing is asked for them in titles, headings and names.
   * @param {string} text
   * @param {Vocabulary} vocabulary
   * @param {Set<string>} [exact] words that are never taken for misspelt
   * @returns {Concept[]}
   */
  question(text, vocabulary, exact = new Set()) {
    const asked = pieces(text);
    if (!asked.length)
      return stopWords(text)
        .slice(0, MOST_WORDS)
        .map((stop) => concept(stop, [{ text: STOP_MARK + stop.text, weight: WHOLE }]));
    const stems = asked.map((piece) => stem(piece.text));
    /** @type {Meant[][]} */
    const groups = asked.map(() => []);
    for (const place of asked.keys())
      for (const [length, group] of this.meanings.at(stems, place)) {
        const { start } = asked[place];
        const { end } = asked[place + length - 1];
        for (let member = place; member < place + length; member += 1)
          groups[member].push({ group, start, end, isPhrase: length > 1, length });
      }
    const ranges = yearRanges(text);
    /** @type {Map<string, Concept>} */
    const concepts = new Map();
    asked.forEach((piece, place) => {
      if (concepts.has(piece.text) || concepts.size === MOST_WORDS) return;
      const years = ranges.find(({ start, end }) => start <= piece.start && piece.start < end);
      if (years) {
        if (!concepts.has(years.word)) concepts.set(years.word, years);
        return;
      }
      const means = [...groups[place]].sort((a, b) => b.length - a.length);
      concepts.set(piece.text, this.#concept(piece, means, vocabulary, exact.has(piece.text)));
    });
    return this.#rejoined(asked, stems, [...concepts.values()], vocabulary);
  }

  /**
   * Return the words of a question, those of phrases that hold a misspelt word with what such a phrase means.
   * @param {import("./pieces.js").Piece[]} asked
   * @param {string[]} stems
   * @param {Concept[]} concepts
   * @param {Vocabulary} vocabulary
   */
  #rejoined(asked, stems, concepts, vocabulary) {
    const instead = new Map(concepts.map((known) => [known.word, known.instead[0]]));
    const right = asked.map((piece, place) => {
      const other = instead.get(piece.text);
      return other === undefined ? stems[place] : stem(other);
    });
    if (right.every((own, place) => own === stems[place])) return concepts;
    /** @type {Map<string, Term[]>} */
    const more = new Map();
    for (const place of asked.keys())
      for (const [length, group] of this.meanings.at(right, place)) {
        const members = [...Array(length).keys()].map((step) => place + step);
        if (length === 1 || members.every((member) => right[member] === stems[member])) continue;
        const broader = vocabulary.has(group) === false ? this.#broader(group, 0) : [];
        for (const member of members) {
          const { text } = asked[member];
          more.set(text, [...(more.get(text) ?? []), { text: group, weight: SYNONYM }, ...broader]);
        }
      }
    return concepts.map((known) => ({ ...known, terms: strongest([...known.terms, ...(more.get(known.word) ?? [])]) }));
  }

  /**
   * Return a word of a question; `means` are the groups of the phrases that it is of, the longest first.
   * @param {import("./pieces.js").Piece} piece
   * @param {Meant[]} means
   * @param {Vocabulary} vocabulary
   * @param {boolean} isExact
   */
  #concept(piece, means, vocabulary, isExact) {
    const terms = this.terms(piece.text, piece.isOpen, vocabulary.isBegun?.(piece.text));
    if (piece.whole) terms.push({ text: stem(piece.whole), weight: WHOLE });
    terms.push(...means.map(({ group }) => ({ text: group, weight: SYNONYM })));
    let found = concept(piece, []);
    const restored = [...this.#restored(piece.text, vocabulary, means.length > 0)];
    const itself = terms.filter(({ weight }) => weight === WHOLE);
    const isThere = itself.some(({ text }) => vocabulary.has(text) !== false);
    if (!restored.length && !isDecimal(piece.text) && !isThere)
      found = this.#absent(found, terms, means, vocabulary, isExact);
    else
      for (const { group, isPhrase } of means)
        if (isPhrase && vocabulary.has(group) === false) found.terms.push(...this.#broader(group, 0));
    return { ...found, terms: strongest([...terms, ...restored, ...found.terms]) };
  }

  /**
   * Return what a word that no text has is looked for as besides its own terms, and what to tell of it.
   * @param {Concept} asked
   * @param {Term[]} terms
   * @param {Meant[]} means
   * @param {Vocabulary} vocabulary
   * @param {boolean} isExact
   * @returns {Concept}
   */
  #absent(asked, terms, means, vocabulary, isExact) {
    if (means.length) {
      const [{ group, start, end }] = means;
      const broader = means.flatMap((meant) => this.#broader(meant.group, 0));
      return { ...asked, terms: broader, absent: true, near: group, nearStart: start, nearEnd: end };
    }
    const parts = split(asked.word, this.#lexicon).map((part) => this.meanings.ofWord(part.stem));
    const ofParts = [...new Set(parts)].filter((group) => group !== undefined);
    if (ofParts.length) {
      const own = ofParts.map((group) => ({ text: group, weight: PART_MEANS }));
      return { ...asked, terms: [...own, ...ofParts.flatMap((group) => this.#broader(group, 1))] };
    }
    if (terms.some(({ text, weight }) => weight >= PART && vocabulary.has(text) !== false)) return asked;
    if (isExact || vocabulary.isWord(asked.word)) return { ...asked, absent: true };
    const instead = vocabulary.alike(asked.word);
    if (!instead.length) return this.#halfRight(asked, vocabulary);
    const corrected = instead.flatMap(([word, cost]) =>
      scaled(this.#meant(word, vocabulary), cost > EDIT ? CORRECTED.oftener : CORRECTED.once),
    );
    return { ...asked, terms: corrected, absent: true, instead: instead.map(([word]) => word) };
  }

  /**
   * Return a word that is like none as a compound of which one part is misspelt, if it may be one.
   * @param {Concept} asked
   * @param {Vocabulary} vocabulary
   * @returns {Concept}
   */
  #halfRight(asked, vocabulary) {
    const { word } = asked;
    /** @type {[string, string][]} */
    const halves = [];
    for (let place = SHORTEST_HALF; place <= word.length - SHORTEST_HALF; place += 1)
      halves.push([word.slice(0, place), word.slice(place)]);
    /**
     * @param {string} half
     * @param {(right: string) => {whole: string, own: string}} made
     */
    const mended = (half, made) =>
      vocabulary
        .alike(half)
        .filter(([right, cost]) => cost <= EDIT && stem(right) !== stem(half))
        .map(([right, cost]) => ({ cost, right, ...made(right) }));
    let found = halves.flatMap(([begins, ends]) => {
      const own = this.#lexicon.first.get(begins)?.stem;
      return own === undefined ? [] : mended(ends, (right) => ({ whole: begins + right, own }));
    });
    if (!found.length)
      found = halves.flatMap(([begins, ends]) => {
        const own = ending(this.#lexicon, ends)?.stem;
        return own === undefined ? [] : mended(begins, (right) => ({ whole: right + ends, own }));
      });
    found.sort((a, b) => a.cost - b.cost || (a.whole < b.whole ? -1 : a.whole > b.whole ? 1 : a.own < b.own ? -1 : 1));
    if (!found.length) return { ...asked, absent: true };
    const [{ whole, own, right }] = found;
    const terms = [
      { text: own, weight: PART },
      { text: root(own), weight: ROOT_OF_PART },
    ];
    terms.push(...scaled(this.#meant(right, vocabulary), PART));
    return { ...asked, terms, absent: true, instead: [whole] };
  }

  /**
   * Return what a word that another was taken for is found as: what it would be if it had been typed.
   * @param {string} word
   * @param {Vocabulary} vocabulary
   * @returns {Term[]}
   */
  #meant(word, vocabulary) {
    const terms = this.terms(word);
    const group = this.meanings.ofWord(terms[0].text);
    if (group === undefined) return terms;
    const broader = vocabulary.has(terms[0].text) === false ? this.#broader(group, 0) : [];
    return [...terms, { text: group, weight: SYNONYM }, ...broader];
  }

  /**
   * Return the groups broader than one, the nearest counting most; `further` is how many steps off that one is.
   * @param {string} group
   * @param {number} further
   * @returns {Term[]}
   */
  #broader(group, further) {
    const near = this.meanings.broader(group).filter(([, steps]) => steps - 1 + further < BROADER.length);
    return near.map(([text, steps]) => ({ text, weight: BROADER[steps - 1 + further] }));
  }

  /**
   * Return what a word that is not in the index may stand for if it lacks its å, ä and ö.
   * @param {string} word
   * @param {Vocabulary} vocabulary
   * @param {boolean} isListed whether it is listed for its meaning, and so lacks none
   * @returns {Generator<Term>}
   */
  *#restored(word, vocabulary, isListed) {
    const plain = stem(word);
    if (word !== unaccented(word) || isDecimal(word) || vocabulary.has(plain) !== false) return;
    for (const text of vocabulary.accented(plain)) yield { text, weight: RESTORED };
    if (isListed || split(word, this.#lexicon).length || vocabulary.isWord(word)) return;
    for (const { text, weight } of ofParts(divided(word, this.#plain)))
      yield { text, weight: Math.floor((weight * RESTORED) / WHOLE) };
  }
}

/**
 * Return terms that count only so many eighths.
 * @param {Term[]} terms
 * @param {number} eighths
 */
const scaled = (terms, eighths) =>
  terms.map(({ text, weight }) => ({ text, weight: Math.max(1, Math.floor((weight * eighths) / WHOLE)) }));

/**
 * Return a word of a question of which nothing is known yet.
 * @param {{text: string, start: number, end: number}} piece
 * @param {Term[]} terms
 * @returns {Concept}
 */
function concept({ text, start, end }, terms) {
  return { word: text, start, end, terms, absent: false, near: "", nearStart: 0, nearEnd: 0, instead: [] };
}

/**
 * Return the years from and to, as in 2016–2018: any of them is what is asked for.
 * @param {string} text
 */
function yearRanges(text) {
  /** @type {Concept[]} */
  const found = [];
  for (const match of text.normalize("NFC").matchAll(YEARS)) {
    const [first, last] = [Number(match[1]), Number(match[2])];
    if (!(first < last && last < first + MOST_YEARS)) continue;
    const years = Array.from({ length: last - first + 1 }, (_, number) => String(first + number));
    const terms = years.map((year) => ({ text: year, weight: WHOLE }));
    const end = match.index + match[0].length;
    found.push(concept({ text: `${first}–${last}`, start: match.index, end }, terms));
  }
  return found;
}
