// Choosing terms: a list of boxes that can be searched, with what is chosen above it as chips.
// @ts-check

import { capitalised, idOf, lowered, make } from "./dom.js";
import { dateText, fold } from "./text.js";

/**
 * A term of a vocabulary, as forms.py gives it.
 * @typedef {{id: string, label: string, note?: string, synonyms?: string[], abbreviations?: string[], from?: string,
 *   to?: string}} Term
 */

// So many can be seen at once; more are folded away, with a field to search among them.
const FEW = 8;

/** @type {(term: Term) => string} */
function validity({ from, to }) {
  if (from && to) return `${dateText(from)}–${dateText(to)}`;
  if (from) return `från ${dateText(from)}`;
  return to ? `till ${dateText(to)}` : "";
}

/**
 * @param {Term} term
 * @param {{type: string, name: string, checked: boolean}} input
 * @param {(isChosen: boolean) => void} choose
 */
function choice(term, input, choose) {
  const { checked, ...attributes } = input;
  const box = make("input", { ...attributes, class: "kb-choice__box", value: term.id, checked });
  box.addEventListener("change", () => choose(box.checked));
  const name = make("span", { class: "kb-choice__name" }, make("span", { "data-kb-name": true }, capitalised(term.label)));
  const note = [validity(term), term.note].filter(Boolean).join(". ");
  if (note) name.append(make("span", { class: "kb-choice__note" }, capitalised(note)));
  return make("li", { class: "kb-choice" }, make("label", { class: "kb-choice__label" }, box, name));
}

/**
 * Return boxes for several terms.
 * @param {{label: string, path: string, terms: Term[], chosen: string[]}} field
 * @param {(ids: string[]) => void} change
 */
export function several({ label, path, terms, chosen }, change) {
  let ids = chosen.filter((id) => terms.some((term) => term.id === id));
  const chips = make("ul", { class: "kb-chips", "aria-label": `Valt under ${lowered(label)}` });
  const items = terms.map((term) =>
    choice(term, { type: "checkbox", name: idOf(path), checked: ids.includes(term.id) }, (isChosen) => {
      ids = isChosen ? [...ids, term.id] : ids.filter((id) => id !== term.id);
      tell();
    }),
  );
  const list = make("ul", { class: "kb-plain" }, ...items);
  const tell = () => {
    showChips();
    change(ids);
  };
  function showChips() {
    chips.hidden = !ids.length || terms.length <= FEW;
    chips.replaceChildren(...ids.map((id) => chip(/** @type {Term} */ (terms.find((term) => term.id === id)))));
  }
  /** @param {Term} term */
  function chip(term) {
    const button = make("button", { class: "kb-chip", type: "button" }, capitalised(term.label),
      make("span", { class: "kb-sr" }, ", ta bort"), make("span", { class: "kb-chip__cross", "aria-hidden": "true" }, "×"));
    button.addEventListener("click", () => {
      const place = ids.indexOf(term.id);
      ids = ids.filter((id) => id !== term.id);
      const box = /** @type {HTMLInputElement} */ (list.querySelector(`[value="${CSS.escape(term.id)}"]`));
      box.checked = false;
      tell();
      const next = chips.querySelectorAll("button")[Math.min(place, ids.length - 1)];
      (next ?? picker.querySelector("summary") ?? box).focus();
    });
    return make("li", {}, button);
  }
  const picker = terms.length > FEW ? folded(label, path, terms, items, list) : make("div", { class: "kb-choices" }, list);
  showChips();
  return [chips, picker];
}

/** @type {(label: string, path: string, terms: Term[], items: HTMLElement[], list: HTMLElement) => HTMLElement} */
function folded(label, path, terms, items, list) {
  const id = `${idOf(path)}-sok`;
  const words = make("input", { class: "kb-input", id, type: "search", autocomplete: "off" });
  const none = make("p", { class: "kb-field__help", role: "status" });
  words.addEventListener("input", () => {
    const wanted = fold(words.value);
    let shown = 0;
    for (const [place, term] of terms.entries()) {
      const names = [term.label, ...(term.synonyms ?? []), ...(term.abbreviations ?? [])];
      items[place].hidden = !names.some((name) => fold(name).includes(wanted));
      if (!items[place].hidden) shown++;
    }
    none.textContent = shown ? "" : "Inget heter så. Pröva ett kortare ord.";
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.classList.add("kb-pick__list");
  const inner = make("div", { class: "kb-pick__inner" }, make("label", { class: "kb-field__help", for: id }, `Sök bland ${lowered(label)}`), words, none, list);
  return make("details", { class: "kb-pick" }, make("summary", { class: "kb-filter__name" }, `Välj bland ${terms.length}`), inner);
}

/**
 * Return a way to choose one term: buttons where they are few, else a list that folds out.
 * @param {{path: string, terms: Term[], chosen: string, required: boolean, describedBy: string}} field
 * @param {(id: string) => void} change
 */
export function one({ path, terms, chosen, required, describedBy }, change) {
  if (terms.length <= FEW) {
    const nothing = { id: "", label: "Inget valt" };
    const items = (required ? terms : [nothing, ...terms]).map((term) =>
      choice(term, { type: "radio", name: idOf(path), checked: term.id === chosen }, () => change(term.id)),
    );
    return make("ul", { class: "kb-plain kb-choices" }, ...items);
  }
  const options = terms.map((term) => make("option", { value: term.id, selected: term.id === chosen }, capitalised(term.label)));
  const list = make("select", { class: "kb-input kb-input--middle", id: idOf(path), "aria-describedby": describedBy },
    make("option", { value: "" }, "Välj …"), ...options);
  list.addEventListener("change", () => change(list.value));
  return list;
}
