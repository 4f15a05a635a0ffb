import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Cite, Fact, Rule } from '../policy.js';
import type { Allocation } from '../tables/allocation.js';

export const quotes = {
  who: '落实职业技能提升行动效果显著且现有资金来源不能满足实际工作需要的市',
  support: '职业技能提升行动专账资金省级调剂金将给予适当支持',
} as const;

export const factsOf = ({ facts }: Allocation): Record<string, Fact> => ({
  ...facts,
  year: { type: 'string', label: text('年度（如 2020）', 'year, such as 2020'), from: 'form' },
  effectSignificant: {
    type: 'bool',
    label: text('职业技能提升行动效果显著（经评定）', 'the action worked well, as assessed'),
    from: 'form',
  },
  neededFen: { type: 'int', label: text('实际工作需要资金', 'money the work needs'), from: 'form' },
  availableFen: { type: 'int', label: text('现有资金来源可用金额', 'money at hand from existing sources'), from: 'data' },
  decidedFen: { type: 'int', label: text('核定支持金额（会签确定）', 'support decided, confirmed by both departments'), from: 'form' },
});

const rule = (id: string, when: string, zh: string, en: string, cite: Cite): Rule => ({ id, when, reason: text(zh, en), cite });

export const rulesOf = ({ stated, open }: Grounds, { city }: Allocation): Rule[] => [
  city,
  rule('effect-significant', 'effectSignificant', '落实效果应经评定为显著', 'the action must have worked well', stated(quotes.who)),
  rule(
    'funds-insufficient',
    'availableFen < neededFen',
    '现有资金来源应不能满足实际工作需要',
    'existing money must fall short of what the work needs',
    stated(quotes.who),
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
