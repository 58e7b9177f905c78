// Rank with MiniSearch over Swedish stems.

import { createRequire } from "node:module";
import { join } from "node:path";

import { answer, request } from "./request.mjs";

const require = createRequire(join(request.packages, "package.json"));
const MiniSearch = require("minisearch");
const stemmer = require("snowball-stemmers").newStemmer("swedish");

const mayBePrefix = {
  every: () => true,
  last: (place, stems) => place === stems.length - 1, // the one that may still be being typed
  none: () => false,
}[request.prefixes];

// The title's boost, the prefixes and the fuzziness are those of the manual's examples.
const index = new MiniSearch({
  fields: ["title", "text"],
  processTerm: (term) => stemmer.stem(term.toLowerCase()),
  searchOptions: {
    boost: { title: 2 },
    prefix: (stem, place, stems) => stem.length > 3 && mayBePrefix(place, stems),
    fuzzy: (stem) => (stem.length > 3 ? 0.2 : false),
  },
});
index.addAll(request.documents);
answer(
  request.queries.map((query) =>
    index
      .search(query)
      .slice(0, request.depth)
      .map((hit) => hit.id),
  ),
);
