// Patterns that the library tells → regular expressions, each made once, and messages with words put in.
// @ts-check

/** @type {WeakMap<object, {[name: string]: RegExp}>} */
const known = new WeakMap();

/**
 * @param {{[name: string]: string}} patterns
 * @param {string} flags
 * @returns {{[name: string]: RegExp}}
 */
export function expressions(patterns, flags) {
  let made = known.get(patterns);
  if (!made) {
    made = Object.fromEntries(Object.entries(patterns).map(([name, pattern]) => [name, new RegExp(pattern, flags)]));
    known.set(patterns, made);
  }
  return made;
}

/**
 * Return a template with its {names} filled in.
 * @param {string} template
 * @param {{[name: string]: string | number}} words
 */
export const filled = (template, words) => template.replace(/\{(\w+)\}/g, (_, name) => String(words[name]));
