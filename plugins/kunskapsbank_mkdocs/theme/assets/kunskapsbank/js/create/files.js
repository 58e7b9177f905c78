// The finished files → one package to download, and how it gets into the bank.

import { make } from "./dom.js";

/**
 * Where the repository makes a new file ("" where that is not known), and the address of the guide.
 * @typedef {{newFile: string, guide: string}} Ways
 * What is to be downloaded: the package's name, the paths in it (the document's first), the document's text, the steps on
 * the website and the commands of git, how many errors there are and fields left to fill in.
 * `made` makes the package, `check` takes the editor back to the errors.
 * @typedef {{package: string, paths: string[], text: string, steps: string[], commands: string[], errors: number,
 *   left: number, ways: Ways, made: () => Promise<Uint8Array<ArrayBuffer>>, check: () => void}} Finished
 */

/** Return the bytes of a data: address. @param {string} data */
export const fromData = (data) =>
  Uint8Array.from(atob(data.slice(data.indexOf(",") + 1)), (character) => character.charCodeAt(0));

/**
 * Show what there is to download and what to do with it.
 * @param {HTMLElement} place @param {Finished} finished
 */
export function show(place, finished) {
  // What is unfolded stays so while the editor goes on.
  const open = [...place.querySelectorAll("details")].map((details) => details.open);
  place.replaceChildren(...warning(finished), packed(finished), howTo(finished));
  for (const [number, details] of place.querySelectorAll("details").entries()) details.open = open[number] ?? false;
}

/** @type {(finished: Finished) => HTMLElement[]} */
function warning({ errors, left, check }) {
  if (!errors && !left) return [];
  const link = make("button", { class: "kb-link", type: "button" }, errors ? "Gå till felen" : "Se vad som är kvar");
  link.addEventListener("click", check);
  const wrong = errors && `${errors} fel är kvar.`;
  const empty = left && (left === 1 ? "En uppgift är inte ifylld." : `${left} uppgifter är inte ifyllda.`);
  const rest = "Du kan hämta paketet ändå, men kontrollen stoppar det när du lämnar in.";
  return [make("div", { class: "kb-notice" }, make("p", {}, [wrong, empty, rest].filter(Boolean).join(" ")), link)];
}

/** @type {(finished: Finished) => HTMLElement} */
function packed({ package: name, paths, made }) {
  const button = make("button", { class: "kb-button", type: "button" }, "Hämta paketet");
  const said = make("span", { class: "kb-sr", role: "status" });
  button.addEventListener("click", async () => {
    const address = URL.createObjectURL(new Blob([await made()], { type: "application/zip" }));
    make("a", { href: address, download: name }).click();
    said.textContent = `${name} är hämtat.`;
    // The browser has read it long before.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
  const files = paths.map((path) => make("li", {}, make("code", {}, path)));
  const readMe = make("li", {}, make("code", {}, "LÄS-MIG.txt"), " (stegen nedan, ska inte lämnas in)");
  return make(
    "div",
    { class: "kb-file" },
    make("div", { class: "kb-file__name" }, make("code", {}, name), make("ul", {}, ...files, readMe)),
    make("div", {}, button, said),
  );
}

/** @type {(finished: Finished) => HTMLElement} */
function howTo({ paths, text, steps, commands, ways }) {
  // A new file can be given its folder where it is made, but is a text.
  const isText = paths.length === 1 && ways.newFile;
  const shown = isText ? onTheWeb(paths[0], text, ways.newFile) : steps.map(step);
  const last = "En automatisk kontroll startar. Sedan läser en kollega förslaget och godkänner det.";
  return make(
    "div",
    { class: "kb-howto" },
    make("h3", {}, "Så lämnar du in i GitLab"),
    make("ol", {}, ...shown),
    make("p", {}, last),
    folded("Med git i stället", [
      make(
        "p",
        {},
        "Öppna en terminal i mappen med bankens filer. Skriv var paketet ligger, om det ligger någon annanstans.",
      ),
      make("pre", { class: "kb-howto__commands", tabindex: "0" }, commands.join("\n")),
    ]),
    make("p", { class: "kb-more" }, make("a", { href: ways.guide }, "Läs mer om att skicka in")),
  );
}

/** @type {(heading: string, children: HTMLElement[]) => HTMLElement} */
const folded = (heading, children) =>
  make("details", { class: "kb-more-fields" }, make("summary", { class: "kb-filter__name" }, heading), ...children);

/** A step, in which what is to be typed stands in backticks. @param {string} text */
const step = (text) =>
  make("li", {}, ...text.split("`").map((part, place) => (place % 2 ? make("code", {}, part) : part)));

/** @type {(path: string, text: string, newFile: string) => HTMLElement[]} */
function onTheWeb(path, text, newFile) {
  const link = make(
    "a",
    { href: newFile + encodeURIComponent(path), target: "_blank", rel: "noopener noreferrer" },
    "Öppna sidan där du skapar filen",
    make("span", { class: "kb-sr" }, " (ny flik)"),
  );
  const copy = make("button", { class: "kb-button kb-button--quiet", type: "button" }, "Kopiera filens text");
  const said = make("span", { class: "kb-field__help", role: "status" });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Texten är kopierad.";
    } catch {
      said.textContent = "Webbläsaren tillät inte det. Öppna filen i paketet och kopiera därifrån.";
    }
  });
  return [
    make("li", {}, make("div", { class: "kb-field__after" }, copy, said)),
    make("li", {}, link, ". Logga in om du blir ombedd. Filens namn och mapp är ifyllda."),
    make(
      "li",
      {},
      "Klistra in texten. Välj Commit changes, skriv kort vad du lägger in och spara till en ny branch. Skapa sedan en merge request.",
    ),
  ];
}
