import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const script = `import { readFileSync } from 'node:fs';
import { merged } from './bench/results-page.mjs';
const [page, head, fresh, order] = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(merged(page, head, new Map(Object.entries(fresh)), order));`;

/** The page as a run leaves it. */
const merged = (page: string, head: string, fresh: Readonly<Record<string, string>>, order = ['bulk', 'rules', 'month-end']): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    input: JSON.stringify([page, head, fresh, order]),
    encoding: 'utf8',
  });

describe('the results of the bench', () => {
  it('keep every section that a run did not measure, in the order of the page', () => {
    const page = merged('', '# Head', { bulk: '## Bulk\n\nold', 'month-end': '## A month-end\n\nkept' });
    const next = merged(page, '# Another head', { rules: '## Rules\n\nnew', bulk: '## Bulk\n\nnew' });
    expect(next).toBe(
      '# Another head\n\n<!-- bench: bulk -->\n## Bulk\n\nnew\n\n<!-- bench: rules -->\n## Rules\n\nnew\n\n<!-- bench: month-end -->\n## A month-end\n\nkept\n',
    );
    expect(merged(next, '# Another head', {})).toBe(next);
  });

  it('as they are kept, say for each section with which command and on which day it was measured', () => {
    const [, ...sections] = readFileSync('bench/RESULTS.md', 'utf8').split(/^<!-- bench: .* -->\n/m);
    expect(sections.length).toBeGreaterThan(9);
    for (const text of sections) expect(text).toMatch(/^## .+\n\n`npm run bench.*`, 20\d\d-\d\d-\d\d, load average /);
  });
});
