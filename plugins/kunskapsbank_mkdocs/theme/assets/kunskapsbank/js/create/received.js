// A report's file → its text and pictures: read by the library, the pictures made by the browser's canvas in between.

import { make } from "./dom.js";

/**
 * How large a picture may be; kunskapsbank/intake/used_pictures.py says.
 * @typedef {{widest: number, highest: number, mostPixels: number}} Limits
 * @typedef {import("./store.js").Picture} Picture
 * @typedef {{markdown: string, title: string, pictures: Picture[], remarks: string[], original: string}} Received
 */

const QUALITY = 0.85;

/** What the editor is told of a file that cannot be taken in. */
export class UnreadableError extends Error {}

/**
 * @param {File} file
 * @param {import("./engine.js").Engine} engine
 * @returns {Promise<Received>} rejects with an UnreadableError, whose message is a sentence for the editor
 */
export async function received(file, engine) {
  const read = await engine.ask("read", file.name, new Uint8Array(await file.arrayBuffer()));
  if (read.error) throw new UnreadableError(read.error);
  /** @type {{[name: string]: string}} */
  const made = {};
  /** @type {Picture[]} */
  const pictures = [];
  for (const { name, bytes } of read.pictures) {
    const picture = await slimmed(name, bytes, read.limits);
    made[name] = typeof picture === "string" ? picture : "";
    if (typeof picture !== "string") pictures.push({ name, data: await toData(picture) });
  }
  const report = await engine.ask("finish", made);
  if (report.error) throw new UnreadableError(report.error);
  return { ...report, pictures: pictures.filter(({ name }) => report.pictures.includes(name)) };
}

/**
 * Return a picture for the web: no larger than it is shown, and without what the camera wrote into it, as the canvas keeps
 * only the pixels. Where it cannot be made, the reason why, as the library calls it.
 * @param {string} name whose ending says what is made
 * @param {BlobPart} bytes
 * @param {Limits} limits
 */
async function slimmed(name, bytes, { widest, highest, mostPixels }) {
  /** @type {ImageBitmap} */
  let bitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    return "unreadable";
  }
  if (bitmap.width * bitmap.height > mostPixels) return "too large";
  const scale = Math.min(1, widest / bitmap.width, highest / bitmap.height);
  const size = { width: Math.round(bitmap.width * scale) || 1, height: Math.round(bitmap.height * scale) || 1 };
  const canvas = make("canvas", size);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const type = name.endsWith(".png") ? "image/png" : "image/jpeg";
  if (type === "image/jpeg") {
    // A JPEG has nothing to see through.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((/** @type {BlobCallback} */ resolve) => canvas.toBlob(resolve, type, QUALITY));
  return blob ?? "unreadable";
}

/** @type {(blob: Blob) => Promise<string>} */
const toData = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
