// Problems → the list in the step Kontrollera and the words beside each field, with ways to get to what is wrong.

import { all, make, one } from "./dom.js";

/**
 * A problem as the library tells it, in the words of the form (label, said, help). It can be mended at a field, by its
 * path, or else on a line of the text, counted from 0; where there is neither, by choosing anew at the start of the page.
 * `isLeft` tells that a field is just not filled in.
 * @typedef {{severity: string, path: string, textLine: number | null, label: string, said: string, help: string,
 *   is_left: boolean}} Problem
 * What is told of them: errors, what is left to fill in (not yet looked at by the editor), and remarks.
 * @typedef {{errors: Problem[], left: Problem[], remarks: Problem[]}} Told
 */

/** @type {(count: number, single: string, several: string) => string} */
const counted = (count, single, several) => `${count} ${count === 1 ? single : several}`;

/**
 * Sort problems by what the editor is told. What is not filled in is no error until its field has been left.
 * @param {Problem[]} problems @param {Set<string>} touched see touchedKey
 * @returns {Told}
 */
export function told(problems, touched) {
  const isError = (/** @type {Problem} */ { severity }) => severity === "fel";
  const isLeft = (/** @type {Problem} */ problem) => problem.is_left && !touched.has(touchedKey(problem.path));
  return {
    errors: problems.filter((problem) => isError(problem) && !isLeft(problem)),
    left: problems.filter((problem) => isError(problem) && isLeft(problem)),
    remarks: problems.filter((problem) => !isError(problem)),
  };
}

/** Return what is noted of a field that was left: its outermost one, but for those of a new project. @param {string} path */
export function touchedKey(path) {
  const names = path.split("/");
  return names.slice(0, names[0] === "nytt projekt" ? 2 : 1).join("/");
}

/** Return in a sentence or two how much there is to do. @param {Told} told */
export function verdict({ errors, left, remarks }) {
  const said = [
    errors.length && `${counted(errors.length, "fel", "fel")} att rätta.`,
    left.length && `${counted(left.length, "uppgift", "uppgifter")} kvar att fylla i.`,
    !errors.length &&
      !left.length &&
      (remarks.length ? "Inga fel." : "Inga fel och inga anmärkningar. Allt är klart att hämta."),
    remarks.length && `${counted(remarks.length, "anmärkning", "anmärkningar")} att titta på.`,
  ];
  return said.filter(Boolean).join(" ");
}

/**
 * Show the problems under each other, errors first.
 * @param {HTMLElement} place
 * @param {Told} told
 * @param {(problem: Problem) => void} go to where a problem can be mended
 */
export function show(place, { errors, left, remarks }, go) {
  place.replaceChildren();
  /** @type {[Problem[], string][]} */
  const groups = [
    [errors, "Fel att rätta"],
    [left, "Kvar att fylla i"],
    [remarks, "Anmärkningar att titta på"],
  ];
  for (const [found, heading] of groups) {
    if (!found.length) continue;
    const count = make("span", { class: "kb-count" }, `${found.length}`);
    place.append(
      make("h3", { class: "kb-problems__heading" }, `${heading} `, count),
      make("ul", { class: "kb-plain" }, ...found.map((problem) => item(problem, found === errors, go))),
    );
  }
}

/** @type {(problem: Problem, isError: boolean, go: (problem: Problem) => void) => HTMLElement} */
function item(problem, isError, go) {
  const { label, said, help, textLine } = problem;
  const what = label ? `${label}: ${said}` : said;
  const link = make("a", { class: "kb-problem__what", href: "#steg-uppgifter" }, what);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    go(problem);
  });
  const hint = make("p", { class: "kb-problem__hint" }, help);
  const where = textLine === null ? [] : [make("p", { class: "kb-problem__where" }, `Rad ${textLine + 1} i texten`)];
  return make("li", { class: `kb-problem${isError ? " kb-problem--error" : ""}` }, link, hint, ...where);
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

/** Put the words beside the fields: all `errors`, and away where nothing is wrong. */
export function besideFields(/** @type {HTMLElement} */ form, /** @type {Problem[]} */ errors) {
  /** @type {Map<Element, Problem[]>} */
  const byField = new Map();
  for (const problem of errors.filter(({ textLine }) => textLine === null)) {
    const field = elementOf(form, problem).closest("[data-kb-field]");
    if (field) byField.set(field, [...(byField.get(field) ?? []), problem]);
  }
  for (const field of all(form, "[data-kb-field]")) {
    const found = byField.get(field) ?? [];
    const words = one(field, ":scope > [data-kb-error]");
    field.classList.toggle("kb-field--wrong", found.length > 0);
    const lines = found.map(({ said, help }) => [`Fel: ${said}. `, make("span", {}, help)]);
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
