// Light or dark: the reader's choice, remembered in this browser, before the system's.

const KEY = "kunskapsbanken.scheme";
const SCHEMES = ["light", "dark"];
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

/** Return what the reader chose, or null; a browser may refuse to remember. */
function chosen() {
  try {
    const scheme = localStorage.getItem(KEY);
    return SCHEMES.find((known) => known === scheme) ?? null;
  } catch {
    return null;
  }
}

/** @param {string} scheme */
function remember(scheme) {
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function current() {
  return root.dataset.kbScheme ?? (system.matches ? "dark" : "light");
}

function other() {
  return current() === "dark" ? "light" : "dark";
}

/**
 * Name the button after what it does.
 * @param {HTMLElement} button
 */
function label(button) {
  button.textContent = button.dataset[other()] ?? "";
}

const scheme = chosen();
if (scheme) root.dataset.kbScheme = scheme;

const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-kb-scheme-button]"));
if (button) {
  label(button);
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.kbScheme = other();
    remember(root.dataset.kbScheme);
    label(button);
  });
  system.addEventListener("change", () => label(button));
}
