// Bundles the compiled programs (libs/*/dist, apps/*/dist) into dist/, the form in which they run: a process that reads some sixty files is
// ready in a third of the time of one that reads three thousand. About two seconds; quiet, and nothing when what stands there is newer.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(root, 'dist');
const STAMP = join(OUT, '.built');

/** What can be started, and the compiled module it begins with. */
const PROGRAMS = {
  api: 'apps/api/dist/main.js',
  worker: 'apps/worker/dist/main.js',
  'bank-simulator': 'apps/bank-simulator/dist/main.js',
  tranche: 'apps/cli/dist/main.js',
  watchdog: 'apps/cli/dist/up/watchdog.js',
  'end-with-parent': 'apps/cli/dist/up/end-with-parent.js',
  'check-worker': 'apps/cli/dist/policy/check-worker.js',
};

/** Left where npm has put them: native code, files of their own beside them, or only read when a database is migrated. */
const OUTSIDE = ['@node-rs/argon2', 'msgpackr', 'libxml2-wasm', 'pdfkit', 'typeorm'];
/** What packages ask for and can do without. */
const OPTIONAL = [
  /^@nestjs\/(microservices|websockets|platform-(express|socket\.io|ws))/,
  'class-transformer',
  'class-validator',
  '@fastify/view',
  'pg-native',
];
/** They look beside themselves only in what is not used here: logging in a thread, jobs in a process of their own, friendly stacks, old themes. */
const NEVER_ASKED = ['@colors/colors', 'bullmq', 'ioredis', 'pino', 'thread-stream'];

const packageOf = (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.split(sep).join('/'))?.[1];

/** A module asks for files beside itself: it still finds them from where it stood, as all that is bundled lies in one folder. */
const ownPlaces = {
  name: 'own-places',
  transform: {
    filter: { code: /import\.meta\.url|__dirname|__filename/ },
    handler(code, id) {
      if (/\b__(dirname|filename)\b/.test(code.replace(/(\/\*[\s\S]*?\*\/|\/\/.*)/g, '')) && !NEVER_ASKED.includes(packageOf(id)))
        this.error(`${relative(root, id)} asks where it stands: leave its package outside, or say why it never asks (tools/programs.mjs)`);
      const place = relative(OUT, id).split(sep).join('/');
      return { code: code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`), map: null };
    },
  },
};

async function bundle() {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({
    cwd: root,
    input: PROGRAMS,
    platform: 'node',
    external: [...OUTSIDE, ...OPTIONAL],
    plugins: [ownPlaces],
    onLog: (level, log, say) => log.code === 'CIRCULAR_DEPENDENCY' || log.code === 'EVAL' || say(level, log),
  });
  try {
    const { output } = await build.generate({
      format: 'esm',
      strictExecutionOrder: true,
      keepNames: true,
      chunkFileNames: '[name]-[hash].js',
    });
    return output;
  } finally {
    await build.close();
  }
}

/** Parts before the programs that name them, each complete in one step: a process that starts meanwhile finds the old or the new. */
function place(files) {
  mkdirSync(OUT, { recursive: true });
  for (const { fileName, code } of files.toSorted((a, b) => Number(a.isEntry) - Number(b.isEntry))) {
    const path = join(OUT, fileName);
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, path);
  }
  forgetParts(new Set(files.map(({ fileName }) => join(OUT, fileName))));
}

/** Parts of earlier builds go after a day: a process that still runs may yet want one. */
function forgetParts(current) {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of readdirSync(OUT)) {
    const path = join(OUT, name);
    if (path !== STAMP && !current.has(path) && statSync(path).mtimeMs < dayAgo) rmSync(path, { force: true });
  }
}

/** When the compiler last wrote something, or this file or the packages changed. */
function newestMs() {
  const projects = [
    ...readdirSync(join(root, 'libs')).map((name) => join(root, 'libs', name)),
    ...Object.values(PROGRAMS).map((entry) => join(root, entry.split('/dist/')[0])),
  ];
  const marks = [
    ...projects.map((folder) => join(folder, 'dist', '.tsbuildinfo')),
    join(root, 'package-lock.json'),
    fileURLToPath(import.meta.url),
  ];
  return Math.max(...marks.filter((path) => existsSync(path)).map((path) => statSync(path).mtimeMs));
}

/** Bundles the programs when they are older than what they are made of. Throws what is wrong with a policy, or what the bundler says. */
export async function buildPrograms() {
  const since = newestMs();
  if (existsSync(STAMP) && Number(readFileSync(STAMP, 'utf8')) === since) return;
  const { assertPolicies } = await import(new URL('../libs/policies/dist/index.js', import.meta.url));
  assertPolicies();
  place(await bundle());
  writeFileSync(STAMP, String(since));
}

/** Compiles what the programs are made of. Ends the process when it does not compile. */
function compile() {
  const folders = new Set(Object.values(PROGRAMS).map((entry) => join(root, entry.split('/dist/')[0])));
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', ...folders], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.includes('--compile')) compile();
  await buildPrograms();
}
