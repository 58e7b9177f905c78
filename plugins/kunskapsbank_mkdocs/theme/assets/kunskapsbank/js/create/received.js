// A Word file → the text and the pictures of a document. What reads Word is fetched when the first file comes.
// @ts-check

import { capitalised } from "./dom.js";
import { slugify } from "./draft.js";
import { slimmed, toData } from "./files.js";

/** @typedef {import("./store.js").Picture} Picture */

const LONGEST_NAME = 40;
/** @type {{[type: string]: string}} */
const ENDINGS = { "image/png": "png", "image/jpeg": "jpg" };

/**
 * @param {File} file
 * @param {any} rules skapa/regler.json
 * @returns {Promise<{markdown: string, title: string, pictures: Picture[], remarks: string[]}>} `remarks` are what the
 *   editor should look at; rejects with an UnreadableError, whose message is for the editor, where there is no text
 */
export async function received(file, rules) {
  const [word, markdown] = await Promise.all([import("./word.js"), import("./markdown.js")]);
  const original = await word.read(new Uint8Array(await file.arrayBuffer()), rules.word);
  const { names, pictures, remarks } = await prepared(original.pictures, alternatives(original.html), rules.files);
  const text = markdown.write(original.html, names);
  const used = new Set(text.pictures.map((/** @type {string} */ key) => names[key]));
  return {
    markdown: text.markdown,
    title: text.title || original.title,
    pictures: pictures.filter(({ name }) => used.has(name)),
    remarks: [...original.remarks, ...remarks, ...text.remarks].map(capitalised),
  };
}

/** Return what the pictures of a text show, by key. @param {string} html */
function alternatives(html) {
  const images = new DOMParser().parseFromString(html, "text/html").querySelectorAll("img");
  return Object.fromEntries(Array.from(images, (image) => [image.getAttribute("src") ?? "", image.alt]));
}

/**
 * @param {{[key: string]: Uint8Array}} found
 * @param {{[key: string]: string}} alternatives
 * @param {string[]} files those of the bank, whose names are taken
 */
async function prepared(found, alternatives, files) {
  /** @type {{[key: string]: string}} */
  const names = {};
  /** @type {Picture[]} */
  const pictures = [];
  /** @type {string[]} */
  const remarks = [];
  const isTaken = (/** @type {string} */ name) =>
    pictures.some((picture) => picture.name === name) || files.some((file) => file.endsWith(`/${name}`));
  for (const [place, [key, bytes]] of Object.entries(found).entries()) {
    const alternative = alternatives[key] ?? "";
    try {
      const { blob, type } = await slimmed(new Blob([/** @type {BlobPart} */ (bytes)], { type: typeOf(bytes) }));
      const data = await toData(blob);
      const same = pictures.find((picture) => picture.data === data);
      names[key] = same?.name ?? free(slugify(alternative), ENDINGS[type], isTaken, pictures.length);
      if (!same) pictures.push({ name: names[key], data });
    } catch {
      const shown = alternative ? ` (”${alternative.length <= 60 ? alternative : `${alternative.slice(0, 60)}…`}”)` : "";
      remarks.push(`Bild ${place + 1}${shown} kan inte visas på webben och är utelämnad. Spara den som PNG och lägg till den.`);
    }
  }
  return { names, pictures, remarks };
}

/** A browser wants to know what SVG is; the rest it sees. @param {Uint8Array} bytes */
const typeOf = (bytes) => (bytes[0] === 0x89 ? "image/png" : bytes[0] === 0x47 ? "image/gif" : "image/jpeg");

/** @type {(slug: string, ending: string, isTaken: (name: string) => boolean, before: number) => string} */
function free(slug, ending, isTaken, before) {
  const whole = slug.length > LONGEST_NAME ? slug.slice(0, LONGEST_NAME + 1).replace(/-[^-]*$/, "") : slug;
  const stem = whole.slice(0, LONGEST_NAME) || "bild";
  for (let number = slug ? 1 : before + 1; ; number++) {
    const name = `${stem}${slug && number === 1 ? "" : `-${number}`}.${ending}`;
    if (!isTaken(name)) return name;
  }
}
