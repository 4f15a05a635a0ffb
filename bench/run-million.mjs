// (i) A run without application: an extract of many firms taken in, screened, listed, approved, every case opened. By phase: wall time, CPU of this
// process and of the server, the most memory this process held, bytes written to the log.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  advanceRuns,
  approveList,
  beginRun,
  confirmList,
  decideAppropriation,
  drainEffects,
  generateKeyFile,
  parseKeyFile,
  previewRun,
  proposeAppropriation,
  sha256Of,
} from '@tranche/casework';
import { v7 } from 'uuid';
import { registryExtract } from '../examples/registry-extract.mjs';
import { memoryOf, ownCpu, treeCpu } from './measure.mjs';
import { profiled } from './phase-profile.mjs';

const policyId = 'refund-direct-pay-micro';
/** Lines about firms seal nothing. */
const sealing = { keys: parseKeyFile(generateKeyFile(randomBytes)).keys, randomBytes };

export async function run(place, { firms = 20_000, seed = 1 }) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-extract-'));
  const path = join(folder, 'extract.csv');
  try {
    const extract = await written(path, { firms, seed });
    const phases = [];
    const phase = (name, work) => measured(place, phases, name, work);
    const officer = place.by('officer');
    const begun = await phase('stored', async () => done(await beginRun(place.house, asked(officer), { policyId, extract }, sealing)));
    await phase('screened', () => advanceRuns(place.house, 'bench'));
    const preview = await phase('preview', () => previewRun(place.house, place.by('supervisor'), begun.id));
    const { contentHash, lines } = preview.lists.find(({ state }) => state === 'open');
    await phase('listed', async () => done(await confirmList(place.house, asked(place.by('reviewer')), { runId: begun.id, contentHash })));
    await phase('approved', async () =>
      done(await approveList(place.house, asked(place.by('approver')), { runId: begun.id, contentHash })),
    );
    await phase('opened', () => advanceRuns(place.house, 'bench'));
    await appropriate(place);
    await phase('requested', () => requestAll(place));
    const counted = await counts(place, begun.id);
    if (counted.undecided > 0 || counted.opened !== lines || counted.cases !== lines || counted.lines !== firms)
      throw new Error(`firms were lost or counted twice: ${JSON.stringify({ lines, ...counted })}`);
    return { firms, cases: lines, megabytes: extract.bytes / 2 ** 20, outcomes: preview.outcomes, phases };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The extract as a file, with what an upload knows of it. */
async function written(path, options) {
  const hash = createHash('sha256');
  async function* pages() {
    let page = [];
    for (const line of registryExtract({ ...options, districts: { 210200: 1 } })) {
      page.push(line);
      if (page.length < 2_000) continue;
      yield `${page.join('\n')}\n`;
      page = [];
    }
    yield `${page.join('\n')}\n`;
  }
  const hashed = async function* (source) {
    for await (const text of source) {
      hash.update(text);
      yield text;
    }
  };
  await pipeline(Readable.from(pages()), hashed, createWriteStream(path));
  return {
    fileName: 'extract.csv',
    bytes: statSync(path).size,
    sha256: hash.digest('hex'),
    encoding: 'utf-8',
    open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  };
}

/** Budget for whatever falls due, in each fund of the sandbox. */
async function appropriate(place) {
  const { rows } = await place.superuser.query('SELECT id FROM funds');
  for (const { id: fundId } of rows) {
    const money = { fundId, amountFen: 10_000_000_000_000n, documentNo: 'bench' };
    const { id: appropriationId } = done(await proposeAppropriation(place.house, asked(place.by('maker')), money));
    const decision = { fundId, appropriationId, decision: 'approved', on: '2020-11-25' };
    done(await decideAppropriation(place.house, asked(place.by('checker')), decision));
  }
}

/** Every payment that fell due with the opening of its case: the fund chosen, the budget reserved. */
async function requestAll({ house, superuser }) {
  while ((await drainEffects(house, 'bench')) > 0);
  const { rows } = await superuser.query(`SELECT state, count(*)::int AS count FROM outbox WHERE kind = 'payment.request' GROUP BY state`);
  const left = rows.filter(({ state }) => state !== 'done');
  if (left.length > 0) throw new Error(`payments were not requested: ${JSON.stringify(left)}`);
}

/** Runs one phase and adds what it took to `phases`. */
export async function measured({ superuser, serverPid }, phases, name, work) {
  const wal = async () =>
    Number((await superuser.query('SELECT pg_current_wal_insert_lsn() - $1::pg_lsn AS bytes', ['0/0'])).rows[0].bytes);
  const before = { wal: await wal(), cpu: ownCpu(), server: treeCpu(serverPid), at: performance.now() };
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOf(process.pid).rest);
  }, 50);
  try {
    const result = await profiled(superuser, name, work);
    const wallMs = performance.now() - before.at;
    peak = Math.max(peak, memoryOf(process.pid).rest);
    phases.push({
      name,
      wallMs,
      cpuMs: ownCpu() - before.cpu,
      serverCpuMs: treeCpu(serverPid) - before.server,
      peakMb: peak,
      walMb: ((await wal()) - before.wal) / 2 ** 20,
    });
    if (process.env.BENCH_VERBOSE) console.log(JSON.stringify(phases.at(-1)));
    return result;
  } finally {
    clearInterval(watch);
  }
}

async function counts({ superuser }, runId) {
  const { rows } = await superuser.query(
    `SELECT count(*)::int AS lines, count(*) FILTER (WHERE outcome = 'new')::int AS undecided, count(case_id)::int AS opened, count(DISTINCT case_id)::int AS cases
     FROM no_application_lines WHERE run_id = $1`,
    [runId],
  );
  return rows[0];
}

const asked = (actor) => {
  const key = v7();
  return { actor, key, requestSha256: sha256Of({ key }) };
};

function done(outcome) {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome)}`);
  return outcome.answer;
}
