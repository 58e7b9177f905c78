// Rank with Pagefind's browser module, which fetches from the disk here.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { answer, request } from "./request.mjs";

// What the module expects of a page: where it is fetched from, and the page's language.
globalThis.document = {
  currentScript: null,
  querySelector: (selector) => (selector === "html" ? { getAttribute: () => request.language } : null),
};
globalThis.fetch = async (address) => {
  const url = new URL(address);
  url.search = ""; // the time stamp against stale caches
  return new Response(await readFile(fileURLToPath(url)));
};

// Without this Node may take a file called .js for an old-style module.
await writeFile(join(request.bundle, "package.json"), '{"type": "module"}');
const pagefind = await import(pathToFileURL(join(request.bundle, "pagefind.js")));
await pagefind.init();

const rankings = [];
for (const query of request.queries) {
  const { results } = await pagefind.search(query);
  const pages = await Promise.all(results.slice(0, request.depth).map((result) => result.data()));
  rankings.push(pages.map((page) => page.raw_url));
}
answer(rankings);
