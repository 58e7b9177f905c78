// Swedish words and numbers in messages, and the nearest right word. The twin of kunskapsbank/text.py.
// @ts-check

import { slugify } from "./draft.js";

const CUTOFF = 0.6;
const QUOTED = 40;
const MONTHS = [
  "januari", "februari", "mars", "april", "maj", "juni",
  "juli", "augusti", "september", "oktober", "november", "december",
];

/** Return `text` for comparing names: normal form C, no difference of case, single spaces. */
export const fold = (/** @type {string} */ text) =>
  text.normalize("NFC").toLowerCase().replaceAll("ß", "ss").split(/\s+/).filter(Boolean).join(" ");

/** Return how many characters a text has, as Python counts them. */
export const size = (/** @type {string} */ text) => Array.from(text).length;

/** Return the beginning of what was written, on one line and in quotation marks. */
export function quoted(/** @type {string} */ text) {
  const line = Array.from(text.split(/\s+/).filter(Boolean).join(" "));
  return `'${line.length <= QUOTED ? line.join("") : `${line.slice(0, QUOTED).join("")}…`}'`;
}

/**
 * Return the words as they stand in a sentence: "a", "a och b", "a, b och c".
 * @param {string[]} words
 */
export function listed(words, conjunction = "och") {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words[words.length - 1]}`;
}

/** Return a date, written as 2026-11-22, as in a sentence: "22 november 2026". */
export function dateText(/** @type {string} */ day) {
  const [year, month, number] = day.split("-").map(Number);
  return `${number} ${MONTHS[month - 1]} ${year}`;
}

/** Return years with runs drawn together: [2013, 2014, 2015, 2018] gives "2013–2015, 2018". */
export function yearsText(/** @type {number[]} */ years) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last && year === last[1] + 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/**
 * Return the candidate most like `word`, or undefined when none is close enough to suggest.
 * @param {string} word
 * @param {Iterable<string>} candidates
 */
export function nearest(word, candidates) {
  const byFolded = new Map(Array.from(candidates, (candidate) => [fold(candidate), candidate]));
  const bySlug = new Map(Array.from(byFolded.values(), (candidate) => [slugify(candidate), candidate]));
  const same = bySlug.get(slugify(word));
  if (same !== undefined) return same;
  const wanted = Array.from(fold(word));
  let best = { ratio: 0, name: "" };
  for (const name of byFolded.keys()) {
    const ratio = likeness(Array.from(name), wanted);
    // Of two that are as like, Python's difflib takes the one that sorts last.
    if (ratio >= CUTOFF && (ratio > best.ratio || (ratio === best.ratio && name > best.name))) best = { ratio, name };
  }
  return byFolded.get(best.name);
}

/**
 * Return how alike two texts are, 0 to 1: twice the characters in common by the length of both. What is in common is
 * the longest run of the same characters and, on either side of it, the longest again, as difflib reckons.
 * @param {string[]} one
 * @param {string[]} other
 */
function likeness(one, other) {
  const length = one.length + other.length;
  return length ? (2 * common(one, other)) / length : 1;
}

/** @param {string[]} one @param {string[]} other @returns {number} */
function common(one, other) {
  let [size, from, to] = [0, 0, 0];
  /** @type {number[]} */
  let before = [];
  for (let i = 0; i < one.length; i++) {
    /** @type {number[]} */
    const now = [];
    for (let j = 0; j < other.length; j++) {
      if (one[i] !== other[j]) continue;
      now[j] = (before[j - 1] ?? 0) + 1;
      if (now[j] > size) [size, from, to] = [now[j], i - now[j] + 1, j - now[j] + 1];
    }
    before = now;
  }
  if (!size) return 0;
  const left = common(one.slice(0, from), other.slice(0, to));
  return size + left + common(one.slice(from + size), other.slice(to + size));
}
