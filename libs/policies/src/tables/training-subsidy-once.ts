import { type Grounds, text } from '../documents/document.js';
import type { Cel, KeyExclusion } from '../policy.js';
import { switched } from './exclusion-switches.js';

/** One group for every training subsidy: what one of them pays for a person on some days, no other pays for again. `key`: the people; `from`, `until`: the facts with the first and last day of the training. */
export const trainingSubsidyOnce = ({ open }: Grounds, key: Cel, per: { readonly from: string; readonly until: string }): KeyExclusion => ({
  ...switched('training-subsidy'),
  key,
  per,
  limit: 1,
  reason: text('同一人在重叠期间只能享受一项培训补贴', 'one person cannot be subsidised for two trainings on the same days'),
  cite: open(
    text(
      '文件未规定与其他培训补贴重复享受；默认同一人同一期间不重复补贴。',
      'The document is silent on other training subsidies; by default one person is not subsidised twice for the same days.',
    ),
  ),
});
