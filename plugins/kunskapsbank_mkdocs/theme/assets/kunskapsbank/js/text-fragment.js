// The passage of a hit → what to put after the hit's address, so that the browser goes to the passage and marks it.
//
// Browsers do that themselves (wicg.github.io/scroll-to-text-fragment). Where the text is not found, the page opens at
// its top, as it would have anyway.

const BEFORE = 3;
const AFTER = 6;

/**
 * @param {{ text: string, mark: boolean }[]} passage its words and those of the question marked
 * @returns {string} "#:~:text=…", "" where no word of the question stands in it
 */
export function textFragment(passage) {
  const first = passage.findIndex(({ mark }) => mark);
  if (first < 0) return "";
  const join = (/** @type {{ text: string }[]} */ parts) => parts.map(({ text }) => text).join("");
  // A line is a block of the page, and text is looked for within a block. The dots stand for what is left out.
  const before = join(passage.slice(0, first)).split("\n").at(-1) ?? "";
  const after = join(passage.slice(first)).split("\n")[0] ?? "";
  const lead = words(before.replace(/^… /, "")).slice(-BEFORE);
  const rest = words(after.replace(/ …$/, "")).slice(0, AFTER);
  const text = encodeURIComponent([...lead, ...rest].join(" ")).replaceAll("-", "%2D");
  return `#:~:text=${text}`;
}

/** @param {string} text */
function words(text) {
  return text.split(/\s+/).filter(Boolean);
}
