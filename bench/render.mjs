// (l) Rendering: one order of many transfers as an ISO 20022 file and as a 代发 list, each line checked; no database. Then one file of all of them,
// written to disk piece by piece from lines that nobody holds: hash and sum on the way, and how much memory that takes beyond what was held before.

import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planParts, railOf, writePart } from '@tranche/bank';
import { median, memoryOf } from './measure.mjs';

const MOST = '999999999999999999';
const hours = { businessDaysOnly: true, cutOff: '16:30' };
const columns = ['name', 'accountNo', 'bankNo', 'amount', 'remittance', 'reference'].map((field) => ({ field, title: field }));
const template = {
  columns,
  titles: true,
  head: null,
  tail: [{ text: '合计' }, { field: 'count' }, { field: 'total' }],
  delimiter: ',',
  quotes: 'when-needed',
  closed: false,
  lineEnd: 'crlf',
  bom: false,
  unit: 'yuan',
  fileName: 'DF_{batch}_{part3}.csv',
};
const limits = (maxItems) => ({ maxItems, maxItemFen: MOST, maxFileFen: MOST, hours });
const profiles = {
  'pain.001.001.09': { rail: 'file', format: 'pain.001.001.09', dedup: 'batch', ...limits(10_000) },
  '代发 list, GB18030': { rail: 'csv', format: 'daifa', dedup: 'none', charset: 'gb18030', template, ...limits(10_000) },
};
const party = (name, accountNo) => ({ name, accountNo, bankNo: '102100099996' });

export function render({ transfers = 100_000, rounds = 3 }) {
  const order = {
    reference: 'F2-20201125-0001',
    firstPart: 1,
    createdAtMs: Date.parse('2020-11-25T09:30:00+08:00'),
    initiator: { name: '大连市人力资源和社会保障局', uscc: '11210200422441234A' },
    debtor: party('大连市财政局就业补助资金专户', '3400200109200123456'),
    executionDate: '2020-11-26',
  };
  const streamed = Object.entries(profiles).map(([format, profile]) =>
    stream(format, { ...profile, maxItems: transfers }, order, transfers),
  );
  order.lines = Array.from({ length: transfers }, (_, n) => lineOf(n));
  const rows = Object.entries(profiles).map(([format, profile]) => {
    const rail = railOf(profile);
    const took = [];
    let files = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = performance.now();
      const rendered = rail.render(order);
      took.push(performance.now() - before);
      if (!rendered.ok || rendered.count !== transfers) throw new Error(`not rendered: ${JSON.stringify(rendered.faults?.slice(0, 3))}`);
      files = rendered.artifacts;
    }
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 2 ** 20;
    return { format, files: files.length, megabytes, ms: median(took) };
  });
  return { transfers, rows, streamed, peakMb: memoryOf(process.pid).peak };
}

const lineOf = (n) => ({
  endToEndId: `TB${n}`,
  instrId: `TB${n}A1`,
  amountFen: BigInt(100_000 + n),
  creditor: party(`大连示例职业培训学校第${n}号`, `62220200000${n}`),
  remittance: `职业技能培训补贴 2020-${n}`,
});

const PAGE = 500;
function* linesOf(transfers) {
  for (let n = 0; n < transfers; n += 1) yield lineOf(n);
}
function* pagesOf(transfers) {
  for (let from = 0; from < transfers; from += PAGE)
    yield Array.from({ length: Math.min(PAGE, transfers - from) }, (_, n) => lineOf(from + n));
}

/** One file of all transfers, on disk. */
function stream(format, profile, order, transfers) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-render-'));
  const path = join(folder, 'file');
  try {
    globalThis.gc?.();
    const [before, began] = [memoryOf(process.pid).rest, performance.now()];
    const rail = railOf(profile);
    const [{ count, totalFen }, ...more] = planParts(linesOf(transfers), rail.caps);
    if (more.length > 0) throw new Error('one file was asked for');
    const heading = { part: 1, order, count, totalFen };
    const file = openSync(path, 'w');
    let [peak, bytes] = [0, 0];
    const writing = writePart(rail.writer(heading), heading, pagesOf(transfers));
    let step = writing.next();
    for (; !step.done; step = writing.next()) {
      bytes += writeSync(file, step.value);
      peak = Math.max(peak, memoryOf(process.pid).rest);
    }
    closeSync(file);
    const ms = performance.now() - began;
    if (createHash('sha256').update(readFileSync(path)).digest('hex') !== step.value.sha256) throw new Error('the file is not its hash');
    return { format, megabytes: bytes / 2 ** 20, ms, heldMb: Math.max(0, peak - before) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
