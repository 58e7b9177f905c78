// The page's HTML, as the library made it, on the page. Nothing in it can be clicked, and HTML in the text is shown as it
// stands: whatever the text holds, it cannot do anything.

import { make } from "./dom.js";

const ELEMENTS = new Set(
  (
    "a abbr blockquote br cite code dd del div dl dt em h2 h3 h4 h5 h6 hr img ins kbd li ol p pre q s small span " +
    "strong sub sup table tbody td tfoot th thead tr ul"
  ).split(" "),
);
const ATTRIBUTES = new Set(["align", "alt", "class", "colspan", "rowspan", "src", "start", "title"]);

/**
 * Show a page.
 * @param {HTMLElement} place
 * @param {{title: string, summary: string, html: string}} page pictures have the names of their files as addresses
 * @param {import("./store.js").Picture[]} pictures
 */
export function show(place, { title, summary, html }, pictures) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  // The library lets nothing else through; this is for the day when it does.
  for (const element of parsed.body.querySelectorAll("*")) {
    if (!ELEMENTS.has(element.localName)) element.replaceWith(element.textContent);
    for (const { name } of [...element.attributes]) if (!ATTRIBUTES.has(name)) element.removeAttribute(name);
  }
  for (const image of parsed.body.querySelectorAll("img")) {
    const picture = pictures.find(({ name }) => name === image.getAttribute("src"));
    if (picture) image.src = picture.data;
    else image.replaceWith(make("em", {}, `[Bild: ${image.alt}]`));
  }
  for (const table of parsed.body.querySelectorAll("table")) table.className = "kb-table";
  place.replaceChildren(
    make("p", { class: "kb-preview__title" }, make("strong", {}, title || "Titel saknas")),
    ...(summary ? [make("p", { class: "kb-lead" }, summary)] : []),
    make("div", { class: "kb-prose" }, ...parsed.body.childNodes),
  );
}
