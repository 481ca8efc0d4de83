// Prints how many o200k tokens the standard input has. Argument: the folder of npm's modules.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], '..', 'tokens.cjs'));
const { countTokens } = require('gpt-tokenizer/encoding/o200k_base');
console.log(countTokens(readFileSync(0, 'utf8')));
