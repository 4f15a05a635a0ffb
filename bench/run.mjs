// npm run bench [-- --short | --peers | --exhaustive | --only=single,bulk,… [--keep]]: measures, prints tables, writes bench/RESULTS.md: the sections
// that were measured, and no others. With --only nothing is written unless --keep says so.
// --firms=1000000: size of the run without application (--only=run); 20,000 unless told. --lines: of the statement (--only=receipts); 200,000.
// --payments: of the month-end (--only=month-end); 100,000, or 400 with --short.
// --short: half a minute, writes nothing, fails only when a ratio is three times worse than the committed one (bench/ratios.json).

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bulk } from './bulk.mjs';
import { deadlines } from './deadlines.mjs';
import { growth } from './growth.mjs';
import { lifecycles } from './lifecycles.mjs';
import { readLists } from './lists.mjs';
import { monthEnd } from './month-end.mjs';
import { openPlace } from './place.mjs';
import { postings } from './postings.mjs';
import { product } from './product.mjs';
import { read } from './read.mjs';
import { receipts } from './receipts.mjs';
import { render } from './render.mjs';
import { headOf, ratiosOf, sectionOf, sectionOrder } from './report.mjs';
import { merged } from './results-page.mjs';
import { rules } from './rules.mjs';
import { run } from './run-million.mjs';
import { readScreens } from './screens.mjs';
import { signing } from './signing.mjs';
import { single } from './single.mjs';

/** How much worse than the committed ratio is a wild regression. */
const WILD = 3;
const KEPT = join(import.meta.dirname, 'ratios.json');

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean' },
    peers: { type: 'boolean' },
    exhaustive: { type: 'boolean' },
    only: { type: 'string' },
    keep: { type: 'boolean' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    firms: { type: 'string' },
    lines: { type: 'string' },
    payments: { type: 'string' },
  },
});

const long = { rounds: Number(options.rounds ?? 3), seconds: Number(options.seconds ?? 4) };
const short = { rounds: 1, seconds: 2, warmUpMs: 800, cases: 4_000 };
const benches = {
  single: (place) => single(place, options.short ? { ...short, clients: [8] } : long),
  bulk: (place) => bulk(place, options.short ? { ...short, sizes: [500] } : long),
  lifecycles: (place) => lifecycles(place, { ...long, peers: options.peers ?? false }),
  product: (place) => product(place, { cases: 200 }),
  deadlines: (place) => deadlines(place, options.short ? { rounds: 1, count: 1_000 } : long),
  read: (place) => read(place, long),
  lists: (place) => readLists(place),
  screens: (place) => readScreens(place),
  rules: () => rules(options.short ? { rounds: 1, seconds: 2 } : long),
  run: (place) => run(place, { firms: Number(options.firms ?? (options.exhaustive ? 1_000_000 : 20_000)) }),
  receipts: (place) => receipts(place, { lines: Number(options.lines ?? 200_000) }),
  render: () => render(options.short ? { transfers: 5_000, rounds: 1 } : {}),
  postings: (place) => postings(place, options.short ? { rounds: 1, seconds: 1 } : long),
  signing: (place) => signing(place, { lines: options.short ? 300 : 10_000 }),
  'month-end': (place) => monthEnd(place, { payments: Number(options.payments ?? (options.short ? 400 : 100_000)) }),
  growth: (place) => growth(place, { ...long, sizes: options.exhaustive ? [10_000, 100_000, 1_000_000] : [10_000, 100_000] }),
};
/** What asks no database. */
const withoutServer = new Set(['rules', 'render']);
const chosen =
  options.only?.split(',') ??
  (options.short ? ['single', 'bulk', 'deadlines'] : Object.keys(benches).filter((name) => name !== 'month-end' || options.exhaustive));

const command = `npm run bench${process.argv.slice(2).length ? ` -- ${process.argv.slice(2).join(' ')}` : ''}`;
const nameless = Object.keys(benches).filter((name) => !sectionOrder.includes(name));
if (nameless.length > 0) throw new Error(`no section of the page tells of ${nameless.join(', ')}`);
const results = {};
/** Sections as they were measured, each at its own hour. */
const measured = new Map();
let place = null;
let serverVersion = '';
// an interrupted run leaves nothing behind: a million cases are many gigabytes
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => (place?.abandon() ?? Promise.resolve()).finally(() => process.exit(1)));
for (const name of chosen) {
  // each on a server of its own: nobody measures in what another left behind; the short run has no time for that
  if (!withoutServer.has(name)) place ??= await openPlace();
  serverVersion = place?.serverVersion ?? serverVersion;
  const began = performance.now();
  try {
    results[name] = await benches[name](place);
    // a busy machine has bad seconds: what looks wild is measured once more before it is called so
    if (options.short && wild(ratiosOf({ [name]: results[name] })).length > 0) results[name] = await benches[name](place);
  } catch (error) {
    console.error(`${name} could not be measured:`, error);
    process.exitCode = 1;
  }
  if (name in results) measured.set(name, sectionOf(name, results[name], { command }));
  keep();
  console.error(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  if (!options.short) place = await closed(place);
}
await closed(place);

/** Written after every bench, so that an interrupted run keeps what it measured. */
function keep() {
  if (options.short || (options.only !== undefined && !options.keep)) return;
  const page = join(import.meta.dirname, 'RESULTS.md');
  writeFileSync(page, merged(readFileSync(page, 'utf8'), headOf({ serverVersion }), measured, sectionOrder));
  writeFileSync(KEPT, `${JSON.stringify({ ...JSON.parse(readFileSync(KEPT, 'utf8')), ...ratiosOf(results) }, null, 2)}\n`);
}

/** Ratios that are far below the committed ones: name, now, then. */
function wild(ratios) {
  const committed = JSON.parse(readFileSync(KEPT, 'utf8'));
  return Object.entries(ratios).flatMap(([name, ratio]) => (ratio * WILD < (committed[name] ?? 0) ? [[name, ratio, committed[name]]] : []));
}

async function closed(opened) {
  await opened?.close();
  return null;
}

const head = headOf({ serverVersion });
console.log([head, ...measured.values()].join('\n\n'));
const ratios = ratiosOf(results);
if (options.short) {
  for (const [name, ratio, was] of wild(ratios)) {
    console.error(`${name}: ${ratio.toFixed(2)}, was ${was.toFixed(2)}`);
    process.exitCode = 1;
  }
}
