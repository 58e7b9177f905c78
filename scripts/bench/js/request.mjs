// Read the one JSON request on standard input; print the one JSON answer on standard output.

import { readFileSync } from "node:fs";

/** @type {Record<string, any>} */
export const request = JSON.parse(readFileSync(0, "utf-8"));

// Standard output carries the answer alone: an engine's chatter goes to standard error.
console.log = console.info = console.warn = console.error;

/**
 * Print the ranking of each query: names, best first.
 * @param {unknown[][]} rankings
 */
export function answer(rankings) {
  process.stdout.write(JSON.stringify(rankings));
}
