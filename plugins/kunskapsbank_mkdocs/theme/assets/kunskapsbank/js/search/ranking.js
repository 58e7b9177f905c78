// A question and the postings of its terms → the documents that answer it, best first. The twin of ranking.py, which
// has the formula and tells why; sums run in the same order, so that the scores are the same to the last bit.

const IDF_UNIT = 64;
const SATURATION = 29;
const COVERAGE = 0.3;
const CLOSENESS = 1.25;
const BESIDE = 0.5;
const ENOUGH = 4;
const HOLDS = 4;
/** The first block of what is not the body of a document. */
export const OUTSIDE = 8192;

/**
 * A term in a document: its number, the impact, and the blocks it stands in, ascending.
 * @typedef {{document: number, impact: number, blocks: number[]}} Posting
 * `isEnough` where a document holds nearly as much of the question as the one that holds most.
 * @typedef {{number: number, score: number, isEnough: boolean}} Hit
 * A document being scored: per word of the question its best term's worth, and what stands in each block.
 * @typedef {{score: number, best: Map<number, number>, blocks: Map<number, Map<number, number>>}} Found
 */

/**
 * Return how much a term tells that `having` of `documents` documents have.
 * @param {number} documents
 * @param {number} having
 */
export function idf(documents, having) {
  return Math.floor(IDF_UNIT * Math.log(1 + (documents - having + 0.5) / (having + 0.5)) + 0.5);
}

/**
 * @param {Map<number, number>} map
 * @param {number} key
 * @param {number} worth
 */
const raise = (map, key, worth) => map.set(key, Math.max(map.get(key) ?? 0, worth));

/**
 * Return the highest worth that stands together in one block and the next.
 * @param {Found} found
 */
function closeness({ best, blocks }) {
  if (best.size < 2) return 0;
  const words = [...blocks.values()];
  let closest = 0;
  for (const block of new Set(words.flatMap((places) => [...places.keys()]))) {
    let together = 0;
    for (const places of words) {
      const beside = Math.max(places.get(block - 1) ?? 0, places.get(block + 1) ?? 0) * BESIDE;
      together += Math.max(places.get(block) ?? 0, beside);
    }
    closest = Math.max(closest, together);
  }
  return closest;
}

/** @param {Map<number, number>} best */
function sum(best) {
  let all = 0;
  for (const worth of best.values()) all += worth;
  return all;
}

/**
 * Return what a document earns for having much of the question, and having it close together.
 * @param {Found} found
 */
function standing(found) {
  return COVERAGE * sum(found.best) + CLOSENESS * closeness(found);
}

/**
 * Return every document that answers enough of the question, best first.
 * @param {import("./analysis.js").Concept[]} question
 * @param {(term: string) => Posting[]} postingsOf
 * @param {number} documents how many there are
 * @returns {Hit[]}
 */
export function rank(question, postingsOf, documents) {
  /** @type {Map<number, Found>} */
  const everything = new Map();
  const highest = question.map(() => 0);
  question.forEach(({ terms }, word) => {
    for (const { text, weight } of terms) {
      const having = postingsOf(text);
      if (!having.length) continue;
      const worth = weight * idf(documents, having.length);
      highest[word] = Math.max(highest[word], worth);
      for (const { document, impact, blocks } of having) {
        let found = everything.get(document);
        if (!found) everything.set(document, (found = { score: 0, best: new Map(), blocks: new Map() }));
        found.score += (worth * impact) / (impact + SATURATION);
        raise(found.best, word, worth);
        let places = found.blocks.get(word);
        if (!places) found.blocks.set(word, (places = new Map()));
        for (const block of blocks) raise(places, block, worth);
      }
    }
  });
  // Not none, even where every word stands in every document and so tells nothing.
  const top = Math.max(
    highest.reduce((sum, worth) => sum + worth, 0),
    1,
  );
  let most = 0;
  for (const { best } of everything.values()) most = Math.max(most, sum(best));
  const hits = [];
  for (const [number, found] of everything) {
    const answers = [...found.best].some(([word, worth]) => worth * ENOUGH >= highest[word]);
    const isEnough = sum(found.best) * HOLDS >= most * (HOLDS - 1);
    if (answers) hits.push({ number, score: found.score * (1 + standing(found) / top), isEnough });
  }
  return hits.sort((a, b) => b.score - a.score || a.number - b.number);
}
