// The bundled programs (tools/programs.mjs): what a process of the house is started from.

import { fileURLToPath } from 'node:url';

export type Program = 'api' | 'worker' | 'bank-simulator' | 'tranche' | 'watchdog' | 'end-with-parent' | 'check-worker';

const FOLDER = new URL('../../../dist/', import.meta.url);

/** Where a program lies, as `--import` and threads want it. */
export const programUrl = (name: Program): URL => new URL(`${name}.js`, FOLDER);

/** Where a program lies, as `fork` wants it. */
export const programFile = (name: Program): string => fileURLToPath(programUrl(name));
