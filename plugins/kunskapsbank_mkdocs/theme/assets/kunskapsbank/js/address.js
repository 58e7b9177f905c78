// Address ↔ question: what is asked stands in the address, so that it can be kept, sent and gone back to.

const WORDS = "q";
const ORDER = "ordning";
const NEWEST = "nyast";

/**
 * @typedef {object} Question
 * @property {string} words
 * @property {Record<string, string[]>} chosen terms by the id of their filter; only filters with any
 * @property {"relevance" | "newest"} sort
 */

/**
 * Return the question in an address, and the terms in it that no filter has. Names that are none of ours are left
 * alone: others add theirs to links.
 *
 * @param {string} search such as "?q=vräkning&teman=hemloshet"
 * @param {import("./filters.js").Filters} filters
 * @returns {{ question: Question, unknown: { filter: string, term: string }[] }}
 */
export function read(search, filters) {
  const values = new URLSearchParams(search);
  /** @type {Record<string, string[]>} */
  const chosen = {};
  const unknown = [];
  for (const filter of filters.ids) {
    const terms = [...new Set(values.getAll(filter))].filter(Boolean);
    const known = terms.filter((term) => filters.has(filter, term));
    if (known.length) chosen[filter] = known;
    for (const term of terms) if (!filters.has(filter, term)) unknown.push({ filter, term });
  }
  const sort = values.get(ORDER) === NEWEST ? "newest" : "relevance";
  return { question: { words: values.get(WORDS) ?? "", chosen, sort }, unknown };
}

/**
 * Return the question as the end of an address, "" for the empty question.
 *
 * @param {Question} question
 */
export function write({ words, chosen, sort }) {
  const values = new URLSearchParams();
  if (words.trim()) values.set(WORDS, words.trim());
  for (const [filter, terms] of Object.entries(chosen)) for (const term of terms) values.append(filter, term);
  if (sort === "newest") values.set(ORDER, NEWEST);
  return values.size ? `?${values}` : "";
}
