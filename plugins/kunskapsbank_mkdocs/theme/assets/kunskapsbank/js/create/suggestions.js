// What the text says that the form asks for → a suggestion beside the field, with the passage it comes from.

import { all, make } from "./dom.js";

/**
 * A suggestion of the library: the value as the form has it, and as it is shown; "" as passage where it says the same.
 * `isOneOfSeveral` tells of a term that is chosen beside others.
 * @typedef {{key: string, value: any, isOneOfSeveral: boolean, shown: string, passage: string}} Suggestion
 */

// Whole sentences in bold are hard to read.
const LONG = 60;

/**
 * Show the suggestions beside their fields.
 * @param {HTMLElement} form
 * @param {Suggestion[]} suggestions
 * @param {(suggestion: Suggestion) => void} take is told of the one that the editor takes
 */
export function show(form, suggestions, take) {
  for (const place of all(form, "[data-kb-suggestions]")) {
    const found = suggestions.filter(({ key }) => key === place.dataset.kbSuggestions);
    place.replaceChildren(...found.map((suggestion) => item(suggestion, take)));
  }
}

/** @type {(suggestion: Suggestion, take: (suggestion: Suggestion) => void) => HTMLElement} */
function item(suggestion, take) {
  const { shown, passage } = suggestion;
  const what = shown.length > LONG ? shown : make("strong", {}, shown);
  const text = make("span", { class: "kb-suggestion__text" }, "Förslag från texten: ", what);
  if (passage) text.append(make("span", { class: "kb-suggestion__passage" }, ` – ”${passage}”`));
  const also = make("span", { class: "kb-sr" }, ` ${shown}`);
  const add = make("button", { class: "kb-link", type: "button" }, "Lägg till", also);
  add.addEventListener("click", () => take(suggestion));
  return make("p", { class: "kb-suggestion" }, text, add);
}
