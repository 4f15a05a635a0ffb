import type { Text } from './policy.js';

/** A source of money, where the documents name it, and whether cases are paid from it. */
export type CataloguedFund = {
  readonly code: string;
  readonly name: Text;
  /** document and clause that name it; null where none does and the name is ours */
  readonly named: readonly { readonly doc: string; readonly clause: string }[] | null;
  /** false: only reported on */
  readonly pays: boolean;
  /** borne by several governments together, each with a fund of its own */
  readonly levels?: readonly string[];
};

const dl38 = '大人社发〔2020〕38号《关于做好疫情防控期间有关就业工作的通知》';
const dl391 = '大人社发〔2020〕391号《全力做好当前促进和扩大就业有关工作的通知》';
const ln25 = '辽政办发〔2020〕25号《全力做好当前促进和扩大就业工作的若干举措》';

const fund = (
  code: string,
  zh: string,
  en: string,
  named: CataloguedFund['named'],
  more: Partial<CataloguedFund> = {},
): CataloguedFund => ({
  code,
  name: { zh, en },
  named,
  pays: true,
  ...more,
});
const at = (doc: string, ...clauses: string[]) => clauses.map((clause) => ({ doc, clause }));

/** The eleven sources of money of the three documents; opened per fiscal year and district, drawn on by the policies that list them. */
export const fundCatalogue: readonly CataloguedFund[] = [
  fund('F1', '就业补助资金', 'employment subsidy fund', [
    ...at(dl38, '（二）', '（六）', '（七）'),
    ...at(dl391, '十一'),
    ...at(ln25, '（十七）', '（十九）'),
  ]),
  fund('F2', '失业保险基金', 'unemployment insurance fund', [
    ...at(dl38, '（七）', '（八）'),
    ...at(dl391, '十一'),
    ...at(ln25, '（十九）'),
  ]),
  fund('F3', '失业保险基金支持技能提升行动资金', 'unemployment insurance money for the skills upgrading action', at(dl38, '（五）')),
  fund('F4', '职业技能提升行动专账资金', 'special account for the skills upgrading action', [
    ...at(dl391, '十一'),
    ...at(ln25, '（十七）', '（十九）'),
  ]),
  fund('F5', '工业企业结构调整专项奖补资金', 'special fund for the restructuring of industrial enterprises', [
    ...at(dl38, '（七）'),
    ...at(dl391, '十一'),
    ...at(ln25, '（十九）'),
  ]),
  fund('F6', '中央转移支付就业补助资金', 'employment subsidy transferred by the central government', at(ln25, '（十七）')),
  fund('F7', '失业保险省级调剂金', 'provincial adjustment fund of unemployment insurance', at(ln25, '（十七）')),
  fund('F8', '职业技能提升行动专账资金省级调剂金', 'provincial adjustment fund of the skills upgrading account', at(ln25, '（十七）')),
  fund('F9', '财政贴息资金', 'interest subsidy', [...at(ln25, '（九）'), ...at(dl38, '（六）')], { levels: ['F9C', 'F9P', 'F9L'] }),
  fund('F10', '抗疫特别国债', 'special treasury bonds against the epidemic', at(ln25, '（一）', '（十九）'), { pays: false }),
  fund('F11', '民政救助资金', 'civil affairs relief money', null),
];

/** The entry of a fund's code, that of a level of government (F9C) too; undefined for a code the documents do not know. */
export const cataloguedFund = (code: string): CataloguedFund | undefined =>
  fundCatalogue.find((entry) => entry.code === code || entry.levels?.includes(code));
