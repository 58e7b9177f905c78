// Run the search worker of a built Material site outside a browser.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { runInThisContext } from "node:vm";

// The kinds of message that the worker knows (SearchMessageType in Material's source).
const SETUP = 0;
const QUERY = 2;

/**
 * Start the worker on the site's own index; return a function from a query to the worker's groups of hits.
 * @param {string} site
 * @returns {Promise<(query: string) => Promise<any>>}
 */
export async function materialSearch(site) {
  const workers = resolve(site, "assets/javascripts/workers");
  const worker = resolve(workers, readdirSync(workers).find((name) => name.endsWith(".min.js")) ?? "");
  /** @param {string} path */
  const run = (path) => runInThisContext(readFileSync(path, "utf-8"), path);
  /** @type {(event: {data: object}) => unknown} */
  let handler;
  /** @type {(data: any) => void} */
  let receive;

  // What the worker expects of its surroundings.
  Object.assign(globalThis, {
    self: globalThis,
    addEventListener: (/** @type {string} */ type, /** @type {typeof handler} */ listener) => {
      if (type === "message") handler = listener;
    },
    postMessage: (/** @type {{data: unknown}} */ message) => receive(message.data),
    importScripts: (/** @type {string[]} */ ...paths) => {
      for (const path of paths) run(resolve(dirname(worker), path));
    },
  });
  run(worker);

  /**
   * @param {number} type
   * @param {unknown} data
   * @returns {Promise<any>}
   */
  const send = (type, data) =>
    new Promise((resolved, rejected) => {
      receive = resolved;
      Promise.resolve(handler({ data: { type, data } })).catch(rejected);
    });
  const index = JSON.parse(readFileSync(resolve(site, "search/search_index.json"), "utf-8"));
  await send(SETUP, { ...index, options: { suggest: false } });
  return async (query) => (await send(QUERY, query)).items;
}
