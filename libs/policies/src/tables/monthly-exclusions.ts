import { type Grounds, text } from '../documents/document.js';
import type { Cel, KeyExclusion } from '../policy.js';
import { switched } from './exclusion-switches.js';

/** One post subsidy for a person and month, whichever policy pays it. `key`: the people of the month. */
export const onePostSubsidy = ({ open }: Grounds, key: Cel): KeyExclusion => ({
  ...switched('post-subsidy'),
  key,
  per: 'period',
  limit: 1,
  reason: text('同一人同一月份只能享受一项岗位补贴', 'one person draws one post subsidy in a month'),
  cite: open(
    text('文件未规定重复享受；默认同一人同月不重复。', 'The document is silent; by default not twice for the same person and month.'),
  ),
});

/** One social insurance subsidy for a person and month, whichever policy pays it. */
export const oneInsuranceSubsidy = ({ open }: Grounds, key: Cel): KeyExclusion => ({
  ...switched('social-insurance-month'),
  key,
  per: 'period',
  limit: 1,
  reason: text('同一人同一月份只能享受一项社会保险补贴', 'one person draws one social insurance subsidy in a month'),
  cite: open(
    text(
      '文件未规定重复享受；默认同一人同月只补一次社会保险费。',
      'The document is silent; by default the contributions of a person and month are subsidised once.',
    ),
  ),
});
