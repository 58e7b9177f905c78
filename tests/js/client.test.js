// The client on a small index written by hand: answers, filters, passages, spelling help, and all that can go wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { openBank, SearchError } from "#search/client.js";
import { beginnings } from "#search/packed.js";
import { Index } from "#search/shards.js";
import { alike, keysOf } from "#search/spelling.js";

import { indexFiles, leafPath, memory, plain } from "./support.js";

/** @type {import("./support.js").Content} */
const BANK = {
  documents: [
    { title: "Bo kvar", body: "Om <b>vräkning</b> och hemlösa. Stöd gavs.", facets: ["stad:farsta", "ar:2019"] },
    { title: "Hemlöshet i staden", summary: "Hemlösa får bostad.", facets: ["stad:farsta", "ar:2018"] },
    {
      title: "Motiverande samtal",
      body: `${"Annat innehåll här. ".repeat(30)}Här står stöd till slut.`,
      facets: ["ar:2018"],
    },
  ],
  terms: {
    vräkning: { 0: [32, 0] },
    hemlös: { 0: [32, 0], 1: [96, 0, 3] },
    stöd: { 0: [32, 1], 2: [8, 12] },
    bostad: { 1: [32, 0] },
    "=motiver_samtal": { 2: [90, 0] },
    "=hemlös": { 0: [32, 0], 1: [96, 0, 3] },
    "~till": { 2: [90] },
    ge: { 0: [32, 1] },
    motiver: { 2: [90, 0] },
    samtal: { 2: [90, 0] },
    förebygg: { 2: [8, 4] },
  },
  facets: [
    { id: "stad", terms: ["bromma", "farsta"] },
    { id: "ar", terms: ["2019", "2018"] },
    { id: "teman", terms: ["boende"] },
  ],
  parts: {
    fo: { last: { förebygg: 30 } },
    vr: { first: { vräknings: [30, "vräkning"] }, last: { vräkning: 30 } },
  },
  // Name, theme, broader groups with how many steps off they are, phrases; the first names the group.
  meanings: [
    "motiverande samtal\t\t\tmotiver samtal|mi",
    "avhysning\tboende\t2:1\tavhysning",
    "hemlöshet\tboende\t\themlös|bostadslös",
    "hyreskontrakt\t\t\thyreskontrak",
  ],
  words: { he: ["hemlösa 2", "hemlöshet 1", "hemma 9"], vr: ["vräkning 1"] },
  known: { fo: ["fotografi 5"], he: ["hemlis", "hemlösnings 2"] },
};

const files = indexFiles(BANK);
/** @param {import("./support.js").Files} over */
const opened = async (over = {}) => {
  const read = memory({ ...files, ...over });
  return { bank: await openBank(read), read };
};
/** @param {import("#search/client.js").Answer} answer */
const numbers = (answer) => answer.hits.map((hit) => hit.number);
/** @param {import("#search/client.js").Piece[]} parts */
const marks = (parts) => parts.filter(({ mark }) => mark).map(({ text }) => text);
/** @param {import("#search/client.js").Piece[]} parts */
const joined = (parts) => parts.map(({ text }) => text).join("");

test("words are found by stem, the better hit first", async () => {
  const { bank } = await opened();
  const answer = await bank.search({ words: "hemlösas" });
  assert.deepEqual(numbers(answer), [1, 0]);
  assert.ok(answer.hits[0].score > answer.hits[1].score);
  assert.equal(answer.total, 2);
  assert.deepEqual(answer.problems, []);
  assert.deepEqual([answer.absent, answer.corrected], [[], null]);
});

test("a compound is found by its parts, whose shards are fetched one after the other", async () => {
  const { bank, read } = await opened();
  assert.deepEqual(numbers(await bank.search({ words: "vräkningsförebyggande" })), [0, 2]);
  assert.deepEqual(
    read.paths.filter((path) => path.startsWith("p/")),
    [`p/1.kb`, `p/0.kb`],
  );
});

test("words are found without å, ä and ö, and as synonyms", async () => {
  const { bank } = await opened();
  assert.deepEqual(numbers(await bank.search({ words: "vrakning" })), [0]);
  assert.deepEqual(numbers(await bank.search({ words: "vrakningsforebyggande" })), [0, 2]);
  assert.deepEqual(numbers(await bank.search({ words: "MI" })), [2]);
});

test("newest first is the order of the numbers", async () => {
  const { bank } = await opened();
  assert.deepEqual(numbers(await bank.search({ words: "hemlösa", sort: "newest" })), [0, 1]);
});

test("nothing asked: everything, and nothing but the numbers is fetched for it", async () => {
  const { bank, read } = await opened();
  const answer = await bank.search();
  assert.deepEqual(numbers(answer), [0, 1, 2]);
  assert.deepEqual(answer.counts, { stad: { bromma: 0, farsta: 2 }, ar: { 2019: 1, 2018: 2 }, teman: { boende: 0 } });
  assert.deepEqual(read.paths, ["manifest.json", "n.kb"]);
});

test("any of a facet's terms, something of every facet, and counts as if chosen instead", async () => {
  const { bank } = await opened();
  const one = await bank.search({ chosen: { stad: ["farsta"] } });
  assert.deepEqual(numbers(one), [0, 1]);
  assert.deepEqual(one.counts, { stad: { bromma: 0, farsta: 2 } });
  assert.deepEqual(await bank.count(one), {
    stad: { bromma: 0, farsta: 2 },
    ar: { 2019: 1, 2018: 1 },
    teman: { boende: 0 },
  });
  const both = await bank.search({ chosen: { stad: ["farsta", "bromma"], ar: new Set(["2018"]) } });
  assert.deepEqual(numbers(both), [1]);
  assert.deepEqual(await bank.count(both), {
    stad: { bromma: 0, farsta: 1 },
    ar: { 2019: 1, 2018: 1 },
    teman: { boende: 0 },
  });
  const words = await bank.search({ words: "stöd", chosen: { ar: ["2018"], stad: [] } });
  assert.deepEqual(numbers(words), [2]);
  assert.deepEqual(await bank.count(words), {
    stad: { bromma: 0, farsta: 0 },
    ar: { 2019: 1, 2018: 1 },
    teman: { boende: 0 },
  });
});

test("what nobody knows has nothing, and fetches nothing", async () => {
  const { bank, read } = await opened();
  /** @type {Record<string, string[]>[]} */
  const unknown = [{ stad: ["finns-inte"] }, { kommun: ["solna"] }, { stad: ["bromma"] }, { constructor: ["x"] }];
  for (const chosen of unknown) assert.equal((await bank.search({ chosen })).total, 0);
  assert.deepEqual(read.paths, ["manifest.json"]);
});

test("a second question fetches only what is new", async () => {
  const { bank, read } = await opened();
  await bank.search({ words: "stöd" });
  const fetched = read.paths.length;
  await bank.search({ words: "Stöd!" });
  assert.equal(read.paths.length, fetched);
  assert.equal(new Set(read.paths).size, fetched);
});

test("questions at the same time do not disturb each other", async () => {
  const { bank, read } = await opened();
  const asked = ["stöd", "hemlösa", "vräkningsförebyggande", "", "stöd", "MI"];
  const answers = await Promise.all(asked.map((words) => bank.search({ words })));
  assert.deepEqual(answers.map(numbers), [[0, 2], [1, 0], [0, 2], [0, 1, 2], [0, 2], [2]]);
  assert.equal(new Set(read.paths).size, read.paths.length);
});

test("a word being typed finds what begins so, unless it is a word itself", async () => {
  const { bank } = await opened();
  /** @param {string} words */
  const typed = (words) => bank.search({ words, typing: true }).then(numbers);
  assert.deepEqual(await typed("hem"), [1, 0]);
  assert.deepEqual(await typed("vrak"), [0]);
  assert.deepEqual(await typed("vräk"), [0]);
  assert.deepEqual(await typed("vråk"), []);
  assert.deepEqual(await typed("stöd bos"), [1, 0, 2]);
  assert.deepEqual(await typed("hem "), []);
  assert.deepEqual(numbers(await bank.search({ words: "hem" })), []);
});

test("what a word that is being typed will need is fetched, the parts of what it must become too, but no hits", async () => {
  const terms = { ...BANK.terms, vräkningsförebygg: { 1: [32, 0] } };
  const written = { vräkningsförebygg: "+ande vräkning förebygg" };
  const read = memory(indexFiles({ ...BANK, terms, written, inLeaf: 1 }));
  const bank = await openBank(read);
  read.paths.length = 0;
  await bank.expect("vrä");
  assert.deepEqual(read.paths, []);
  await bank.expect("stöd vrä");
  assert.deepEqual(read.paths, [leafPath("stod")]);
  await bank.expect("stöd vräkningsf");
  assert.deepEqual(read.paths.slice(1).sort(), [
    leafPath("forebygg"),
    leafPath("vrakning"),
    leafPath("vrakningsforebygg"),
  ]);
  const expected = read.paths.length;
  const answer = await bank.search({ words: "stöd vräkningsförebyggande", typing: true });
  assert.equal(read.paths.length, expected);
  await bank.show(answer.hits, answer);
  assert.ok(
    read.paths
      .slice(expected)
      .join(" ")
      .match(/^(h\/\S+ ?)+$/),
  );
});

test("a word that begins no word of the texts is divided before it is asked", async () => {
  const { bank, read } = await opened();
  await bank.expect("vräkningsförebyggande");
  const expected = read.paths.length;
  assert.ok(read.paths.includes("p/1.kb"));
  await bank.search({ words: "vräkningsförebyggande" });
  assert.deepEqual(
    read.paths.slice(expected).filter((path) => !/^[kmw]/.test(path)),
    [],
  );
});

/** Read files, each only when it is let go; `ended` are those that were given up. */
const slowly = () => {
  const [waiting, ended] = [/** @type {Map<string, () => void>} */ (new Map()), /** @type {string[]} */ ([])];
  /** @type {import("./support.js").Read} */
  const read = (path, signal) =>
    new Promise((resolve, reject) => {
      const give = () => resolve(/** @type {any} */ (files[path]));
      if (path === "manifest.json") give();
      else waiting.set(path, give);
      signal?.addEventListener("abort", () => {
        ended.push(path);
        reject(signal.reason);
      });
    });
  return { read, waiting, ended };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("what is no longer expected is given up, unless it goes on so or a question waits for it", async () => {
  const { read, waiting, ended } = slowly();
  const bank = await openBank(read);
  bank.expect("hemlösa");
  const [first] = waiting.keys();
  bank.expect("hemlösavräk");
  assert.deepEqual(ended, []);
  bank.expect("stöd");
  assert.deepEqual(ended, [first]);
  const [, second] = waiting.keys();
  const answer = bank.search({ words: "stöd" });
  bank.expect("");
  assert.deepEqual(ended, [first]);
  waiting.get(second)?.();
  assert.deepEqual(numbers(await answer), [0, 2]);
});

test("a question that is no longer wanted rejects, and what only it waited for is given up", async () => {
  const { read, waiting, ended } = slowly();
  const bank = await openBank(read);
  const end = new AbortController();
  const given = assert.rejects(bank.search({ words: "stöd", signal: end.signal }), { name: "AbortError" });
  const [path] = waiting.keys();
  end.abort();
  await given;
  assert.deepEqual(ended, [path]);
  const answer = bank.search({ words: "stöd" });
  await turn();
  waiting.get(path)?.();
  assert.deepEqual(numbers(await answer), [0, 2]);
});

test("a term is found in the leaf that its key leads to, and nothing else is fetched for it", async () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  /** @type {Record<string, import("./support.js").Postings>} */
  const terms = {};
  for (const a of letters) for (const b of letters) terms[`${a}${b}ö`] = { 0: [32, 0] };
  terms.mmo = { 1: [32, 0] };
  const read = memory(indexFiles({ ...BANK, terms, parts: {}, meanings: [] }));
  const bank = await openBank(read);
  read.paths.length = 0;
  assert.deepEqual(numbers(await bank.search({ words: "aaö" })), [0]);
  assert.deepEqual(read.paths, [leafPath("aao")]);
  assert.deepEqual(numbers(await bank.search({ words: "zzö" })), [0]);
  assert.deepEqual(numbers(await bank.search({ words: "mmo" })), [1]);
  assert.deepEqual(numbers(await bank.search({ words: "mmö" })), [0]);
  assert.deepEqual(numbers(await bank.search({ words: "qqo" })), [0]);
  assert.deepEqual(numbers(await bank.search({ words: "åäö" })), []);
  assert.deepEqual(numbers(await bank.search({ words: "ög" })), []);
  read.paths.length = 0;
  assert.deepEqual(numbers(await bank.search({ words: "m", typing: true })), []);
  assert.deepEqual(numbers(await bank.search({ words: "mm", typing: true })), [0, 1]);
});

test("of a word that a text has the parts are known, and none are looked for", async () => {
  const terms = { ...BANK.terms, vräkningsförebygg: { 1: [32, 0] }, hemlös: { 0: [32, 0] } };
  const written = { vräkningsförebygg: "+ande vräkning förebygg", hemlös: "+a,+t" };
  const read = memory(indexFiles({ ...BANK, terms, written }));
  const bank = await openBank(read);
  const answer = await bank.search({ words: "vräkningsförebyggande hemlösa" });
  assert.deepEqual(
    answer.concepts.map((concept) => concept.terms.map(({ text, weight }) => `${text} ${weight}`)),
    [
      ["vräkningsförebygg 8", "vräkning 4", "vräk 2", "förebygg 4"],
      ["hemlös 8", "=hemlös 6"],
    ],
  );
  assert.deepEqual(
    read.paths.filter((path) => path.startsWith("p/")),
    [],
  );
  // Another form of the same word is divided.
  await bank.search({ words: "hemlösas" });
  assert.ok(read.paths.some((path) => path.startsWith("p/")));
});

test("of a hit only that piece of the text is fetched in which the words stand", async () => {
  const pieces = ["Början på det hela. ", "Här slutar en mening. Här står stöd till slut, och sedan ", "är det slut."];
  const documents = [{ title: "Lång", summary: "Det korta.", pieces }, ...BANK.documents.slice(1)];
  const terms = { stöd: { 0: [32, 30] }, slut: { 0: [32, 31, 50] }, lång: { 0: [32, 8192] } };
  const read = memory(indexFiles({ ...BANK, documents, terms }));
  const bank = await openBank(read);
  const answer = await bank.search({ words: "stöd slut" });
  const [shown] = await bank.show(answer.hits, answer);
  assert.equal(joined(shown.passage), "… Här slutar en mening. Här står stöd till slut, och sedan …");
  assert.deepEqual(
    read.paths.filter((path) => path.startsWith("h/")),
    ["h/0-1.kb"],
  );
  const title = await bank.search({ words: "lång" });
  const [named] = await bank.show(title.hits, title);
  assert.equal(joined(named.passage), "Det korta. Början på det hela. …");
});

test("hits are counted only when that is asked for, and for the facets that it is asked for", async () => {
  const { bank, read } = await opened();
  const ofFacets = () => read.paths.filter((path) => path.startsWith("f/"));
  const answer = await bank.search({ words: "hemlösa" });
  assert.deepEqual(answer.counts, {});
  assert.deepEqual(ofFacets(), []);
  const counts = { stad: { bromma: 0, farsta: 2 }, ar: { 2019: 1, 2018: 1 }, teman: { boende: 0 } };
  assert.deepEqual(await bank.count(answer, ["ar"]), { ar: counts.ar });
  assert.deepEqual(ofFacets(), ["f/ar-0.kb"]);
  assert.deepEqual(await bank.count(answer), counts);
  assert.deepEqual(answer.counts, counts);
  assert.deepEqual(ofFacets(), ["f/ar-0.kb", "f/stad-0.kb", "f/teman-0.kb"]);
});

test("what documents of any number have of a facet stands in the file of their numbers", async () => {
  /** @type {[string, number[]][]} */
  const packed = [
    // 3, 32 767, 32 768 and 70 000.
    ["n.kb", [3, 252, 255, 1, 1, 176, 162, 2]],
    ["f/stad-0.kb", [2, 1, 1, 0, 0, 1]],
    ["f/stad-1.kb", [1, 2, 0, 1, 0]],
    ["f/stad-2.kb", [2, 0, 1, 0, 1]],
  ];
  const those = Object.fromEntries(packed.map(([path, bytes]) => [path, gzipSync(Buffer.from(bytes))]));
  const index = await Index.open(memory({ ...files, ...those }));
  const found = await index.settle(() => [3, 32_767, 32_768, 70_000].map((number) => index.termsOf(0, number)));
  assert.deepEqual(found, [[1], [], [0, 1], [0]]);
});

test("hits are shown with a passage, and what answers is marked, never as HTML", async () => {
  const { bank } = await opened();
  const answer = await bank.search({ words: "vräkning stöd" });
  const [first, second] = await bank.show(answer.hits, answer);
  assert.equal(first.id, "d0");
  assert.deepEqual(marks(first.passage), ["vräkning", "Stöd"]);
  assert.equal(joined(first.passage), "Om <b>vräkning</b> och hemlösa. Stöd gavs.");
  assert.deepEqual(marks(second.passage), ["stöd"]);
  assert.equal(joined(second.passage), "Annat innehåll här. Här står stöd till slut.");
  assert.deepEqual(second.titleParts, [{ text: "Motiverande samtal", mark: false }]);
  assert.equal("body" in first, false);
});

test("what means the same is marked, in titles too; nothing where nothing was asked", async () => {
  const { bank } = await opened();
  const answer = await bank.search({ words: "mi" });
  const [shown] = await bank.show(answer.hits, answer);
  assert.deepEqual(marks(shown.titleParts), ["Motiverande", "samtal"]);
  assert.ok(joined(shown.passage).length <= 224 && joined(shown.passage).endsWith(" …"));
  const everything = await bank.search();
  const [newest] = await bank.show(everything.hits.slice(0, 1), everything);
  assert.deepEqual(newest.passage, []);
  assert.deepEqual(newest.titleParts, [{ text: "Bo kvar", mark: false }]);
});

test("compounds in a text are marked by the parts that are here, and no more are fetched for it", async () => {
  const content = { ...BANK, documents: [{ body: "Ett vräkningsförebyggande arbete." }, ...BANK.documents.slice(1)] };
  const read = memory(indexFiles(content));
  const bank = await openBank(read);
  const first = await bank.search({ words: "vräkning" });
  const [shown] = await bank.show(first.hits.slice(0, 1), first);
  assert.deepEqual(marks(shown.passage), []);
  await bank.search({ words: "vräkningsförebyggande" });
  const [again] = await bank.show(first.hits.slice(0, 1), first);
  assert.deepEqual(marks(again.passage), ["vräkningsförebyggande"]);
});

test("a word that is none is taken for those most like it, and it is told", async () => {
  const { bank } = await opened();
  const answer = await bank.search({ words: "Stöd, hemlöshte!" });
  assert.deepEqual(numbers(answer), [0, 1, 2]);
  assert.deepEqual(answer.corrected, { instead: ["hemlöshet"], asTyped: 'Stöd, "hemlöshte"!' });
  assert.deepEqual(answer.absent, []);
  const typed = await bank.search({ words: '"hemlöshte"' });
  assert.deepEqual([numbers(typed), typed.corrected], [[], null]);
  assert.deepEqual((await bank.search({ words: "ehmlösa" })).corrected?.instead, ["hemlösa"]);
  assert.equal((await bank.search({ words: "hemlösa" })).corrected, null);
  assert.equal((await bank.search({ words: "heml", typing: true })).corrected, null);
});

test("a word that is one is never taken for another, and files of words are fetched only for one that is not there", async () => {
  const { bank, read } = await opened();
  await bank.search({ words: "hemlösa stöd" });
  /** @param {string} kind */
  const fetched = (kind) => read.paths.filter((path) => path.startsWith(`${kind}/`)).length;
  assert.deepEqual([fetched("k"), fetched("w")], [0, 0]);
  for (const words of ["hemlis", "fotografi", "hemlösningsfotografier"]) {
    const answer = await bank.search({ words });
    assert.equal(answer.corrected, null);
    assert.deepEqual(answer.absent, [{ word: words, near: "", theme: null }]);
  }
  assert.deepEqual([fetched("k"), fetched("w")], [2, 0]);
});

test("a word that no text has is asked as what is broader, and leads to the nearest theme", async () => {
  const { bank } = await opened();
  const answer = await bank.search({ words: "avhysningen" });
  assert.deepEqual(numbers(answer), [1, 0]);
  const theme = { id: "boende", facet: "teman", label: "boende", count: 0 };
  assert.deepEqual(answer.absent, [{ word: "avhysningen", near: "avhysning", theme }]);
  const [none] = (await bank.search({ words: "hyreskontrakt" })).absent;
  assert.deepEqual(none, { word: "hyreskontrakt", near: "hyreskontrakt", theme: null });
});

test("words that say nothing are asked for in titles", async () => {
  const { bank } = await opened();
  assert.deepEqual(numbers(await bank.search({ words: "till" })), [2]);
  assert.deepEqual(numbers(await bank.search({ words: "till stöd" })), [0, 2]);
});

test("phrases stand as written, words with a minus do not stand, years go from one to another", async () => {
  const { bank } = await opened();
  /** @param {string} words */
  const found = (words) => bank.search({ words }).then(numbers);
  assert.deepEqual(await found('"stöd gavs"'), [0]);
  assert.deepEqual(await found('"gavs stöd"'), []);
  assert.deepEqual(await found("stöd -vräkning"), [2]);
  assert.deepEqual(await found('stöd -"stöd till"'), [0]);
  assert.deepEqual(await found("ar:2018"), [1, 2]);
  assert.deepEqual(await found("stöd ar:>2018"), [0]);
  assert.deepEqual(await found("hemlösa titel:hemlöshet"), [1]);
  assert.deepEqual(await found("titel:hem*"), [1]);
  assert.deepEqual(await found('"Motiverande samtal"'), [2]);
});

test("what is not understood is told", async () => {
  const { bank } = await opened();
  /** @param {string} words */
  const told = (words) => bank.search({ words }).then((answer) => answer.problems.join(" "));
  assert.match(await told('"stöd'), /citattecken saknar sitt par/);
  assert.match(await told("-stöd"), /inte ska finnas med/);
  assert.match(await told("kommun:solna"), /inget fält som heter ”kommun”/);
  assert.match(await told("stad:solna stöd"), /inget filter ”solna”/);
  assert.match(await told(Array.from({ length: 41 }, (_, number) => `ord${number}`).join(" ")), /40 första orden/);
  assert.equal(await told("LVU:s stöd"), "");
});

test("newest first sorts only what holds enough of the words", async () => {
  const documents = [{ title: "Ett" }, { title: "Två" }, { title: "Tre" }];
  const terms = { stöd: { 0: [8], 1: [32], 2: [32] }, bostad: { 1: [32], 2: [32] } };
  const bank = await openBank(memory(indexFiles({ ...BANK, documents, terms, parts: {} })));
  assert.deepEqual(numbers(await bank.search({ words: "bostad stöd", sort: "newest" })), [1, 2, 0]);
});

test("the nearest word costs least, then is the commonest, one a stem", () => {
  /** @type {[string, number][]} */
  const known = [
    ["samverkan", 3],
    ["samverkar", 9],
    ["samvaro", 20],
    ["stöd", 5],
    ["stad", 50],
  ];
  /** @param {string} word */
  const words = (word) => alike(word, known).map(([found]) => found);
  assert.deepEqual(words("samvekran"), ["samverkan"]);
  assert.deepEqual(words("stod"), ["stöd"]);
  assert.deepEqual(words("sto"), []);
  assert.deepEqual(words("helt"), []);
  assert.ok(keysOf("öga").includes("og"));
  assert.ok(keysOf("tjänst").includes("kj"));
});

const ODD = [
  "",
  "  \n",
  "och att",
  "?!.,;",
  "<script>alert(1)</script>",
  "(((.*[a-z]+$^\\",
  "🙂",
  "a".repeat(5000),
  "stöd ".repeat(1000),
  "constructor __proto__ toString hasOwnProperty",
  "%00\u0000",
  "\ud800",
  "å-ä-ö",
  "''",
  "--",
  ":s",
  "stöd\u202e",
];
for (const words of ODD)
  for (const typing of [false, true])
    test(`no fault from ${JSON.stringify(words.slice(0, 30))}${typing ? " while typing" : ""}`, async () => {
      const { bank } = await opened();
      const answer = await bank.search({ words, typing });
      assert.deepEqual(answer.problems, []);
      const shown = await bank.show(answer.hits, answer);
      assert.equal(shown.length, answer.total);
    });

/** @param {object} change */
const otherManifest = (change) =>
  Buffer.from(JSON.stringify({ ...JSON.parse(files["manifest.json"].toString()), ...change }));

/** @type {[string, Buffer<ArrayBuffer> | undefined, RegExp][]} */
const refused = [
  ["another format", otherManifest({ format: 1 }), /annan version.*Ladda om sidan/],
  ["another analysis", otherManifest({ analysis: 99 }), /annan version.*Ladda om sidan/],
  ["no object", Buffer.from("null"), /annan version.*Ladda om sidan/],
  ["a page in place of the manifest", Buffer.from("<!doctype html>"), /gick inte att hämta.*Ladda om sidan/],
  ["bytes that are no text", Buffer.from([0xff, 0xfe]), /gick inte att hämta/],
  ["no manifest", undefined, /gick inte att hämta/],
];
for (const [name, manifest, sentence] of refused)
  test(`refused with a sentence: ${name}`, async () => {
    /** @param {unknown} error */
    const isSaid = (error) => error instanceof SearchError && sentence.test(error.message);
    const there = manifest ? { ...files, "manifest.json": manifest } : {};
    await assert.rejects(openBank(memory(there)), isSaid);
  });

test("a browser that cannot unpack is told so", async () => {
  const kept = globalThis.DecompressionStream;
  Reflect.deleteProperty(globalThis, "DecompressionStream");
  try {
    await assert.rejects(openBank(memory(files)), /nyare webbläsare/);
  } finally {
    globalThis.DecompressionStream = kept;
  }
});

test("what leaves begin with may be a space", () =>
  assert.deepEqual(beginnings("0!01!0 !10!14!1@!2a"), ["", "1", "1 ", "10", "14", "1@", "a"]));

/** @param {string} term */
const leafOf = (term) => {
  const { leaves } = JSON.parse(files["manifest.json"].toString());
  return leafPath(beginnings(leaves).findLast((key) => key <= plain(term)) ?? "");
};
/** @param {string} path */
const cut = (path) => files[path].subarray(0, files[path].length - 9);

/** @type {[string, (path: string) => Buffer<ArrayBuffer> | undefined][]} */
const faults = [
  ["missing", () => undefined],
  ["truncated", cut],
  ["empty", () => Buffer.from("")],
  ["a page instead", () => Buffer.from("<!doctype html>")],
];
for (const [name, broken] of faults) {
  test(`a shard of terms is ${name}: the rest answers, with a sentence`, async () => {
    const path = leafOf("vräkning");
    const { bank } = await opened({ [path]: broken(path) });
    const answer = await bank.search({ words: "vräkning hemlösa" });
    assert.deepEqual(numbers(answer), [1, 0]);
    assert.deepEqual(answer.problems, [
      "En del av sökningens index gick inte att läsa, så träffar kan saknas. Försök igen om en stund.",
    ]);
    assert.deepEqual([answer.absent, answer.corrected], [[], null]);
    assert.deepEqual((await bank.search({ words: "hemlösa" })).problems, []);
  });

  test(`a shard of facets is ${name}`, async () => {
    const { bank } = await opened({ ["f/ar-0.kb"]: broken("f/ar-0.kb") });
    const answer = await bank.search({ words: "hemlösa" });
    await bank.count(answer);
    assert.deepEqual(numbers(answer), [1, 0]);
    assert.match(answer.problems.join(), /^En del av filtren gick inte att läsa.*Försök igen/);
  });

  test(`a document is ${name}`, async () => {
    const { bank } = await opened({ ["h/1-0.kb"]: broken("h/1-0.kb") });
    const answer = await bank.search({ words: "hemlösa" });
    const shown = await bank.show(answer.hits, answer);
    assert.deepEqual(
      shown.map(({ id }) => id),
      ["d0"],
    );
    assert.match(answer.problems.join(), /^Några av träffarna gick inte att visa/);
    await bank.show(answer.hits, answer);
    assert.equal(answer.problems.length, 1);
  });

  test(`shards of parts and of spelling are ${name}`, async () => {
    const paths = [`p/1.kb`, `w/he.kb`, `w/vr.kb`];
    const { bank } = await opened(Object.fromEntries(paths.map((path) => [path, broken(path)])));
    const answer = await bank.search({ words: "vräkningsförebyggande" });
    assert.deepEqual(numbers(answer), []);
    assert.match(answer.problems.join(), /träffar kan saknas/);
    const misspelt = await bank.search({ words: "hemlöshte" });
    assert.equal(misspelt.corrected, null);
    assert.match(misspelt.problems.join(), /träffar kan saknas/);
  });
}

test("what could not be read is tried again with the next question", async () => {
  const path = leafOf("hemlös");
  const there = { ...files, [path]: undefined };
  const bank = await openBank(memory(there));
  assert.equal((await bank.search({ words: "hemlösa" })).problems.length, 1);
  there[path] = files[path];
  const answer = await bank.search({ words: "hemlösa" });
  assert.deepEqual([numbers(answer), answer.problems], [[1, 0], []]);
});

/**
 * Return files of which only the manifest can be read.
 * @param {import("./support.js").Files} there
 */
const gone = (there) => ({ "manifest.json": there["manifest.json"] });

test("an index replaced while the page was open: it is to be asked of the new one", async () => {
  const there = { ...files };
  const bank = await openBank(memory(there));
  for (const path of Object.keys(there)) delete there[path];
  assert.equal(await bank.isReplaced(), false);
  Object.assign(there, gone(indexFiles({ ...BANK, version: "fedcba9876543210" })));
  for (const asked of [{ words: "hemlösa" }, { chosen: { stad: ["farsta"] } }]) {
    const answer = await bank.search(asked);
    assert.deepEqual(answer.problems, ["Kunskapsbanken har uppdaterats sedan sidan öppnades. Ladda om sidan."]);
    assert.ok(answer.isReplaced);
  }
  assert.equal(await bank.isReplaced(), true);
});

test("an empty bank answers nothing", async () => {
  const read = memory(indexFiles({ ...BANK, documents: [], terms: {}, facets: [], parts: {}, words: {}, known: {} }));
  const bank = await openBank(read);
  for (const words of ["", "stöd", "vrakning"])
    for (const typing of [false, true]) assert.equal((await bank.search({ words, typing })).total, 0);
  assert.deepEqual(read.paths, ["manifest.json"]);
});
