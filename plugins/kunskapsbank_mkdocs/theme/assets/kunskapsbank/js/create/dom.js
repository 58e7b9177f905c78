// Elements of a page, made in one go.

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
 * Return the first element that a selector finds; one that must be there.
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function one(within, selector) {
  const found = within.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`The page lacks ${selector}`);
  return found;
}

/**
 * Return all elements that a selector finds.
 * @param {ParentNode} within
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (within, selector) => Array.from(within.querySelectorAll(selector));

/** Return `text` with its first letter as a capital. @param {string} text */
export const capitalised = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
