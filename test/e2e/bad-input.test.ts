import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 } from 'uuid';
import { sheetXml, workbook, workbookParts } from '../../libs/casework/test/imports/workbook.js';
import { makeZip } from '../../libs/casework/test/imports/zip.js';
import { addAccount } from '../support/accounts.js';
import { inventPeople, resultsFile, rosterFile } from '../support/class-files.js';
import { contentOf } from '../support/fingerprint.js';
import { type BatchAnswer, HttpCase, submitted } from '../support/http-case.js';
import { type Json, type Reply, told } from '../support/http-client.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(60_000);

let house: RunningHouse;
let draft: HttpCase;
let accepted: HttpCase;
let batch: BatchAnswer;
beforeAll(async () => {
  house = await RunningHouse.start();
  draft = await HttpCase.open(house, { size: 3 });
  accepted = await (await HttpCase.open(house, { size: 3 })).started();
  batch = await submitted(house, [await accepted.waiting('s1')]);
  await addPerson('officer', 'stranger-officer', '210100');
  const [first] = await addSchool();
  await addPerson('institution', 'second-school', undefined, first);
});
afterAll(() => house?.close());

async function addPerson(role: string, username: string, district?: string, organisationId?: string): Promise<void> {
  const where = { ...(district === undefined ? {} : { district }), ...(organisationId === undefined ? {} : { organisationId }) };
  await addAccount(house.client, { username, displayName: username, role, ...where });
}

async function addSchool(): Promise<string[]> {
  const school = { name: '大连第二职业培训学校', uscc: '52210200MJ00000025', kind: 'institution', district: '210200' };
  return [(await house.client.post<{ id: string }>('officer', 'organisations', school)).id];
}

/** Asks, expects this problem and no other, and that not one row of any table is another than before. */
async function refused(ask: () => Promise<Reply>, status: number, code: string): Promise<Json> {
  const before = await contentOf(house);
  const reply = await ask();
  expect(told(reply)).toEqual([status, code]);
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(reply.body).toMatchObject({ type: expect.any(String), title: expect.any(String), detail: expect.any(String), status });
  expect(await contentOf(house)).toEqual(before);
  return reply.body;
}

const post = (as: string, path: string, body: unknown = {}, key = v7()) => house.client.ask('POST', path, { as, body, key });
const example = (name: string): Buffer => readFileSync(join(__dirname, '../../examples/bad', name));

/** A spreadsheet that claims a thousand bytes and unpacks to 30 million. */
function zipBomb(): Buffer {
  const content = sheetXml(`<row>${'<c><v>0</v></c>'.repeat(2_000_000)}</row>`);
  const parts = workbookParts([[]]).filter(({ name }) => !name.includes('worksheets'));
  return makeZip([...parts, { name: 'xl/worksheets/s0.xml', content, claims: 1000 }]);
}

describe('a file that is not what it says changes nothing', () => {
  const files: [string, string, () => string | Buffer][] = [
    ['spreadsheet-broken', 'roster-broken.xlsx', () => example('roster-broken.xlsx')],
    ['spreadsheet-kind', 'roster-really-text.xlsx', () => example('roster-really-text.xlsx')],
    ['zip-bomb', 'roster.xlsx', zipBomb],
    ['file-empty', 'roster-empty.csv', () => example('roster-empty.csv')],
    ['cell-formula', 'roster-formula.xlsx', () => example('roster-formula.xlsx')],
    ['too-many-rows', 'roster.csv', () => rosterFile(inventPeople(10_001))],
  ];
  it.each(files)('%s: %s', async (problem, name, make) => {
    const content = make();
    const body = await refused(
      () => house.client.upload('institution', `cases/${draft.id}/imports/roster`, name, content),
      422,
      'import-refused',
    );
    expect(JSON.stringify(body)).toContain(`"${problem}"`);
  });

  it('a file for a step that is over is not taken', async () => {
    await refused(
      () => house.client.upload('institution', `cases/${accepted.id}/imports/roster`, 'r.csv', rosterFile(inventPeople(3))),
      409,
      'event-not-allowed',
    );
    await refused(
      () => house.client.upload('inspector', `cases/${accepted.id}/imports/results`, 'r.csv', resultsFile(inventPeople(3), 3)),
      422,
      'import-refused',
    );
  });
});

describe('a signature that may not be changes nothing', () => {
  const approve = (as: string, contentHash: string) => post(as, `batches/${batch.batchId}/approve`, { contentHash });

  it('under a content that is not the batch’s', async () => {
    await refused(() => approve('checker', batch.contentHash.replaceAll(/[0-9a-f]/g, '0')), 409, 'batch-content-changed');
  });

  it.each([
    ['of the maker', 'maker', 'role-not-allowed'],
    ['of an officer', 'officer', 'role-not-allowed'],
  ])('%s, who is no checker', async (_, as, code) => {
    await refused(() => approve(as, batch.contentHash), 403, code);
  });

  it.each([
    ['of its maker, who has become a checker since', 'maker', 'self-approval'],
    ['of a checker who approved the case of a line in an earlier job', 'approver', 'duty-conflict'],
  ])('%s', async (_, username, code) => {
    await house.asOwner(`UPDATE users SET role = 'checker' WHERE username = $1`, [username]);
    try {
      await refused(() => approve(username, batch.contentHash), 403, code);
    } finally {
      await house.asOwner('UPDATE users SET role = $1 WHERE username = $1', [username]);
    }
  });

  it('of a person who proposed the correction', async () => {
    await accepted.hear('supervisor', 'correction.proposed', {
      correction: { type: 'decision.rescinded', data: { decision: 'approval' } },
      reason: 'r',
      cite: 'c',
    });
    const [{ proposal = 0 } = {}] = (await accepted.view()).proposals;
    await refused(() => accepted.tell('supervisor', 'decision.rescinded', { decision: 'approval', proposal }), 409, 'event-not-allowed');
    await accepted.hear('approver', 'correction.dismissed', { proposal });
  });
});

describe('a key used for something else changes nothing', () => {
  it.each([
    [
      'an event',
      () => draft.id,
      'institution',
      (id: string) => `cases/${id}/events`,
      { type: 'facts.recorded', data: { facts: { plannedHours: 8 } } },
      { type: 'facts.recorded', data: { facts: { plannedHours: 9 } } },
    ],
    [
      'another address',
      () => draft.id,
      'officer',
      () => 'organisations',
      { name: '甲', uscc: '52210200MJ00000033', kind: 'institution', district: '210200' },
      { name: '乙', uscc: '52210200MJ00000033', kind: 'institution', district: '210200' },
    ],
  ])('%s', async (_, id, as, path, first, other) => {
    const key = v7();
    expect((await post(as, path(id()), first, key)).status).toBeLessThan(300);
    await refused(() => post(as, path(id()), other, key), 422, 'idempotency-key-reused');
  });

  it('the same batch twice under one key is one batch', async () => {
    const story = await (await HttpCase.open(house, { size: 2 })).started();
    const { id } = await story.waiting('s1');
    const key = v7();
    const made = await Promise.all(Array.from({ length: 6 }, () => post('maker', 'batches', { disbursementIds: [id], rail: 'http' }, key)));
    expect(new Set(made.map(({ status, body }) => `${status} ${body['batchId']}`)).size).toBe(1);
    await refused(() => post('maker', 'batches', { disbursementIds: [id], rail: 'http' }), 409, 'disbursement-not-available');
    await refused(() => post('maker', 'batches', { disbursementIds: [id], rail: 'file' }, key), 422, 'idempotency-key-reused');
  });
});

describe('a case that is not yours or cannot be changes nothing', () => {
  const application = (changes: Json) => ({
    policyId: 'training-subsidy-staged',
    organisationId: house.seed.institutionId,
    payeeAccountId: house.seed.payeeAccountId,
    facts: {},
    ...changes,
  });

  it.each([
    ['a policy nobody knows', 'institution', { policyId: 'free-money' }, 422, 'data-invalid'],
    ['a policy of another place', 'institution', { jurisdiction: 'CN-11' }, 422, 'data-invalid'],
    ['an account of nobody', 'institution', { payeeAccountId: v7() }, 422, 'data-invalid'],
    ['facts the policy does not have', 'institution', { facts: { bonus: 1 } }, 422, 'facts-invalid'],
    ['a negative number of hours', 'institution', { facts: { plannedHours: -8 } }, 422, 'facts-invalid'],
    ['a number beyond all classes', 'institution', { facts: { plannedHours: 1e15 } }, 422, 'facts-invalid'],
    ['the name of another institution', 'second-school', {}, 404, 'case-not-found'],
  ])('%s', async (_, as, changes, status, code) => {
    await refused(() => post(as, 'cases', application(changes)), status, code);
  });

  it('the case of another institution does not exist, whatever is asked of it', async () => {
    await refused(() => draft.tell('second-school', 'application.submitted'), 404, 'case-not-found');
    await refused(
      () => house.client.upload('second-school', `cases/${draft.id}/imports/roster`, 'r.csv', rosterFile(inventPeople(2))),
      404,
      'case-not-found',
    );
    await refused(() => house.client.ask('GET', `cases/${draft.id}`, { as: 'second-school' }), 404, 'not-found');
    await refused(() => accepted.tell('stranger-officer', 'delivery.aborted', { reason: 'x' }), 404, 'case-not-found');
  });

  it('a public objection to nothing, and one of U+0000', async () => {
    const object = (ground: string) => house.client.ask('POST', `public/notices/${v7()}/objections`, { body: { ground } });
    await refused(() => object('异议'), 404, 'not-found');
    await refused(() => object('异\u0000议'), 422, 'text-invalid');
  });
});

describe('a roster of 10,000 rows', () => {
  const csv = () => Buffer.from(rosterFile(inventPeople(10_000)));
  const xlsx = () =>
    workbook([
      rosterFile(inventPeople(10_000))
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(',')),
    ]);
  it.each([
    ['roster.csv', csv],
    ['roster.xlsx', xlsx],
  ])('%s is taken within 5 s, row by row, in an api process that never holds more than 256 MiB', async (name, make) => {
    const [story, content] = [await HttpCase.open(house, { size: 1 }), make()];
    const [before, worked] = [performance.now(), workedMs(house.apis[0]?.child.pid)];
    const reply = await house.client.upload('institution', `cases/${story.id}/imports/roster`, name, content);
    // five seconds of its own work; on a machine that does other things as well the clock on the wall gets four times that
    expect(workedMs(house.apis[0]?.child.pid) - worked).toBeLessThan(5_000);
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(told(reply)).toEqual([200, undefined]);
    expect(reply.body['report']).toMatchObject({ rowsRead: 10_000, problems: [], moreProblems: 0 });
    expect(await house.rows('SELECT count(*)::int AS count FROM trainees WHERE case_id = $1', [story.id])).toEqual([{ count: 10_000 }]);
    expect(mostMebibytesOf(house.apis[0]?.child.pid)).toBeLessThan(256);
  });

  /** What a process has worked so far, in milliseconds of processor time (Linux tells, in hundredths of a second). */
  function workedMs(pid: number | undefined): number {
    if (!existsSync('/proc/self/stat')) return 0;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** The most memory a process ever held (Linux tells; elsewhere the reader's own test in libs/casework stands for it). */
  function mostMebibytesOf(pid: number | undefined): number {
    if (!existsSync('/proc/self/status')) return 0;
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  }
});
