// A word that no text has and that is no word → the words of the texts that were most likely meant. The twin of
// spelling.py, which tells what costs what.

import { stem } from "./stem.js";
import { unaccented } from "./text.js";

const MOST = 3;
export const EDIT = 10;
const DOUBLED = 5;
const EXCHANGED = 7;
const KEY = 7;
const SOUND = 5;
const SOUNDS = 4;
const WORSE = 4;
const OTHER_FORM = 2;
const LONGER = 5;
const [LEAST, LONG] = [4, 6];

/**
 * Return pairs of letters, either way round.
 * @param {string[]} pairs
 */
const bothWays = (pairs) => new Set(pairs.flatMap(([a, b]) => [a + b, b + a]));

const ROWS = ["qwertyuiopå", "asdfghjklöä", "zxcvbnm"];
const BESIDE = bothWays(ROWS.flatMap((row) => [...row].slice(1).map((letter, place) => row[place] + letter)));
const ALIKE = bothWays("äe åo iy ck cs zs vw gj dt öo äa åa".split(" "));
/** @type {[RegExp, string][]} */
const SPELLINGS = [
  [/stj|skj|sch|sh|sj|ch|sk(?=[eiyäö])|ssi(?=on)|ti(?=on)|si(?=on)/g, "S"],
  [/tj|kj|k(?=[eiyäö])/g, "C"],
  [/^(?:hj|gj|lj|dj)|g(?=[eiyäö])/g, "j"],
  [/ck|q/g, "k"],
  [/x/g, "ks"],
  [/w/g, "v"],
  [/ä/g, "e"],
  [/ph/g, "f"],
  [/th/g, "t"],
  [/h(?=[bcdfgklmnprstvz]|$)/g, ""],
  [/(.)\1/g, "$1"],
];
/** @type {Record<string, string>} */
const NEIGHBOURS = {};
for (const [a, b] of [...BESIDE].map((pair) => unaccented(pair)).sort()) NEIGHBOURS[a] = (NEIGHBOURS[a] ?? "") + b;
const VOWELS = "aeiouy";
/** @type {Record<string, string>} */
const AFTER = { s: "ktlpvnmj", v: "r", d: "rv", t: "rvj", b: "rlj", p: "rl", h: "j" };
/** @type {Record<string, string>} */
const HEARD_AS = { a: "eo", e: "a", o: "a" };
const BEGINNINGS = ["sj sk st ch sc", "tj kj ki ke ko", "hj gj lj dj ja jo ju"].map((group) => group.split(" "));

/**
 * Return a word as it is heard, roughly.
 * @param {string} word
 */
export const sounds = (word) => SPELLINGS.reduce((text, [written, heard]) => text.replace(written, heard), word);

/**
 * Return the two letters under which words like this one are kept: its own, or as if one of them were wrong.
 * @param {string} word
 */
export function keysOf(word) {
  const [a = "", b = "", c = ""] = unaccented(word);
  const heard = BEGINNINGS.filter((group) => group.includes(a + b)).flat();
  const vowels = [
    ...Array.from(HEARD_AS[a] ?? "", (other) => other + b),
    ...Array.from(HEARD_AS[b] ?? "", (other) => a + other),
  ];
  return [...new Set([a + b, b + a, a + c, ...heard, ...vowels])];
}

/**
 * Return the two letters under which words less like this one are kept: as if a key beside one of them had been struck,
 * or a letter after or before the first were missing.
 * @param {string} word
 */
export function furtherKeysOf(word) {
  const [a = "", b = "", c = ""] = unaccented(word);
  const missing = b && VOWELS.includes(b) ? (AFTER[a] ?? "rln") : VOWELS;
  const found = [
    ...Array.from(NEIGHBOURS[b] ?? "", (other) => a + other),
    ...Array.from(NEIGHBOURS[a] ?? "", (other) => other + b),
    ...Array.from(missing, (other) => a + other),
    b + c,
  ];
  const near = keysOf(word);
  return [...new Set(found)].filter((key) => !near.includes(key));
}

/**
 * @param {string} word
 * @param {number} place
 */
const costOfLetter = (word, place) => (place > 1 && word[place - 2] === word[place - 1] ? DOUBLED : EDIT);

/**
 * Return what it costs to make one word of the other; above `most` it is all one.
 * @param {string} wrong
 * @param {string} right
 * @param {number} most
 */
export function distance(wrong, right, most) {
  /** @type {number[]} */
  let before = [];
  let last = [0];
  for (let j = 1; j <= right.length; j += 1) last.push(last[j - 1] + costOfLetter(right, j));
  for (let i = 1; i <= wrong.length; i += 1) {
    const row = [last[0] + costOfLetter(wrong, i)];
    for (let j = 1; j <= right.length; j += 1) {
      const [a, b] = [wrong[i - 1], right[j - 1]];
      const changed = a === b ? 0 : ALIKE.has(a + b) ? SOUND : BESIDE.has(a + b) ? KEY : EDIT;
      let best = Math.min(row[j - 1] + costOfLetter(right, j), last[j] + costOfLetter(wrong, i), last[j - 1] + changed);
      if (i > 1 && j > 1 && a !== b && a === right[j - 2] && wrong[i - 2] === b)
        best = Math.min(best, before[j - 2] + EXCHANGED);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[right.length];
}

/**
 * Return the words most like `word`, one a stem, with what it costs to take it for them; the nearest first.
 * @param {string} word
 * @param {[string, number][]} known words with the number of documents that have them
 * @returns {[string, number][]}
 */
export function alike(word, known) {
  const most = word.length < LEAST ? 0 : word.length < LONG ? EDIT : 2 * EDIT;
  const [heard, own, isPlain] = [sounds(word), stem(word), word === unaccented(word)];
  /** @type {[number, number, string][]} */
  const found = [];
  for (const [candidate, count] of new Map(known)) {
    if (most === 0 || candidate === word || Math.abs(candidate.length - word.length) > LONGER) continue;
    let cost = distance(word, candidate, most);
    if (cost > SOUNDS) {
      cost = Math.min(cost, SOUNDS + distance(heard, sounds(candidate), most));
      // The texts may have another form of the word; that and one slip is as much as is likely.
      const ofStems = distance(own, stem(candidate), EDIT);
      if (ofStems <= EDIT) cost = Math.min(cost, OTHER_FORM + ofStems);
      const plain = isPlain ? unaccented(candidate) : candidate;
      if (plain !== candidate) cost = Math.min(cost, OTHER_FORM + distance(word, plain, most));
    }
    if (cost <= most) found.push([cost, -count, candidate]);
  }
  found.sort(([a, x, v], [b, y, w]) => a - b || x - y || (v < w ? -1 : 1));
  /** @type {Map<string, [string, number]>} */
  const best = new Map();
  for (const [cost, , candidate] of found) {
    const key = stem(candidate);
    if (cost <= found[0][0] + WORSE && best.size < MOST && !best.has(key)) best.set(key, [candidate, cost]);
  }
  return [...best.values()];
}
