// Ask an exported index: node ask.js FOLDER < [{words, chosen, sort, typing, show}, …] > the answers, as JSON; {idea} is
// compared with what the projects tried.
// Used by tests/site/test_parity.py, which compares them with Whoosh's.

import { text } from "node:stream/consumers";

import { openBank } from "#search/client.js";
import { gathered } from "#search/gathering.js";

import { reader } from "./support.js";

const bank = await openBank(reader(process.argv[2]));
const answers = [];
for (const { show = 0, idea = "", ...asked } of JSON.parse(await text(process.stdin))) {
  if (idea) {
    answers.push(await bank.compare(idea));
    continue;
  }
  const answer = await bank.search(asked);
  await bank.count(answer);
  const shown = await bank.show(answer.hits.slice(0, show), answer);
  const { boxes, narrowed } = await bank.named({ words: "", ...asked });
  const groups = gathered(shown).map((group) => group.map(({ id }) => id));
  answers.push({ ...answer, shown, groups, boxes, narrowed });
}
process.stdout.write(JSON.stringify(answers));
