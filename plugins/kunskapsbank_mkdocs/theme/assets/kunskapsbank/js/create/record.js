// A file's values beside the rest of the bank → what does not fit together. The twin of the checks in
// kunskapsbank/catalogue.py that concern one file.
// @ts-check

import { slugify } from "./draft.js";
import { keyOf, problemAt } from "./fields.js";
import { dateText, listed, nearest, yearsText } from "./text.js";

/**
 * @typedef {import("./draft.js").Source} Source
 * @typedef {import("./fields.js").Problem} Problem
 * @typedef {import("./fields.js").Rules} Rules
 */

const INHERITED = ["owners", "audiences", "themes", "methods"];

/**
 * @param {{kind: string | null, values: {[attribute: string]: any}}} found what fields.js read, without errors
 * @param {Source} source
 * @param {Rules} rules
 * @returns {Problem[]}
 */
export function check({ kind, values }, source, rules) {
  const tell = teller(source, rules);
  const folder = source.file.slice(0, source.file.lastIndexOf("/"));
  const isProjectDocument = rules.draft.projectDocuments.includes(kind);
  const project = isProjectDocument
    ? rules.projects.find((/** @type {any} */ one) => `projekt/${one.folder}` === folder)
    : rules.projects.find((/** @type {any} */ one) => one.id === values.project);
  checkIdentity(values, source, rules, tell);
  if (isProjectDocument && !project) tellNoFolder(folder, rules, tell);
  else if (isProjectDocument) checkAgainstProject(values, project, tell);
  else if (values.project && !project) tellNoProject(values.project, rules, tell);
  const settled = isProjectDocument && project ? inherited(values, project, rules) : values;
  checkOwners(settled, keyOf(rules, "owners") in source.fields ? undefined : project, rules, tell);
  checkGrants(kind, values, rules, tell);
  if (isProjectDocument) checkAnalysis(values, rules, tell);
  return tell.problems;
}

/** A function that notes a problem with the field of an attribute, and what it has noted. */
function teller(/** @type {Source} */ source, /** @type {Rules} */ rules) {
  /** @type {Problem[]} */
  const problems = [];
  const tell = (/** @type {string} */ attribute, /** @type {string} */ message, /** @type {string} */ hint,
    /** @type {"fel" | "anmärkning"} */ severity = "fel") => {
    const key = keyOf(rules, attribute);
    problems.push(problemAt(source, source.lines[key], key, message, hint, severity));
  };
  return Object.assign(tell, { problems });
}

/** @typedef {ReturnType<typeof teller>} Teller */

/** Return the id of a record that states none, from its path: "stella-2016-slutrapport". */
export function defaultId(/** @type {string} */ file) {
  const parts = file.replace(/\.md$/, "").split("/");
  if (parts[0] === "projekt") parts.shift();
  if (parts[parts.length - 1] === "index") parts.pop();
  return slugify(parts.join("-"));
}

/** @type {(values: any, source: Source, rules: Rules, tell: Teller) => void} */
function checkIdentity(values, source, rules, tell) {
  const id = values.id ?? defaultId(source.file);
  const other = rules.records.find((/** @type {any} */ one) => one.id === id && one.file !== source.file);
  const hint = "Skriv ett eget id i den ena filen, eller byt namn på filen.";
  if (other) tell("id", `samma id som ${other.file}: ${id}`, hint);
}

/** @type {(folder: string, rules: Rules, tell: Teller) => void} */
function tellNoFolder(folder, rules, tell) {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  const close = nearest(name, rules.projects.map((/** @type {any} */ one) => one.folder));
  const hint = close
    ? `Menade du projekt/${close}? Flytta filen dit, eller lägg till ${folder}/index.md.`
    : `Lägg till ${folder}/index.md, eller flytta filen till rätt projekts mapp.`;
  tell("project", `projektet ${folder} finns inte`, hint);
}

/** @type {(id: string, rules: Rules, tell: Teller) => void} */
function tellNoProject(id, rules, tell) {
  const close = nearest(id, rules.projects.map((/** @type {any} */ one) => one.id));
  const hint = close ? `Menade du ${close}?` : "Skriv namnet på projektets mapp under projekt/.";
  tell("project", `projektet '${id}' finns inte`, hint);
}

/** @type {(values: any, project: any, tell: Teller) => void} */
function checkAgainstProject(values, project, tell) {
  if (values.project && values.project !== project.id) {
    const message = `är '${values.project}', men filen ligger hos ${project.id}`;
    tell("project", message, "Ta bort fältet eller flytta filen.");
  }
  if (values.years?.length && !values.years.some((/** @type {number} */ year) => project.years.includes(year))) {
    const message = `är ${yearsText(values.years)}, men projektets år är ${yearsText(project.years)}`;
    tell("years", message, `Lägg till året i ${project.file} om projektet hade medel då.`, "anmärkning");
  }
}

/** Return the values with what a document takes from its project where it says nothing itself. */
function inherited(/** @type {any} */ values, /** @type {any} */ project, /** @type {Rules} */ rules) {
  const settled = { ...values };
  for (const attribute of INHERITED) {
    if (settled[attribute]?.length) continue;
    const { vocabulary } = rules.fields.find((/** @type {any} */ one) => one.attribute === attribute).shape;
    const { terms } = rules.vocabularies[vocabulary];
    settled[attribute] = project[attribute].map((/** @type {string} */ id) => terms.find((/** @type {any} */ one) => one.id === id));
  }
  return settled;
}

/** @type {(values: any, project: any, rules: Rules, tell: Teller) => void} */
function checkOwners(values, project, rules, tell) {
  const filedUnder = values.years?.length ? values.years : present(values.report_year);
  for (const owner of values.owners ?? []) {
    // What is wrong already in the project is told there.
    if (inUse(owner, filedUnder) || (project && !inUse(owner, project.years))) continue;
    const also = ` Ägaren kommer från projektet: skriv ${keyOf(rules, "owners")} också i det här dokumentet.`;
    tell("owners", `${owner.label} fanns inte ${yearsText(filedUnder)}`, otherNames(owner, rules) + (project ? also : ""));
  }
}

/** @type {(year: number | undefined) => number[]} */
const present = (year) => (year === undefined ? [] : [year]);

/** @type {(owner: any, years: number[]) => boolean} */
function inUse(owner, years) {
  const [begins, ends] = [owner.from, owner.to].map((day) => day && Number(day.slice(0, 4)));
  return !years.length || years.some((year) => (begins ?? year) <= year && year <= (ends ?? year));
}

/** @type {(owner: any, rules: Rules) => string} */
function otherNames(owner, rules) {
  const { file, terms } = rules.vocabularies[rules.vocabularyOf.owners];
  const labels = (/** @type {any[]} */ found) => listed(found.map((term) => term.label), "eller");
  const before = owner.from ? predecessors(owner, terms) : [];
  if (before.length) return `Namnet gäller från ${dateText(owner.from)}. Dessförinnan: ${labels(before)}.`;
  const after = owner.to ? successors(owner, terms) : [];
  if (after.length) return `Namnet gällde till ${dateText(owner.to)}. Därefter: ${labels(after)}.`;
  return `Namnen och när de gäller står i ${file}.`;
}

/** @type {(owner: any, terms: any[]) => any[]} */
function predecessors(owner, terms) {
  const found = new Set([owner.id]);
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const term of terms) if (term.successors?.some((/** @type {string} */ id) => found.has(id))) found.add(term.id);
  }
  return terms.filter((term) => found.has(term.id) && term !== owner);
}

/** Return what an owner is called today: the end of the chain of successors. @type {(owner: any, terms: any[]) => any[]} */
function successors(owner, terms) {
  const [today, passed, ways] = [new Set(), new Set(), [...(owner.successors ?? [])]];
  while (ways.length) {
    const term = terms.find((one) => one.id === ways[0]);
    ways.shift();
    if (!term || passed.has(term)) continue;
    passed.add(term);
    if (term.successors?.length) ways.push(...term.successors);
    else today.add(term);
  }
  return [...today];
}

/** @type {(kind: string | null, values: any, rules: Rules, tell: Teller) => void} */
function checkGrants(kind, values, rules, tell) {
  if (!values.years?.length) return;
  const key = keyOf(rules, "years");
  for (const { year } of values.grants ?? []) {
    if (values.years.includes(year)) continue;
    const add = `Lägg till ${year} i fältet ${key}, eller rätta medlens ${key}.`;
    const hint = kind === "projekt" ? add : `Rätta fältet ${key}, eller rätta medlens ${key}.`;
    tell("grants", `gäller ${year}, men fältet ${key} säger ${yearsText(values.years)}`, hint);
  }
}

/** @type {(values: any, rules: Rules, tell: Teller) => void} */
function checkAnalysis(values, rules, tell) {
  const status = values.gender_analysis?.status;
  if (!status || !values.years?.length) return;
  const from = rules.limits.analysisAskedFrom;
  const wrong = Math.min(...values.years) >= from ? rules.analysis.notAskedFor : rules.analysis.missing;
  if (status.id !== wrong) return;
  tell("gender_analysis", `är '${status.label}', men pengarna gäller ${yearsText(values.years)}`,
    `Analysen efterfrågas från ${from} års medel. Ta bort fältet: banken räknar ut statusen.`);
}
