// Does every mutant still fit the code? `node tools/mutants/check.mjs [folder]`; runs none of them.

import { fileURLToPath } from 'node:url';
import { faults, mutants } from './catalogue.mjs';

const found = faults(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)));
if (found.length > 0) console.error(found.join('\n'));
console.log(`${mutants.length} mutants, ${found.length} faults`);
process.exitCode = found.length === 0 ? 0 : 1;
