import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { listsOf } from '@tranche/casework';
import { chainOf, eventTypes } from '@tranche/machines';
import {
  type Fact,
  type Facts,
  type Policy,
  periodOf,
  policies,
  speaksOf,
  type WorkedExample,
  workExample,
  workedExamples,
} from '@tranche/policies';
import type { BatchAnswer, CaseView, Disbursement } from '../support/http-case.js';
import { done, type Json, waitFor } from '../support/http-client.js';
import { inventNumbers, listFile } from '../support/list-file.js';
import { RunningHouse } from '../support/processes.js';

jest.setTimeout(120_000);

let house: RunningHouse;
beforeAll(async () => {
  house = await RunningHouse.start();
});
afterAll(() => house?.close());

/** An example that is paid, in the sandbox's city, under parameters as they stand. */
function payable(policy: Policy): WorkedExample | undefined {
  return workedExamples(policy.id).find((example) => {
    if (example.set || (example.place && example.place !== 'CN-2102') || !speaksOf(policy, example)) return false;
    const { eligible, inWindow, amounts } = workExample(policy, example);
    return eligible === true && inWindow && Object.values(amounts).some((fen) => fen !== null && fen !== '0');
  });
}
const first = (holds: (policy: Policy) => boolean) =>
  policies().flatMap((policy) => {
    const example = holds(policy) ? payable(policy) : undefined;
    return example && (!policy.plan.claims || example.period) ? [{ policy, example }] : [];
  })[0]!;

const ofKind = (from: readonly Fact['from'][], { facts }: Policy, given: Facts, named: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !named.includes(name) && from.includes(facts[name]?.from ?? 'case')));

type Payee = { readonly as: string; readonly organisationId: string; readonly payeeAccountId: string };

async function withAccount(as: string, organisationId: string, name: string, accountNo: string): Promise<Payee> {
  const account = { holderName: name, accountNo, bankNo: '102100099996', bankName: '示例银行大连分行' };
  const { id: payeeAccountId } = await house.client.post<{ id: string }>(as, `organisations/${organisationId}/accounts`, account);
  await house.client.post('reviewer', `organisations/${organisationId}/accounts/${payeeAccountId}/approve`);
  return { as, organisationId, payeeAccountId };
}

/** Opened by whom it is about, lists uploaded, each step by its own role, over HTTP only. */
async function approved(
  { policy, example }: { policy: Policy; example: WorkedExample },
  payee: Payee,
  idOf: (token: string) => string,
): Promise<string> {
  const lists = listsOf(policy);
  const office = payee.as === 'officer';
  const typed = ofKind(office ? ['form', 'upload', 'data', 'ledger'] : ['form', 'upload'], policy, example.facts, lists);
  const { as, ...applicant } = payee;
  const { id } = await house.client.post<{ id: string }>(as, 'cases', { policyId: policy.id, facts: typed, ...applicant });
  for (const fact of lists.filter((name) => example.facts[name] !== undefined))
    done(
      `list ${fact}`,
      await house.client.upload(as, `cases/${id}/lists/${fact}`, 'list.csv', listFile(policy, fact, example.facts, idOf)),
    );
  const told = ofKind(['data', 'ledger'], policy, example.facts, lists);
  const steps = chainOf(policy).map(({ event }) => event);
  for (const type of [...steps, 'application.approved']) {
    const source = eventTypes(policy).get(type)!.source;
    const by =
      source.kind === 'person' && (source.roles as readonly string[]).includes(as) ? as : source.kind === 'person' ? source.roles[0]! : '';
    const data = type === 'application.accepted' && Object.keys(told).length > 0 ? { facts: told } : {};
    await house.client.post(by, `cases/${id}/events`, { type, data });
  }
  return id;
}

async function claim(
  id: string,
  { policy, example }: { policy: Policy; example: WorkedExample },
  idOf: (token: string) => string,
): Promise<void> {
  const { id: period, claim: named = policy.plan.claims![0]!.id, facts } = example.period!;
  const begins = periodOf(period)!.from;
  if ((await house.today()) < begins) await house.goTo(begins);
  const fact = listsOf(policy).find((name) => policy.facts[name]?.per === 'period')!;
  const others = Object.fromEntries(Object.entries(facts).filter(([name]) => name !== fact));
  const form = new FormData();
  form.append('data', JSON.stringify({ claim: named, period, facts: others }));
  form.append('file', new Blob([listFile(policy, fact, facts, idOf)]), 'list.csv');
  done('claim', await house.client.ask('POST', `cases/${id}/lists/${fact}`, { as: 'officer', raw: form }));
}

/** What waits is collected, signed by another person and paid; then the case shows it. */
async function paid(id: string, rail: 'http' | 'allocation' = 'http'): Promise<CaseView> {
  const waiting = await waitFor('a disbursement waits', async () =>
    (await house.client.get<{ items: Disbursement[] }>('maker', `disbursements?caseId=${id}`)).items.find(
      ({ state }) => state === 'requested',
    ),
  );
  const draft = await house.client.post<BatchAnswer>('maker', 'batches', { disbursementIds: [waiting.id], rail });
  const { batchId, contentHash } = await house.client.post<BatchAnswer>('maker', `batches/${draft.batchId}/submit`);
  await house.client.post('checker', `batches/${batchId}/approve`, { contentHash });
  return waitFor('the money arrives', async () => {
    const view = await house.client.get<CaseView>('auditor', `cases/${id}`);
    return view.paidFen !== '0' && view;
  });
}

let enterprise: Payee;
it('an enterprise is paid by month for the people on a list, and the case ends', async () => {
  enterprise = await withAccount('enterprise', house.seed.enterpriseId, '大连示例制造有限公司', '6222020000000000033');
  const monthly = first(
    (policy) =>
      policy.jurisdiction === 'CN-2102' &&
      policy.payee.includes('enterprise') &&
      listsOf(policy).some((name) => policy.facts[name]?.per === 'period'),
  );
  const idOf = inventNumbers();
  const id = await approved(monthly, enterprise, idOf);
  await claim(id, monthly, idOf);
  await paid(id);
  await house.client.post('officer', `cases/${id}/events`, {
    type: 'claims.stopped',
    data: { claim: monthly.policy.plan.claims![0]!.id, stop: 'other', reason: '不再申领' },
  });
  expect(await house.client.get<CaseView>('auditor', `cases/${id}`)).toMatchObject({ standing: 'closed' });
});

it('an enterprise is paid once for the people on a list; the same people are refused to another case by name', async () => {
  const oneOff = first(
    ({ jurisdiction, payee, plan, facts, exclusions }) =>
      jurisdiction === 'CN-2102' &&
      payee.includes('enterprise') &&
      !plan.claims &&
      plan.remainder !== undefined &&
      plan.advances.length === 0 &&
      exclusions.some((each) => 'key' in each) &&
      Object.values(facts).some(({ type, per }) => typeof type === 'object' && Object.values(type.list).includes('person') && !per),
  );
  const idOf = inventNumbers();
  const id = await approved(oneOff, enterprise, idOf);
  expect(await paid(id)).toMatchObject({ standing: 'closed' });
  const [{ caseNo }, refused] = [
    await house.client.get<CaseView>('auditor', `cases/${id}`),
    await approved(oneOff, enterprise, idOf).then(
      () => '',
      (error: Error) => error.message,
    ),
  ];
  expect(refused).toContain('exclusion-conflict');
  expect(refused).toContain(caseNo);
});

it('a city is given budget: opened by the officer, signed by four eyes, booked without a bank', async () => {
  const allocation = first(({ means }) => means === 'allocation');
  const city = { name: '示例市财政局', uscc: '11210200000000001J', kind: 'government', district: '210200' };
  const { id: organisationId } = await house.client.post<{ id: string }>('officer', 'organisations', city);
  const payee = await withAccount('officer', organisationId, city.name, '2100020000000000777');
  const id = await approved(allocation, payee, inventNumbers());
  const throughBank = await paid(id, 'http').then(
    () => '',
    (error: Error) => error.message,
  );
  expect(throughBank).toContain('rail');
  expect(await paid(id, 'allocation')).toMatchObject({ standing: 'closed' });
  expect(
    await house.rows<Json>(
      'SELECT a.id FROM attempts a JOIN transfers t ON t.id = a.transfer_id JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1',
      [id],
    ),
  ).toEqual([]);
});
