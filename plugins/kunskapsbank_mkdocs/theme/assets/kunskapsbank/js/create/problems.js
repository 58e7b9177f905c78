// Problems → the list in the step Kontrollera and the words beside each field, with ways to get to what is wrong.
// @ts-check

import { idOf, make } from "./dom.js";
import { keyOf } from "./fields.js";

/**
 * @typedef {import("./body.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 */

/** @type {(count: number, one: string, several: string) => string} */
const counted = (count, one, several) => `${count} ${count === 1 ? one : several}`;

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
  for (const [severity, heading] of [["fel", "Fel"], ["anmärkning", "Anmärkningar"]]) {
    const found = problems.filter((problem) => problem.severity === severity);
    if (!found.length) continue;
    place.append(
      make("h3", { class: "kb-problems__heading" }, `${heading} `, make("span", { class: "kb-count" }, `${found.length}`)),
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
  const hint = make("p", { class: "kb-problem__hint" }, dedented(problem.hint));
  const where = make("p", { class: "kb-problem__where" }, `Rad ${problem.line} i ${problem.file}`);
  return make("li", { class: `kb-problem${problem.severity === "fel" ? " kb-problem--error" : ""}` }, link, hint, where);
}

/** Examples in hints stand six spaces in, as they follow an indented hint. @param {string} hint */
const dedented = (hint) => hint.replaceAll("\n      ", "\n  ");

/** Return where in the form a problem is: a path as in draft.js, "" for the text. */
export function pathOf(/** @type {Problem} */ problem, /** @type {Source} */ source) {
  if (!problem.field) return "";
  const names = problem.field.split(" → ");
  const keys = (/** @type {string} */ path) => path.split("/").filter((name) => !/^\d+$/.test(name));
  const here = Object.keys(source.lines).filter((path) => source.lines[path] === problem.line);
  const whole = here.filter((path) => keys(path).join() === names.join()).pop();
  if (whole) return whole;
  // A field that is missing in a group stands nowhere: told at the group's first line.
  const group = here.filter((path) => keys(path).join() === names.slice(0, -1).join()).pop();
  return [...(group ? [group] : names.slice(0, -1)), names[names.length - 1]].join("/");
}

/** Return the element in which a problem can be mended. @param {Problem} problem @param {Source} source @param {Rules} rules */
export function elementOf(problem, source, rules) {
  const isText = !problem.field && problem.line >= source.bodyLine;
  if (isText) return document.getElementById("skapa-text");
  const names = (pathOf(problem, source) || keyOf(rules, "title")).split("/");
  for (; names.length; names.pop()) {
    const found = document.getElementById(idOf(names.join("/")));
    if (found) return found;
  }
  return document.getElementById("steg-typ-rubrik");
}

/** Put the words beside the fields: all of `told`, and away where nothing is wrong. */
export function besideFields(/** @type {HTMLElement} */ form, /** @type {Problem[]} */ told, /** @type {Source} */ source, /** @type {Rules} */ rules) {
  /** @type {Map<Element, Problem[]>} */
  const byBlock = new Map();
  for (const problem of told.filter((one) => one.severity === "fel")) {
    const block = elementOf(problem, source, rules)?.closest("[data-kb-field]");
    if (block) byBlock.set(block, [...(byBlock.get(block) ?? []), problem]);
  }
  for (const block of form.querySelectorAll("[data-kb-field]")) {
    const found = byBlock.get(block) ?? [];
    const words = /** @type {HTMLElement} */ (block.querySelector(":scope > [data-kb-error]"));
    block.classList.toggle("kb-field--wrong", found.length > 0);
    words.replaceChildren(...found.flatMap((one, place) => [
      ...(place ? [make("br")] : []), `Fel: ${one.message}. `, make("span", {}, dedented(one.hint)),
    ]));
    words.hidden = !found.length;
    const input = block.querySelector(":scope > :is(input, textarea, select)");
    if (found.length) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
}

/** Put the focus where something can be filled in, and unfold what it is folded into. @param {Element} element */
export function focus(element) {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    if (outer instanceof HTMLDetailsElement) outer.open = true;
  }
  const input = element.matches("input, select, textarea, [tabindex]") ? element : element.querySelector("input:not([type=search]), select, textarea, summary, button");
  const shown = input?.closest("details:not([open])")?.querySelector("summary") ?? input;
  /** @type {HTMLElement | null | undefined} */ (shown)?.focus();
}

/** Mark a line of the text, 0-based in `body`, which may begin with an empty line that the text lacks. */
export function selectLine(/** @type {HTMLTextAreaElement} */ text, /** @type {number} */ line, /** @type {string} */ body) {
  const before = /^\n*/.exec(text.value)?.[0].length ?? 0;
  const lines = text.value.split("\n");
  const place = Math.max(0, Math.min(lines.length - 1, line - (body.startsWith("\n") ? 1 : 0) + before));
  const start = lines.slice(0, place).join("\n").length + (place ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + lines[place].length);
  // Browsers show the caret only while it moves: half a screen above it is where the eye is.
  text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, place - 4);
}
