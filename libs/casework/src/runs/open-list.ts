import { formatInstant } from '@tranche/calendar';
import {
  addChanges,
  beginListed,
  type ChangeSet,
  commitOpened,
  type FirmRows,
  keepTerms,
  type ListedLine,
  loadCalendar,
  rowsMoved,
  type Tx,
} from '@tranche/database';
import { termsSha256 } from '../audit/identity.js';
import { sha256Of } from '../command.js';
import type { House } from '../house.js';
import { caseNoOf } from '../open-case.js';
import { isPerson, payeeTokenOf } from '../payee.js';
import { CELL, factsOfCells } from './cell-facts.js';
import type { Reason } from './judge-line.js';
import { type Judgement, keysOfFirm } from './judgements.js';
import { type FirmCase, type ListStory, openedFirm, type Walk } from './opened-firm.js';
import { inPages, type Page, type Rows } from './pages.js';
import { type Run, runKeeper } from './run-row.js';
import { benchOf, conflictsOf } from './screen-run.js';

const ATTEMPTS = 5;
/** Somebody was faster: a firm registered itself, a line was opted out, a claim was made elsewhere. All is read again. */
const tryAgain = new Set(['40001', '40P01', '23P01', rowsMoved]);

export type ApprovedList = ListStory & { readonly listNo: number };

/** Lists of a run that are approved and not opened to the end. */
export async function listsToOpen(house: House, run: Run): Promise<ApprovedList[]> {
  const rows = await house.database.read<Omit<ApprovedList, 'screenedBy' | 'screenedOn'>>(
    runKeeper,
    `SELECT list_no AS "listNo", confirmed_by AS "reviewedBy", confirmed_on AS "reviewedOn", approved_by AS "approvedBy", approved_on AS "approvedOn",
       approved_at AS "approvedAtMs" FROM no_application_lists WHERE run_id = $1 AND state = 'approved' ORDER BY list_no`,
    [run.id],
  );
  return rows.map((row) => ({ ...row, screenedBy: run.createdBy, screenedOn: run.screenedOn }));
}

/**
 * Opens one case for each firm of an approved list that has none, a page in a transaction; the rows say where to go on. A firm that
 * another case excludes by now, or whose account was replaced, is named and left out. Answers whether the list is opened to its end.
 */
export async function openList(house: House, run: Run, list: ApprovedList, size: number, goOn: () => Promise<boolean>): Promise<boolean> {
  const [span] = await house.database.read<Rows>(
    runKeeper,
    `SELECT min(row_no) AS first, max(row_no) AS last FROM no_application_lines WHERE run_id = $1 AND list_no = $2 AND outcome = 'included' AND case_id IS NULL`,
    [run.id, list.listNo],
  );
  await house.database.transaction(runKeeper, async (tx) => Object.assign(house.calendarCache, await loadCalendar(tx)));
  const office = { house, run, list, bench: benchOf(house, run), walks: new WeakMap<Judgement, Map<string, Walk>>() };
  if (!(await inPages(span, size, goOn, (page) => openPage(office, page)))) return false;
  await house.database.transaction(runKeeper, (tx) =>
    tx.query(`UPDATE no_application_lists SET state = 'opened' WHERE run_id = $1 AND list_no = $2 AND state = 'approved'`, [
      run.id,
      list.listNo,
    ]),
  );
  return true;
}

type OpeningOffice = {
  readonly house: House;
  readonly run: Run;
  readonly list: ApprovedList;
  readonly bench: ReturnType<typeof benchOf>;
  readonly walks: WeakMap<Judgement, Map<string, Walk>>;
};

async function openPage(office: OpeningOffice, page: Page): Promise<void> {
  const { house } = office;
  for (let attempt = 1; ; attempt += 1) {
    const client = await house.hot.connect();
    let broken = true;
    try {
      await openIn(client, office, page);
      broken = false;
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      await client.query('ROLLBACK').catch(() => undefined);
      broken = code === undefined;
      if (attempt === ATTEMPTS || code === undefined || !tryAgain.has(code)) throw error;
    } finally {
      client.release(broken);
    }
  }
}

async function openIn(client: Tx, office: OpeningOffice, page: Page): Promise<void> {
  const { house, run, list, bench, walks } = office;
  const lines = await beginListed(client, runKeeper, { runId: run.id, listNo: list.listNo, ...page });
  if (lines.length === 0) {
    await client.query('ROLLBACK');
    return;
  }
  const judged = lines.map((line) => ({ line, ...judgedAgain(office, line) }));
  const taken = await conflictsOf(
    client,
    run.policyId,
    judged.map(({ line, keys }) => ({ rowNo: line.rowNo, keys })),
  );
  const recordedAt = formatInstant(house.systemNow());
  const scene = { calendar: house.calendarCache.calendar!, newId: house.newId, recordedAt };
  const rows = noRows();
  const changes: ChangeSet = {};
  for (const { line, facts, judgement, terms } of judged) {
    const lost = lostFor(line, taken.get(line.rowNo));
    if (lost) {
      rows.lost.push([line.rowNo, JSON.stringify(lost)]);
      continue;
    }
    const caseId = house.newId();
    const caseNo = caseNoOf(bench.policy.jurisdiction, list.screenedOn, line.caseNumber);
    const parties = partiesOf(office, line, rows, recordedAt);
    const firm: FirmCase = { line, caseId, caseNo, ...parties, facts, judgement, terms };
    await keepTerms(house.database, termsSha256(terms), terms);
    addChanges(changes, openedFirm(bench.casePolicy, list, firm, scene, walks).changes);
    rows.opened.push([line.rowNo, parties.organisationId, caseId]);
  }
  const { approvedBy } = list;
  await commitOpened(client, { runId: run.id, ...page, approvedBy, approvedAt: recordedAt }, rows, changes);
  house.wake('effects');
}

type MutableRows = { [K in keyof FirmRows]: (string | number)[][] };
const noRows = (): MutableRows => ({ organisations: [], citizens: [], accounts: [], opened: [], lost: [] });

/** The same judgement as at the screening; another amount than was signed is a bug, not money. */
function judgedAgain({ bench }: OpeningOffice, line: ListedLine) {
  const own = bench.policy.facts['payeeKind']
    ? { payeeKind: line.organisation?.kind ?? (isPerson(line.uscc) ? 'citizen' : 'enterprise') }
    : {};
  const read = factsOfCells(bench.policy, bench.run, line.cells.split(CELL), own);
  if (!read.ok) throw new Error(`row ${line.rowNo} was listed and cannot be read: ${read.field} ${read.code}`);
  const token = payeeTokenOf(line.uscc);
  const judgement = bench.judgements.of(read.facts, token, line.district);
  if (judgement.fen !== line.fen) throw new Error(`row ${line.rowNo} was signed for ${line.fen} fen and is worth ${judgement.fen}`);
  return { facts: read.facts, judgement, keys: keysOfFirm(judgement.stamp, token), terms: bench.judgements.termsIn(line.district) };
}

/** Why a listed firm gets no case after all. */
function lostFor({ organisation, approved, district }: ListedLine, caseNo: string | undefined): Reason | null {
  if (caseNo !== undefined) return { code: 'exclusion', caseNo };
  if (organisation && organisation.status !== 'active') return { code: 'organisation-suspended' };
  if (organisation && organisation.district !== district) return { code: 'district-differs' };
  return approved && !approved.same ? { code: 'account-changed' } : null;
}

/**
 * Who is paid and where: a firm that is not registered yet is, and the account of the signed line becomes its approved one, proposed by
 * whoever vouched for it and approved by whoever approved the list.
 */
function partiesOf(
  { house, run }: OpeningOffice,
  line: ListedLine,
  rows: MutableRows,
  recordedAt: string,
): Pick<FirmCase, 'organisationId' | 'payeeAccountId'> {
  const organisationId = line.organisation?.id ?? line.personId ?? house.newId();
  if (!line.organisation) {
    const token = line.personId === null ? [line.uscc, ''] : ['', Buffer.from(line.uscc.slice(2), 'base64url').toString('hex')];
    rows.organisations.push([organisationId, line.name, line.district, run.createdBy, recordedAt, ...token]);
    if (line.personId !== null) rows.citizens.push([line.rowNo, line.district, recordedAt]);
  }
  if (line.approved) return { organisationId, payeeAccountId: line.approved.id };
  const payeeAccountId = house.newId();
  const { holderName, accountNo, bankNo, bankName } = line;
  const contentHash = sha256Of({ organisationId, holderName, accountNo, bankNo, bankName });
  const proposedBy = line.accountBy ?? run.createdBy;
  rows.accounts.push([
    ...[payeeAccountId, organisationId, holderName, accountNo, bankNo, bankName],
    ...[contentHash, proposedBy, recordedAt],
  ]);
  return { organisationId, payeeAccountId };
}
