import { describe, expect, it } from '@jest/globals';
import { importCycles } from './cycles.js';
import { read, repositoryFiles } from './sources.js';

describe('no two files need each other', () => {
  it('holds in libs and apps: what needs each other is one thought in two places, and loads in an order nobody chose', () => {
    const sources = repositoryFiles().filter((path) => /^(libs|apps)\/[^/]+\/src\/.*\.ts$/.test(path));
    expect(sources.length).toBeGreaterThan(50);
    expect(importCycles(sources.map(read))).toEqual([]);
  });

  const file = (path: string, text: string) => ({ path: `libs/x/src/${path}`, text });
  it.each([
    ['two files', [file('a.ts', "import { b } from './b.js';"), file('b.ts', "import { a } from './a.js';")], 1],
    ['a re-export', [file('a.ts', "export * from './b.js';"), file('b.ts', "export { a } from './a.js';")], 1],
    [
      'three files in two folders',
      [file('a.ts', "import './d/b.js';"), file('d/b.ts', "import './c.js';"), file('d/c.ts', "import '../a.js';")],
      1,
    ],
    ['itself', [file('a.ts', "import { b } from './a.js';")], 1],
    ['type imports', [file('a.ts', "import type { B } from './b.js';"), file('b.ts', "import { a } from './a.js';")], 0],
    ['imports of types only', [file('a.ts', "import { type B, type C } from './b.js';"), file('b.ts', "import { a } from './a.js';")], 0],
    ['a type beside a value', [file('a.ts', "import { type B, b } from './b.js';"), file('b.ts', "import { a } from './a.js';")], 1],
    [
      'a diamond',
      [
        file('a.ts', "import './b.js'; import './c.js';"),
        file('b.ts', "import './d.js';"),
        file('c.ts', "import './d.js';"),
        file('d.ts', ''),
      ],
      0,
    ],
  ])('%s', (_what, sources, count) => {
    expect(importCycles(sources)).toHaveLength(count);
  });
});
