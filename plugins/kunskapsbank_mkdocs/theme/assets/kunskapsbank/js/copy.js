// Copies what stands on the page, or the address of exactly this page with all that is chosen in it, and prints it.

const COPIED = "Kopierat";
const COPY_YOURSELF = "Det gick inte att kopiera. Markera texten och kopiera den själv.";

for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-copying]"))) {
  // A page that tells other things too has a place for all of them.
  const told = part.querySelector("[data-kb-copied]") ?? document.querySelector("[data-kb-status]");
  for (const hidden of /** @type {NodeListOf<HTMLElement>} */ (
    part.querySelectorAll("[data-kb-copy][hidden], [data-kb-here][hidden]")
  ))
    hidden.hidden = false;
  part.querySelector("[data-kb-print]")?.addEventListener("click", () => print());
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-kb-copy]")))
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.kbCopy ?? "");
      const text = source ? (source.textContent ?? "").trim().replace(/\s+/g, " ") : withoutPlace(location.href);
      const done = await copied(text);
      if (told) told.textContent = done ? COPIED : COPY_YOURSELF;
      const label = button.textContent;
      if (!done || button.dataset.kbLabel) return;
      button.dataset.kbLabel = label ?? "";
      button.textContent = COPIED;
      setTimeout(() => {
        button.textContent = label;
        delete button.dataset.kbLabel;
        if (told) told.textContent = "";
      }, 2500);
    });
}

/** @param {string} address */
function withoutPlace(address) {
  return address.replace(/#.*/, "");
}

/**
 * Put a text on the clipboard. Browsers have a clipboard only for pages sent by https; an intranet may send by http.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether that could be done
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    field.className = "kb-sr";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
