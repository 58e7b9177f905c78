// Skapa rapport: what the editor fills in → the problems, the preview and the finished files. Nothing leaves the browser.
// The page is the form; what is right and wrong, the library says, which runs in a worker beside it.

import { Announcer } from "./announcer.js";
import { all, capitalised, make, one } from "./create/dom.js";
import { Engine } from "./create/engine.js";
import * as files from "./create/files.js";
import { Form } from "./create/form.js";
import * as preview from "./create/preview.js";
import * as problems from "./create/problems.js";
import { received, UnreadableError } from "./create/received.js";
import { Steps } from "./create/steps.js";
import { Store } from "./create/store.js";
import * as suggestions from "./create/suggestions.js";

/**
 * What the library makes of the form; kunskapsbank/editors/browser.py says more.
 * @typedef {{file: string, text: string, isNamed: boolean, isThere: boolean, problems: problems.Problem[],
 *   known: {[key: string]: any}, inherited: {[key: string]: string}, hasOutline: boolean, package: string,
 *   paths: string[], steps: string[], commands: string[]}} Looked
 */

// Milliseconds without a change before everything is looked at anew.
const PAUSE = 100;
// Milliseconds after which a button that was let go has been told as a click.
const CLICK = 50;
const STARTING = {
  runtime: "Hämtar det som läser och kontrollerar rapporter. Du kan börja fylla i under tiden.",
  library: "Startar kontrollen. Du kan börja fylla i under tiden.",
  bank: "Läser in bankens listor. Du kan börja fylla i under tiden.",
};

const page = one(document, "[data-kb-create]");
/** @type {(name: string) => HTMLElement} */
const part = (name) => one(page, `[data-kb-${name}]`);
const text = /** @type {HTMLTextAreaElement} */ (part("body"));
const chooser = /** @type {HTMLInputElement} */ (part("file"));
const announcer = new Announcer(part("status"));
const store = new Store();
const form = new Form(page, store);
const steps = new Steps(page);

/** The last that was worked out of the form. @type {Looked | undefined} */
let latest;
/** The fields that the editor has left, and is told about. @type {Set<string>} */
const touched = new Set();
/** What was filled in by itself, and may be replaced by itself. @type {{[key: string]: any}} */
let filledIn = {};
let pause = 0;
let isReady = false;
let isLooking = false;
let isStale = false;
/** Whether a button of the mouse is down: what moves under it would never be clicked. What is new is owed until then. */
let isPressed = false;
let isOwed = false;

const engine = startEngine();
begin();

/** Where everything lies that the library is started with. */
async function whereabouts() {
  const response = await fetch(page.dataset.start ?? "", { cache: "no-cache" });
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  const where = await response.json();
  const root = new URL(page.dataset.root ?? "", location.href);
  for (const name of ["base", "library", "pdf", "snapshot", "runs"]) where[name] = new URL(where[name], root).href;
  return { ...where, today: new Date().toLocaleDateString("sv-SE") };
}

function startEngine() {
  // This page's script is sent with all that it imports, as one file: only it knows where it lies itself.
  const started = new Engine(new URL("./create/worker.js", import.meta.url), whereabouts(), (progress) => {
    if (progress === "complete") {
      page.dataset.complete = "";
      update();
      return;
    }
    part("start-text").textContent = STARTING[progress];
    const bar = /** @type {HTMLProgressElement} */ (one(page, "progress"));
    bar.value = 1 + Object.keys(STARTING).indexOf(progress);
  });
  started.ready.then(
    () => {
      part("start").hidden = isReady = true;
      page.dataset.ready = "";
      update();
    },
    (error) => {
      console.warn(error);
      part("start").hidden = true;
      part("fault").hidden = false;
    },
  );
  return started;
}

function begin() {
  const isBack = store.restore();
  text.value = store.state.body;
  form.fill();
  arrange();
  drawReceived();
  if (isBack && store.state.kind) {
    store.isUnsaved = true;
    for (const field of all(page, "[data-kb-field]")) touched.add(problems.touchedKey(field.dataset.kbField ?? ""));
  }
  update();
}

/** Show what belongs to the chosen kind of document. */
function arrange() {
  const { kind } = store.state;
  form.arrange();
  for (const step of all(page, "[data-kb-step]")) if (step.id !== "steg-typ") step.hidden = !kind;
  part("kept").hidden = part("steps").hidden = !kind;
  steps.offer(kind !== "");
}

/** Have everything worked out anew: what is wrong, what it looks like, what there is to download. */
async function update() {
  clearTimeout(pause);
  if (!isReady || isLooking || !store.state.kind) {
    isStale = isLooking;
    if (isReady && !isLooking) delete page.dataset.busy;
    return;
  }
  isLooking = true;
  try {
    do {
      isStale = false;
      await look();
    } while (isStale);
  } finally {
    isLooking = false;
    delete page.dataset.busy;
  }
}

/** What the library needs to know of the form. */
function filled() {
  const { kind, project, body, values, pictures, original } = store.state;
  return { kind, project, body, values, pictures: pictures.map(({ name }) => name), original };
}

async function look() {
  const about = filled();
  /** @type {Looked} */
  const looked = await engine.ask("look", about);
  if (isStale || !store.state.kind) return;
  if (fillIn(looked.known)) {
    isStale = true;
    return;
  }
  show(looked);
  // The editor is told what is wrong before that which takes longer.
  const suggested = await engine.ask("suggest", about);
  if (isStale || !store.state.kind) return;
  suggestions.show(page, suggested, take);
  const shown = await engine.ask("preview", about);
  if (!isStale) preview.show(part("preview"), shown, store.state.pictures);
}

/** @param {Looked} looked */
function show(looked) {
  const isFirst = !latest;
  latest = looked;
  showProblems(!isFirst);
  form.showInherited(looked.inherited);
  part("outline").hidden = !looked.hasOutline;
  const path = [
    looked.isThere ? "Banken har redan filen " : "Filen kommer att heta ",
    make("code", {}, looked.file),
    looked.isThere ? ". Kontrollera typ, projekt och år, eller ändra den filen i stället." : ".",
  ];
  part("path").replaceChildren(...(looked.isNamed ? path : []));
}

/** Fill in what is known, where the editor has not written something else. @param {{[key: string]: any}} known */
function fillIn(known) {
  const isSame = (/** @type {any} */ one, /** @type {any} */ other) => JSON.stringify(one) === JSON.stringify(other);
  let isChanged = false;
  for (const [key, value] of Object.entries(known)) {
    const has = store.get(key);
    const isOurs = has === undefined || isSame(has, filledIn[key] ?? value);
    if (!isOurs || isSame(has, value)) continue;
    form.set(key, value);
    isChanged = true;
  }
  filledIn = known;
  return isChanged;
}

/** Tell what is wrong and what is left, and what there is to download. @param {boolean} isSaid aloud too, where it is new */
function showProblems(isSaid) {
  if (!latest) return;
  if (isPressed) {
    isOwed = true;
    return;
  }
  const told = problems.told(latest.problems, touched);
  const said = problems.verdict(told);
  const before = part("verdict").textContent;
  for (const place of all(page, "[data-kb-verdict]")) place.textContent = said;
  if (isSaid && before !== said) announcer.say(said);
  problems.show(part("problems"), told, go);
  problems.besideFields(
    page,
    told.errors.filter(({ path }) => touched.has(problems.touchedKey(path))),
  );
  showFiles(latest, told);
}

function released() {
  isPressed = false;
  if (isOwed) showProblems(true);
  isOwed = false;
}

/** @param {Looked} looked @param {problems.Told} told */
function showFiles(looked, told) {
  files.show(part("files"), {
    ...looked,
    errors: told.errors.length,
    left: told.left.length,
    ways: { newFile: page.dataset.newFile ?? "", guide: page.dataset.guide ?? "" },
    made: async () => {
      const pictures = store.state.pictures.map(({ name, data }) => [name, files.fromData(data)]);
      const made = await engine.ask("package", { form: filled(), pictures: Object.fromEntries(pictures) });
      store.isUnsaved = false;
      return made;
    },
    check: () => reach(one(page, "#steg-kontroll-rubrik")),
  });
}

/** Go to where a problem can be mended. @param {problems.Problem} problem */
function go(problem) {
  const element = problems.elementOf(page, problem);
  if (problem.textLine === null) return reach(element);
  steps.reveal(element);
  problems.selectLine(text, problem.textLine);
}

/** Put the focus in an element, in whichever step it is. @param {Element} element */
function reach(element) {
  steps.reveal(element);
  problems.focus(element);
}

/** Take a suggestion. @param {suggestions.Suggestion} suggestion */
function take({ key, value, isOneOfSeveral }) {
  form.set(key, isOneOfSeveral ? [...(store.get(key) ?? []), value] : value);
  const field = form.field(key);
  if (field) reach(field);
  update();
}

/** The report's own file, and the name that it can have in the bank. @type {File | undefined} */
let originalFile;
let originalName = "";

/** Show what came of a report's file. */
function drawReceived() {
  const { received: name, remarks, pictures, original } = store.state;
  const place = part("received");
  place.replaceChildren();
  if (!name) return;
  const count = pictures.length === 1 ? "En bild följde" : `${pictures.length} bilder följde`;
  const also = (pictures.length ? ` ${count} med.` : "") + (remarks.length ? " Titta på det här:" : "");
  const notice = make("div", { class: "kb-notice", tabindex: "-1" });
  notice.append(make("p", {}, `Texten från ${name} är inlagd.${also}`));
  if (remarks.length) notice.append(make("ul", {}, ...remarks.map((remark) => make("li", {}, remark))));
  place.append(notice);
  if (!originalFile || !originalName) return;
  const box = make("input", { class: "kb-choice__box", type: "checkbox", id: "skapa-original", checked: !!original });
  box.addEventListener("change", () => store.update({ original: box.checked ? originalName : "" }));
  const said = make("span", { class: "kb-choice__name" }, "Lägg in originalet bredvid, så att det går att hämta");
  const help = "Det läggs ut precis som det är, med kommentarer, ändringar och namn på den som skrivit.";
  place.append(
    make(
      "div",
      { class: "kb-field", "data-kb-field": "original" },
      make("label", { class: "kb-choice__label", for: "skapa-original" }, box, said),
      make("p", { class: "kb-field__help" }, help),
      make("p", { class: "kb-field__error", hidden: true, "data-kb-error": true }),
    ),
  );
}

/** @param {File} chosen */
async function takeFile(chosen) {
  if (text.value.trim() && !confirm("Ska texten från filen ersätta den text som står här nu?")) return;
  const waiting = isReady ? `Läser ${chosen.name} …` : `${chosen.name} läses så snart kontrollen har startat …`;
  part("received").replaceChildren(make("p", { role: "status" }, waiting));
  try {
    await engine.ready;
    const got = await received(chosen, engine);
    [originalFile, originalName] = [chosen, got.original];
    const { markdown: body, pictures } = got;
    store.update({ body, pictures, remarks: got.remarks, received: chosen.name, original: "" });
    text.value = got.markdown;
    if (got.title && !store.get(page.dataset.titleKey ?? "")) form.set(page.dataset.titleKey ?? "", got.title);
    drawReceived();
    update();
    announcer.say(part("received").textContent);
  } catch (error) {
    if (!(error instanceof UnreadableError)) console.error(error);
    const known = error instanceof UnreadableError ? capitalised(error.message) : "";
    const said =
      known || "Filen går inte att läsa. Öppna den, spara den på nytt och försök igen. Eller klistra in texten.";
    const alert = make("div", { class: "kb-notice kb-notice--error", role: "alert" }, make("p", {}, said));
    part("received").replaceChildren(alert);
  }
}

store.addEventListener("change", () => {
  page.dataset.busy = "";
  if (isLooking) isStale = true;
  clearTimeout(pause);
  pause = setTimeout(update, PAUSE);
});
text.addEventListener("input", () => store.update({ body: text.value }));
page.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  if (target.name === "typ") store.update({ kind: target.value });
  else if (target.id === "falt-projekt-mapp") store.update({ project: target.value });
  else return;
  arrange();
});
chooser.addEventListener("change", () => {
  const [chosen] = chooser.files ?? [];
  // So that the same file can be chosen again.
  if (chosen) takeFile(chosen).finally(() => (chooser.value = ""));
});
part("outline").addEventListener("click", async ({ target }) => {
  if (!(target instanceof HTMLButtonElement)) return;
  await engine.ready;
  const headings = await engine.ask("outline", filled());
  text.value = [text.value.trimEnd(), headings].filter(Boolean).join("\n\n");
  store.update({ body: text.value });
  text.focus();
});
part("clear").addEventListener("click", () => {
  if (!confirm("Ska allt du har fyllt i tas bort?")) return;
  store.clear();
  touched.clear();
  filledIn = {};
  latest = originalFile = undefined;
  text.value = "";
  form.fill();
  arrange();
  drawReceived();
  steps.begin();
  one(page, "[name=typ]").focus();
});
addEventListener("pointerdown", () => (isPressed = true), true);
for (const type of ["pointerup", "pointercancel"]) {
  addEventListener(type, () => setTimeout(released, CLICK), true);
}
page.addEventListener("submit", (event) => event.preventDefault());
page.addEventListener("focusout", ({ target }) => {
  const left = target instanceof Element ? target.closest("[data-kb-field]") : null;
  const path = left instanceof HTMLElement ? left.dataset.kbField : undefined;
  const key = path && problems.touchedKey(path);
  if (!key || touched.has(key)) return;
  touched.add(key);
  showProblems(false);
});
for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
  part("drop").addEventListener(type, (event) => {
    event.preventDefault();
    part("drop").classList.toggle("kb-drop--over", type === "dragenter" || type === "dragover");
    const [dropped] = (type === "drop" && /** @type {DragEvent} */ (event).dataTransfer?.files) || [];
    if (dropped) takeFile(dropped);
  });
}
// A file dropped beside the box would else be opened in place of the page.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => event.preventDefault());
addEventListener("pagehide", () => store.keep());
addEventListener("beforeunload", (event) => {
  if (store.isUnsaved && store.state.kind) event.preventDefault();
});
