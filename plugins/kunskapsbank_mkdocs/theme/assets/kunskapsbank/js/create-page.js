// Skapa rapport: what the editor fills in → the problems, the preview and the finished files. Nothing leaves the browser.

import { Announcer } from "./announcer.js";
import { check } from "./create/check.js";
import { capitalised, idOf, make } from "./create/dom.js";
import { outline } from "./create/draft.js";
import { fieldOf, keyOf, kindLabel } from "./create/fields.js";
import * as files from "./create/files.js";
import * as form from "./create/form.js";
import * as preview from "./create/preview.js";
import * as problems from "./create/problems.js";
import { received } from "./create/received.js";
import * as sheet from "./create/sheet.js";
import { Store } from "./create/store.js";
import { suggest } from "./create/suggest.js";
import * as suggestions from "./create/suggestions.js";

// Milliseconds without a change before everything is checked anew.
const PAUSE = 400;

const page = /** @type {HTMLFormElement} */ (document.querySelector("[data-kb-create]"));
/** @type {(name: string) => HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (page.querySelector(`[data-kb-${name}]`));
const text = /** @type {HTMLTextAreaElement} */ (part("body"));
const file = /** @type {HTMLInputElement} */ (part("file"));
const announcer = new Announcer(part("status"));
const store = new Store();

/** What forms.py made. @type {any} */
let rules;
/** The last that was worked out of the form. @type {{source: any, found: any[]} | undefined} */
let latest;
/** The fields that the editor has left, and is told about. @type {Set<string>} */
const touched = new Set();
/** What was filled in by itself, and may be replaced by itself. @type {{[attribute: string]: any}} */
let filledIn = {};
let pause = 0;

/** @param {string} message */
function say(message) {
  const place = part("state");
  place.hidden = !message;
  place.classList.add("kb-create__state--shown");
  place.replaceChildren(make("p", {}, message));
}

async function start() {
  try {
    const response = await fetch(new URL(page.dataset.rules ?? "", location.href), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.status}`);
    rules = await response.json();
  } catch (error) {
    console.error(error);
    say("Sidan kunde inte hämta bankens listor. Ladda om sidan. Hjälper det inte: skriv filen för hand, se redaktionshandboken.");
    return;
  }
  rules.today = new Date().toLocaleDateString("sv-SE");
  const isBack = store.restore();
  say("");
  drawStart();
  text.value = store.state.body;
  drawFields();
  drawReceived();
  if (isBack && store.state.kind) {
    store.isUnsaved = true;
    for (const rule of rules.fields) touched.add(rule.key);
  }
  update();
  page.dataset.ready = "";
}

/** The first step: kind, project and year. */
function drawStart() {
  const place = part("start");
  const { kind, project } = store.state;
  const kinds = rules.kinds.map((/** @type {string} */ id) => {
    const box = make("input", { class: "kb-choice__box", type: "radio", name: "typ", value: id, checked: id === kind });
    box.addEventListener("change", () => choose(id));
    const label = make("label", { class: "kb-choice__label" }, box, make("span", { class: "kb-choice__name" }, capitalised(kindLabel(rules, id))));
    return make("li", {}, label);
  });
  const list = make("ul", { class: "kb-plain kb-choices kb-choices--two" }, ...kinds);
  const typ = idOf(keyOf(rules, "kind"));
  const types = make("fieldset", { class: "kb-set", id: typ }, make("legend", { class: "kb-set__label" }, "Vad ska du lägga in?"), list);
  place.replaceChildren(types);
  if (!kind) return;
  if (sheet.needsProject(rules, kind)) place.append(projectField(project));
  place.append(yearField(kind));
  place.append(make("p", { class: "kb-field__help", "data-kb-path": true }));
}

/** @param {string} chosen */
function projectField(chosen) {
  const id = idOf(keyOf(rules, "project"));
  const list = form.projects(rules, id, "folder", chosen);
  list.addEventListener("change", () => {
    store.update({ project: list.value });
    drawFields();
  });
  return make("div", { class: "kb-field", "data-kb-field": keyOf(rules, "project") },
    make("label", { class: "kb-field__label", for: id }, "Projekt", make("span", { class: "kb-field__need" }, " (måste fyllas i)")),
    make("p", { class: "kb-field__help", id: `${id}-hjalp` }, "Finns projektet inte i listan? Lägg in projektets sida först, med typen Projekt."),
    list,
    make("p", { class: "kb-field__error", id: `${id}-fel`, hidden: true, "data-kb-error": true }));
}

/** @param {string} kind */
function yearField(kind) {
  const rule = fieldOf(rules, "years");
  const isProject = kind === "projekt";
  const help = isProject ? rule.help : "Året som pengarna gäller.";
  const narrow = { ...rule, help, shape: { ...rule.shape, name: isProject ? "years" : "year" } };
  return form.fieldOf({ rule: narrow, path: rule.key, isRequired: rule.required.includes(kind) }, around);
}

/** @type {any} */
const around = {
  store,
  get rules() {
    return rules;
  },
  /** @param {any} rule */
  inherited(rule) {
    const project = sheet.needsProject(rules, store.state.kind) ? sheet.projectOf(store.state, rules) : undefined;
    // A field inside a group has nothing to inherit, though a project may have an attribute of the same name.
    if (!project || !rule.shape.vocabulary || !rules.fields.includes(rule)) return [];
    const { terms } = rules.vocabularies[rule.shape.vocabulary];
    return (project[rule.attribute] ?? []).map((/** @type {string} */ id) => terms.find((/** @type {any} */ term) => term.id === id).label);
  },
};

/** @param {string} kind */
function choose(kind) {
  store.update({ kind });
  drawStart();
  drawFields();
  /** @type {HTMLElement | null} */ (page.querySelector(`[name="typ"][value="${kind}"]`))?.focus();
}

/** The third step: the fields of the kind. */
function drawFields() {
  const { kind } = store.state;
  for (const step of page.querySelectorAll("[data-kb-step]")) {
    if (step.id !== "steg-typ") /** @type {HTMLElement} */ (step).hidden = !kind;
  }
  if (!kind) {
    part("fields").replaceChildren();
    return;
  }
  fillIn();
  const { main, more } = form.fieldsOf(rules, kind);
  const made = (/** @type {any[]} */ found) =>
    found.map((rule) => form.fieldOf({ rule, path: rule.key, isRequired: rule.required.includes(kind) }, around));
  const rest = make("details", { class: "kb-more-fields" }, make("summary", { class: "kb-filter__name" }, moreText(more)), ...made(more));
  part("fields").replaceChildren(...made(main), ...(more.length ? [rest] : []));
  latest = undefined;
  part("outline").hidden = !outline(kind, null, rules.draft);
}

/** @param {any[]} more */
function moreText(more) {
  const names = more.slice(0, 3).map((rule) => rule.label.toLowerCase());
  return `Fler uppgifter: ${names.join(", ")}${more.length > names.length ? " …" : ""}`;
}

/** Fill in what is known, where the editor has not written something else. */
function fillIn() {
  const known = sheet.known(store.state, rules);
  for (const [attribute, value] of Object.entries(known)) {
    const key = keyOf(rules, attribute);
    const has = store.get(key);
    const isOurs = has === undefined || JSON.stringify(has) === JSON.stringify(filledIn[attribute] ?? value);
    if (!isOurs || JSON.stringify(has) === JSON.stringify(value)) continue;
    store.state.values[key] = value;
    const input = document.getElementById(idOf(key));
    if (input instanceof HTMLInputElement) input.value = String(value);
  }
  filledIn = known;
}

/** Draw one field anew, as its value was changed by something else. @param {string} key */
function redraw(key) {
  const rule = rules.fields.find((/** @type {any} */ one) => one.key === key);
  const isRequired = rule.required.includes(store.state.kind);
  const old = key === keyOf(rules, "years") ? document.getElementById(idOf(key))?.closest("[data-kb-field]") : page.querySelector(`[data-kb-field="${CSS.escape(key)}"]`);
  const made = key === keyOf(rules, "years") ? yearField(store.state.kind) : form.fieldOf({ rule, path: key, isRequired }, around);
  old?.replaceWith(made);
  update();
  problems.focus(made);
}

/** Work everything out anew: what is wrong, what it looks like, what there is to download. */
function update() {
  clearTimeout(pause);
  part("kept").hidden = part("steps").hidden = !store.state.kind;
  if (!store.state.kind) return;
  const before = latest && problems.verdict(latest.found);
  const source = sheet.source(store.state, rules);
  const missing = sheet.gaps(store.state, source, rules);
  // Without a project the file has no place, and what is said of the place would be nonsense.
  const key = keyOf(rules, "project");
  const found = [...missing, ...check(source, rules).filter((problem) => !missing.length || problem.field !== key)];
  latest = { source, found };
  const said = problems.verdict(found);
  for (const place of page.querySelectorAll("[data-kb-verdict]")) place.textContent = said;
  if (before !== undefined && before !== said) announcer.say(said);
  problems.show(part("problems"), found, go);
  showBesideFields();
  showPath(source, missing.length > 0);
  suggestions.show(page, suggested(source), { store, rules, inherited: around.inherited, taken: redraw });
  const pictures = Object.fromEntries(store.state.pictures.map(({ name, data }) => [name, data]));
  const { fields } = source;
  preview.show(part("preview"), { title: fields[keyOf(rules, "title")] ?? "", summary: fields[keyOf(rules, "summary")] ?? "", body: source.body }, pictures);
  showFiles();
}

/** The text that the last suggestions were made for, and they: making them takes longer than all the rest. */
const made = { text: "", found: /** @type {any[]} */ ([]) };

/** @param {any} source */
function suggested(source) {
  const asked = `# ${source.fields[keyOf(rules, "title")] ?? ""}\n${source.body}`;
  if (asked !== made.text) Object.assign(made, { text: asked, found: source.body.trim() ? suggest(asked, rules) : [] });
  return made.found;
}

function showBesideFields() {
  if (!latest) return;
  const told = latest.found.filter((problem) => touched.has(problem.field.split(" → ")[0]));
  problems.besideFields(page, told, latest.source, rules);
}

/** @param {any} source @param {boolean} isUnsettled */
function showPath(source, isUnsettled) {
  const place = page.querySelector("[data-kb-path]");
  if (!place) return;
  const isThere = rules.files.includes(source.file);
  // Of what the name is made: until there is something, it would only puzzle.
  const isNamed = {
    projekt: store.get(keyOf(rules, "title")),
    forskningsrapport: store.get(keyOf(rules, "title")),
    reserapport: sheet.yearOf(store.state, rules) && store.get(keyOf(rules, "place")),
  }[store.state.kind] ?? sheet.yearOf(store.state, rules);
  if (isUnsettled || !isNamed) {
    place.textContent = "";
    return;
  }
  place.replaceChildren(isThere ? "Banken har redan filen " : "Filen kommer att heta ", make("code", {}, source.file),
    isThere ? ". Kontrollera typ, projekt och år, eller ändra den filen i stället." : ".");
}

function showFiles() {
  if (!latest) return;
  const { source, found } = latest;
  const folder = `${page.dataset.folder}/${source.file.slice(0, source.file.lastIndexOf("/"))}`;
  const finished = [
    { path: `${page.dataset.folder}/${source.file}`, blob: new Blob([source.text], { type: "text/markdown" }) },
    ...store.state.pictures.map(({ name, data }) => ({ path: `${folder}/${name}`, blob: files.fromData(data) })),
  ];
  files.show(part("files"), {
    files: finished,
    text: source.text,
    errors: found.filter((/** @type {any} */ problem) => problem.severity === "fel").length,
    ways: { newFile: page.dataset.newFile ?? "", guide: page.dataset.guide ?? "" },
    done: () => (store.isUnsaved = false),
    check: () => document.getElementById("steg-kontroll-rubrik")?.focus(),
  });
}

/** Go to where a problem can be mended. @param {any} problem */
function go(problem) {
  if (!latest) return;
  const element = problems.elementOf(problem, latest.source, rules);
  if (element === text) problems.selectLine(text, problem.line - latest.source.bodyLine, latest.source.body);
  else if (element) problems.focus(element);
}

/** Show what came of a Word file. */
function drawReceived() {
  const { received: name, remarks, pictures } = store.state;
  const place = part("received");
  if (!name) {
    place.replaceChildren();
    return;
  }
  const also = pictures.length ? ` ${pictures.length === 1 ? "En bild följde" : `${pictures.length} bilder följde`} med.` : "";
  const said = make("p", {}, `Texten från ${name} är inlagd.${also}${remarks.length ? " Titta på det här:" : ""}`);
  const list = make("ul", {}, ...remarks.map((remark) => make("li", {}, remark)));
  place.replaceChildren(make("div", { class: "kb-notice", tabindex: "-1" }, said, ...(remarks.length ? [list] : [])));
}

/** @param {File} chosen */
async function take(chosen) {
  if (text.value.trim() && !confirm("Ska texten från filen ersätta den text som står här nu?")) return;
  part("received").replaceChildren(make("p", { role: "status" }, `Läser ${chosen.name} …`));
  try {
    const got = await received(chosen, rules);
    store.update({ body: got.markdown, pictures: got.pictures, remarks: got.remarks, received: chosen.name });
    text.value = got.markdown;
    const title = keyOf(rules, "title");
    if (got.title && !store.get(title)) store.set(title, got.title);
    drawReceived();
    drawFields();
    update();
    announcer.say(part("received").textContent ?? "");
  } catch (error) {
    const known = error instanceof Error && error.name === "UnreadableError";
    if (!known) console.error(error);
    const said = known ? capitalised(/** @type {Error} */ (error).message) : "Filen går inte att läsa. Öppna den i Word, spara den på nytt som .docx och försök igen. Eller klistra in texten här nedanför.";
    part("received").replaceChildren(make("div", { class: "kb-notice kb-notice--error", role: "alert" }, make("p", {}, said)));
  }
}

store.addEventListener("change", () => {
  fillIn();
  clearTimeout(pause);
  pause = setTimeout(update, PAUSE);
});
text.addEventListener("input", () => store.update({ body: text.value }));
file.addEventListener("change", () => {
  const [chosen] = file.files ?? [];
  // So that the same file can be chosen again.
  if (chosen) take(chosen).finally(() => (file.value = ""));
});
part("outline").addEventListener("click", (event) => {
  if (!(event.target instanceof HTMLButtonElement)) return;
  const headings = outline(store.state.kind, sheet.yearOf(store.state, rules), rules.draft);
  const body = [text.value.trimEnd(), headings].filter(Boolean).join("\n\n");
  text.value = body;
  store.update({ body });
  text.focus();
});
part("clear").addEventListener("click", () => {
  if (!confirm("Ska allt du har fyllt i tas bort?")) return;
  store.clear();
  touched.clear();
  filledIn = {};
  text.value = "";
  drawStart();
  drawFields();
  drawReceived();
  update();
  /** @type {HTMLElement | null} */ (page.querySelector("[name=typ]"))?.focus();
});
page.addEventListener("submit", (event) => event.preventDefault());
page.addEventListener("focusout", ({ target }) => {
  const left = target instanceof Element ? target.closest("[data-kb-field]") : null;
  const key = /** @type {HTMLElement | null} */ (left)?.dataset.kbField?.split("/")[0];
  if (!key || touched.has(key)) return;
  touched.add(key);
  showBesideFields();
});
for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  part("drop").addEventListener(type, (event) => {
    event.preventDefault();
    part("drop").classList.toggle("kb-drop--over", type === "dragenter" || type === "dragover");
    const [dropped] = type === "drop" ? /** @type {DragEvent} */ (event).dataTransfer?.files ?? [] : [];
    if (dropped) take(dropped);
  });
}
// A file dropped beside the box would else be opened in place of the page.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
addEventListener("beforeunload", (event) => {
  if (store.isUnsaved && store.state.kind) event.preventDefault();
});
start();
