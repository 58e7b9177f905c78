// Choosing several terms: what is chosen as chips above the boxes, and a search where they are many.

import { folded } from "../search/text.js";
import { all, make, one } from "./dom.js";

/** Let the search of a field hide what has another name. @param {HTMLElement} field */
export function search(field) {
  const words = /** @type {HTMLInputElement | null} */ (field.querySelector("[data-kb-search]"));
  if (!words) return;
  const items = all(field, "[data-kb-words]");
  words.addEventListener("input", () => {
    const wanted = folded(words.value.trim());
    for (const item of items) item.hidden = !item.dataset.kbWords?.includes(wanted);
    const isFound = items.some((item) => !item.hidden);
    one(field, "[role=status]").textContent = isFound ? "" : "Inget heter så. Pröva ett kortare ord.";
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

/**
 * Show the chosen terms of a field as chips, where its boxes are folded away.
 * @param {HTMLElement} field
 * @param {string[]} ids in the order of choice
 */
export function showChips(field, ids) {
  const chips = field.querySelector(".kb-chips");
  if (!(chips instanceof HTMLElement) || !field.querySelector(".kb-pick")) return;
  const boxes = ids.flatMap((id) => boxOf(field, id) ?? []);
  chips.hidden = !boxes.length;
  chips.replaceChildren(...boxes.map((box) => make("li", {}, chip(field, box))));
}

/** @param {HTMLElement} field @param {string} id */
const boxOf = (field, id) =>
  /** @type {HTMLInputElement | null} */ (field.querySelector(`input[value="${CSS.escape(id)}"]`));

/** @param {HTMLElement} field @param {HTMLInputElement} box */
function chip(field, box) {
  const name = box.closest("label")?.querySelector("[data-kb-name]")?.textContent ?? "";
  const also = make("span", { class: "kb-sr" }, ", ta bort");
  const cross = make("span", { class: "kb-chip__cross", "aria-hidden": "true" }, "×");
  const button = make("button", { class: "kb-chip", type: "button" }, name, also, cross);
  button.addEventListener("click", () => {
    const place = all(field, ".kb-chip").indexOf(button);
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    const left = all(field, ".kb-chip");
    (left[Math.min(place, left.length - 1)] ?? one(field, ".kb-pick summary")).focus();
  });
  return button;
}
