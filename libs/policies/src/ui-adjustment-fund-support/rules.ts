import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Rule } from '../policy.js';
import type { Allocation } from '../tables/allocation.js';

export const quotes = {
  who: '落实失业保险稳岗返还和扩围政策效果显著并已足额上解失业保险省级调剂金的市',
  when: '如当年出现基金收支赤字且无可动用结余基金而影响政策落实的',
  support: '失业保险省级调剂金按规定给予适当支持',
} as const;

export const factsOf = ({ facts }: Allocation): Record<string, Fact> => ({
  ...facts,
  year: { type: 'string', label: text('年度（如 2020）', 'year, such as 2020'), from: 'form' },
  effectSignificant: { type: 'bool', label: text('政策落实效果显著（经评定）', 'the policies worked well, as assessed'), from: 'form' },
  remittedInFull: { type: 'bool', label: text('已足额上解省级调剂金', 'the adjustment fund was remitted in full'), from: 'data' },
  deficitFen: {
    type: 'int',
    label: text('当年失业保险基金收支赤字', 'deficit of the unemployment insurance fund in the year'),
    from: 'data',
  },
  usableBalanceFen: { type: 'int', label: text('可动用结余基金', 'usable balance of the fund'), from: 'data' },
  policyImpaired: { type: 'bool', label: text('已影响政策落实', 'the policies are held up by it'), from: 'form' },
  decidedFen: { type: 'int', label: text('核定支持金额（会签确定）', 'support decided, confirmed by both departments'), from: 'form' },
});

const rule = (id: string, when: string, zh: string, en: string, cite: Cite): Rule => ({ id, when, reason: text(zh, en), cite });

export const rulesOf = ({ stated, inferred, open }: Grounds, { city }: Allocation): Rule[] => [
  city,
  rule('effect-significant', 'effectSignificant', '政策落实效果应经评定为显著', 'the policies must have worked well', stated(quotes.who)),
  rule(
    'remitted-in-full',
    'remittedInFull',
    '应已足额上解省级调剂金',
    'the adjustment fund must have been remitted in full',
    stated(quotes.who),
  ),
  rule('deficit', 'deficitFen > 0', '当年应出现基金收支赤字', 'the fund must show a deficit in the year', stated(quotes.when)),
  rule('no-usable-balance', 'usableBalanceFen == 0', '应无可动用结余基金', 'no usable balance may be left', stated(quotes.when)),
  rule('policy-impaired', 'policyImpaired', '应已影响政策落实', 'the policies must be held up by it', stated(quotes.when)),
  rule(
    'year-begun',
    "receivedOn >= year + '-01-01'",
    '不得为尚未开始的年度申请',
    'support cannot be asked for a year that has not begun',
    inferred(quotes.when, text('“当年出现”赤字，须在该年度开始之后。', 'The deficit must have appeared, so the year must have begun.')),
  ),
  rule(
    'support-decided',
    'decidedFen > 0',
    '应已核定支持金额',
    'the amount of support must have been decided',
    open(text('“适当支持”未写金额，由两部门会签核定。', 'How much is left open; the two departments decide.')),
  ),
];

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  support: {
    fen: 'decidedFen',
    label: text('调剂金支持', 'support from the adjustment fund'),
    cite: inferred(quotes.support, text('“适当”由两部门逐案核定。', 'What is appropriate is decided case by case by the two departments.')),
  },
});
