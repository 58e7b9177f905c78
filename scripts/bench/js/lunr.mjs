// Rank with Material's search worker.

import { materialSearch } from "./material.mjs";
import { answer, request } from "./request.mjs";

const search = await materialSearch(request.site);
const rankings = [];
for (const query of request.queries) {
  const groups = await search(query); // one group of sections for each page, best first
  rankings.push(
    groups.slice(0, request.depth).map((/** @type {{location: string}[]} */ [section]) => section.location),
  );
}
answer(rankings);
