import { describe, expect, it } from '@jest/globals';
import { formOfFacts } from '../src/event-form/facts-schema.js';
import { cell } from '../src/institution/cell.js';

describe('a cell of an exported file', () => {
  it.each([
    ['首笔预拨', '首笔预拨'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1234.50', '-1234.50'],
    ['-cmd', "'-cmd"],
  ])('%j is written %j', (value, written) => {
    expect(cell(value)).toBe(written);
  });
});

describe('the form of a policy’s facts', () => {
  it('asks what the applicant is to say once, and not what comes by file, from registers or by the period', () => {
    const form = formOfFacts({
      plannedHours: { type: 'int', from: 'form' },
      startsOn: { type: 'date', from: 'form' },
      enrolled: { type: { list: { occupation: 'string' } }, from: 'upload' },
      insured: { type: 'bool', from: 'data' },
      paidFen: { type: 'int', from: 'form', per: 'period' },
      hires: { type: { list: { person: 'person', graduate: 'bool' } }, from: 'form' },
    });
    expect(Object.keys(form.properties ?? {})).toEqual(['plannedHours', 'startsOn', 'hires']);
    expect(form.properties?.['hires']).toMatchObject({ type: 'array', items: { required: ['person', 'graduate'] } });
  });
});
