// What the editor has filled in → the content file that it becomes, and what is still missing to make one.
// @ts-check

import { draft, place } from "./draft.js";
import { capitalised } from "./dom.js";
import { appliesTo, fieldOf, keyOf, kindLabel, problemAt } from "./fields.js";

/**
 * @typedef {import("./store.js").State} State
 * @typedef {import("./body.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 */

// Accounted for the year after the money's.
const REPORTED_YEAR_AFTER = ["slutrapport", "reserapport"];
const ORIGINAL = "originalrapport";

/** Whether documents of this kind lie in the folder of a project. @type {(rules: Rules, kind: string) => boolean} */
export const needsProject = (rules, kind) => rules.draft.projectDocuments.includes(kind);

/** @type {(state: State, rules: Rules) => any} */
export const projectOf = (state, rules) => rules.projects.find((/** @type {any} */ one) => one.folder === state.project);

/** Return the last year of the money, null while none is written. @type {(state: State, rules: Rules) => number | null} */
export function yearOf(state, rules) {
  const found = String(state.values[keyOf(rules, "years")] ?? "").match(/\d{4}/g);
  return found ? Math.max(...found.map(Number)) : null;
}

/** @type {(state: State, rules: Rules) => Source} */
export function source(state, rules) {
  const { kind } = state;
  /** @type {{[key: string]: any}} */
  const fields = {};
  for (const rule of rules.fields) {
    if (!appliesTo(rule, kind) || (rule.attribute === "project" && needsProject(rules, kind))) continue;
    const value = written(state.values[rule.key], rule.shape, rules);
    if (value !== undefined) fields[rule.key] = value;
  }
  fields[keyOf(rules, "kind")] = kindLabel(rules, kind);
  const file = fileOf(state, rules);
  const folder = file.slice(0, file.lastIndexOf("/"));
  const body = state.body.replace(new RegExp(rules.file.invisible, "g"), "");
  const beside = state.pictures.map((picture) => `${folder}/${picture.name}`);
  return { ...draft(file, fields, body, {}, rules.draft), beside };
}

/** @type {(state: State, rules: Rules) => string} */
export function fileOf(state, rules) {
  const name = state.values[keyOf(rules, state.kind === "reserapport" ? "place" : "title")] ?? "";
  const project = needsProject(rules, state.kind) ? state.project : "";
  return place(state.kind, project, yearOf(state, rules), name, rules.draft);
}

/** Return a value as it stands in the file, undefined where nothing is filled in. @returns {any} */
function written(/** @type {any} */ value, /** @type {any} */ shape, /** @type {Rules} */ rules) {
  if (shape.name === "group") {
    const entries = shape.fields.map((/** @type {any} */ one) => [one.key, written(value?.[one.key], one.shape, rules)]);
    const found = entries.filter((/** @type {any[]} */ [, inner]) => inner !== undefined);
    return found.length ? Object.fromEntries(found) : undefined;
  }
  if (shape.name === "list") return filled((value ?? []).map((/** @type {any} */ one) => written(one, shape.item, rules)));
  if (shape.name === "terms") return filled((value ?? []).map((/** @type {string} */ id) => nameOf(id, shape, rules)));
  if (shape.name === "term") return value ? nameOf(value, shape, rules) : undefined;
  const text = (value ?? "").trim();
  if (shape.name === "texts") return filled(text.split("\n"));
  if (shape.name === "years" && /[,;]/.test(text)) return filled(text.split(/[,;]/));
  return text || undefined;
}

/** @type {(values: any[]) => any[] | undefined} */
function filled(values) {
  const found = values.map((value) => (typeof value === "string" ? value.trim() : value)).filter(Boolean);
  return found.length ? found : undefined;
}

/** Return a term as editors write it: its name, or its id where a comma would make the name look like two. */
function nameOf(/** @type {string} */ id, /** @type {any} */ shape, /** @type {Rules} */ rules) {
  const term = rules.vocabularies[shape.vocabulary].terms.find((/** @type {any} */ one) => one.id === id);
  return !term || term.label.includes(",") ? id : term.label;
}

/** Return attribute → value of what can be worked out from what is filled in. @type {(state: State, rules: Rules) => any} */
export function known(state, rules) {
  const year = yearOf(state, rules);
  const { terms } = rules.vocabularies[fieldOf(rules, "sources").shape.vocabulary];
  const hasOriginal = terms.some((/** @type {any} */ term) => term.id === ORIGINAL);
  return {
    title: title(state, year, rules),
    published: rules.today,
    report_year: year && REPORTED_YEAR_AFTER.includes(state.kind) ? String(year + 1) : "",
    sources: hasOriginal && state.kind !== "utlysning" ? [ORIGINAL] : [],
  };
}

/** @type {(state: State, year: number | null, rules: Rules) => string} */
function title(state, year, rules) {
  const label = state.kind ? capitalised(kindLabel(rules, state.kind)) : "";
  const project = projectOf(state, rules);
  const trip = state.values[keyOf(rules, "place")];
  if (!year) return "";
  if (needsProject(rules, state.kind)) return project ? `${label} ${year}: ${project.title}` : "";
  if (state.kind === "reserapport") return trip ? `Studieresa till ${trip} ${year}` : "";
  return state.kind === "utlysning" ? `${label} ${year}` : "";
}

/** Return what only this page can know: that no project is chosen. @returns {Problem[]} */
export function gaps(/** @type {State} */ state, /** @type {Source} */ source, /** @type {Rules} */ rules) {
  if (!needsProject(rules, state.kind) || projectOf(state, rules)) return [];
  const hint = "Välj det projekt som dokumentet hör till. Finns det inte i listan: lägg in projektets sida först.";
  return [problemAt(source, 1, keyOf(rules, "project"), "inget projekt är valt", hint)];
}
