// Elements of a page, made in one go.
// @ts-check

import { slugify } from "./draft.js";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{[name: string]: string | number | boolean}} [attributes] true gives an attribute without value, false none
 * @param {(Node | string)[]} children texts are never read as HTML
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Return the id of the element that a value is filled in with.
 * @param {string} path as in draft.js: "medel/0/år"
 */
export const idOf = (path) => `falt-${slugify(path)}`;

/** Return `text` with its first letter as a capital. @param {string} text */
export const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** @param {string} text @returns {string} a text that can stand in the middle of a sentence: "Målgrupper" gives "målgrupper" */
export const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);
