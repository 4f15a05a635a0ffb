import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { policies } from '@tranche/policies';
import { openServer, type Server } from './server.js';

let server: Server;
beforeAll(async () => {
  server = await openServer();
});
afterAll(() => server.close());

const get = (path: string) => server.ask('GET', `/api/v1/${path}`);
const post = (path: string, body: unknown) => server.ask('POST', `/api/v1/${path}`, { body, key: null });
const stored = async () =>
  Object.values(
    (await server.rows<Record<string, number>>('SELECT (SELECT count(*) FROM cases) AS a, (SELECT count(*) FROM commands) AS b'))[0]!,
  );

const posts = 'hard-to-employ-post-subsidy';
const refund = 'job-stabilisation-refund';
const worker = { person: 'worker-1', certified: true, contract: true, contributionsPaid: true };

describe('the public registry', () => {
  it('shows every version in force with office, limit, papers and how they are obtained, funds and sources', async () => {
    const { body } = await get('public/policies?on=2020-12-01');
    const items = body.items ?? [];
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(policies().map(({ id }) => id)));
    for (const item of items) {
      expect(item).toMatchObject({
        office: { zh: expect.any(String) },
        timeLimit: { en: expect.any(String) },
        officeCite: { doc: expect.any(String) },
      });
      expect((item['papers'] as { obtainBy: string; how: { zh: string } }[]).every(({ how }) => how.zh.length > 0)).toBe(true);
      expect(item['sources']).toContainEqual({ doc: (item['cite'] as { doc: string }).doc, clauses: expect.any(Array) });
    }
  });

  it('is of a day, a place and a kind of payee', async () => {
    expect((await get('public/policies?on=2019-12-01')).body.items).toEqual([]);
    const { body } = await get('public/policies?on=2020-12-01&jurisdiction=CN-21&payee=bank');
    for (const item of body.items ?? []) expect(item).toMatchObject({ jurisdiction: 'CN-21', payee: expect.arrayContaining(['bank']) });
    expect((await get('public/policies?payee=king')).status).toBe(422);
  });

  it('names the event that a window waits for', async () => {
    const { body } = await get('public/policies?on=2020-12-01&jurisdiction=CN-2102');
    expect(body.items?.find(({ id }) => id === refund)).toMatchObject({
      until: null,
      untilEvent: { landmark: 'epidemicTo', plusMonths: 0 },
    });
    expect(body.items?.find(({ id }) => id === posts)).toMatchObject({ until: '2021-11-24', untilEvent: null });
  });
});

describe('the check of a machine', () => {
  const show = async (version: string) =>
    (await server.ask('GET', `/api/v1/policies/training-subsidy-staged/versions/${version}/check?jurisdiction=CN-2102`))
      .body as unknown as {
      outcome: string;
      machineHash: string;
      states: number;
      check: { machineHash: string; checkedOn: string; rules: { id: string; holds: boolean | null }[]; scopes: { states: number }[] };
    };

  it('is kept with its day, its bounds and the hash of the machine it looked at; another machine today makes it stale', async () => {
    const { outcome, machineHash, states, check } = await show('2020-11-24');
    expect(check.machineHash === machineHash ? ['holds', 'broken', 'partly'] : ['stale']).toContain(outcome);
    expect(check.checkedOn).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(states).toBe(check.scopes.reduce((sum, scope) => sum + scope.states, 0));
    expect(check.rules.length).toBeGreaterThan(15);
    const { body } = await server.ask('GET', '/api/v1/policies/checks');
    const line = body.items?.find(({ id, jurisdiction }) => id === 'training-subsidy-staged' && jurisdiction === 'CN-2102');
    expect(line).toMatchObject({ version: '2020-11-24', outcome, machineHash, states, checkedOn: check.checkedOn });
  });
});

describe('province and city', () => {
  it('stand side by side, row by row, with both clauses', async () => {
    const { status, body } = await get(
      `policies/${refund}/diff?from=CN-21&to=CN-2102@${policies().find(({ id, jurisdiction }) => id === refund && jurisdiction === 'CN-2102')?.version}`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ from: { jurisdiction: 'CN-21' }, to: { jurisdiction: 'CN-2102' } });
    const sections = body['sections'] as { section: string; rows: { id: string; status: string }[] }[];
    expect(sections.map(({ section }) => section)).toEqual(
      expect.arrayContaining(['rules', 'amounts', 'parameters', 'plan', 'window', 'papers']),
    );
    expect(sections.find(({ section }) => section === 'parameters')?.rows).toContainEqual(
      expect.objectContaining({ id: 'refundRate', status: 'changed' }),
    );
  });

  it.each(['from=CN-21&to=CN-99', 'from=2020-01-01&to=CN-2102', 'from=CN-21'])(
    'refuses %s and names the versions there are',
    async (query) => {
      const { status, body } = await get(`policies/${refund}/diff?${query}`);
      expect([status, body['code']]).toEqual([422, 'request-invalid']);
    },
  );

  it('bind by place and day: a city without a version of its own takes the province’s, and it is told why', async () => {
    expect((await get(`policies/${posts}/binding?jurisdiction=CN-210211&on=2020-12-01`)).body).toMatchObject({
      policy: { jurisdiction: 'CN-2102' },
      anchor: 'period',
    });
    expect((await get(`policies/${posts}/binding?jurisdiction=CN-2101&on=2020-12-01`)).body).toMatchObject({
      policy: { jurisdiction: 'CN-21' },
      places: [{ place: 'CN-2101', binds: null }, { place: 'CN-21', binds: expect.any(String) }, { place: 'CN' }],
      why: { en: expect.stringContaining('wider place CN-21') },
    });
    expect((await get(`policies/${posts}/binding?jurisdiction=CN-2102&on=2020-01-01`)).body).toMatchObject({ policy: null });
    expect((await get(`policies/nothing/binding?jurisdiction=CN-2102`)).status).toBe(404);
  });
});

describe('an assessment over HTTP', () => {
  const asked = { on: '2020-12-01', jurisdiction: 'CN-2102', facts: { payeeKind: 'unit' } };

  it('of a period answers with its own rules, table values and amount', async () => {
    const { body } = await post(`policies/${posts}/assess`, { ...asked, period: { id: '2020-12', facts: { workers: [worker] } } });
    expect(body).toMatchObject({ verdict: 'may', amounts: { monthly: { fen: '90500' } }, period: { id: '2020-12', claim: 'post' } });
  });

  it('without the period says what is left to be asked', async () => {
    expect((await post(`policies/${posts}/assess`, asked)).body).toMatchObject({
      verdict: 'may',
      summary: { en: expect.stringContaining('each period') },
    });
  });

  it.each([
    ['an unknown fact', { facts: { wealth: 1 } }, 'facts.wealth', 'fact-unknown', []],
    ['a wrong type', { facts: { payeeKind: 7 } }, 'facts.payeeKind', 'fact-type', ['employing-unit']],
    [
      'a period’s fact of a wrong type',
      { period: { id: '2020-12', facts: { workers: [{ ...worker, contract: 'yes' }] } } },
      'period.facts.workers[0].contract',
      'fact-type',
      ['labour-contract'],
    ],
    ['a day outside every version', { on: '2019-01-01' }, 'on', 'date-outside-versions', []],
    ['a place elsewhere', { jurisdiction: 'CN-11' }, 'jurisdiction', 'jurisdiction-unknown', []],
  ])('refuses %s, names fact and rule, and stores nothing', async (_, change, field, code, rules) => {
    const before = await stored();
    const { status, body } = await post(`policies/${posts}/assess`, { ...asked, ...change });
    expect([status, body['code']]).toEqual([422, 'facts-invalid']);
    const [error] = body['errors'] as { rules?: { id: string }[] }[];
    expect(error).toMatchObject({ field, code });
    for (const id of rules) expect(error?.rules?.map((rule) => rule.id)).toContain(id);
    expect(await stored()).toEqual(before);
  });

  it('refuses a negative number with the rule that reads it', async () => {
    const { body } = await post(`policies/${refund}/assess`, { ...asked, facts: { insuredHeadcount: -1 } });
    expect(body['errors']).toMatchObject([{ field: 'facts.insuredHeadcount', code: 'fact-negative', rules: [{ id: 'few-layoffs' }] }]);
  });
});

describe('what fits an applicant', () => {
  it('is answered without signing in, over every policy, the best first', async () => {
    const { status, body } = await post('policies/match', { on: '2020-12-01', facts: { payeeKind: 'unit', workers: [worker] } });
    expect(status).toBe(200);
    const order = (body.items ?? []).map(({ match }) => String(match));
    expect(order).toEqual([...order].sort((a, b) => ['applies', 'nearly', 'no'].indexOf(a) - ['applies', 'nearly', 'no'].indexOf(b)));
    expect(body.items?.find(({ policy }) => (policy as { id: string }).id === posts)).toMatchObject({ match: 'applies' });
  });

  it('refuses a fact no policy knows', async () => {
    const { status, body } = await post('policies/match', { on: '2020-12-01', facts: { wealth: 1 } });
    expect([status, body['code'], (body['errors'] as object[])[0]]).toEqual([
      422,
      'facts-invalid',
      expect.objectContaining({ field: 'facts.wealth' }),
    ]);
  });
});
