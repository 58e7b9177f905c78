// The files beside the index → what they say. The twin of beside.py, which writes them. Where one cannot be read the
// answer is as if there were none: they only add to what the index answers.

import { unpacked } from "./files.js";
import { Names } from "./naming.js";

const NAMED = "named.kb";
const PROJECTS = "projects";
const ATTACHED = "attached";

/**
 * A file beside a document: its name, its address, and its text with where each part of it stands.
 * @typedef {[string, string, [string, string][]]} Attached
 */

/** What lies beside the index; each file is read when it is first wanted. */
export class Beside {
  #read;
  /** @type {Map<string, Promise<any>>} */
  #coming = new Map();

  /** @param {import("./files.js").Read} read */
  constructor(read) {
    this.#read = read;
  }

  /** @returns {Promise<Names | null>} what a question can name */
  names() {
    return this.#take(NAMED, (rows) => new Names(rows));
  }

  /**
   * Return what a project tried.
   * @param {string} id
   * @returns {Promise<import("./ideas.js").Tried | null>}
   */
  tried(id) {
    return this.#take(`${PROJECTS}/${id}.kb`, (tried) => tried);
  }

  /**
   * Return the files beside a document.
   * @param {string} id
   * @returns {Promise<Attached[] | null>}
   */
  attached(id) {
    return this.#take(`${ATTACHED}/${id}.kb`, (files) => files);
  }

  /**
   * @template Made
   * @param {string} path
   * @param {(value: any) => Made} make
   * @returns {Promise<Made | null>}
   */
  #take(path, make) {
    let coming = this.#coming.get(path);
    if (!coming) {
      coming = this.#taken(path, make);
      this.#coming.set(path, coming);
    }
    return coming;
  }

  /**
   * @template Made
   * @param {string} path
   * @param {(value: any) => Made} make
   * @returns {Promise<Made | null>}
   */
  async #taken(path, make) {
    try {
      return make(JSON.parse(new TextDecoder().decode(await unpacked(await this.#read(path)))));
    } catch {
      this.#coming.delete(path);
      return null;
    }
  }
}
