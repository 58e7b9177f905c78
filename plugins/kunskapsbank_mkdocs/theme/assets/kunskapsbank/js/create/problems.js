// Problems → the list in the step Kontrollera and the words beside each field, with ways to get to what is wrong.

import { all, make, one } from "./dom.js";

/**
 * A problem as the library tells it. It can be mended at a field, by its path, or else on a line of the text, counted
 * from 0; where there is neither, by choosing anew at the start of the page.
 * @typedef {{file: string, line: number, field: string, message: string, hint: string, severity: string, path: string,
 *   textLine: number | null}} Problem
 */

/** @type {(count: number, single: string, several: string) => string} */
const counted = (count, single, several) => `${count} ${count === 1 ? single : several}`;

/** Return in a sentence how much is wrong. @param {Problem[]} problems */
export function verdict(problems) {
  const errors = problems.filter((problem) => problem.severity === "fel").length;
  const remarks = problems.length - errors;
  const also = remarks ? counted(remarks, "anmärkning", "anmärkningar") : "";
  if (errors) return `${counted(errors, "fel", "fel")}${also && ` och ${also}`} att rätta.`;
  if (remarks) return `Inga fel. ${also} att titta på.`;
  return "Inga fel och inga anmärkningar. Filen är klar att hämta.";
}

/**
 * Show the problems under each other, errors first.
 * @param {HTMLElement} place
 * @param {Problem[]} problems
 * @param {(problem: Problem) => void} go to where a problem can be mended
 */
export function show(place, problems, go) {
  place.replaceChildren();
  for (const [severity, heading] of [
    ["fel", "Fel"],
    ["anmärkning", "Anmärkningar"],
  ]) {
    const found = problems.filter((problem) => problem.severity === severity);
    if (!found.length) continue;
    const count = make("span", { class: "kb-count" }, `${found.length}`);
    place.append(
      make("h3", { class: "kb-problems__heading" }, `${heading} `, count),
      make("ul", { class: "kb-plain" }, ...found.map((problem) => item(problem, go))),
    );
  }
}

/** @type {(problem: Problem, go: (problem: Problem) => void) => HTMLElement} */
function item(problem, go) {
  const field = problem.field ? `${problem.field}: ` : "";
  const link = make("a", { class: "kb-problem__what", href: "#steg-uppgifter" }, `${field}${problem.message}`);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(problem);
  });
  const hint = make("p", { class: "kb-problem__hint" }, problem.hint);
  const where = make("p", { class: "kb-problem__where" }, `Rad ${problem.line} i ${problem.file}`);
  const weight = problem.severity === "fel" ? " kb-problem--error" : "";
  return make("li", { class: `kb-problem${weight}` }, link, hint, where);
}

/** Return the element in which a problem can be mended. @param {HTMLElement} form @param {Problem} problem */
export function elementOf(form, { path, textLine }) {
  if (textLine !== null) return one(form, "#skapa-text");
  for (const names = path.split("/"); names.length; names.pop()) {
    const here = CSS.escape(names.join("/"));
    const found = all(form, `[data-kb-field="${here}"], [data-kb-item="${here}"]`);
    const shown = found.find((field) => !field.closest("[hidden]"));
    if (shown) return shown;
  }
  return one(form, "#steg-typ-rubrik");
}

/** Put the words beside the fields: all of `told`, and away where nothing is wrong. */
export function besideFields(/** @type {HTMLElement} */ form, /** @type {Problem[]} */ told) {
  /** @type {Map<Element, Problem[]>} */
  const byField = new Map();
  for (const problem of told.filter(({ severity, textLine }) => severity === "fel" && textLine === null)) {
    const field = elementOf(form, problem).closest("[data-kb-field]");
    if (field) byField.set(field, [...(byField.get(field) ?? []), problem]);
  }
  for (const field of all(form, "[data-kb-field]")) {
    const found = byField.get(field) ?? [];
    const words = one(field, ":scope > [data-kb-error]");
    field.classList.toggle("kb-field--wrong", found.length > 0);
    const lines = found.map(({ message, hint }) => [`Fel: ${message}. `, make("span", {}, hint)]);
    words.replaceChildren(...lines.flatMap((line, place) => (place ? [make("br"), ...line] : line)));
    words.hidden = !found.length;
    const input = field.querySelector(":scope > :is(input, textarea, select)");
    if (found.length) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
}

/** Put the focus where something can be filled in, and unfold what it is folded into. @param {Element} element */
export function focus(element) {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (outer instanceof HTMLDetailsElement) outer.open = true;
  }
  const fillable = "input:not([type=search]), select, textarea, summary, button";
  const input = element.matches(`${fillable}, [tabindex]`) ? element : element.querySelector(fillable);
  const shown = input?.closest("details:not([open])")?.querySelector("summary") ?? input;
  /** @type {HTMLElement | null | undefined} */ (shown)?.focus();
}

/** Mark a line of the text, counted from 0. @param {HTMLTextAreaElement} text @param {number} line */
export function selectLine(text, line) {
  const lines = text.value.split("\n");
  const place = Math.max(0, Math.min(lines.length - 1, line));
  const start = lines.slice(0, place).join("\n").length + (place ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[place].length);
  // Browsers show the caret only while it moves: half a screen above it is where the eye is.
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, place - 4);
}
