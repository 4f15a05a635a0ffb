import { expect, it } from '@jest/globals';
import { checkMachine, reportText } from '../src/index.js';
import { handled } from './handled.js';
import { mutants, truth } from './mutants/index.js';

const reported = (name: string, language: 'zh' | 'en'): string => {
  const mutant = mutants.find((one) => one.name === name)!;
  return reportText(checkMachine(mutant.machine, { handlers: handled, truth, scopes: [mutant.scope] }), language);
};

it('a counter-example is the shortest story, with days, people and amounts', () => {
  const lines = reported('a hold that does not stop sending', 'en').split('\n');
  const story = lines.slice(lines.findIndex((line) => line.startsWith('broken')));
  expect(story).toEqual([
    'broken paid-while-held: nothing is asked for or sent while the case is held',
    '  s1 is asked for or sent while the case is held',
    'the shortest story (held; the days are examples):',
    ' 1. 2020-11-25 institution: Application submitted',
    ' 2. 2020-11-26 officer: Application accepted for processing',
    ' 3. 2020-11-27 reviewer: Application reviewed',
    ' 4. 2020-11-28 approver: Application approved',
    ' 5. 2020-11-29 institution: training started',
    '      → a deadline starts: Payment: first advance (payment:s1)',
    ' 6. 2020-11-30 system: Payment requested s1 (first advance)',
    '      → asks for s1 (first advance): CNY 150,000.00',
    ' 7. 2020-12-01 supervisor: Case held',
    ' 8. 2020-12-02 system: Disbursement submitted s1 (first advance)',
  ]);
});

it('the same story in Chinese', () => {
  const text = reported('a hold that does not stop sending', 'zh');
  expect(text).toContain('不成立 paid-while-held：暂停期间不申请、不送出付款');
  expect(text).toContain(' 4. 2020-11-28 审批：审批通过');
  expect(text).toContain('      → 申请拨付 s1（首笔预拨） 150,000.00 元');
});

it('an event nobody hears is said to be unheard', () => {
  expect(reported('a deadline nobody hears', 'en')).toMatch(/system: Deadline passed payment:s1 \(nobody hears it\)$/);
});

it('an exploration cut short never says that every rule holds', () => {
  const [mutant] = mutants;
  const text = reportText(
    checkMachine({ ...mutant!.machine, policy: truth }, { handlers: handled, truth, scopes: [{ ...mutant!.scope, maxStates: 20 }] }),
    'en',
  );
  expect(text).toContain('checked in part');
  expect(text).not.toContain('every rule holds');
});
