// Har någon prövat det här?: an idea is compared with what the bank's projects tried. Nothing of it leaves the browser.

import { Announcer } from "./announcer.js";
import { reader } from "./index-files.js";
import { openBank, SearchError } from "./search/client.js";
import * as texts from "./texts.js";

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-kb-idea]"));
const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
const shown = /** @type {HTMLElement} */ (document.querySelector("[data-kb-compared]"));
const heading = /** @type {HTMLElement} */ (shown.querySelector("h2"));
const list = /** @type {HTMLElement} */ (shown.querySelector("ol"));
const announcer = new Announcer(/** @type {HTMLElement} */ (document.querySelector("[data-kb-status]")));
const root = new URL(form.dataset.root ?? "", location.href).href;
const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-kb-tried]"));

// Without a script there is nobody to compare.
form.hidden = false;

/** The bank, once it is opened. @type {ReturnType<typeof openBank> | undefined} */
let bank;

/**
 * @param {string} selector
 * @param {string} sentence "" hides the element
 * @param {HTMLElement} within
 */
function tell(selector, sentence, within) {
  const element = /** @type {HTMLElement} */ (within.querySelector(selector));
  element.textContent = sentence;
  element.hidden = !sentence;
}

/**
 * @param {import("./search/ideas.js").Near} near
 * @param {boolean} hasGroups whether the idea speaks of any target group
 */
function row(near, hasGroups) {
  const { tried } = near;
  const item = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = root + tried.url;
  link.textContent = tried.title;
  tell(".kb-row__facts", [tried.years, tried.owners].filter(Boolean).join(" · "), item);
  tell("[data-kb-what]", tried.summary + (tried.methods ? ` Metoder: ${tried.methods}.` : ""), item);
  tell("[data-kb-whom]", texts.difference(near, hasGroups), item);
  const sequel = tried.outcomes ? ` Sedan: ${tried.outcomes}.` : "";
  tell("[data-kb-came]", (tried.result || texts.UNTOLD) + sequel, item);
  return item;
}

/** Compare what the form holds, and show it. */
async function compare() {
  shown.hidden = false;
  shown.setAttribute("aria-busy", "true");
  heading.textContent = texts.COMPARING;
  try {
    bank ??= openBank(reader(form.dataset.index ?? ""));
    const compared = await (await bank).compare(text.value);
    const { projects, audiences, words, problems } = compared;
    heading.textContent = texts.nearest(projects.length);
    tell("[data-kb-problem]", problems.join(" "), shown);
    tell("[data-kb-verdict]", texts.verdict(projects), shown);
    tell("[data-kb-groups]", texts.groups(audiences), shown);
    tell("[data-kb-asked]", words.length ? `Jämfört på orden ${texts.listed(words)}.` : "", shown);
    list.replaceChildren(...projects.map((near) => row(near, audiences.length > 0)));
  } catch (error) {
    bank = undefined;
    const known = error instanceof SearchError;
    if (!known) console.error(error);
    heading.textContent = texts.FAULT;
    tell("[data-kb-problem]", known ? error.message : texts.UNKNOWN_FAULT, shown);
    for (const part of ["[data-kb-verdict]", "[data-kb-groups]", "[data-kb-asked]"]) tell(part, "", shown);
    list.replaceChildren();
  }
  shown.setAttribute("aria-busy", "false");
  announcer.say(heading.textContent ?? "");
  heading.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (text.value.trim()) compare();
  else text.focus();
});
