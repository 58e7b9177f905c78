// The search page: reads the question from its address and its form, asks the bank, and shows the answer.

import { read, write } from "./address.js";
import { Announcer } from "./announcer.js";
import { Filters } from "./filters.js";
import { reader } from "./index-files.js";
import { Results } from "./results.js";
import { openBank, SearchError } from "./search/client.js";
import { handOver, listed } from "./taken-list.js";
import * as texts from "./texts.js";

/** @typedef {import("./address.js").Question} Question */

// How many hits are shown at a time, and how many of them at once; the rest come when the reader is near them.
const PAGE = 10;
const AT_ONCE = 5;
// Milliseconds until it is seen to that the index is still the one that was asked.
const RENEW = 10_000;
// Milliseconds without a key before the words are searched: who types on is not shown what was found on the way. Where
// files take long it would also be in the way of what comes after.
const PAUSE = { quick: 200, slow: 300 };
const QUICK = 100;

const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-kb-search]"));
const words = /** @type {HTMLInputElement} */ (form.querySelector("[data-kb-words]"));
const order = /** @type {HTMLSelectElement} */ (form.querySelector("select"));
const panel = /** @type {HTMLDetailsElement} */ (form.querySelector("[data-kb-filters]"));
const show = /** @type {HTMLButtonElement} */ (form.querySelector("[data-kb-show]"));
/** What was asked, for a list on paper: there the field that it is typed in has no place. */
const onPaper = /** @type {HTMLElement} */ (form.querySelector("[data-kb-asked]"));
const filters = new Filters(panel);
const results = new Results(
  /** @type {HTMLElement} */ (form.querySelector("[data-kb-results]")),
  new URL(form.dataset.root ?? "", location.href).href,
  JSON.parse(form.dataset.foreign ?? "[]"),
);
const announcer = new Announcer(/** @type {HTMLElement} */ (form.querySelector("[data-kb-status]")));
const title = document.title;

/** The bank, once it is opened. @type {ReturnType<typeof openBank> | undefined} */
let bank;
/** Ends what is done for the last question: when another is asked, its answer is of no use. */
let ending = new AbortController();
let pause = 0;
let renewal = 0;
/** Whether any file has been read since it was seen to that the index is still the same. */
let isRead = false;
/** Whether the last of them came at once. */
let isQuick = true;
/** Shows the counts of the last answer, where they are wanted. */
let count = async () => {};

/** Open the bank, or try again if it could not be opened before. */
function opened() {
  const read = reader(form.dataset.index ?? "");
  /** @type {import("./search/files.js").Read} */
  const noted = async (path, signal) => {
    isRead ||= path !== "manifest.json";
    const start = performance.now();
    const bytes = await read(path, signal);
    isQuick = performance.now() - start < QUICK;
    return bytes;
  };
  bank ??= openBank(noted).catch((error) => {
    bank = undefined;
    throw error;
  });
  return bank;
}

/** @returns {Question} what the form asks for */
function question() {
  return { words: words.value, chosen: filters.chosen, sort: order.value ? "newest" : "relevance" };
}

/** @param {Question} asking */
const addressOf = (asking) => location.pathname + write(asking);

/** End what is done for the last question, and return what tells when the next is of no use either. */
function begin() {
  clearTimeout(pause);
  clearTimeout(renewal);
  ending.abort();
  ending = new AbortController();
  return ending.signal;
}

/**
 * Do something for a question. That another has been asked is no fault.
 *
 * @param {AbortSignal} signal
 * @param {() => Promise<void>} act
 */
async function unlessEnded(signal, act) {
  try {
    await act();
  } catch (error) {
    if (!signal.aborted) fail(error);
  }
}

/**
 * Ask what the form says, and show the answer.
 *
 * @param {object} [options]
 * @param {boolean} [options.typing] whether the last word may be half a word
 * @param {number} [options.shown] how many hits to show
 * @param {string[]} [options.notes] what else must be said
 * @param {boolean} [options.again] whether it was just asked of an index that has been replaced
 */
async function ask({ typing = false, shown = PAGE, notes = [], again = false } = {}) {
  const signal = begin();
  const asking = question();
  showChosen();
  document.title = asking.words.trim() ? `${texts.cut(asking.words.trim())} – ${title}` : title;
  results.wait();
  panel.ariaBusy = "true";
  await unlessEnded(signal, async () => {
    const opening = await opened();
    const answer = await opening.search({ ...asking, typing, signal });
    if (typing && isTooShort(asking.words, answer)) {
      panel.ariaBusy = "false";
      return results.goOn();
    }
    const hits = await opening.show(answer.hits.slice(0, shown > PAGE ? shown : AT_ONCE), answer, signal);
    signal.throwIfAborted();
    if (answer.isReplaced && !again) {
      bank = undefined;
      return ask({ typing, shown, notes, again: true });
    }
    tell(asking, answer, hits, notes);
    if (answer.hits.length > hits.length && shown > hits.length)
      results.whenNear(() => showRest(answer, opening, hits.length, shown));
    results.more.onclick = () => showMore(answer, opening);
    results.take.onclick = () => takeAway(answer, opening);
    count = () => unlessEnded(signal, () => showCounts(answer, opening, signal));
    await Promise.all([count(), tellNamed(asking, opening, signal)]);
    signal.throwIfAborted();
    renewal = setTimeout(() => renew(opening, { typing, shown, notes }), RENEW);
    if (answer.total === 0) await help(asking, typing, signal);
  });
}

/**
 * Show an answer.
 *
 * @param {Question} asking
 * @param {import("./search/client.js").Answer} answer
 * @param {import("./search/client.js").Shown[]} hits the first of them
 * @param {string[]} notes what else must be said
 */
function tell(asking, answer, hits, notes) {
  const { total } = answer;
  show.textContent = texts.showHits(total);
  const anything = !asking.words.trim();
  onPaper.textContent = texts.asked(asking.words.trim(), location.href);
  const heading = headingOf(asking, total);
  const said = [...notes, ...answer.problems];
  const [ordered, together] = [!anything && total > 1, anything ? 0 : PAGE];
  const isRanked = asking.sort === "relevance";
  results.show({ heading, ordered, notes: said, hits, together, isRanked, total });
  const absent = answer.absent.map((word) => ({ ...texts.absent(word), address: themeAddress(word.theme) }));
  results.absent(absent);
  const instead = answer.corrected?.instead ?? [];
  if (answer.corrected) {
    const { asTyped } = answer.corrected;
    results.corrected(texts.instead(instead), asTyped, addressOf({ ...asking, words: asTyped }));
  }
  const told = absent.map(({ text, link, after }) => text + link + after);
  if (instead.length) told.push(`Visar träffar för ${texts.instead(instead)}`);
  announcer.say([heading, ...said, ...told].join(". "));
}

/**
 * Show what the question names, once that is known: hits do not wait for it.
 *
 * @param {Question} asking
 * @param {Awaited<ReturnType<typeof openBank>>} opening
 * @param {AbortSignal} signal
 */
async function tellNamed(asking, opening, signal) {
  const { boxes, narrowed } = await opening.named({ ...asking, signal });
  signal.throwIfAborted();
  const address = narrowed ? addressOf({ ...asking, words: narrowed.words, chosen: narrowed.chosen }) : "";
  results.named(boxes, narrowed && { text: texts.narrowed(narrowed), address });
}

/**
 * Tell whether no word has been typed yet that can be asked for, only its first letter.
 *
 * @param {string} words
 * @param {import("./search/client.js").Answer} answer
 */
function isTooShort(words, answer) {
  return words.trim() !== "" && answer.concepts.length === 0 && answer.total === 0 && answer.problems.length === 0;
}

/** @param {import("./search/client.js").Absent["theme"]} theme */
const themeAddress = (theme) =>
  theme ? addressOf({ words: "", chosen: { [theme.facet]: [theme.id] }, sort: "relevance" }) : "";

/**
 * @param {Question} asking
 * @param {number} total
 */
function headingOf(asking, total) {
  if (asking.words.trim()) return texts.hits(total);
  return Object.keys(asking.chosen).length ? texts.newestHits(total) : texts.everything(total);
}

/** @param {unknown} error */
function fail(error) {
  const known = error instanceof SearchError;
  const reason = known ? error.message : texts.UNKNOWN_FAULT;
  if (!known) console.error(error);
  panel.ariaBusy = "false";
  results.fail(reason);
  announcer.say(`${texts.FAULT}. ${reason}`);
}

/**
 * Show how many hits each filter would give that is in sight: of all it would be the larger half of what is fetched.
 *
 * @param {import("./search/client.js").Answer} answer
 * @param {Awaited<ReturnType<typeof openBank>>} opening
 * @param {AbortSignal} signal
 */
async function showCounts(answer, opening, signal) {
  const { seen } = filters;
  if (!seen.length) return;
  panel.ariaBusy = "true";
  const counts = await opening.count(answer, seen, signal);
  signal.throwIfAborted();
  filters.show(counts);
  panel.ariaBusy = "false";
  results.tell(answer.problems);
}

/**
 * Show the rest of the first page of hits, below those shown at once.
 *
 * @param {import("./search/client.js").Answer} answer
 * @param {Awaited<ReturnType<typeof openBank>>} opening
 * @param {number} from
 * @param {number} shown
 */
function showRest(answer, opening, from, shown) {
  const { signal } = ending;
  return unlessEnded(signal, async () => {
    const hits = await opening.show(answer.hits.slice(from, shown), answer, signal);
    signal.throwIfAborted();
    results.add(hits, answer, { isMoved: false });
  });
}

/**
 * Ask again if the index has been replaced while the page was open: what was fetched may be of both. A reader who is
 * among the hits is left in peace, and asks the new one next time.
 *
 * @param {Awaited<ReturnType<typeof openBank>>} opening
 * @param {Parameters<typeof ask>[0]} options
 */
async function renew(opening, options) {
  const { signal } = ending;
  if (!isRead) return;
  isRead = false;
  if (!(await opening.isReplaced()) || signal.aborted) return;
  bank = undefined;
  if (!results.hasFocus) await ask({ ...options, again: true });
}

/**
 * Show the next hits of an answer.
 *
 * @param {any} answer
 * @param {any} opening
 */
function showMore(answer, opening) {
  const { signal } = ending;
  return unlessEnded(signal, async () => {
    const shown = (history.state?.shown ?? PAGE) + PAGE;
    const hits = await opening.show(answer.hits.slice(shown - PAGE, shown), answer, signal);
    signal.throwIfAborted();
    history.replaceState({ ...history.state, shown }, "");
    const part = results.add(hits, answer, { isMoved: true });
    announcer.say([part, ...answer.problems].join(". "));
  });
}

/**
 * Hand over all hits of an answer, in their order, as a file.
 *
 * @param {any} answer
 * @param {any} opening
 */
async function takeAway(answer, opening) {
  const hits = await opening.show(answer.hits, answer);
  handOver(listed(hits, new URL(form.dataset.root ?? "", location.href).href));
  announcer.say([texts.taken(hits.length), ...answer.problems].join(". "));
}

/**
 * Where nothing was found, tell what there would be without a filter.
 *
 * @param {Question} asking
 * @param {boolean} typing
 * @param {AbortSignal} signal
 */
async function help(asking, typing, signal) {
  results.help({ advice: asking.words.trim() !== "" });
  const opening = await opened();
  const chosen = Object.entries(asking.chosen);
  const ways = chosen.map(([id, terms]) => ({
    chosen: Object.fromEntries(chosen.filter(([other]) => other !== id)),
    text: (/** @type {number} */ total) =>
      texts.without(
        terms.map((term) => filters.termName(id, term)),
        total,
      ),
  }));
  if (chosen.length > 1) ways.push({ chosen: {}, text: texts.withoutAll });
  const found = [];
  for (const way of ways) {
    const { total } = await opening.search({ ...asking, chosen: way.chosen, typing, signal });
    const act = () => {
      filters.chosen = way.chosen;
      settle();
      results.heading.focus();
    };
    if (total) found.push({ text: way.text(total), act });
  }
  signal.throwIfAborted();
  results.relax(found);
}

/** Show what is chosen: beside the filters, and as chips that take it away. */
function showChosen() {
  filters.tell();
  const chosen = Object.entries(filters.chosen).flatMap(([id, terms]) => terms.map((term) => ({ id, term })));
  results.chips(
    chosen.map(({ id, term }, place) => ({
      text: `${filters.nameOf(id)}: ${filters.termName(id, term)}`,
      act: () => {
        const left = { ...filters.chosen };
        left[id] = left[id].filter((other) => other !== term);
        filters.chosen = left;
        settle();
        results.focusChip(place);
      },
    })),
  );
}

/**
 * Ask what the form says now, as a step of its own to come back to.
 *
 * @param {{ typed?: boolean }} [options] whether it is the end of the typing, and so the same step
 */
function settle({ typed = false } = {}) {
  const same = addressOf(question()) === location.pathname + location.search;
  keep({ shown: PAGE }, same || (typed && history.state?.typing));
  ask();
}

/** Fetch what the words that are being typed will need. Where it cannot be done, asking them will tell. */
async function expect() {
  const { signal } = ending;
  const opening = await opened().catch(() => undefined);
  if (!signal.aborted) opening?.expect(words.value);
}

/** Ask what is being typed. All of the typing is one step to come back from. */
function draft() {
  keep({ shown: PAGE, typing: true }, history.state?.typing);
  ask({ typing: true });
}

/**
 * Write the question into the address, in place of the last one or after it.
 *
 * @param {object} state
 * @param {boolean} instead
 */
function keep(state, instead) {
  try {
    history[instead ? "replaceState" : "pushState"](state, "", addressOf(question()));
  } catch {
    // Browsers refuse when there are very many in a short time; the next one will be kept.
  }
}

/** Put what the address says into the form, and ask it. */
function restore() {
  const { question: asking, unknown } = read(location.search, filters);
  words.value = asking.words;
  filters.chosen = asking.chosen;
  order.value = asking.sort === "newest" ? "nyast" : "";
  const notes = unknown.map(({ filter, term }) => texts.unknown(filters.nameOf(filter), term));
  ask({ typing: history.state?.typing, shown: history.state?.shown, notes });
}

// That a group of them is opened is told to the group alone.
panel.addEventListener("toggle", () => count(), { capture: true });
words.addEventListener("input", () => {
  begin();
  results.wait({ atOnce: true });
  pause = setTimeout(draft, isQuick ? PAUSE.quick : PAUSE.slow);
  expect();
});
form.addEventListener("change", ({ target }) => {
  if (target !== words) settle();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  settle({ typed: true });
  if (event.submitter === show) {
    panel.open = false;
    results.heading.focus();
  } else if (matchMedia("(pointer: coarse)").matches) {
    // The keyboard on the screen would hide the hits.
    words.blur();
  }
});
form.querySelector("[data-kb-clear]")?.addEventListener("click", () => {
  filters.chosen = {};
  settle();
  results.heading.focus();
});
form.querySelector("[data-kb-spelling] a")?.addEventListener("click", (event) => {
  event.preventDefault();
  words.value = /** @type {HTMLElement} */ (event.currentTarget).textContent ?? "";
  settle();
  results.heading.focus();
});
form.querySelector("[data-kb-narrow]")?.addEventListener("click", (event) => {
  event.preventDefault();
  const { search } = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  const { question: asking } = read(search, filters);
  words.value = asking.words;
  filters.chosen = asking.chosen;
  settle();
  results.heading.focus();
});
addEventListener("popstate", ({ state }) => {
  // A jump within the page, such as past its head, comes here too.
  if (state || addressOf(question()) !== location.pathname + location.search) restore();
});
// Who was sooner than this script has begun to type.
const typed = words.value;
restore();
if (typed && typed !== words.value) {
  words.value = typed;
  draft();
}
