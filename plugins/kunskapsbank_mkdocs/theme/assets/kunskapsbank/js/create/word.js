// A Word file (.docx) → simple HTML, by mammoth.js, which kunskapsbank/intake/word.py uses in Python. Refuses in the same
// words as kunskapsbank/intake/sniff.py what can be told without unpacking the file.
// @ts-check

/**
 * What intake/word.py says to the browser.
 * @typedef {{tooLarge: number, mostUnpacked: number, mostMarkup: number, mostParts: number, empty: string,
 *   damaged: string, bomb: string, locked: string, packed: string, refused: [string, string][],
 *   compound: [string, string][], oldOffice: string, otherPackages: [string, string][], code: string,
 *   anythingElse: string, styles: string, linked: string, linkedMessage: string}} Told
 */

const NOT_HERE = "sidan läser bara Word-filer (.docx). Spara texten som .docx, eller ta in filen med kunskapsbank import.";
const COMPOUND = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const START = 4096;

/** A file that cannot be taken in; the message is for the editor. */
export class UnreadableError extends Error {
  name = "UnreadableError";
}

/**
 * Read a Word file; rejects with an UnreadableError.
 * @param {Uint8Array} bytes
 * @param {Told} told
 * @returns {Promise<{html: string, pictures: {[key: string]: Uint8Array}, title: string, remarks: string[]}>}
 */
export async function read(bytes, told) {
  const remarks = sniff(bytes, told);
  await import("../vendor/mammoth.js");
  /** @type {any} */
  const { mammoth } = globalThis;
  /** @type {{[key: string]: Uint8Array}} */
  const pictures = {};
  try {
    const converted = await mammoth.convertToHtml(
      { arrayBuffer: bytes.slice().buffer },
      {
        styleMap: [told.styles, ...(await ownStyles(bytes))].join("\n"),
        includeEmbeddedStyleMap: false,
        convertImage: mammoth.images.imgElement(async (/** @type {any} */ image) => {
          // One at a time: mammoth waits for each.
          const data = new Uint8Array(await image.readAsArrayBuffer());
          const key = `bild-${Object.keys(pictures).length + 1}`;
          pictures[key] = data;
          return { src: key };
        }),
      },
    );
    const isLinked = converted.messages.some((/** @type {any} */ { message }) => message.startsWith(told.linkedMessage));
    return { html: converted.value, pictures, title: "", remarks: isLinked ? [...remarks, told.linked] : remarks };
  } catch {
    throw new UnreadableError(told.damaged);
  }
}

/** Return remarks on a Word file; throws for what is no such file. @type {(bytes: Uint8Array, told: Told) => string[]} */
function sniff(bytes, told) {
  if (bytes.length >= told.tooLarge) {
    const most = Math.floor(told.tooLarge / 1e6);
    throw new UnreadableError(
      `filen är ${Math.floor(bytes.length / 1e6)} MB. Banken tar emot filer under ${most} MB. ` +
        "Gör bilderna mindre (i Word: Bildformat, Komprimera bilder) och spara på nytt.",
    );
  }
  if (!bytes.length) throw new UnreadableError(told.empty);
  const start = latin(bytes.subarray(0, START));
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06")) return packaged(bytes, told);
  if (start.startsWith(COMPOUND)) {
    const whole = new TextDecoder("utf-16le").decode(bytes) + new TextDecoder("utf-16le").decode(bytes.subarray(1));
    const found = told.compound.find(([name]) => whole.includes(name));
    throw new UnreadableError(found ? found[1] : told.oldOffice);
  }
  for (const [pattern, message] of told.refused) {
    if (new RegExp(`^(?:${pattern})`, "s").test(start)) throw new UnreadableError(message);
  }
  throw new UnreadableError(/%PDF-|<html|<!doctype/i.test(start) ? NOT_HERE : told.anythingElse);
}

/** @type {(bytes: Uint8Array, told: Told) => string[]} */
function packaged(bytes, told) {
  const parts = directory(bytes);
  if (!parts.length) throw new UnreadableError(told.damaged);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const isBomb = parts.some((part) => /\.(xml|rels)$/i.test(part.name) && part.size > told.mostMarkup);
  if (isBomb || size > told.mostUnpacked || parts.length > told.mostParts) throw new UnreadableError(told.bomb);
  if (parts.some((part) => part.isLocked)) throw new UnreadableError(told.locked);
  if (parts.some(({ name }) => /^word\/.*\.xml$/i.test(name))) {
    return parts.some(({ name }) => /vbaproject\.bin$|(?:^|\/)activex\//i.test(name)) ? [told.code] : [];
  }
  if (parts.some(({ name }) => name === "content.xml")) throw new UnreadableError(NOT_HERE);
  const other = told.otherPackages.find(([folder]) => parts.some(({ name }) => name.toLowerCase().startsWith(folder)));
  throw new UnreadableError(other ? other[1] : told.packed);
}

/**
 * Return the parts that a zip file lists at its end (APPNOTE.TXT 4.3.12), with the sizes that it claims.
 * @param {Uint8Array} bytes
 */
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [];
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65_600 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return [];
  let place = view.getUint32(end + 16, true);
  while (place + 46 <= bytes.length && view.getUint32(place, true) === 0x02014b50) {
    const length = view.getUint16(place + 28, true);
    parts.push({
      name: latin(bytes.subarray(place + 46, place + 46 + length)),
      size: view.getUint32(place + 24, true),
      packed: view.getUint32(place + 20, true),
      method: view.getUint16(place + 10, true),
      offset: view.getUint32(place + 42, true),
      isLocked: (view.getUint16(place + 8, true) & 1) === 1,
    });
    place += 46 + length + view.getUint16(place + 30, true) + view.getUint16(place + 32, true);
  }
  return parts;
}

/** One character for each byte. @param {Uint8Array} bytes */
const latin = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** @typedef {{name: string, parent: string, outline: string}} Style */

/** Return a line for mammoth for each style that is a heading by what it is based on. @param {Uint8Array} bytes */
async function ownStyles(bytes) {
  const part = directory(bytes).find(({ name }) => name === "word/styles.xml");
  if (!part) return [];
  const text = await unpacked(bytes, part);
  /** @type {Map<string, Style>} */
  const styles = new Map();
  for (const element of new DOMParser().parseFromString(text, "application/xml").getElementsByTagNameNS(W, "style")) {
    if (element.getAttributeNS(W, "type") !== "paragraph") continue;
    styles.set(element.getAttributeNS(W, "styleId") ?? "", {
      name: valueOf(childOf(element, "name")),
      parent: valueOf(childOf(element, "basedOn")),
      outline: valueOf(childOf(childOf(element, "pPr"), "outlineLvl")),
    });
  }
  return [...styles].flatMap(([key, { name }]) => {
    const path = pathOf(key, styles);
    return path && !/['\\\n]/.test(name) ? [`p[style-name='${name}'] => ${path}`] : [];
  });
}

/** @type {(within: Element | undefined, name: string) => Element | undefined} */
const childOf = (within, name) =>
  Array.from(within?.children ?? []).find((child) => child.namespaceURI === W && child.localName === name);

/** @param {Element | undefined} found */
const valueOf = (found) => found?.getAttributeNS(W, "val") ?? "";

/** @type {(key: string, styles: Map<string, Style>) => string} */
function pathOf(key, styles) {
  /** @type {Set<string>} */
  const seen = new Set();
  for (let style = styles.get(key); style && !seen.has(key); style = styles.get(key)) {
    seen.add(key);
    const named = /^(?:heading|rubrik) ([1-6])$/i.exec(style.name);
    if (named) return `h${named[1]}:fresh`;
    if (["title", "rubrik"].includes(style.name.toLowerCase())) return "h1.title:fresh";
    if (/^toc /i.test(style.name)) return "!";
    if (/^[0-5]$/.test(style.outline)) return `h${Number(style.outline) + 1}:fresh`;
    key = style.parent;
  }
  return "";
}

/** @type {(bytes: Uint8Array, part: {offset: number, packed: number, method: number}) => Promise<string>} */
async function unpacked(bytes, { offset, packed, method }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = new Blob([bytes.slice(start, start + packed)]);
  const stream = method === 0 ? data.stream() : data.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
