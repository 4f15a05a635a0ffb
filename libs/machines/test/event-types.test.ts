import { describe, expect, it } from '@jest/globals';
import { policies } from '@tranche/policies';
import { z } from 'zod';
import { dataSchemas, eventTypes, fieldIssues, issueWords } from '../src/index.js';
import { dalian, machineOf } from './story.js';

const types = eventTypes(dalian);
const schemas = dataSchemas(dalian);
const parses = (type: string, data: unknown): boolean => schemas.get(type)?.safeParse(data).success ?? false;
const uuid = '0190b6a0-0000-7000-8000-000000000000';
const sha = 'a'.repeat(64);

/** type · who · duty, as the house agreed them. */
const agreed: readonly (readonly [string, string, string?])[] = [
  ['application.submitted', 'institution', 'submit'],
  ['application.withdrawn', 'institution'],
  ['application.accepted', 'officer', 'accept'],
  ['application.returned', 'officer,reviewer'],
  ['application.reviewed', 'reviewer', 'review'],
  ['application.rejected', 'reviewer,approver'],
  ['application.approved', 'approver', 'approve'],
  ['roster.imported', 'institution'],
  ['attendance.imported', 'institution,inspector'],
  ['results.imported', 'inspector,officer'],
  ['facts.recorded', 'institution'],
  ['milestone.started', 'institution,inspector'],
  ['milestone.halfway', 'inspector', 'inspect'],
  ['milestone.ended', 'institution,inspector'],
  ['delivery.interrupted', 'institution,officer'],
  ['delivery.resumed', 'institution,officer'],
  ['delivery.aborted', 'officer,inspector'],
  ['acceptance.passed', 'inspector', 'inspect'],
  ['acceptance.failed', 'inspector', 'inspect'],
  ['notice.posted', 'officer'],
  ['objection.raised', 'officer,public'],
  ['objection.rejected', 'reviewer'],
  ['objection.upheld', 'reviewer'],
  ['case.held', 'supervisor,approver'],
  ['case.released', 'supervisor,approver'],
  ['recovery.received', 'cashier,maker'],
  ['recovery.demanded', 'maker,officer'],
  ['recovery.escalated', 'approver,supervisor'],
  ['correction.proposed', 'officer,reviewer,approver,supervisor'],
  ['correction.dismissed', 'approver,supervisor'],
  ['decision.rescinded', 'approver,supervisor'],
  ['fact.corrected', 'approver,supervisor'],
  ['notice.withdrawn', 'approver,supervisor'],
  ['recovery.writtenOff', 'supervisor'],
  ['recovery.instalmentsAgreed', 'approver,supervisor'],
  ...[
    'payment.requested',
    'disbursement.submitted',
    'disbursement.settled',
    'disbursement.failed',
    'disbursement.returned',
    'deadline.passed',
  ].map((type) => [type, 'system'] as const),
];

describe('event types', () => {
  it.each(agreed.map(([type, who, duty = 'none']) => [type, who, duty] as const))('%s comes from %s, duty %s', (type, who, duty) => {
    const known = types.get(type);
    const source = known?.source;
    expect(source?.kind === 'person' ? source.roles.join(',') : source?.kind).toBe(who);
    expect(known?.duty ?? 'none').toBe(duty);
    expect(known?.label.zh).toMatch(/\p{Script=Han}/u);
  });

  it('are exactly the agreed ones and the opening, and the machine listens to every one of them', () => {
    const names = agreed.map(([type]) => type);
    expect([...types.keys()].sort()).toEqual([...names, 'case.opened'].sort());
    expect([...machineOf(dalian).types].sort()).toEqual([...names].sort());
  });

  it('publish a JSON schema that refuses unknown keys', () => {
    for (const [type, { dataSchema }] of types) {
      expect(dataSchema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
      if (type !== 'case.opened') expect([type, dataSchema['additionalProperties']]).toEqual([type, false]);
    }
  });
});

describe('the data of events', () => {
  it.each([
    ['application.submitted', {}],
    ['application.withdrawn', { reason: '机构停办' }],
    ['roster.imported', { fileSha256: sha, facts: { enrolled: [{ occupation: '电工', level: '中级', count: 30 }] } }],
    ['facts.recorded', { facts: { plannedHours: 80, classFiled: true, startsOn: '2020-11-25' } }],
    ['objection.upheld', { objection: uuid, decision: 'd', consequence: 'recompute' }],
    ['recovery.received', { amountFen: '9223372036854775807', reference: 'r' }],
    ['correction.proposed', { correction: { type: 'decision.rescinded', data: { decision: 'approval' } }, reason: 'r', cite: 'c' }],
    ['decision.rescinded', { decision: 'approval', proposal: 7 }],
    ['notice.withdrawn', { proposal: 7 }],
    ['disbursement.returned', { payment: 's1', disbursement: uuid, reason: 'AC04', returnedOn: '2020-12-01' }],
    ['deadline.passed', { key: 'payment:s1' }],
  ])('%s takes %j', (type, data) => expect(parses(type, data)).toBe(true));

  it.each([
    ['unknown key', 'application.submitted', { more: 1 }],
    ['no reason', 'application.withdrawn', {}],
    ['empty reason', 'application.withdrawn', { reason: '' }],
    ['U+0000', 'application.withdrawn', { reason: 'a\u0000b' }],
    ['U+0000 in a fact', 'roster.imported', { fileSha256: sha, facts: { enrolled: [{ occupation: '\u0000', level: '中级', count: 1 }] } }],
    ['too long', 'application.withdrawn', { reason: 'x'.repeat(1001) }],
    ['unknown fact', 'facts.recorded', { facts: { nonsense: 1 } }],
    ['a fact of the wrong type', 'facts.recorded', { facts: { plannedHours: 1.5 } }],
    ['an uploaded fact typed by hand', 'facts.recorded', { facts: { completedHours: 80 } }],
    ['a bad date', 'facts.recorded', { facts: { startsOn: '2020-02-30' } }],
    ['a bad file hash', 'roster.imported', { fileSha256: 'xyz', facts: {} }],
    ['zero', 'recovery.received', { amountFen: '0', reference: 'r' }],
    ['negative', 'recovery.received', { amountFen: '-1', reference: 'r' }],
    ['a number', 'recovery.received', { amountFen: 1, reference: 'r' }],
    ['a fraction', 'recovery.received', { amountFen: '1.5', reference: 'r' }],
    ['more than an int64', 'recovery.received', { amountFen: '9223372036854775808', reference: 'r' }],
    ['leading zeros', 'recovery.received', { amountFen: '01', reference: 'r' }],
    ['an unknown payment', 'payment.requested', { payment: 's9', fund: 'f' }],
    ['no uuid', 'disbursement.submitted', { payment: 's1', disbursement: 'x' }],
    ['an unknown correction', 'correction.proposed', { correction: { type: 'case.held', data: {} }, reason: 'r', cite: 'c' }],
    [
      'a correction with a proposal in it',
      'correction.proposed',
      { correction: { type: 'notice.withdrawn', data: { proposal: 1 } }, reason: 'r', cite: 'c' },
    ],
    ['no proposal', 'decision.rescinded', { decision: 'approval' }],
    ['no object', 'application.submitted', null],
  ])('%s is refused for %s', (_, type, data) => expect(parses(type, data)).toBe(false));
});

describe('what is wrong with a field', () => {
  const amountFen = z.string().regex(/^[1-9]\d{0,18}$/);
  const said = (schema: z.ZodType, input: unknown) => schema.safeParse(input, { reportInput: true }).error?.issues.map(issueWords) ?? [];

  it.each<[string, z.ZodType, unknown, string, string]>([
    ['nothing where something is wanted', z.object({ a: z.string() }), {}, '请填写此项。', 'Please fill this in.'],
    ['an empty text', z.string().min(1), '', '请填写此项。', 'Please fill this in.'],
    ['a number for a text', z.string(), 7, '应为文字。', 'A text is wanted.'],
    ['a text for yes or no', z.boolean(), 'yes', '应选“是”或“否”。', 'Yes or no is wanted.'],
    ['too little text', z.string().min(12), '短', '至少 12 个字，现在是 1 个字。', 'At least 12 characters wanted, it has 1 now.'],
    ['too much text', z.string().max(3), '太长了吧', '至多 3 个字，现在是 4 个字。', 'At most 3 characters may stand here, it has 4 now.'],
    ['too many rows', z.array(z.int()).max(1), [1, 2], '至多 1 项，现在是 2 项。', 'At most 1 item may stand here, it has 2 now.'],
    ['too small a number', z.int().min(1), 0, '不能小于 1。', 'It cannot be less than 1.'],
    ['too large a number', z.int().max(31), 32, '不能大于 31。', 'It cannot be more than 31.'],
    ['half a person', z.int(), 1.5, '应为整数，如 12。', 'A whole number is wanted, such as 12.'],
    [
      'a word for a whole number that may be a text',
      z.union([z.int(), z.string().regex(/^-?\d{1,18}$/)]),
      '八',
      '应为整数，如 12。',
      'A whole number is wanted, such as 12.',
    ],
    [
      'no amount',
      amountFen,
      '0',
      '应为大于 0 的金额，单位元，至多两位小数，如 1234.56 元。',
      'An amount above zero, in yuan with at most two decimals, such as 1234.56.',
    ],
    ['a day that is none', z.iso.date(), '2020-13-01', '应为真实日期，如 2020-11-25。', 'A real date is wanted, such as 2020-11-25.'],
    ['an id of nothing', z.uuid(), 'x', '编号无效，请从列表中重新选择。', 'This is no id of ours; choose it from the list again.'],
    ['digits that are missing', z.string().regex(/^\d{6}$/), '2102', '应为 6 位数字。', '6 digits are wanted.'],
    [
      'another choice',
      z.enum(['recompute', 'failed']),
      'x',
      '只能从以下各项中选择：recompute、failed。',
      'Choose one of: recompute, failed.',
    ],
    [
      'a key too much',
      z.strictObject({}),
      { sudo: true },
      '这里没有名为“sudo”的项，请删除。',
      'There is no item called "sudo" here; leave it out.',
    ],
  ])('is said with what would be accepted: %s', (_, schema, input, zh, en) => {
    expect(said(schema, input)).toEqual([{ zh, en }]);
  });

  it.each<[string, unknown, readonly string[]]>([
    ['the first form, nearly', { amountFen: '0', reason: 'r' }, ['at.amountFen 应为大于 0 的金额，单位元，至多两位小数，如 1234.56 元。']],
    ['the second form, nearly', { proposal: 1, decision: 'x' }, ['at.decision 只能从以下各项中选择：confirm、reject。']],
    ['a key of neither', { amountFen: '1', reason: 'r', sudo: true }, ['at 这里没有名为“sudo”的项，请删除。']],
    ['no form at all', 'x', ['at 应为一组填写项。']],
  ])('is said of the form that comes nearest, at its fields: %s', (_, at, told) => {
    const forms = z.union([
      z.strictObject({ amountFen, reason: z.string() }),
      z.strictObject({ proposal: z.int(), decision: z.enum(['confirm', 'reject']) }),
    ]);
    const issues = z.object({ at: forms }).safeParse({ at }, { reportInput: true }).error?.issues ?? [];
    expect(fieldIssues(issues).map((issue) => `${issue.path.join('.')} ${issueWords(issue).zh}`)).toEqual(told);
  });
});

describe('the schema of an event that tells facts of few codes', () => {
  const told = (id: string) =>
    eventTypes(policies().find((policy) => policy.id === id)!).get('facts.recorded')?.dataSchema as {
      properties: { facts: { properties: Record<string, { enum?: string[]; examples?: string[] }> } };
    };
  it('names the codes, or what is usual where a parameter may name more', () => {
    const { properties } = told('sme-class-hour-training-subsidy').properties.facts;
    expect(properties['mode']?.enum).toEqual(['offline', 'online', 'other']);
    expect(properties['topic']).toMatchObject({ examples: expect.arrayContaining(['postSkills']) });
    expect(properties['topic']?.enum).toBeUndefined();
  });
});
