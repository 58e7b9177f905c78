// One step of the form at a time, where there is little room; which width that is, create.css says.

import { all, one } from "./dom.js";

const KEY = "kunskapsbanken.skapa.alla-steg";
const HERE = "kb-step--here";

export class Steps {
  #steps;

  /** @param {HTMLElement} form */
  constructor(form) {
    this.#steps = all(form, "[data-kb-step]");
    const button = one(form, "[data-kb-all-steps]");
    if (sessionStorage.getItem(KEY)) button.hidden = true;
    else form.dataset.kbOne = "";
    button.addEventListener("click", () => {
      sessionStorage.setItem(KEY, "ja");
      delete form.dataset.kbOne;
      button.hidden = true;
      one(this.#here, "h2").focus();
    });
    for (const way of all(form, "[data-kb-step-to]")) {
      way.addEventListener("click", () => {
        const step = one(form, `#${way.dataset.kbStepTo}`);
        this.reveal(step);
        one(step, "h2").focus();
      });
    }
    this.begin();
  }

  get #here() {
    return this.#steps.find((step) => step.classList.contains(HERE)) ?? this.#steps[0];
  }

  /** Go back to the first step. */
  begin() {
    this.reveal(this.#steps[0]);
  }

  /** Show the step that an element stands in. @param {Element} element */
  reveal(element) {
    const shown = element.closest("[data-kb-step]");
    if (shown) for (const step of this.#steps) step.classList.toggle(HERE, step === shown);
  }

  /** Offer to go on only when there is something to go on with. @param {boolean} isChosen whether a kind is */
  offer(isChosen) {
    for (const way of all(this.#steps[0], "[data-kb-step-to]")) way.hidden = !isChosen;
  }
}
