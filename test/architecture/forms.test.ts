// Nothing is typed into the portals but into a form that loses nothing: read from the sources, so that a new form cannot be forgotten.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FORMS, OTHER_FORMS } from '../web/forms.js';

const sources = join(__dirname, '..', '..', 'apps', 'web', 'src');
const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
const textOf = (path: string): string => readFileSync(join(sources, path), 'utf8');

/** The functions of a file that stand at its outer edge: `path name` → text. */
function functionsOf(path: string): [string, string][] {
  return textOf(path)
    .split(/^(?=(?:export )?(?:async )?(?:function |const \w+ = ))/m)
    .flatMap((part) => {
      const name = /^(?:export )?(?:async )?(?:function |const )(\w+)/.exec(part)?.[1];
      return name === undefined ? [] : [[`${path.replaceAll('\\', '/')} ${name}`, part] as [string, string]];
    });
}
const functions = files.flatMap(functionsOf);
const having = (pattern: RegExp) => functions.flatMap(([name, text]) => (pattern.test(text) ? [name] : [])).sort();

/** controls that take text */
const TYPING = /<(Input|Input\.TextArea|textarea|input|DateInput|MoneyInput|DatePicker|Fields|SourceFields)\b/;

describe('the forms of the portals', () => {
  it('are all on the list, and nothing is on it that is gone', () => {
    expect(having(/\buseForm(<|\()/).filter((name) => !name.startsWith('pieces/use-form.ts'))).toEqual(Object.keys(FORMS).sort());
    expect(having(/<form\b/).filter((name) => !name.startsWith('pieces/form-frame.tsx'))).toEqual(Object.keys(OTHER_FORMS).sort());
  });

  it('are each tried in the story that the list names', () => {
    const untried = Object.entries(FORMS).filter(([name, story]) => {
      const told = readFileSync(join(__dirname, '..', 'web', `${story}.test.ts`), 'utf8');
      return !told.includes(`'${name}'`);
    });
    expect(untried).toEqual([]);
  });

  it('are the only places where typed text is sent from: whoever sends in another way has nothing to type in', () => {
    const senders = functions.filter(([, text]) => /\b(useWish|useMutation|useUpload)(<|\()|\bapi\.(POST|PUT|PATCH|DELETE)\(/.test(text));
    const typing = senders.filter(([name, text]) => TYPING.test(text) && !(name in FORMS) && !(name in OTHER_FORMS)).map(([name]) => name);
    expect(typing).toEqual([]);
  });

  it('send by one hook: nobody else mutates', () => {
    expect(having(/\buseMutation(<|\()/)).toEqual(['api/wish.ts useWish']);
  });
});
