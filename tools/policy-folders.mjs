// Writes libs/policies/src/folders.ts from the folders that stand beside it: every folder with an index.ts is a subsidy.
// `node tools/policy-folders.mjs` after adding or removing one; a test says when it was forgotten.
// With names it takes in only these, besides those already there: so that a folder somebody else is still writing stays out.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../libs/policies/src/', import.meta.url));

/** Names of the policy folders, sorted. */
export const policyFolders = () =>
  readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .sort();

/** The text of folders.ts for these folders. */
export function indexOf(folders) {
  const alias = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const imports = [
    // a name before the longer names that begin with it, as the formatter wants
    ...folders.map((name) => [`./${name}`, `import * as ${alias(name)} from './${name}/index.js';`]),
    ['./policy.js', "import type { Policy, WorkedExample } from './policy.js';"],
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  return `// Written by tools/policy-folders.mjs: do not edit.
${imports.map(([, line]) => line).join('\n')}

/** A subsidy: its versions and the examples that show what it comes to. */
export type Folder = { readonly versions: readonly Policy[]; readonly examples: readonly WorkedExample[] };

/** Every policy folder of this release by its name. */
export const folders: Readonly<Record<string, Folder>> = {
${folders.map((name) => `  ${name.includes('-') ? `'${name}'` : name}: ${alias(name)},`).join('\n')}
};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(source, 'folders.ts');
  const asked = process.argv.slice(2);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const wanted = policyFolders().filter((name) => asked.length === 0 || asked.includes(name) || before.includes(`'./${name}/index.js'`));
  const text = indexOf(wanted);
  if (before !== text) writeFileSync(path, text);
}
