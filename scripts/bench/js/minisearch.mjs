// Rank with MiniSearch over Swedish stems.

import { createRequire } from "node:module";
import { join } from "node:path";

import { answer, request } from "./request.mjs";

const load = createRequire(join(request.packages, "package.json"));
const MiniSearch = load("minisearch");
const stemmer = load("snowball-stemmers").newStemmer("swedish");

/** @type {Record<string, (place: number, stems: string[]) => boolean>} */
const PREFIXES = {
  every: () => true,
  last: (place, stems) => place === stems.length - 1, // the one that may still be being typed
  none: () => false,
};
const mayBePrefix = PREFIXES[request.prefixes];

// The title's boost, the prefixes and the fuzziness are those of the manual's examples.
const index = new MiniSearch({
  fields: ["title", "text"],
  processTerm: (/** @type {string} */ term) => stemmer.stem(term.toLowerCase()),
  searchOptions: {
    boost: { title: 2 },
    prefix: (/** @type {string} */ stem, /** @type {number} */ place, /** @type {string[]} */ stems) =>
      stem.length > 3 && mayBePrefix(place, stems),
    fuzzy: (/** @type {string} */ stem) => (stem.length > 3 ? 0.2 : false),
  },
});
index.addAll(request.documents);
answer(
  request.queries.map((/** @type {string} */ query) =>
    index
      .search(query)
      .slice(0, request.depth)
      .map((/** @type {{id: unknown}} */ hit) => hit.id),
  ),
);
