// Reads flowcharts as Mermaid does. Standard input: a JSON list of texts. Argument: the folder of npm's modules. Prints a JSON list
// with null for each that it reads, and what it says of each that it does not.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.argv[2], '..', 'mermaid.cjs'));
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!doctype html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(join(process.argv[2], 'mermaid/dist/mermaid.core.mjs')));
mermaid.initialize({ securityLevel: 'strict' });

const said = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    await mermaid.parse(text);
    said.push(null);
  } catch (problem) {
    said.push(String(problem.message ?? problem));
  }
}
console.log(JSON.stringify(said));
