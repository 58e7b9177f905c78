// Pyodide as npm has it → the files that the site is built with: see ../vendor, which starts this.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const [from, to] = process.argv.slice(2);
// Every server knows what .js is; .mjs is unknown to many.
const NAMES = {
  "pyodide.mjs": "pyodide.js",
  "pyodide.asm.mjs": "pyodide.asm.js",
  "pyodide.asm.wasm": "pyodide.asm.wasm",
  "python_stdlib.zip": "python_stdlib.zip",
};

// Run inside Pyodide: its own standard library as code, without what nothing in a worker can use. What is compiled is
// not compiled again at each start, which took most of the time. Stored, not deflated: the whole is compressed on its way.
const COMPILE = String.raw`
import io, re, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

DROPPED = re.compile(r"""(
    __phello__|_aix_support|_android_support|_apple_support|_ios_support|_osx_support|_pydatetime|_pydecimal|_pyio
    |_pyrepl|_sysconfigdata.*|antigravity|asyncio/(__main__|proactor_events|tools|windows_.*)|bdb|cProfile|cgi.*|cmd|code
    |compileall|concurrent/(futures/(process|interpreter)|interpreters)|configparser|ctypes|curses|dbm|doctest|ensurepip
    |filecmp|fileinput|fractions|ftplib|getopt|getpass|gettext|graphlib|http/(cookiejar|cookies|server)|idlelib|imaplib
    |logging/(config|handlers)|mailbox|mimetypes|modulefinder|multiprocessing|netrc|nturl2path|optparse|pdb|pickletools
    |plistlib|poplib|pprint_.*|profile|profiling|pstats|pty|py_compile|pyclbr|pydoc|pydoc_data|pyodide/console
    |rlcompleter|runpy|sched|shelve|smtplib|socketserver|sqlite3|symtable|sysconfig|tabnanny|test|this|timeit|tkinter
    |tomllib|trace|tracemalloc|tty|turtle|turtledemo|unittest|venv|wave|webbrowser|wsgiref|xml/sax/expatreader
    |xmlrpc|zipapp|zoneinfo
    |encodings/(big5.*|charmap_.*|cp(037|1006|1026|1140|273|424|500|7.*|8[^5].*|85[^0].*|9.*)|euc_.*|gb.*|hp_.*|hz|iso2022.*
    |johab|kz1048|mac_(arabic|croatian|cyrillic|farsi|greek|iceland|latin2|romanian|turkish)|mbcs|oem|palmos|ptcp154
    |shift_.*|tis_620|uu_codec|quopri_codec|rot_13|bz2_codec|zlib_codec|hex_codec)
    )(/.*)?\.py""", re.VERBOSE)

def compiled(name, source):
    # Pyodide reads its own docstrings when it starts.
    level = 0 if name.startswith(("_pyodide/", "pyodide/")) else 2
    code = compile(source, "/lib/python314.zip/" + name, "exec", dont_inherit=True, optimize=level)
    return bytes(_code_to_hash_pyc(code, bytes(8), False))

def made(data):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as zipped:
        for name in sorted(source.namelist()):
            if name.endswith(".py") and not DROPPED.fullmatch(name):
                info = zipfile.ZipInfo(name + "c", (1980, 1, 1, 0, 0, 0))
                zipped.writestr(info, compiled(name, source.read(name)))
    return target.getvalue()
`;

const read = (name) => readFileSync(join(from, name));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const compressed = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const { loadPyodide, version } = await import(pathToFileURL(join(from, "pyodide.mjs")).href);
const python = await loadPyodide();
python.runPython(COMPILE);
const library = python.globals
  .get("made")(python.toPy(new Uint8Array(read("python_stdlib.zip"))))
  .toJs();

const files = {};
for (const [name, ours] of Object.entries(NAMES)) {
  const bytes = name === "python_stdlib.zip" ? Buffer.from(library) : read(name);
  files[ours] = { bytes: bytes.length, sha256: sha256(bytes) };
  const small = compressed(bytes);
  writeFileSync(join(to, `${ours}.br`), small);
  console.log(`${ours}: ${bytes.length} bytes, ${small.length} compressed`);
}
const { info } = JSON.parse(read("pyodide-lock.json").toString());
// All of a lock file that Pyodide looks at when no package is asked for.
const record = { version, lock: { info, packages: {} }, files };
writeFileSync(join(to, "runtime.json"), `${JSON.stringify(record, null, 2)}\n`);
