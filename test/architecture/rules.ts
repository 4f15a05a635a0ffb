// The rules of the house that import arrows cannot express. Each says why it exists; rules.test.ts shows that each of them bites.

import { basename, posix } from 'node:path';
import type { Source } from './sources.js';
import { declaredTypes, importedFrom, isAsync, memberPairs, parse, usedNames } from './syntax.js';

export type Rule = {
  name: string;
  reason: string;
  concerns: (path: string) => boolean;
  /** What is wrong in this file; empty when nothing is. */
  violations: (source: Source) => string[];
};

const PURE_CORE = /^libs\/(money|calendar|identifiers|policies|ledger|machines|checker)\/src\/.*\.ts$/;
const PROGRAM = /\.(ts|tsx|mjs|js|sql|sh)$/;
const TYPESCRIPT = /\.tsx?$/;

const MAX_LINES = 450;

/** Names that reach outside a computation: the clock, the network, the process, the scheduler. */
const OUTSIDE = [
  'Date',
  'process',
  'fetch',
  'performance',
  'globalThis',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'Promise',
];

const pureCore: Rule = {
  name: 'the pure core has no clock, randomness, environment, console, network or async',
  reason: 'A decision about money must come out the same when it is repeated years later; time, ids and facts are parameters.',
  concerns: (path) => PURE_CORE.test(path),
  violations: ({ text }) => {
    const tree = parse(text);
    const names = usedNames(tree);
    return [
      ...OUTSIDE.filter((banned) => names.has(banned)),
      ...[...memberPairs(tree)].filter((pair) => pair === 'Math.random'),
      ...(isAsync(tree) ? ['async'] : []),
    ];
  },
};

const smallFiles: Rule = {
  name: `no file is longer than ${MAX_LINES} lines`,
  reason: 'A file is one thought; what does not fit is two thoughts.',
  concerns: (path) => PROGRAM.test(path) && !/\/golden\/|\.d\.ts$/.test(path),
  violations: ({ text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MAX_LINES ? [`${lines} lines`] : [];
  },
};

const BANNED_FOLDERS = ['common', 'shared', 'utils', 'util', 'core', 'helpers', 'helper', 'misc'];
const BANNED_WORDS = /(?:^|[-.])(?:manager|helper|helpers|util|utils|impl|common|misc)(?:[-.]|$)/;

const tellingPaths: Rule = {
  name: 'folders and files are named by what they hold',
  reason: 'Whatever has no better name than "utils" ends up there, and nobody finds it again.',
  concerns: () => true,
  violations: ({ path }) => {
    const folders = path.split('/').slice(0, -1);
    return [...folders.filter((folder) => BANNED_FOLDERS.includes(folder)), ...(BANNED_WORDS.test(basename(path)) ? [basename(path)] : [])];
  },
};

const tellingTypes: Rule = {
  name: 'types are named by what they are, not Manager, Helper, Util or Impl',
  reason: 'The suffix says that the thing has no name yet.',
  concerns: (path) => TYPESCRIPT.test(path),
  violations: ({ path, text }) => declaredTypes(parse(text, path)).filter((type) => /(?:Manager|Helper|Utils?|Impl)$/.test(type)),
};

/** Texts that only make sense on the machine where something was written. Built from parts, so that this file passes its own rule. */
const MACHINE_TEXT = [
  ['/', 'work', '/'],
  ['/', 'root', '/'],
  ['/', 'home', '/'],
  ['/tmp/', 'bash_jobs'],
  ['local', 'host:4873'],
].map((parts) => parts.join(''));
const SIDE_FOLDER = ['..', 'shared'].join('/');

const portableText: Rule = {
  name: 'nothing names the machine it was written on',
  reason: 'A path of one machine is wrong on every other one. Only .ci/ may name the folder of schemas beside the checkout.',
  concerns: (path) => !path.endsWith('package-lock.json') && !/\.(xlsx|xls|png|jpg|zip|ico|woff2?|pdf)$/.test(path),
  violations: ({ path, text }) => {
    const banned = path.startsWith('.ci/') ? MACHINE_TEXT : [...MACHINE_TEXT, SIDE_FOLDER];
    return banned.filter((piece) => text.includes(piece));
  },
};

const WEB = /^apps\/web\/src\/.*\.tsx?$/;

const webTalksHttp: Rule = {
  name: 'the portals talk HTTP only',
  reason: 'They know the system as any other client does, by its contract: no library of ours, no other app, nothing of Node.',
  concerns: (path) => WEB.test(path),
  violations: ({ path, text }) =>
    importedFrom(parse(text, path)).filter((from) => /^(@tranche\/|node:)/.test(from) || (from.startsWith('.') && leavesWeb(path, from))),
};

const leavesWeb = (path: string, from: string): boolean => !posix.join(posix.dirname(path), from).startsWith('apps/web/src/');

const publicStaysLight: Rule = {
  name: 'public pages load no component library',
  reason: 'A citizen on a telephone loads them without the weight of the office pages; portal.ts files are part of the first load.',
  concerns: (path) => WEB.test(path) && /src\/((public|api|text|session)\/|[^/]+$|[^/]+\/portal\.ts$)/.test(path),
  violations: ({ path, text }) => importedFrom(parse(text, path)).filter((from) => /^(antd|@ant-design|echarts|dayjs)(\/|$)/.test(from)),
};

export const RULES: readonly Rule[] = [pureCore, smallFiles, tellingPaths, tellingTypes, portableText, webTalksHttp, publicStaysLight];

/**
 * No subsidy is known by name outside libs/policies. Exempt, because they speak about one subsidy on purpose: tests and examples (they
 * prove it), documentation (it explains it), the demo (it tells three stories about it).
 */
export function noPolicyByName(policyIds: readonly string[]): Rule {
  const exempt = /^(libs\/policies\/|test\/|examples\/|docs\/|bench\/|README|CHANGELOG|apps\/cli\/src\/demo)|\/test\/|\.md$/;
  return {
    name: 'no subsidy is named outside libs/policies',
    reason: 'Adding a subsidy is adding a folder; a name in the code would make each new law a search through all of it.',
    concerns: (path) => (PROGRAM.test(path) || /\.(json|ya?ml)$/.test(path)) && !exempt.test(path),
    violations: ({ text }) => policyIds.filter((id) => text.includes(id)),
  };
}
