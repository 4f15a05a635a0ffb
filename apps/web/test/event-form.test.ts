import { describe, expect, it } from '@jest/globals';
import { dataOf, kindOf, type Schema } from '../src/event-form/schema.js';

const whole: Schema = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?\\d{1,18}$' }] };
const reason: Schema = { type: 'string', minLength: 1, maxLength: 1000 };

describe('the control for a piece of an event', () => {
  it.each<[string, Schema, string]>([
    ['reason', reason, 'lines'],
    ['project', { type: 'string', maxLength: 500 }, 'text'],
    ['startsOn', { type: 'string', format: 'date' }, 'date'],
    ['planListed', { type: 'boolean' }, 'yes-no'],
    ['plannedHours', whole, 'whole'],
    ['proposal', { type: 'integer' }, 'whole'],
    ['paidFen', whole, 'money'],
    ['claim', { type: 'string', enum: ['post', 'insurance'] }, 'choice'],
    ['facts', { type: 'object', properties: {} }, 'group'],
    ['workers', { type: 'array', items: { type: 'object', properties: {} } }, 'rows'],
    ['persons', { type: 'array', items: { type: 'string' } }, 'list'],
    ['anything', { anyOf: [{ type: 'string' }, { type: 'boolean' }] }, 'json'],
  ])('%s: %j is %s', (name, schema, kind) => {
    expect(kindOf(name, schema)).toBe(kind);
  });
});

describe('what is sent of what was typed', () => {
  const schema: Schema = {
    type: 'object',
    required: ['reason', 'facts'],
    properties: {
      reason,
      facts: {
        type: 'object',
        properties: {
          hours: whole,
          paidFen: whole,
          insured: { type: 'boolean' },
          workers: {
            type: 'array',
            items: { type: 'object', required: ['person'], properties: { person: { type: 'string' }, paidFen: whole } },
          },
        },
      },
    },
  };

  it('leaves blanks out, sends yuan as fen and full-width digits as numbers', () => {
    const typed = { reason: ' 补正 ', facts: { hours: '１２', paidFen: '1,234.5', insured: false, workers: [] } };
    expect(dataOf(schema, typed)).toEqual({ data: { reason: '补正', facts: { hours: 12, paidFen: '123450', insured: false } }, wrong: [] });
  });

  it('sends an empty object where one is demanded', () => {
    expect(dataOf(schema, { reason: 'x' })).toEqual({ data: { reason: 'x', facts: {} }, wrong: [] });
  });

  it('names what is missing or cannot be read, by its path', () => {
    const typed = { reason: '  ', facts: { hours: '一', paidFen: '1.234', workers: [{ person: '' }] } };
    expect(dataOf(schema, typed).wrong).toEqual([
      { path: 'reason', code: 'missing' },
      { path: 'facts.hours', code: 'not-whole' },
      { path: 'facts.paidFen', code: 'not-money' },
      { path: 'facts.workers[0].person', code: 'missing' },
    ]);
  });

  it('keeps a number beyond what JSON holds exactly as text', () => {
    expect(dataOf({ properties: { count: whole } }, { count: '9007199254740993' }).data).toEqual({ count: '9007199254740993' });
  });
});
