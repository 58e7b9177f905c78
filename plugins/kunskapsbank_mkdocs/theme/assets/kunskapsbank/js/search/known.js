// A word → whether it is one. The twin of known.py.

import { stem } from "./stem.js";

const SHORTEST = 4;
const SHORTEST_PART = 3;
const SHORT = 4;
/** What a stem or a form is known as; the numbers are added up. */
const AS = { stem: 1, first: 2, last: 4, short: 8, never: 16 };

/**
 * Tell whether a folded word is a word, or a compound of two.
 * @param {string} word
 * @param {(text: string) => number} known what a stem or a form is known as; 0 for nothing
 */
export function isWord(word, known) {
  if (word.length < SHORTEST || known(stem(word)) & AS.stem) return true;
  for (let place = SHORTEST_PART; place <= word.length - SHORTEST_PART; place += 1)
    if (known(word.slice(0, place)) & AS.first && mayEnd(word.slice(place), known)) return true;
  return false;
}

/**
 * @param {string} form
 * @param {(text: string) => number} known
 */
function mayEnd(form, known) {
  const is = known(form);
  if (is & AS.never || (form.length <= SHORT && !(is & AS.short))) return false;
  return ((known(stem(form)) | is) & AS.last) > 0;
}
