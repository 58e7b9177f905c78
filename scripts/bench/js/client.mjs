// Rank with the project's own browser client, which reads the exported shards off the disk here.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { answer, request } from "./request.mjs";

const { openBank } = await import(request.client);
const bank = await openBank((/** @type {string} */ path) => readFile(join(request.index, path)));

const rankings = [];
for (const words of request.queries) {
  const { hits } = await bank.search({ words, chosen: {}, sort: "relevance", typing: false });
  rankings.push(hits.slice(0, request.depth).map((/** @type {{number: number}} */ hit) => hit.number));
}
answer(rankings);
