// Rank with Pagefind's browser module, which fetches from the disk here.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { answer, request } from "./request.mjs";

// What the module expects of a page: where it is fetched from, and the page's language.
const page = {
  currentScript: null,
  querySelector: (/** @type {string} */ selector) =>
    selector === "html" ? { getAttribute: () => request.language } : null,
};
Object.assign(globalThis, { document: page });
globalThis.fetch = async (address) => {
  const url = new URL(address instanceof Request ? address.url : address);
  url.search = ""; // the time stamp against stale caches
  return new Response(await readFile(fileURLToPath(url)));
};

// Without this Node may take a file called .js for an old-style module.
await writeFile(join(request.bundle, "package.json"), '{"type": "module"}');
const pagefind = await import(pathToFileURL(join(request.bundle, "pagefind.js")).href);
await pagefind.init();

const rankings = [];
for (const query of request.queries) {
  const { results } = await pagefind.search(query);
  const pages = await Promise.all(results.slice(0, request.depth).map((/** @type {any} */ result) => result.data()));
  rankings.push(pages.map((page) => page.raw_url));
}
answer(rankings);
