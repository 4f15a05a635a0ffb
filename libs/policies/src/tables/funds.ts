import { type Grounds, text } from '../documents/document.js';
import type { Cite, Fund, Text } from '../policy.js';

/** The funds the documents name. */
const names = {
  F1: text('就业补助资金', 'employment subsidy fund'),
  F2: text('失业保险基金', 'unemployment insurance fund'),
  F3: text('失业保险基金支持技能提升行动资金', 'unemployment insurance money for the skills upgrading action'),
  F4: text('职业技能提升行动专账资金', 'special account for the skills upgrading action'),
  F5: text('工业企业结构调整专项奖补资金', 'special fund for the restructuring of industrial enterprises'),
  F6: text('中央转移支付就业补助资金', 'employment subsidy transferred by the central government'),
  F7: text('失业保险省级调剂金', 'provincial adjustment fund of unemployment insurance'),
  F8: text('职业技能提升行动专账资金省级调剂金', 'provincial adjustment fund of the skills upgrading account'),
  F9C: text('财政贴息资金（中央）', 'interest subsidy, central government'),
  F9P: text('财政贴息资金（省）', 'interest subsidy, province'),
  F9L: text('财政贴息资金（市县）', 'interest subsidy, city and county'),
  F11: text('民政救助资金', 'civil affairs relief money'),
} as const satisfies Record<string, Text>;

/** A fund under its code, with the ground on which it pays. */
export const fund = (code: keyof typeof names, cite: Cite, more: Pick<Fund, 'share' | 'when'> = {}): Fund => ({
  code,
  name: names[code],
  cite,
  ...more,
});

/** Where the document names no fund: the employment subsidy fund, as our default and shown as such. */
export const unnamedFund = ({ open }: Grounds): Fund =>
  fund(
    'F1',
    open(text('文件未指明资金来源；默认就业补助资金。', 'The document does not name the fund; by default the employment subsidy fund.')),
  );
