// The parts that Swedish compounds are made of, as far as the index has them. The twin of lexicon.py.

import { stem } from "./stem.js";
import { unaccented } from "./text.js";

/**
 * Forms that begin compounds; stems that end them; short forms that may be last and forms that may not; stems of words
 * that are not divided. Maps and sets, or what answers `get` and `has` as they do.
 * @typedef {{cost: number, stem: string}} Part
 * @typedef {{first: Parts, last: Parts, short: Forms, never: Forms, whole: Forms}} Lexicon
 * @typedef {Pick<ReadonlyMap<string, Part>, "get" | "has">} Parts
 * @typedef {Pick<ReadonlySet<string>, "has">} Forms
 * The same, all of it here.
 * @typedef {{first: Map<string, Part>, last: Map<string, Part>, short: Set<string>, never: Set<string>,
 *   whole: Set<string>}} FullLexicon
 * As it is written in a shard of the index.
 * @typedef {{first: Record<string, [number, string?]>, last: Record<string, number>, short: string[], never: string[],
 *   whole: string[]}} LexiconShard
 */

/**
 * Return `form` as the last part of a compound; undefined where it is none.
 * @param {Lexicon} lexicon
 * @param {string} form
 */
export function ending(lexicon, form) {
  if (lexicon.never.has(form) || (form.length <= 4 && !lexicon.short.has(form))) return undefined;
  return lexicon.last.get(stem(form)) ?? lexicon.last.get(form);
}

/**
 * Return a lexicon as it is written in a shard: {first: {form: [cost, stem where it is another]}, last: {stem: cost}}.
 * @param {LexiconShard} shard
 * @returns {FullLexicon}
 */
export function lexicon({ first, last, short, never, whole }) {
  /** @type {[string, Part][]} */
  const begins = Object.entries(first).map(([form, [cost, of]]) => [form, { cost, stem: of ?? stem(form) }]);
  /** @type {[string, Part][]} */
  const ends = Object.entries(last).map(([key, cost]) => [key, { cost, stem: key }]);
  return {
    first: new Map(begins),
    last: new Map(ends),
    short: new Set(short),
    never: new Set(never),
    whole: new Set(whole),
  };
}

/**
 * Return the lexicon for words typed without å, ä and ö: plain forms of the same stems, the cheapest of two alike.
 * @param {FullLexicon} typed
 * @returns {FullLexicon}
 */
export function withoutAccents(typed) {
  /** @param {Map<string, Part>} parts */
  const plain = (parts) => {
    const found = new Map();
    const dearestFirst = [...parts].sort(([a, { cost: x }], [b, { cost: y }]) => y - x || (a < b ? 1 : -1));
    for (const [form, part] of dearestFirst) found.set(unaccented(form), part);
    return found;
  };
  /** @param {Iterable<string>} forms */
  const all = (forms) => new Set(Array.from(forms, unaccented));
  const never = [...typed.never].filter((form) => !typed.short.has(form));
  const { first, last, short, whole } = typed;
  return { first: plain(first), last: plain(last), short: all(short), never: all(never), whole: all(whole) };
}

/**
 * Return a lexicon that looks each form up in its shard, and knows nothing of what `shardOf` does not give.
 * @param {(form: string) => Lexicon | null | undefined} shardOf
 * @returns {Lexicon}
 */
export function sharded(shardOf) {
  /** @param {"first" | "last"} kind */
  const parts = (kind) => ({
    get: (/** @type {string} */ form) => shardOf(form)?.[kind].get(form),
    has: (/** @type {string} */ form) => shardOf(form)?.[kind].has(form) ?? false,
  });
  /** @param {"short" | "never" | "whole"} kind */
  const forms = (kind) => ({
    has: (/** @type {string} */ form) => shardOf(form)?.[kind].has(form) ?? false,
  });
  return {
    first: parts("first"),
    last: parts("last"),
    short: forms("short"),
    never: forms("never"),
    whole: forms("whole"),
  };
}
