// The index's files: fetched when first wanted, unpacked, decoded and kept.

/**
 * Reads a file of the index; rejects if there is none, and when it is no longer wanted.
 * @typedef {(path: string, signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>} Read
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
 * A file on its way: `holders` are those who wait for it. When the last of them gives it up, `end` ends it.
 * @typedef {{arrival: Promise<void>, holders: Set<object>, end: AbortController}} Coming
 */

/**
 * Files that are fetched when first wanted, unpacked and kept. What is worked out from them does not wait: it takes
 * what is here, and is worked out again (`settle`) when what it wanted besides has come.
 */
export class Files {
  #read;
  /** @type {Map<string, any>} */
  #kept = new Map();
  /** @type {Map<string, Coming>} */
  #coming = new Map();
  /** @type {Map<string, Decode<any>> | null} */
  #wanted = null;
  /** @type {Set<string> | null} */
  #failed = null;
  /**
   * Holds what is expected, by the last attempt.
   * @type {{holder: object, attempt: () => unknown}}
   */
  #expecting = { holder: {}, attempt: () => undefined };

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
   * Work something out, again and again until all that it takes is here; note in `failed` what cannot be read. Rejects
   * when `signal` tells that it is no longer wanted, and what only it waits for is fetched no further.
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} failed
   * @param {AbortSignal} [signal]
   * @returns {Promise<Value>}
   */
  async settle(attempt, failed, signal) {
    const holder = {};
    const release = () => this.#release(holder);
    signal?.addEventListener("abort", release);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const { value, wanted } = this.#tried(attempt, failed);
        if (!wanted.size) return value;
        await Promise.all(Array.from(wanted, ([path, decode]) => this.#fetch(path, decode, holder)));
      }
    } finally {
      signal?.removeEventListener("abort", release);
    }
  }

  /**
   * Fetch what something takes, without waiting for it. What was expected before, and is not any more, is given up, unless
   * this goes on with it.
   * @param {() => unknown} attempt
   * @param {boolean} goesOn
   */
  async expect(attempt, goesOn) {
    const before = this.#expecting.holder;
    const holder = goesOn ? before : {};
    this.#expecting = { holder, attempt };
    for (let isFirst = true; this.#expecting.attempt === attempt; isFirst = false) {
      const { wanted } = this.#tried(attempt, new Set());
      const arrivals = Array.from(wanted, ([path, decode]) => this.#fetch(path, decode, holder));
      // Not sooner: some of it may be wanted still.
      if (isFirst && !goesOn) this.#release(before);
      if (!arrivals.length) return;
      await Promise.all(arrivals);
    }
  }

  /** Try again, the next time, what could not be read. */
  forgive() {
    for (const [path, found] of this.#kept) if (found === null) this.#kept.delete(path);
  }

  /**
   * Work something out from what is here; return it, and what it wanted besides. If that is nothing, what it took and
   * could not be read is noted in `failed`.
   * @template Value
   * @param {() => Value} attempt
   * @param {Set<string>} failed
   */
  #tried(attempt, failed) {
    /** @type {Map<string, Decode<any>>} */
    const wanted = new Map();
    /** @type {Set<string>} */
    const missed = new Set();
    [this.#wanted, this.#failed] = [wanted, missed];
    const value = attempt();
    this.#wanted = this.#failed = null;
    if (!wanted.size) missed.forEach((path) => failed.add(path));
    return { value, wanted };
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   * @param {object} holder
   */
  #fetch(path, decode, holder) {
    let coming = this.#coming.get(path);
    if (!coming) {
      const end = new AbortController();
      coming = { arrival: this.#fetched(path, decode, end.signal), holders: new Set(), end };
      this.#coming.set(path, coming);
    }
    coming.holders.add(holder);
    return coming.arrival;
  }

  /**
   * @param {string} path
   * @param {Decode<any>} decode
   * @param {AbortSignal} signal
   */
  async #fetched(path, decode, signal) {
    let found = null;
    try {
      found = decode(await unpacked(await this.#read(path, signal)));
    } catch {
      // It cannot be read, or is no longer wanted.
    }
    if (signal.aborted) return;
    this.#kept.set(path, found);
    this.#coming.delete(path);
  }

  /** @param {object} holder */
  #release(holder) {
    for (const [path, { holders, end }] of this.#coming)
      if (holders.delete(holder) && !holders.size) {
        this.#coming.delete(path);
        end.abort();
      }
  }
}
