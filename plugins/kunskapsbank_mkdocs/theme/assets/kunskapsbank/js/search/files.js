// The index's files: fetched when first wanted, unpacked, decoded and kept.

/**
 * Reads a file of the index; rejects if there is none.
 * @typedef {(path: string) => Promise<Uint8Array<ArrayBuffer>>} Read
 */

/**
 * @template Held
 * @typedef {(bytes: Uint8Array<ArrayBuffer>) => Held} Decode
 */

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Files that are fetched when first wanted, unpacked and kept. What is worked out from them does not wait: it takes
 * what is here, and is worked out again (`settle`) when what it wanted besides has come.
 */
export class Files {
  #read;
  /** @type {Map<string, any>} */
  #kept = new Map();
  /** @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** @type {Map<string, Decode<any>> | null} */
  #wanted = null;
  /** @type {Set<string> | null} */
  #failed = null;

  /** @param {Read} read */
  constructor(read) {
    this.#read = read;
  }

  /**
   * Return what a file holds; undefined while it is not here, null if it cannot be read.
   * @template Held
   * @param {string} path
   * @param {Decode<Held>} decode
   * @returns {Held | null | undefined}
   */
  take(path, decode) {
    const found = this.#kept.get(path);
    if (found === undefined) this.#wanted?.set(path, decode);
    if (found === null) this.#failed?.add(path);
    return found;
  }

  /**
   * Work something out, again and again until all that it takes is here; note in `failed` what cannot be read.
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} failed
   * @returns {Promise<Value>}
   */
  async settle(attempt, failed) {
    for (;;) {
      this.#wanted = new Map();
      this.#failed = new Set();
      const value = attempt();
      const wanted = this.#wanted;
      if (!wanted.size) this.#failed.forEach((path) => failed.add(path));
      this.#wanted = this.#failed = null;
      if (!wanted.size) return value;
      await Promise.all(Array.from(wanted, ([path, decode]) => this.#fetch(path, decode)));
    }
  }

  /** Try again, the next time, what could not be read. */
  forgive() {
    for (const [path, found] of this.#kept) if (found === null) this.#kept.delete(path);
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   * @returns {Promise<void>}
   */
  #fetch(path, decode) {
    let coming = this.#coming.get(path);
    if (!coming) this.#coming.set(path, (coming = this.#fetched(path, decode)));
    return coming;
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   */
  async #fetched(path, decode) {
    try {
      this.#kept.set(path, decode(await unpacked(await this.#read(path))));
    } catch {
      this.#kept.set(path, null);
    }
    this.#coming.delete(path);
  }
}
