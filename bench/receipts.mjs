// (j) A bank statement of many lines (camt.053.001.08) taken in and matched: kept, held to its schema, written down, matched to transfers. By
// phase: wall time, CPU of this process and of the server, the most memory this process held, bytes written to the log.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { carryOn, importReceipt, readReceivedFile } from '@tranche/casework';
import { caseAt } from './population.mjs';
import { measured } from './run-million.mjs';

/** Of a hundred lines this many are credits that nobody can explain. */
const STRAYS = 1;

export async function receipts(place, { lines = 200_000 }) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-statement-'));
  const path = join(folder, 'statement.xml');
  try {
    const account = await transfers(place, lines);
    const upload = await written(path, lines, account);
    const phases = [];
    const cashier = place.by('cashier');
    const { file } = await measured(place, phases, 'kept', () => importReceipt(place.house, cashier, upload));
    await measured(place, phases, 'imported and matched', () => carryOn(place.house, file.id));
    const { state, report } = await readReceivedFile(place.house, cashier, file.id);
    const strays = Math.floor(lines / 100) * STRAYS;
    if (state !== 'imported' || report.lines !== lines || report.matched !== lines - strays || report.suspense !== strays)
      throw new Error(`lines were lost or counted twice: ${JSON.stringify({ state, ...report })}`);
    return { lines, megabytes: upload.bytes / 2 ** 20, strays, phases };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isStray = (n) => n % 100 < STRAYS;
const fenOf = (n) => 100_000 + (n % 1_000) * 100;

/** Transfers that the bank has answered to, one for each line that is no stray: rows of one batch, copied past keys and triggers. */
async function transfers({ superuser, seed, ...place }, lines) {
  const caseId = await caseAt({ superuser, seed, ...place }, 'draft');
  const fund = seed.funds['F4/2020'];
  await superuser.query('BEGIN');
  await superuser.query('SET LOCAL session_replication_role = replica');
  const batch = await superuser.query(
    `INSERT INTO batches (id, batch_no, fund_id, rail, state, maker_id, content_hash, line_count, total_fen, submitted_at, approved_at)
     SELECT uuidv7(), 'BENCH', $1, 'http', 'done', u.id, 'x', $2, 1, now(), now() FROM users u WHERE u.role = 'maker' LIMIT 1 RETURNING id`,
    [fund, lines],
  );
  await superuser.query(
    `WITH n AS (SELECT n, uuidv7() AS d, uuidv7() AS t FROM generate_series(0, $1::int - 1) n WHERE n % 100 >= ${STRAYS}),
      d AS (INSERT INTO disbursements (id, case_id, payment, round, amount_fen, fund_id, fund_year, payee_account_id, state, requested_on, settled_on, batch_id, organisation_id, district)
        SELECT n.d, c.id, 's1', n.n + 1, 100000 + (n.n % 1000) * 100, $2, 2020, c.payee_account_id, 'settled', '2020-11-25', '2020-11-25', $3, c.organisation_id, c.district
        FROM n, cases c WHERE c.id = $4)
     INSERT INTO transfers (id, disbursement_id, batch_id, line_no, state, end_to_end_id, amount_fen, holder_name, account_no, bank_no, remittance, settled_on, updated_at, organisation_id, district)
     SELECT n.t, n.d, $3, n.n + 1, 'settled', 'TB' || n.n, 100000 + (n.n % 1000) * 100, 'x', '1', '1', 'x', '2020-11-25', now(), c.organisation_id, c.district FROM n, cases c WHERE c.id = $4`,
    [lines, fund, batch.rows[0].id, caseId],
  );
  await superuser.query('COMMIT');
  await superuser.query('VACUUM ANALYZE transfers, disbursements');
  const { rows } = await superuser.query('SELECT debtor_account_no AS account FROM funds WHERE id = $1', [fund]);
  return rows[0].account;
}

const yuan = (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

function entry(n) {
  const stray = isStray(n);
  const amount = `<Amt Ccy="CNY">${yuan(fenOf(n))}</Amt><CdtDbtInd>${stray ? 'CRDT' : 'DBIT'}</CdtDbtInd>`;
  const [side, reference] = stray ? ['Dbtr', 'NOTPROVIDED'] : ['Cdtr', `TB${n}`];
  return `<Ntry>${amount}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2020-11-25</Dt></BookgDt><AcctSvcrRef>BANK${n}</AcctSvcrRef><BkTxCd><Prtry><Cd>PMNT</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><AcctSvcrRef>BANK${n}</AcctSvcrRef><EndToEndId>${reference}</EndToEndId></Refs>${amount}<RltdPties><${side}><Pty><Nm>大连示例职业培训学校第${n}号</Nm></Pty></${side}><${side}Acct><Id><Othr><Id>62220200000${n}</Id></Othr></Id></${side}Acct></RltdPties><RmtInf><Ustrd>职业技能培训补贴 2020-${n}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`;
}

const balance = (code, fen) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${yuan(fen)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2020-11-25</Dt></Dt></Bal>`;

function* statement(lines, account) {
  const opening = 100_000_000_000_000;
  let closing = opening;
  for (let n = 0; n < lines; n += 1) closing += isStray(n) ? fenOf(n) : -fenOf(n);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2020-11-25T22:00:00+08:00</CreDtTm></GrpHdr><Stmt><Id>BENCH1</Id><CreDtTm>2020-11-25T22:00:00+08:00</CreDtTm><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>${balance('OPBD', opening)}${balance('CLBD', closing)}\n`;
  for (let from = 0; from < lines; from += 1_000) {
    let page = '';
    for (let n = from; n < Math.min(from + 1_000, lines); n += 1) page += entry(n);
    yield page;
  }
  yield '</Stmt></BkToCstmrStmt></Document>\n';
}

/** The statement as a file, with what an upload knows of it. */
async function written(path, lines, account) {
  const hash = createHash('sha256');
  const hashed = async function* (source) {
    for await (const text of source) {
      hash.update(text);
      yield text;
    }
  };
  await pipeline(Readable.from(statement(lines, account)), hashed, createWriteStream(path));
  return {
    fileName: 'statement.xml',
    bytes: statSync(path).size,
    sha256: hash.digest('hex'),
    open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
  };
}
