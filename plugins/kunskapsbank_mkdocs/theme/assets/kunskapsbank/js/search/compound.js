// A Swedish compound → its parts, by the cheapest way through the lexicon. The twin of compound.py, which tells why.

import { ending } from "./lexicon.js";
import { stem } from "./stem.js";

export const SHORTEST_COMPOUND = 6;
const SHORTEST_PART = 2;
const LONGEST_FIRST = 22;
const MIDDLE_S = 3;

/**
 * A way through the beginning of a word, as parts, and what it costs.
 * @typedef {{cost: number, parts: {form: string, stem: string}[]}} Way
 */

/**
 * Return the cost and stem of `form` as a part that is not the last.
 * @param {import("./lexicon.js").Lexicon} lexicon
 * @param {string} form
 * @param {boolean} inMiddle
 */
function first(lexicon, form, inMiddle) {
  const part = lexicon.first.get(form);
  if (part) return part;
  if (!inMiddle || form.length <= 4 || !form.endsWith("s")) return undefined;
  const plain = lexicon.first.get(form.slice(0, -1));
  return plain && { cost: plain.cost + MIDDLE_S, stem: plain.stem };
}

/**
 * @param {Way} way
 * @param {Way | undefined} other
 */
const beats = (way, other) =>
  !other || way.cost < other.cost || (way.cost === other.cost && way.parts.length < other.parts.length);

/**
 * Return the parts of `word`, first to last, as written there and with the stem of the word each is; none where it is
 * better left whole.
 * @param {string} word
 * @param {import("./lexicon.js").Lexicon} lexicon
 * @returns {{form: string, stem: string}[]}
 */
export function split(word, lexicon) {
  if (word.length < SHORTEST_COMPOUND || lexicon.whole.has(stem(word))) return [];
  /** @type {Way[]} */
  const ways = [{ cost: 0, parts: [] }];
  /** @type {Way | undefined} */
  let best;
  for (let start = 0; start <= word.length - SHORTEST_PART; start += 1) {
    const way = ways[start];
    if (!way) continue;
    const last = way.parts.length ? ending(lexicon, word.slice(start)) : undefined;
    if (last) {
      const whole = { cost: way.cost + last.cost, parts: [...way.parts, { form: word.slice(start), stem: last.stem }] };
      if (beats(whole, best)) best = whole;
    }
    const furthest = Math.min(word.length - SHORTEST_PART, start + LONGEST_FIRST);
    for (let end = start + SHORTEST_PART; end <= furthest; end += 1) {
      const form = word.slice(start, end);
      const part = first(lexicon, form, start > 0);
      if (!part) continue;
      const longer = { cost: way.cost + part.cost, parts: [...way.parts, { form, stem: part.stem }] };
      if (beats(longer, ways[end])) ways[end] = longer;
    }
  }
  return best ? best.parts : [];
}
