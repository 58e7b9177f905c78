// Tells screen readers what changed, once it has stopped changing: nobody wants every count on the way to a word.

const PAUSE = 700;

export class Announcer {
  #region;
  #timer = 0;

  /** @param {HTMLElement} region an element with role="status" */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // A region that is given the text it has already says nothing.
      this.#region.textContent = this.#region.textContent === text ? `${text}\u00a0` : text;
    }, PAUSE);
  }
}
