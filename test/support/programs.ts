import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export type Program = 'api' | 'worker' | 'bank-simulator' | 'tranche' | 'watchdog' | 'check-worker';

let built = process.env['PROGRAMS_BUILT'] !== undefined;

/**
 * Where a bundled program lies. Brought up to date with the sources once per test file, unless whoever started the run has done so
 * (`npm test`, which compiles first) or wants the programs as they are (the mutants).
 */
export function program(name: Program): string {
  if (!built) execFileSync(process.execPath, [join(ROOT, 'tools/programs.mjs'), '--compile'], { stdio: 'inherit' });
  built = true;
  return join(ROOT, 'dist', `${name}.js`);
}
