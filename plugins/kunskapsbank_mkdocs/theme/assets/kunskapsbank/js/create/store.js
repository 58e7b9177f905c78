// What the editor has filled in, kept for as long as the tab is open, and whoever wants to know when it changes.

/**
 * A picture from the report: the name of its file, and its bytes as a data: address.
 * @typedef {{name: string, data: string}} Picture
 * `values` are by front matter key as the form has them: a text, ids of terms, a group, or a list of groups.
 * `original` is the name under which the report's own file is to lie beside, "" where it is not.
 * @typedef {{kind: string, project: string, body: string, values: {[key: string]: any}, pictures: Picture[],
 *   remarks: string[], received: string, original: string}} State
 */

const KEY = "kunskapsbank.skapa";
const PAUSE = 300;

/** @returns {State} */
const empty = () => ({
  kind: "",
  project: "",
  body: "",
  values: {},
  pictures: [],
  remarks: [],
  received: "",
  original: "",
});

export class Store extends EventTarget {
  /** @type {State} */
  state = empty();
  /** Whether there is anything that has not been downloaded. */
  isUnsaved = false;
  #timer = 0;

  /** Take back what was there before the page was loaded anew. @returns {boolean} whether there was anything */
  restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
      if (!kept) return false;
      // The file itself was only in memory.
      this.state = { ...empty(), ...kept, original: "" };
      return true;
    } catch {
      // Not ours, or the browser keeps nothing.
      return false;
    }
  }

  clear() {
    this.state = empty();
    this.isUnsaved = false;
    clearTimeout(this.#timer);
    this.#timer = 0;
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // The browser keeps nothing, so there is nothing to forget.
    }
  }

  /** @param {string} path "medel/0/år" is the year of the first group under "medel" @returns {any} */
  get(path) {
    return path.split("/").reduce((/** @type {any} */ within, name) => within?.[name], this.state.values);
  }

  /** @param {string} path @param {any} value what is in the way is made */
  set(path, value) {
    const names = path.split("/");
    const last = /** @type {string} */ (names.pop());
    /** @type {any} */
    let within = this.state.values;
    for (const [place, name] of names.entries()) {
      within[name] ??= /^\d+$/.test(names[place + 1] ?? last) ? [] : {};
      within = within[name];
    }
    within[last] = value;
    this.changed();
  }

  /** @param {Partial<State>} state */
  update(state) {
    Object.assign(this.state, state);
    this.changed();
  }

  changed() {
    this.isUnsaved = true;
    this.dispatchEvent(new Event("change"));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** Keep at once what has changed. */
  keep() {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    for (const state of [this.state, { ...this.state, pictures: [] }]) {
      try {
        sessionStorage.setItem(KEY, JSON.stringify(state));
        return;
      } catch {
        // Browsers keep some megabytes: then without the pictures. Without them too it is as if nothing had been kept.
      }
    }
  }
}
