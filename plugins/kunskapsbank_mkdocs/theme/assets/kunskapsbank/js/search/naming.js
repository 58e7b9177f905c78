// What a question names: terms, words of the glossary, calls, pages about the bank. The twin of naming.py, which makes
// the rows.

import { pieces } from "./pieces.js";
import { stem } from "./stem.js";

/** How many boxes stand above the hits. */
export const MOST_SHOWN = 3;
// What a row's last number says of it: a page, or a term that is offered as a filter whenever it is named, or only where
// still other words remain.
const PAGE = 1;
const STRONG = 2;
const WEAK = 3;
const PAGE_SHARE = [2, 3];
const PLAIN = /^[\p{L}\s]*$/u;

/**
 * Something that a question can name; `names` are stems with a space between, `facet` and `term` are ids.
 * @typedef {{heading: string, label: string, note: string, url: string, names: string[], facet: string, term: string,
 *   use: number}} Named
 * What a question names: what is shown above the hits, and the question with names taken as filters instead.
 * @typedef {{boxes: Named[], words: string, chosen: Record<string, string[]>, labels: string[]}} Found
 * @typedef {[string, string, string, string, string[], string, string, number]} Row
 * @typedef {{first: number, last: number, named: Named[]}} Match
 */

/** All that a question can name. */
export class Names {
  /** @type {Map<string, [string[], Named][]>} */
  #byStem = new Map();
  /** @type {Named[]} */
  #pages;
  #everything;

  /** @param {Row[]} rows */
  constructor(rows) {
    const everything = rows.map(([heading, label, note, url, names, facet, term, use]) => {
      return { heading, label, note, url: url || `${facet}/${term}/`, names, facet, term, use };
    });
    this.#everything = everything;
    this.#pages = everything.filter(({ use }) => use === PAGE);
    for (const named of everything)
      if (named.use !== PAGE)
        for (const name of named.names) {
          const phrase = name.split(" ");
          const known = this.#byStem.get(phrase[0]) ?? [];
          this.#byStem.set(phrase[0], [...known, [phrase, named]]);
        }
    for (const known of this.#byStem.values()) known.sort(([a], [b]) => b.length - a.length);
  }

  /**
   * Return the terms of a facet.
   * @param {string} id
   */
  of(id) {
    return this.#everything.filter(({ facet }) => facet === id);
  }

  /**
   * Return what a question names.
   * @param {string} question
   * @param {string} text the question with its signs blanked out
   * @param {Set<string>} quoted words within quotes
   * @returns {Found}
   */
  found(question, text, quoted) {
    const asked = pieces(text);
    if (!asked.length || asked.some((piece) => quoted.has(piece.text))) return nothing([]);
    const stems = asked.map((piece) => stem(piece.text));
    const matches = this.#matches(stems);
    const covered = sizeOf(matches);
    const isWhole = covered === asked.length;
    const boxes = isWhole
      ? matches.flatMap(({ named }) => named.filter((one) => matches.length === 1 || !one.facet))
      : [];
    boxes.push(...this.#pages.filter((page) => namesPage(page, new Set(stems))));
    const shown = boxes.slice(0, MOST_SHOWN);
    if (matches.length === 1 && isWhole) return nothing(shown);
    return narrowed(shown, question.normalize("NFC"), asked, matches);
  }

  /** @param {string[]} stems */
  #matches(stems) {
    /** @type {Match[]} */
    const found = [];
    for (let place = 0; place < stems.length;) {
      const known = this.#byStem.get(stems[place]) ?? [];
      const fits = known.filter(([phrase]) => phrase.every((word, at) => stems[place + at] === word));
      const longest = fits.length ? fits[0][0].length : 0;
      const named = new Set(fits.filter(([phrase]) => phrase.length === longest).map(([, one]) => one));
      if (longest) found.push({ first: place, last: place + longest, named: [...named] });
      place += Math.max(1, longest);
    }
    return found;
  }
}

/**
 * @param {Named[]} boxes
 * @returns {Found}
 */
const nothing = (boxes) => ({ boxes, words: "", chosen: {}, labels: [] });
/** @param {Match[]} matches */
const sizeOf = (matches) => matches.reduce((sum, { first, last }) => sum + last - first, 0);

/**
 * @param {Named} page
 * @param {Set<string>} stems
 */
function namesPage(page, stems) {
  const [part, whole] = PAGE_SHARE;
  return page.names.some((name) => {
    const words = new Set(name.split(" "));
    return [...stems].every((one) => words.has(one)) && stems.size * whole >= words.size * part;
  });
}

/**
 * Return the term that may be offered as a filter, a strong one before a weak one.
 * @param {Match} match
 */
function termOf({ named }) {
  return named.find(({ use }) => use === STRONG) ?? named.find(({ use }) => use === WEAK);
}

/**
 * Return what is found, with the names of terms taken out of the question where that leaves something to ask.
 * @param {Named[]} boxes
 * @param {string} question
 * @param {import("./pieces.js").Piece[]} asked
 * @param {Match[]} matches
 * @returns {Found}
 */
function narrowed(boxes, question, asked, matches) {
  const strong = matches.filter((match) => termOf(match)?.use === STRONG);
  const both = matches.filter((match) => termOf(match));
  const taken = sizeOf(both) < asked.length ? both : strong;
  const terms = taken.map((match) => termOf(match)).filter((term) => term !== undefined);
  /** @type {Record<string, string[]>} */
  const chosen = {};
  for (const { facet, term } of terms) chosen[facet] = [...new Set([...(chosen[facet] ?? []), term])];
  let words = question;
  for (const { first, last } of [...taken].reverse()) {
    const before = first ? asked[first - 1].end : 0;
    const { start } = asked[first];
    // "i skolan" goes as a whole; what is before the first word may be of a sign.
    const from = PLAIN.test(words.slice(before, start)) ? before : start;
    words = `${words.slice(0, from)} ${words.slice(asked[last - 1].end)}`;
  }
  const labels = [...new Set(terms.map(({ label }) => label))];
  return { boxes, words: trimmed(words), chosen, labels };
}

/**
 * Return what is left of a question without words that say nothing at its beginning; "" where all do.
 * @param {string} words
 */
function trimmed(words) {
  const left = pieces(words);
  if (!left.length) return "";
  const [{ start }] = left;
  const rest = PLAIN.test(words.slice(0, start)) ? words.slice(start) : words;
  return rest.split(/\s+/).filter(Boolean).join(" ");
}
