import { expect, it } from '@jest/globals';
import { handledEffects } from '@tranche/casework';
import { checkPolicies } from '../src/policy/check.js';
import { policyCommand } from '../src/policy/policy.command.js';

it('refuses a policy that does not exist, and says where the policies are listed', () => {
  const [out, err]: [string[], string[]] = [[], []];
  const code = checkPolicies('no-such-policy', { lang: 'en' }, { out: (line) => out.push(line), err: (line) => err.push(line) });
  expect([code, out, err]).toEqual([1, [], ['There is no policy no-such-policy: see tranche policy list.']]);
});

it('knows every effect that is carried out', () => {
  expect(handledEffects).toEqual(
    expect.arrayContaining(['requestDisbursement', 'cancelDisbursement', 'openRecovery', 'setDeadline', 'closeCase']),
  );
});

it('is a sub-command with its options', () => {
  const check = policyCommand().commands.find((command) => command.name() === 'check');
  expect(check?.options.map(({ long }) => long)).toEqual(['--exhaustive', '--lang']);
});
