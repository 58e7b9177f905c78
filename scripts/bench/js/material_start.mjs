// Do once what Material has each reader's browser do on each page before the first hit: build the whole index.

import { materialSearch } from "./material.mjs";

const search = await materialSearch(process.argv[2]);
await search(process.argv[3]);
