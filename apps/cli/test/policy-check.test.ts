import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { handledEffects } from '@tranche/casework';
import { policies } from '@tranche/policies';
import { program } from '../../../test/support/programs.js';
import { checkPolicies } from '../src/policy/check.js';
import type { FormAnswer, FormQuestion } from '../src/policy/check-form.js';
import { checkForms } from '../src/policy/check-threads.js';
import { policyCommand } from '../src/policy/policy.command.js';

it('refuses a policy that does not exist, and says where the policies are listed', async () => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await checkPolicies('no-such-policy', { lang: 'en' }, { out: (line) => out.push(line), err: (line) => err.push(line) });
  expect([code, out, err]).toEqual([1, [], ['There is no policy no-such-policy: see tranche policy list.']]);
});

it('knows every effect that is carried out', () => {
  expect(handledEffects).toEqual(
    expect.arrayContaining(['requestDisbursement', 'cancelDisbursement', 'openRecovery', 'setDeadline', 'closeCase']),
  );
});

it('is a sub-command with its options', () => {
  const check = policyCommand().commands.find((command) => command.name() === 'check');
  expect(check?.options.map(({ long }) => long)).toEqual(['--exhaustive', '--keep', '--lang']);
});

describe('forms shared out over threads', () => {
  const built = pathToFileURL(program('check-worker'));
  const of = (id: string): FormQuestion => ({
    versions: [
      { id, jurisdiction: 'CN-2102', version: policies().find((one) => one.id === id && one.jurisdiction === 'CN-2102')!.version },
    ],
    handlers: handledEffects,
    exhaustive: false,
    lang: 'en',
    on: '2020-11-25',
  });
  const all = async (answers: AsyncIterable<FormAnswer>): Promise<readonly FormAnswer[]> => {
    const got: FormAnswer[] = [];
    for await (const answer of answers) got.push({ ...answer, report: answer.report.replaceAll(/, \d+\.\d s/g, '') });
    return got;
  };

  it('are answered in the order of the questions, as one process answers them', async () => {
    const questions = [of('hr-agency-referral-subsidy'), of('temporary-price-subsidy')];
    const threaded = await all(checkForms(questions, [1, 2], 2, built));
    expect(threaded).toEqual(await all(checkForms(questions, [], 1)));
    expect(threaded.map(({ report }) => report.includes('every rule holds'))).toEqual([true, true]);
    expect(threaded.flatMap(({ kept }) => kept.map(({ id, checkedOn, found }) => [id, checkedOn, found]))).toEqual([
      ['hr-agency-referral-subsidy', '2020-11-25', null],
      ['temporary-price-subsidy', '2020-11-25', null],
    ]);
  });

  it('fail as a whole where one of them cannot be looked at', async () => {
    const questions = [
      of('temporary-price-subsidy'),
      { ...of('temporary-price-subsidy'), versions: [{ id: 'none', jurisdiction: '', version: '' }] },
    ];
    await expect(all(checkForms(questions, [], 2, built))).rejects.toThrow('no policy none');
  });
});
