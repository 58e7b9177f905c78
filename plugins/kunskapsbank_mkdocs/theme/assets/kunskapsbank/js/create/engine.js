// Starts the library in a worker, and asks it. Where it cannot start, `ready` says so.

/**
 * @typedef {"runtime" | "library" | "bank" | "complete"} Progress
 */

export class Engine {
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  #asked = 0;
  #worker;
  /** @type {Promise<unknown>} Rejects where the library cannot be started here. */
  ready;

  /**
   * @param {URL} script worker.js
   * @param {Promise<{[name: string]: any}>} where what worker.js calls Start
   * @param {(progress: Progress) => void} told
   */
  constructor(script, where, told) {
    // A worker started from an address has no policy but its server's. One from a blob has the page's: in it, as on the
    // page, nothing can be evaluated and no other host asked.
    const code = `import ${JSON.stringify(script.href)};`;
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.onmessage = ({ data }) => (data.progress ? told(data.progress) : this.#answered(data));
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#lost(new Error(event.message || "The worker could not start"));
    };
    this.ready = where.then((found) => this.ask("start", found)).finally(() => URL.revokeObjectURL(address));
  }

  /**
   * Ask the library; questions are answered in their order.
   * @param {string} name @param {any} about @param {Uint8Array} [bytes]
   * @returns {Promise<any>}
   */
  ask(name, about, bytes) {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, about, bytes });
    });
  }

  /** @param {{id: number, answer?: any, error?: string}} data */
  #answered({ id, answer, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }

  /** @param {Error} error */
  #lost(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
