// The finished files → links that download them, and how they get into the bank.

import { make } from "./dom.js";

/**
 * A file to download: its path in the repository and its bytes.
 * @typedef {{path: string, blob: Blob}} Finished
 * Where the repository makes a new file ("" where that is not known), and the address of the guide.
 * @typedef {{newFile: string, guide: string}} Ways
 */

/** The addresses of blobs on the page, to be given back. @type {string[]} */
let given = [];

/** Return the bytes of a data: address. @param {string} data */
export function fromData(data) {
  const [head, base64] = data.split(",");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: head.slice("data:".length).split(";")[0] });
}

/** @type {(bytes: number) => string} */
const sizeText = (bytes) => (bytes < 1000 ? `${bytes} byte` : `${Math.round(bytes / 1000).toLocaleString("sv-SE")} kB`);

/**
 * Show what there is to download and what to do with it.
 * @param {HTMLElement} place
 * @param {{files: Finished[], text: string, errors: number, ways: Ways, done: () => void, check: () => void}} what
 *   `done` is told of a download, `check` takes the editor back to the errors
 */
export function show(place, { files, text, errors, ways, done, check }) {
  for (const address of given) URL.revokeObjectURL(address);
  given = [];
  const rows = files.map((file) => row(file, done));
  place.replaceChildren(
    ...(errors ? [warning(errors, check)] : []),
    make("ul", { class: "kb-plain" }, ...rows),
    howTo(files, text, ways),
  );
}

/** @type {(errors: number, check: () => void) => HTMLElement} */
function warning(errors, check) {
  const link = make("button", { class: "kb-link", type: "button" }, "Gå till felen");
  link.addEventListener("click", check);
  const what = errors === 1 ? "1 fel är kvar" : `${errors} fel är kvar`;
  const said = make("p", {}, `${what}. Du kan hämta filen ändå, men kontrollen stoppar den när du lämnar in den.`);
  return make("div", { class: "kb-notice" }, said, link);
}

/** @type {(file: Finished, done: () => void) => HTMLElement} */
function row({ path, blob }, done) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const address = URL.createObjectURL(blob);
  given.push(address);
  const link = make(
    "a",
    { class: "kb-button", href: address, download: name },
    "Hämta",
    make("span", { class: "kb-sr" }, ` ${name}`),
  );
  link.addEventListener("click", done);
  const folder = path.slice(0, path.lastIndexOf("/"));
  const where = make("span", { class: "kb-file__size" }, make("br"), `Ska ligga i ${folder}. ${sizeText(blob.size)}.`);
  return make(
    "li",
    { class: "kb-file" },
    make("span", { class: "kb-file__name" }, make("code", {}, name), where),
    link,
  );
}

/** @type {(files: Finished[], text: string, ways: Ways) => HTMLElement} */
function howTo(files, text, ways) {
  const [main, ...others] = files;
  const folder = main.path.slice(0, main.path.lastIndexOf("/"));
  const name = main.path.slice(main.path.lastIndexOf("/") + 1);
  const steps = ways.newFile ? onTheWeb(main.path, text, ways.newFile) : byWords(folder, name);
  if (others.length) {
    const what = others.length === 1 ? "den andra filen" : "de andra filerna";
    const said = `Byt till din egen branch i listan överst på sidan. Ladda upp ${what} i mappen `;
    steps.push(make("li", {}, said, make("code", {}, folder), " med Upload file."));
  }
  steps.push(
    make(
      "li",
      {},
      "Skriv i förslaget vad det gäller. En automatisk kontroll startar, och en kollega läser och godkänner.",
    ),
  );
  const guide = make("p", { class: "kb-more" }, make("a", { href: ways.guide }, "Läs mer om att skicka in"));
  return make("div", { class: "kb-howto" }, make("h3", {}, "Så lämnar du in"), make("ol", {}, ...steps), guide);
}

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
      said.textContent = "Webbläsaren tillät inte det. Öppna den hämtade filen och kopiera därifrån.";
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

/** @type {(folder: string, name: string) => HTMLElement[]} */
const byWords = (folder, name) => [
  make("li", {}, "Hämta filen här ovanför."),
  make(
    "li",
    {},
    "Logga in där bankens filer finns och öppna mappen ",
    make("code", {}, folder),
    ". Finns den inte: öppna närmaste mapp och skriv resten i filens namn.",
  ),
  make(
    "li",
    {},
    "Välj Upload file och lämna in ",
    make("code", {}, name),
    ". Spara till en ny branch och skapa en merge request.",
  ),
];
