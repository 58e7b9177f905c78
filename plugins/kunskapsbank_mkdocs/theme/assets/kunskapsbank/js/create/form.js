// The rules of a field → what it is filled in with. Made anew when the kind changes.
// @ts-check

import { capitalised, idOf, lowered, make } from "./dom.js";
import { appliesTo } from "./fields.js";
import * as terms from "./terms.js";
import { listed, size } from "./text.js";

/**
 * @typedef {import("./fields.js").Rules} Rules
 * @typedef {import("./store.js").Store} Store
 * What a field needs to know of its surroundings: `inherited` are the labels of the terms that come from the project.
 * @typedef {{store: Store, rules: Rules, inherited: (rule: any) => string[]}} Surroundings
 * @typedef {{rule: any, path: string, isRequired: boolean}} Field
 */

// Written in several lines.
const LONG = new Set(["summary", "sequel", "note"]);
const SHORT = new Set(["year", "day", "number"]);
/** The attributes that are filled in elsewhere on the page. */
export const ELSEWHERE = new Set(["kind", "years"]);
// What a reader sees first is filled in first; the rest comes in the order of the schema.
const FIRST = ["title", "summary"];
const ALWAYS_SHOWN = new Set(["gender_analysis", "grants", "report_year"]);

/**
 * Return the fields of a kind: those that everybody should look at, and those that few need.
 * @param {Rules} rules
 * @param {string} kind
 */
export function fieldsOf(rules, kind) {
  const found = rules.fields.filter((/** @type {any} */ rule) => appliesTo(rule, kind) && !ELSEWHERE.has(rule.attribute));
  const isMain = (/** @type {any} */ rule) => rule.required.includes(kind) || ALWAYS_SHOWN.has(rule.attribute);
  const place = (/** @type {any} */ rule) => (FIRST.includes(rule.attribute) ? FIRST.indexOf(rule.attribute) : FIRST.length);
  return {
    main: found.filter(isMain).sort((/** @type {any} */ one, /** @type {any} */ other) => place(one) - place(other)),
    more: found.filter((/** @type {any} */ rule) => !isMain(rule) && !(rule.attribute === "project" && rules.draft.projectDocuments.includes(kind))),
  };
}

/** @type {(field: Field) => HTMLElement} */
const need = ({ isRequired, path }) => {
  const always = path.includes("/") ? " (behövs om du fyller i något här)" : " (måste fyllas i)";
  return make("span", { class: "kb-field__need" }, isRequired ? always : " (valfritt)");
};

/** @type {(rule: any) => string} */
function helpOf(rule) {
  const { name } = rule.shape;
  if (name === "day") return `${rule.help} Skriv som ${rule.example}.`;
  if (name === "texts") return `${rule.help} Skriv ett på varje rad.`;
  const isShown = ["text", "year", "number", "identifier"].includes(name) && !LONG.has(rule.attribute);
  return isShown ? `${rule.help} Till exempel: ${rule.example}` : rule.help;
}

/** @param {Field} field @param {Surroundings} around @returns {HTMLElement} */
export function fieldOf(field, around) {
  const { shape } = field.rule;
  if (field.rule.attribute === "project") return projectField(field, around);
  if (shape.name === "list") return listField(field, around);
  if (shape.name === "group") return set(field, { inner: true }, ...innerFields(shape, field.path, around));
  if (shape.name === "terms") return termsField(field, around);
  if (shape.name === "term") return termField(field, around);
  if (shape.name === "yes-no") return yesField(field, around);
  return textField(field, around);
}

/** The place for the words on what is wrong, and for what is suggested. @param {string} path */
const foot = (path) => [
  make("p", { class: "kb-field__error", id: `${idOf(path)}-fel`, hidden: true, "data-kb-error": true }),
  make("div", { "data-kb-suggestions": path }),
];

/** @param {Field} field @param {{inner?: boolean}} options @param {(Node | string)[]} parts @returns {HTMLElement} */
function set(field, { inner = false }, ...parts) {
  const id = idOf(field.path);
  const legend = make("legend", { class: "kb-set__label" }, field.rule.label, need(field));
  const help = make("p", { class: "kb-field__help", id: `${id}-hjalp` }, helpOf(field.rule));
  const about = { id, "aria-describedby": `${id}-hjalp ${id}-fel`, "data-kb-field": field.path };
  return make("fieldset", { class: `kb-set${inner ? " kb-set--inner" : ""}`, ...about }, legend, help, ...foot(field.path), ...parts);
}

/** @type {(shape: any, path: string, around: Surroundings) => HTMLElement[]} */
const innerFields = (shape, path, around) =>
  shape.fields.map((/** @type {any} */ rule) =>
    fieldOf({ rule, path: `${path}/${rule.key}`, isRequired: (shape.required ?? []).includes(rule.key) }, around),
  );

/** @param {Field} field @param {HTMLElement} input @param {(Node | string)[]} after */
function labelled(field, input, ...after) {
  const id = idOf(field.path);
  const label = make("label", { class: "kb-field__label", for: id }, field.rule.label, need(field));
  const help = make("p", { class: "kb-field__help", id: `${id}-hjalp` }, helpOf(field.rule));
  return make("div", { class: "kb-field", "data-kb-field": field.path }, label, help, input, ...after, ...foot(field.path));
}

/** @param {Field} field @param {Surroundings} around */
function textField(field, { store }) {
  const { rule, path } = field;
  const { name, longest } = rule.shape;
  const id = idOf(path);
  const about = { id, "aria-describedby": `${id}-hjalp ${id}-fel` };
  const isLong = LONG.has(rule.attribute) || name === "texts";
  const width = SHORT.has(name) ? " kb-input--short" : "";
  const input = isLong
    ? make("textarea", { ...about, class: "kb-input", rows: name === "texts" ? 3 : 4 })
    : make("input", { ...about, class: `kb-input${width}`, type: "text", inputmode: ["year", "number"].includes(name) ? "numeric" : "text" });
  input.value = store.get(path) ?? "";
  const count = make("p", { class: "kb-field__count" });
  const tell = () => (count.textContent = `${size(input.value.trim())} av högst ${longest} tecken`);
  input.addEventListener("input", () => {
    tell();
    store.set(path, input.value);
  });
  tell();
  return labelled(field, input, ...(isLong && longest ? [count] : []));
}

/** @param {Field} field @param {Surroundings} around */
function yesField(field, { store }) {
  const { path, rule } = field;
  const id = idOf(path);
  const box = make("input", { class: "kb-choice__box", id, type: "checkbox", checked: store.get(path) === "ja", "aria-describedby": `${id}-hjalp` });
  box.addEventListener("change", () => store.set(path, box.checked ? "ja" : ""));
  const help = make("p", { class: "kb-field__help", id: `${id}-hjalp` }, rule.help.replace(/^Skriv ja om/, "Kryssa i om"));
  const label = make("label", { class: "kb-choice__label", for: id }, box, make("span", { class: "kb-choice__name" }, rule.label, need(field)));
  return make("div", { class: "kb-field", "data-kb-field": path }, label, help, ...foot(path));
}

/** @param {Field} field @param {Surroundings} around */
function termsField(field, { store, rules, inherited }) {
  const { rule, path } = field;
  const from = inherited(rule);
  const chosen = { label: rule.label, path, terms: rules.vocabularies[rule.shape.vocabulary].terms, chosen: store.get(path) ?? [] };
  const picker = terms.several(chosen, (ids) => store.set(path, ids));
  const note = from.length
    ? [make("p", { class: "kb-field__help" }, `Hämtas från projektet: ${listed(from)}. Välj här bara om dokumentet skiljer sig.`)]
    : [];
  return set(field, {}, ...note, ...picker);
}

/** @param {Field} field @param {Surroundings} around */
function termField(field, { store, rules }) {
  const { rule, path, isRequired } = field;
  // Those that the bank works out by itself are not for choosing.
  const byItself = new Set(rule.shape.vocabulary === rules.vocabularyOf.analyses ? Object.values(rules.analysis) : []);
  const found = rules.vocabularies[rule.shape.vocabulary].terms.filter((/** @type {any} */ term) => !byItself.has(term.id));
  const id = idOf(path);
  const isWithin = path.includes("/");
  const choice = { path, terms: found, chosen: store.get(path) ?? "", required: isRequired && !isWithin, describedBy: `${id}-hjalp ${id}-fel` };
  const input = terms.one(choice, (term) => store.set(path, term));
  return input instanceof HTMLSelectElement ? labelled(field, input) : set(field, {}, input);
}

/** @param {Field} field @param {Surroundings} around */
function projectField(field, { store, rules }) {
  const list = projects(rules, idOf(field.path), "id", store.get(field.path) ?? "");
  list.addEventListener("change", () => store.set(field.path, list.value));
  return labelled({ ...field, rule: { ...field.rule, help: "Om dokumentet hör till ett av bankens projekt.", shape: {} } }, list);
}

/** @param {Rules} rules @param {string} id @param {"id" | "folder"} value @param {string} chosen */
export function projects(rules, id, value, chosen) {
  const sorted = [...rules.projects].sort((one, other) => one.title.localeCompare(other.title, "sv"));
  const options = sorted.map((project) => make("option", { value: project[value], selected: project[value] === chosen },
    project.aliases.length ? `${project.title} (${project.aliases.join(", ")})` : project.title));
  return make("select", { class: "kb-input", id, "aria-describedby": `${id}-hjalp ${id}-fel` }, make("option", { value: "" }, "Välj projekt …"), ...options);
}

/** A group that can be repeated. @param {Field} field @param {Surroundings} around */
function listField(field, around) {
  const { rule, path } = field;
  const { store } = around;
  const items = make("div");
  const add = make("button", { class: "kb-button kb-button--quiet", type: "button" });
  const outer = set(field, {}, items, add);
  const show = () => {
    const groups = /** @type {any[]} */ (store.get(path) ?? []);
    items.replaceChildren(...groups.map((_, place) => group(place)));
    add.textContent = groups.length ? "Lägg till en rad till" : `Lägg till ${lowered(rule.label)}`;
  };
  const group = (/** @type {number} */ place) => {
    const label = `${rule.label} ${place + 1}`;
    const remove = make("button", { class: "kb-link kb-set__remove", type: "button" }, `Ta bort ${lowered(label)}`);
    remove.addEventListener("click", () => {
      store.set(path, store.get(path).filter((/** @type {any} */ _, /** @type {number} */ other) => other !== place));
      show();
      add.focus();
    });
    const legend = make("legend", { class: "kb-set__label" }, capitalised(label));
    const fields = innerFields(rule.shape.item, `${path}/${place}`, around);
    return make("fieldset", { class: "kb-set kb-set--inner" }, legend, make("div", {}, ...fields, remove));
  };
  add.addEventListener("click", () => {
    const place = (store.get(path) ?? []).length;
    store.set(`${path}/${place}`, {});
    show();
    /** @type {HTMLElement | null} */ (items.children[place].querySelector("input, select"))?.focus();
  });
  show();
  return outer;
}
