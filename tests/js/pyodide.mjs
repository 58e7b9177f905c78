// Runs tests/conversion_cases.py in the Python of the browser, and prints what it gives.
// Arguments: the folder that Python and the library lie in, and that of the tests.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, tests] = process.argv.slice(2);
const { lock } = JSON.parse(readFileSync(join(folder, "runtime.json"), "utf-8"));
const load = (/** @type {string} */ name) => import(pathToFileURL(join(folder, name)).href);
const [{ loadPyodide }, { default: createPyodideModule }] = [await load("pyodide.js"), await load("pyodide.asm.js")];
const python = await loadPyodide({ indexURL: `${folder}/`, lockFileContents: lock, createPyodideModule });

// As create/worker.js does.
const bytesOf = (/** @type {string} */ name) => python.toPy(new Uint8Array(readFileSync(join(folder, name))));
python.FS.writeFile("/start.zip", new Uint8Array(readFileSync(join(folder, "library.zip"))));
python.runPython("import sys; sys.path.insert(0, '/start.zip')");
const start = python.pyimport("start");
start.use(bytesOf("library.zip"));
start.use(bytesOf("pdf.zip"));
start.stand_in();

const documents = join(tests, "cases", "documents");
const files = readdirSync(documents).filter((name) => !name.endsWith(".md"));
const data = new Map(files.map((name) => [name, new Uint8Array(readFileSync(join(documents, name)))]));
python.runPython(readFileSync(join(tests, "conversion_cases.py"), "utf-8"));
const cases = readFileSync(join(tests, "cases", "markdown.json"), "utf-8");
console.log(python.globals.get("results")(cases, python.toPy(data)));
