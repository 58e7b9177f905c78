// Run the search worker of a built Material site outside a browser.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { runInThisContext } from "node:vm";

// The kinds of message that the worker knows (SearchMessageType in Material's source).
const SETUP = 0;
const QUERY = 2;

/** Start the worker on the site's own index; return a function from a query to the worker's groups of hits. */
export async function materialSearch(site) {
  const workers = resolve(site, "assets/javascripts/workers");
  const worker = resolve(
    workers,
    readdirSync(workers).find((name) => name.endsWith(".min.js")),
  );
  const run = (path) => runInThisContext(readFileSync(path, "utf-8"), path);
  let handler;
  let receive;

  // What the worker expects of its surroundings.
  globalThis.self = globalThis;
  globalThis.addEventListener = (type, listener) => {
    if (type === "message") handler = listener;
  };
  globalThis.postMessage = (message) => receive(message.data);
  globalThis.importScripts = (...paths) => {
    for (const path of paths) run(resolve(dirname(worker), path));
  };
  run(worker);

  const send = (type, data) =>
    new Promise((resolved, rejected) => {
      receive = resolved;
      Promise.resolve(handler({ data: { type, data } })).catch(rejected);
    });
  const index = JSON.parse(readFileSync(resolve(site, "search/search_index.json"), "utf-8"));
  await send(SETUP, { ...index, options: { suggest: false } });
  return async (query) => (await send(QUERY, query)).items;
}
