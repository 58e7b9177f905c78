// What the text says that the form asks for → a suggestion beside the field, with the passage it comes from.
// @ts-check

import { make } from "./dom.js";
import { findTerm } from "./fields.js";

/**
 * @typedef {import("./fields.js").Rules} Rules
 * @typedef {import("./store.js").Store} Store
 * @typedef {{key: string, value: any, passage: string}} Suggestion
 */

// Whole sentences in bold are hard to read.
const LONG = 60;

/**
 * Show the suggestions that say something new.
 * @param {HTMLElement} form
 * @param {Suggestion[]} suggestions
 * @param {{store: Store, rules: Rules, inherited: (rule: any) => string[], taken: (key: string) => void}} around `taken`
 *   is told of a field that was filled in
 */
export function show(form, suggestions, { store, rules, inherited, taken }) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-kb-suggestions]"))) {
    const key = place.dataset.kbSuggestions ?? "";
    const rule = rules.fields.find((/** @type {any} */ one) => one.key === key);
    if (!rule) continue;
    const has = store.get(key);
    const isSeveral = rule.shape.name === "terms";
    const found = suggestions
      .filter((one) => one.key === key)
      .map(({ value, passage }) => ({ value: filledIn(value, rule.shape, rules), shown: shownAs(value), passage }))
      .filter(({ value, shown }) => value !== undefined && !inherited(rule).includes(shown))
      .filter(({ value }) => (isSeveral ? !(has ?? []).includes(value) : isEmpty(has)));
    place.replaceChildren(...found.map((one) => item(one, () => {
      store.set(key, isSeveral ? [...(has ?? []), one.value] : one.value);
      taken(key);
    })));
  }
}

/** @type {(value: any) => boolean} */
const isEmpty = (value) => (typeof value === "object" ? Object.values(value).every(isEmpty) : !value);

/** Return a suggested value as the form has it: terms by their ids, undefined where there is no such term. @returns {any} */
function filledIn(/** @type {any} */ value, /** @type {any} */ shape, /** @type {Rules} */ rules) {
  if (shape.name === "group") {
    const inner = Object.entries(value).map(([key, one]) =>
      [key, filledIn(one, shape.fields.find((/** @type {any} */ rule) => rule.key === key).shape, rules)]);
    return Object.fromEntries(inner);
  }
  if (Array.isArray(value)) return value.map((one) => filledIn(one, shape, rules)).filter((one) => one !== undefined);
  return shape.vocabulary ? findTerm(rules, shape.vocabulary, value)?.id : value;
}

/** @type {(value: any) => string} */
const shownAs = (value) =>
  typeof value === "object" ? Object.entries(value).map(([key, one]) => `${key}: ${[one].flat().join(", ")}`).join("; ") : value;

/** @type {(suggestion: {shown: string, passage: string}, take: () => void) => HTMLElement} */
function item({ shown, passage }, take) {
  const what = shown.length > LONG ? shown : make("strong", {}, shown);
  const text = make("span", { class: "kb-suggestion__text" }, "Förslag från texten: ", what);
  if (passage && passage !== shown) text.append(make("span", { class: "kb-suggestion__passage" }, ` – ”${passage}”`));
  const add = make("button", { class: "kb-link", type: "button" }, "Lägg till", make("span", { class: "kb-sr" }, ` ${shown}`));
  add.addEventListener("click", take);
  return make("p", { class: "kb-suggestion" }, text, add);
}
