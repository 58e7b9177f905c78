// An idea in words, of any length → the projects that tried something like it, and how they differ in target group. The
// twin of ideas.py, which tells how and why.

import { pieces } from "./pieces.js";
import { idf } from "./ranking.js";
import { root, stem } from "./stem.js";

const CONSIDERED = 40;
const ASKED = 16;
const NEAREST = 5;
const NEAR_ENOUGH = 8;
const SHORTEST = 3;
const LONGEST = 12;
const MOST_TIMES = 3;
const LISTED = 2;
const STRETCH = 18;
const STEP = 6;

/**
 * What a project tried, for whom and what came of it, as beside.py writes it; `audiences` are ids and labels.
 * @typedef {{id: string, title: string, url: string, years: string, owners: string, summary: string, methods: string,
 *   audiences: [string, string][], result: string, outcomes: string}} Tried
 * @typedef {{tried: Tried, score: number, same: string[], other: string[]}} Near
 * @typedef {import("./analysis.js").Concept} Concept
 * @typedef {import("./meanings.js").Meanings} Meanings
 */

/** The facet of the target groups among what can be named. */
export const AUDIENCES = "malgrupper";

/** @param {string} text */
const isDecimal = (text) => /^\p{Nd}+$/u.test(text);

/** The terms of an index, asked for as they are written: in a long text nothing is taken for misspelt. */
export class Plainly {
  #index;

  /** @param {{has: (term: string) => boolean | undefined}} index */
  constructor(index) {
    this.#index = index;
  }

  /** @param {string} term */
  has(term) {
    return this.#index.has(term);
  }

  accented() {
    return [];
  }

  isWord() {
    return true;
  }

  alike() {
    return [];
  }
}

/**
 * Return the words of a text that may be weighty, in its order: those that come often, are long or are listed.
 * @param {string} text
 * @param {Meanings} known
 */
export function considered(text, known) {
  /** @type {Map<string, {word: string, start: number, times: number}>} */
  const found = new Map();
  for (const { text: word, start } of pieces(text)) {
    if (word.length < SHORTEST || isDecimal(word)) continue;
    const key = stem(word);
    const before = found.get(key);
    if (before) before.times += 1;
    else found.set(key, { word, start, times: 1 });
  }
  const likely = Array.from(found, ([key, { word, start, times }]) => {
    const listed = known.ofWord(key) === undefined ? 1 : LISTED;
    return { word, start, worth: Math.min(times, MOST_TIMES) * Math.min(word.length, LONGEST) * listed };
  });
  const best = likely.sort((a, b) => b.worth - a.worth || a.start - b.start).slice(0, CONSIDERED);
  return best.sort((a, b) => a.start - b.start).map(({ word }) => word);
}

/**
 * Return the concepts that tell most of what a text is about, in their order.
 * @param {string} text
 * @param {Concept[]} concepts
 * @param {(term: string) => number} having how many documents have a term
 * @param {number} documents
 */
export function weightiest(text, concepts, having, documents) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (const piece of pieces(text)) times.set(piece.text, (times.get(piece.text) ?? 0) + 1);
  const weighed = concepts.map((concept, place) => {
    const worths = concept.terms.map(({ text: term, weight }) => {
      const count = having(term);
      return count ? weight * idf(documents, count) : 0;
    });
    const often = Math.min(times.get(concept.word) ?? 0, MOST_TIMES);
    return { concept, place, weight: Math.max(0, ...worths) * often };
  });
  const best = weighed.filter(({ weight }) => weight).sort((a, b) => b.weight - a.weight || a.place - b.place);
  return best
    .slice(0, ASKED)
    .sort((a, b) => a.place - b.place)
    .map(({ concept }) => concept);
}

/**
 * Return the target groups that a text speaks of: all words of a name stand near each other, in any form.
 * @param {string} text
 * @param {import("./naming.js").Named[]} groups
 * @param {Meanings} known
 */
export function spokenOf(text, groups, known) {
  const stems = pieces(text).map((piece) => stem(piece.text));
  /** @type {Set<string>[]} */
  const stretches = [];
  for (let start = 0; start < Math.max(stems.length, 1); start += STEP) {
    const own = stems.slice(start, start + STRETCH);
    const means = own.flatMap((_, place) => Array.from(known.at(own, place), ([, group]) => group));
    stretches.push(new Set([...own, ...own.map(root), ...means]));
  }
  /** @param {string} name */
  const stands = (name) => {
    const words = name.split(" ");
    return stretches.some((stretch) => words.every((word) => stretch.has(word) || stretch.has(root(word))));
  };
  return groups.filter((group) => group.names.some(stands));
}

/**
 * Return the projects of ranked hits with their scores, the best first and those that are near it.
 * @param {{project: string, score: number}[]} hits
 * @returns {[string, number][]}
 */
export function nearestOf(hits) {
  /** @type {Map<string, number>} */
  const scores = new Map();
  for (const { project, score } of hits) if (project && !scores.has(project)) scores.set(project, score);
  const best = Math.max(0, ...scores.values());
  return [...scores].filter(([, score]) => score * NEAR_ENOUGH >= best).slice(0, NEAREST);
}

/**
 * Return a project beside an idea that speaks of some target groups.
 * @param {Tried} tried
 * @param {number} score
 * @param {import("./naming.js").Named[]} spoken
 * @returns {Near}
 */
export function compared(tried, score, spoken) {
  const ids = new Set(spoken.map(({ term }) => term));
  const labels = (/** @type {boolean} */ isSame) =>
    tried.audiences.filter(([id]) => ids.has(id) === isSame).map(([, label]) => label);
  return { tried, score, same: labels(true), other: labels(false) };
}
