// The form's elements and the store, kept alike. Which fields there are stands in the page; what a kind of document has
// of them, beside each.

import { all, make, one } from "./dom.js";
import * as terms from "./terms.js";

/** @typedef {import("./store.js").Store} Store */

const NUMBER = /NN/g;
// Chosen for a project that the bank lacks.
const NEW = "+";
const MUST = " (måste fyllas i)";
const MAY = " (valfritt)";

export class Form {
  /** The fields outside groups, in the order that they are shown. @type {HTMLElement[]} */
  #fields;

  /** @param {HTMLElement} page @param {Store} store */
  constructor(page, store) {
    this.page = page;
    this.store = store;
    this.#fields = all(page, "[data-kb-fields] > [data-kb-field]");
    const projects = all(page, "#falt-projekt-mapp option").filter(
      (option) => !["", NEW].includes(/** @type {HTMLOptionElement} */ (option).value),
    );
    for (const list of all(page, "[data-kb-projects]"))
      list.append(...projects.map((option) => option.cloneNode(true)));
    for (const field of all(page, "[data-look=terms]")) terms.search(field);
    for (const add of all(page, "[data-kb-add]")) add.addEventListener("click", () => this.#add(fieldOf(add)));
    page.addEventListener("input", ({ target }) => this.#taken(target));
    page.addEventListener("change", ({ target }) => this.#taken(target));
  }

  /** Show the fields of a kind of document: those that everybody should look at, and those that few need. */
  arrange() {
    const { kind, project } = this.store.state;
    const chosen = /** @type {HTMLInputElement | null} */ (this.page.querySelector(`[name="typ"][value="${kind}"]`));
    one(this.page, "[data-kb-project]").hidden = !chosen?.hasAttribute("data-in-project");
    one(this.page, "[data-kb-new-project]").hidden = !chosen?.hasAttribute("data-in-project") || project !== NEW;
    const years = one(this.page, "[data-kb-years]");
    years.hidden = !chosen;
    if (!chosen) return;
    this.#need(one(years, "[data-kb-field]"));
    const help = one(years, ".kb-field__help");
    years.dataset.help ??= help.textContent;
    help.textContent = chosen.hasAttribute("data-several-years") ? years.dataset.help : "Året som pengarna gäller.";
    const more = one(this.page, "[data-kb-more]");
    const unused = one(this.page, "[data-kb-unused]");
    const folded = [];
    for (const field of this.#fields) {
      const need = this.#need(field);
      const isAsked = field.hasAttribute("data-shown") || field.dataset.asked?.split(" ").includes(kind);
      const isMain = need === MUST || (need && isAsked);
      if (isMain) more.before(field);
      else (need ? more : unused).append(field);
      if (need && !isMain) folded.push(field.dataset.label?.toLowerCase());
    }
    more.hidden = !folded.length;
    const names = folded.slice(0, 3).join(", ");
    one(more, "summary").textContent = `Fler uppgifter: ${names}${folded.length > 3 ? " …" : ""}`;
  }

  /** @param {HTMLElement} field @returns {string} "" where the kind has no such field */
  #need(field) {
    const { kind } = this.store.state;
    const { required = "", optional = "" } = field.dataset;
    const need = required.split(" ").includes(kind) ? MUST : optional.split(" ").includes(kind) ? MAY : "";
    one(field, "[data-kb-need]").textContent = need;
    return need;
  }

  /** Show all that the store has. */
  fill() {
    const { kind, project } = this.store.state;
    for (const box of all(this.page, "[name=typ]")) {
      if (box instanceof HTMLInputElement) box.checked = box.value === kind;
    }
    /** @type {HTMLSelectElement} */ (one(this.page, "#falt-projekt-mapp")).value = project;
    for (const list of all(this.page, "[data-kb-items]")) this.#drawItems(fieldOf(list));
    this.show(this.page);
  }

  /** Show what the store has for the fields within an element. @param {HTMLElement} within */
  show(within) {
    for (const input of all(within, "[data-kb-value]")) {
      const value = this.store.get(input.dataset.kbValue ?? "") ?? "";
      if (input instanceof HTMLInputElement && ["checkbox", "radio"].includes(input.type)) {
        input.checked = [value].flat().includes(input.value);
      } else /** @type {HTMLInputElement} */ (input).value = String(value);
      this.#count(input);
    }
    for (const field of [within, ...all(within, "[data-look=terms]")]) {
      if (field.dataset.look === "terms") terms.showChips(field, this.store.get(field.dataset.kbField ?? "") ?? []);
    }
  }

  /** Set a value from elsewhere, in the store and in its element. @param {string} key @param {any} value */
  set(key, value) {
    this.store.set(key, value);
    const field = this.field(key);
    if (field) this.show(field);
  }

  /** Return the field of a path, where the kind has it. @param {string} path */
  field(path) {
    const found = all(this.page, `[data-kb-field="${CSS.escape(path)}"]`);
    return found.find((field) => !field.closest("[hidden]"));
  }

  /** Say what comes from the project. @param {{[key: string]: string}} inherited names in a sentence, by key */
  showInherited(inherited) {
    for (const place of all(this.page, "[data-kb-inherited]")) {
      const names = inherited[fieldOf(place).dataset.kbField ?? ""] ?? "";
      place.hidden = !names;
      place.textContent = names && `Hämtas från projektet: ${names}. Välj här bara om dokumentet skiljer sig.`;
    }
  }

  /** @param {EventTarget | null} target */
  #taken(target) {
    if (!(target instanceof HTMLElement)) return;
    const path = target.dataset.kbValue;
    if (!path) return;
    const input = /** @type {HTMLInputElement} */ (target);
    const field = fieldOf(input);
    if (field.dataset.look === "terms") {
      const others = (this.store.get(path) || []).filter((/** @type {string} */ id) => id !== input.value);
      const ids = input.checked ? [...others, input.value] : others;
      this.store.set(path, ids);
      terms.showChips(field, ids);
    } else if (input.type === "checkbox") this.store.set(path, input.checked ? input.value : "");
    else if (this.store.get(path) !== input.value) this.store.set(path, input.value);
    this.#count(input);
  }

  /** @param {HTMLElement} input */
  #count(input) {
    const count = input.nextElementSibling;
    if (!(count instanceof HTMLElement) || !count.dataset.kbCount) return;
    const length = Array.from(/** @type {HTMLTextAreaElement} */ (input).value.trim()).length;
    count.textContent = `${length} av högst ${count.dataset.kbCount} tecken`;
  }

  /** Draw the groups of a list. @param {HTMLElement} field */
  #drawItems(field) {
    const path = field.dataset.kbField ?? "";
    const groups = /** @type {any[]} */ (this.store.get(path) ?? []);
    one(field, "[data-kb-items]").replaceChildren(...groups.map((_, place) => this.#item(field, place)));
    const label = field.dataset.label?.toLowerCase();
    one(field, "[data-kb-add]").textContent = groups.length ? "Lägg till en rad till" : `Lägg till ${label}`;
    this.show(field);
  }

  /** @param {HTMLElement} field @param {number} place */
  #item(field, place) {
    const template = /** @type {HTMLTemplateElement} */ (one(field, "template"));
    const copy = make("div", {}, template.content.cloneNode(true));
    for (const element of all(copy, "*")) {
      for (const { name, value } of element.attributes)
        element.setAttribute(name, value.replace(NUMBER, String(place)));
    }
    const label = `${field.dataset.label} ${place + 1}`;
    one(copy, "[data-kb-item-name]").textContent = label;
    const remove = one(copy, "[data-kb-remove]");
    remove.textContent = `Ta bort ${label.toLowerCase()}`;
    remove.addEventListener("click", () => {
      const path = field.dataset.kbField ?? "";
      const groups = /** @type {any[]} */ (this.store.get(path));
      this.store.set(
        path,
        groups.filter((_, other) => other !== place),
      );
      this.#drawItems(field);
      one(field, "[data-kb-add]").focus();
    });
    return one(copy, "[data-kb-item]");
  }

  /** @param {HTMLElement} field */
  #add(field) {
    const path = field.dataset.kbField ?? "";
    const place = (this.store.get(path) ?? []).length;
    this.store.set(`${path}/${place}`, {});
    this.#drawItems(field);
    one(field, `[data-kb-item="${place}"] :is(input, select)`).focus();
  }
}

/** Return the field that an element belongs to. @param {HTMLElement} element */
function fieldOf(element) {
  const field = element.closest("[data-kb-field]");
  if (!(field instanceof HTMLElement)) throw new Error("An element without a field");
  return field;
}
