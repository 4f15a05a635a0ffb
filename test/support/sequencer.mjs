// The order of test files. Two workers share them: a long one that begins last would leave one of the two with nothing to do.

import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** From what takes longest, because it starts whole programs, to what takes a moment. */
const LONGEST_FIRST = [
  'test/web',
  'test/demo',
  'test/start',
  'libs/checker',
  'test/crash',
  'test/e2e',
  'apps/api/test/process',
  'libs/casework',
  'apps',
];

/** By folder; within it as Jest knows from the last run, or else by size. The same on a fresh clone and on any other. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}

function rank({ path, context }) {
  const place = relative(context.config.rootDir, path).split(sep).join('/');
  const found = LONGEST_FIRST.findIndex((folder) => place.startsWith(`${folder}/`) || place.startsWith(`${folder}.`));
  return found < 0 ? LONGEST_FIRST.length : found;
}
