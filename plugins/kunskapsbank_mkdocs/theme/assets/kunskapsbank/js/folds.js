// Escape closes what has been unfolded, the menu or the filters, and leads back to the button that opened it.

/** @param {HTMLElement} fold */
const button = (fold) => /** @type {HTMLElement | null} */ (fold.querySelector(":scope > summary"));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const inside = document.activeElement?.closest("details[data-kb-fold][open]");
  const fold = inside ?? document.querySelector(".kb-nav details[data-kb-fold][open]");
  // Where there is room they lie open for good, and have no button.
  if (!(fold instanceof HTMLDetailsElement) || !button(fold)?.checkVisibility()) return;
  fold.open = false;
  button(fold)?.focus();
});
