// Whether a call is open, by today's date where the call is made: the page itself says only from when to when.

const ZONE = "Europe/Stockholm";

/**
 * @param {string} today
 * @param {string} opens
 * @param {string} closes
 */
function state(today, opens, closes) {
  if (today < opens) return "before";
  return today > closes ? "after" : "open";
}

// The Swedish form of a date is ISO's.
const today = new Date().toLocaleDateString("sv-SE", { timeZone: ZONE });

for (const shown of document.querySelectorAll("[data-kb-opens]")) {
  if (!(shown instanceof HTMLElement)) continue;
  const { kbOpens = "", kbCloses = "" } = shown.dataset;
  shown.textContent = shown.dataset[state(today, kbOpens, kbCloses)] ?? shown.textContent;
}
