import { describe, expect, it } from '@jest/globals';
import { dataSchemas, eventTypes } from '../src/index.js';
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
