// Markdown → what the page will look like, as far as a browser can tell. Nothing in it can be clicked, and HTML in the
// text is shown as it stands: whatever the text holds, it cannot do anything.
// @ts-check

import { Marked } from "../vendor/marked.js";
import { make } from "./dom.js";

/** @typedef {{[name: string]: string}} Pictures the data: addresses of pictures by file name */

const ALLOWED = new Set(
  "h2 h3 h4 h5 h6 p ul ol li table thead tbody tr th td strong em del code pre blockquote br hr img span sup section".split(" "),
);
const ATTRIBUTES = new Set(["src", "alt", "align", "start", "class", "title"]);

/** @type {(text: string) => string} */
const escaped = (text) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {Pictures} pictures */
function converter(pictures) {
  const footnote = {
    name: "footnote",
    level: /** @type {const} */ ("block"),
    start: (/** @type {string} */ text) => text.match(/^\[\^/m)?.index,
    tokenizer(/** @type {string} */ text) {
      const found = /^\[\^([^\]\s]+)\]:[ \t]+((?:.+(?:\n(?=\S| {4})(?!\[\^))?)+)(?:\n+|$)/.exec(text);
      return found ? { type: "footnote", raw: found[0], label: found[1], text: found[2] } : undefined;
    },
    renderer: (/** @type {any} */ token) => `<p><sup>${escaped(token.label)}</sup> ${escaped(token.text.trim())}</p>`,
  };
  const call = {
    name: "call",
    level: /** @type {const} */ ("inline"),
    start: (/** @type {string} */ text) => text.indexOf("[^"),
    tokenizer(/** @type {string} */ text) {
      const found = /^\[\^([^\]\s]+)\]/.exec(text);
      return found ? { type: "call", raw: found[0], label: found[1] } : undefined;
    },
    renderer: (/** @type {any} */ token) => `<sup>${escaped(token.label)}</sup>`,
  };
  const renderer = {
    // Comments are notes between editors.
    html: (/** @type {any} */ { text }) => escaped(text.replace(/<!--[^]*?-->/g, "")),
    /** @this {any} */
    link(/** @type {any} */ { tokens }) {
      return `<span class="kb-preview__link">${this.parser.parseInline(tokens)}</span>`;
    },
    image({ href, text }) {
      const data = pictures[href];
      return data ? `<img src="${escaped(data)}" alt="${escaped(text)}">` : `<em>[Bild: ${escaped(text || href)}]</em>`;
    },
  };
  return new Marked({ renderer, extensions: [footnote, call], gfm: true });
}

/**
 * Show a page.
 * @param {HTMLElement} place
 * @param {{title: string, summary: string, body: string}} page
 * @param {Pictures} pictures
 */
export function show(place, { title, summary, body }, pictures) {
  const parsed = new DOMParser().parseFromString(converter(pictures).parse(body), "text/html");
  // marked is trusted to escape what it should; this is for the day when it does not.
  for (const element of parsed.body.querySelectorAll("*")) {
    if (!ALLOWED.has(element.localName)) element.replaceWith(element.textContent ?? "");
    for (const { name, value } of [...element.attributes]) {
      if (!ATTRIBUTES.has(name) || (name === "src" && !value.startsWith("data:image/"))) element.removeAttribute(name);
    }
  }
  for (const table of parsed.body.querySelectorAll("table")) table.className = "kb-table";
  const text = make("div", { class: "kb-prose md-typeset" }, ...parsed.body.childNodes);
  place.replaceChildren(
    make("p", { class: "kb-preview__title" }, make("strong", {}, title || "Titel saknas")),
    ...(summary ? [make("p", { class: "kb-lead" }, summary)] : []),
    text,
  );
}
