// The library of the bank, run by Pyodide in a worker of its own: questions in, answers out, all as JSON.
// engine.js starts it, and tells the other side of what is said here.

/**
 * Where everything lies, as whole addresses: see plugins/kunskapsbank_mkdocs/runtime.py.
 * @typedef {{base: string, lock: object, library: string, pdf: string, snapshot: string, runs: string, today: string}} Start
 * A question, with what it is about; a file comes as bytes, as JSON cannot hold them.
 * @typedef {{id: number, name: string, about: any, bytes?: Uint8Array}} Question
 */

// What is kept between visits: the library as it was compiled, by the address of its archive.
const KEPT = "kunskapsbank-compiled";

/** @type {any} */
let python;
/** @type {any} The session in Python: kunskapsbank/editors/browser.py */
let session;
/** @type {any} */
let archive;
/** Fetches what reads pdf. @type {() => Promise<Uint8Array>} */
let pdfReader;
let isPdfThere = false;

/** @param {string} address @param {RequestInit} [options] */
async function fetched(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

/** @param {string} address */
const bytesOf = async (address) => new Uint8Array(await (await fetched(address)).arrayBuffer());

/** @param {string} progress */
const tell = (progress) => postMessage({ progress });

/**
 * Take WebAssembly also from a server that calls it something else.
 * @returns {Promise<never>} rejects where it cannot be had, or the computer has no room for it: Pyodide would wait for ever
 */
function takeWebAssembly() {
  const streaming = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (source, imports) => {
      try {
        const response = await source;
        if (!response.ok) throw new Error(`${response.status} ${response.url}`);
        const type = response.headers.get("content-type") ?? "";
        if (type.startsWith("application/wasm")) return await streaming(response, imports);
        return await WebAssembly.instantiate(await response.arrayBuffer(), imports);
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}

/** @param {string} library @returns {Promise<{cache?: Cache, bytes?: Uint8Array}>} */
async function kept(library) {
  try {
    // Not where the site is served without encryption.
    const cache = await globalThis.caches?.open(KEPT);
    const found = await cache?.match(library);
    return { cache, bytes: found && new Uint8Array(await found.arrayBuffer()) };
  } catch {
    // The browser keeps nothing.
    return {};
  }
}

/** @param {Start} where */
async function start({ base, lock, library, pdf, snapshot, runs, today }) {
  const lost = takeWebAssembly();
  tell("runtime");
  const parts = Promise.all([bytesOf(library), kept(library), fetched(snapshot).then((found) => found.text())]);
  // Told below, where they are waited for.
  parts.catch(() => {});
  const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([
    import(`${base}pyodide.js`),
    import(`${base}pyodide.asm.js`),
  ]);
  python = await Promise.race([loadPyodide({ indexURL: base, lockFileContents: lock, createPyodideModule }), lost]);
  tell("library");
  const [code, before, bank] = await parts;
  python.FS.writeFile("/start.zip", code);
  python.runPython("import sys; sys.path.insert(0, '/start.zip')");
  const starting = python.pyimport("start");
  python.runPython("sys.path.remove('/start.zip')");
  archive = starting.use(python.toPy(code), python.toPy(before.bytes ?? new Uint8Array()));
  starting.stand_in();
  tell("bank");
  session = python.pyimport("kunskapsbank.editors.browser").Session(bank, today);
  pdfReader = () => bytesOf(pdf);
  setTimeout(() => afterwards({ library, runs, cache: before.cache }), 0);
  return {};
}

/**
 * Make ready what nobody has to wait for, with room for questions in between.
 * @param {{library: string, runs: string, cache?: Cache}} where
 */
async function afterwards({ library, runs, cache }) {
  for (let step = 0; session.prepare(step); step++) await new Promise((resolve) => setTimeout(resolve));
  // So that a pdf can be read, and copies found, with the net gone too.
  const [read, kept] = await Promise.allSettled([pdfReader(), fetched(runs).then((found) => found.text())]);
  if (read.status === "fulfilled") pdfReader = async () => read.value;
  if (kept.status === "fulfilled") session.with_runs(kept.value);
  tell("complete");
  const code = archive.compiled().toJs();
  if (!cache || !code.length) return;
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.put(library, new Response(code));
}

/** Take in a file, and what reads pdf where it is one. @param {string} name @param {Uint8Array} bytes */
async function read(name, bytes) {
  const data = python.toPy(bytes);
  if (!isPdfThere && session.needs_pdf(data)) {
    python.pyimport("start").use(python.toPy(await pdfReader()));
    isPdfThere = true;
  }
  const answer = JSON.parse(session.read(name, data));
  data.destroy();
  for (const picture of answer.pictures ?? []) picture.bytes = session.picture(picture.name).toJs();
  return answer;
}

/** Return the zip of all that the form becomes. @param {{form: any, pictures: {[name: string]: Uint8Array}}} about */
function packed({ form, pictures }) {
  const given = python.toPy(pictures);
  const made = session.package(JSON.stringify(form), given);
  given.destroy();
  return made.toJs();
}

self.onmessage = async (/** @type {MessageEvent<Question>} */ { data: { id, name, about, bytes } }) => {
  try {
    if (name === "start") postMessage({ id, answer: await start(about) });
    else if (name === "read") postMessage({ id, answer: await read(about, bytes ?? new Uint8Array()) });
    else if (name === "package") postMessage({ id, answer: packed(about) });
    else postMessage({ id, answer: JSON.parse(session.answer(name, JSON.stringify(about))) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
};
