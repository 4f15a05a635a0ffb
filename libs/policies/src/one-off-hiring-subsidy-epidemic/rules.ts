import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { listedOnce } from '../tables/employers.js';
import { hiringStandard } from '../tables/hiring-subsidy.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import { overTheFestival, springFestival } from '../tables/spring-festival.js';

const firms = '对春节期间（截至2020年2月9日）开工生产、配送疫情防控急需物资的企业';
const hired = '吸纳登记失业半年以上人员就业的，按规定给予企业一次性吸纳就业补贴';
export const granted = `${firms}，${hired}`;

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  urgentSupplies: {
    type: 'bool',
    label: text('生产或配送疫情防控急需物资', 'produced or delivered supplies urgently needed against the epidemic'),
    from: 'upload',
  },
  operatedOn: {
    type: 'date',
    label: text('春节期间开工生产、配送的日期（任一日）', 'a day of production or delivery over the Spring Festival'),
    from: 'upload',
  },
  hires: {
    type: { list: { person: 'person', unemployedMonths: 'int', hiredOn: 'date', contractMonths: 'int', insured: 'bool' } },
    label: text(
      '吸纳人员（登记失业月数、用工日期、合同月数、参保）',
      'people hired (months registered as unemployed, day of hiring, months of contract, insured)',
    ),
    from: 'upload',
  },
});

const onlyIn = (value: boolean, zh: string, en: string) => ({ value, label: text(zh, en) });

export const parametersOf = (grounds: Grounds): Parameter[] => [
  ...hiringStandard(grounds),
  ...springFestival(grounds, firms),
  {
    key: 'minUnemployedMonths',
    label: text('登记失业最短月数', 'fewest months registered as unemployed'),
    value: 6,
    cite: grounds.stated(hired),
  },
  {
    key: 'minContractMonths',
    label: text('劳动合同最短月数（0为不要求）', 'shortest contract (months; 0: none asked)'),
    value: 12,
    range: { least: 0, most: 60 },
    cite: grounds.open(
      text(
        '本条未写合同期限；默认同一次性吸纳就业补贴，为1年。',
        'The clause names no contract; a year by default, as for the other hiring subsidy.',
      ),
    ),
  },
  {
    key: 'insuranceRequired',
    label: text('要求参保', 'insurance is asked for'),
    value: true,
    oneOf: [onlyIn(true, '要求', 'yes'), onlyIn(false, '不要求', 'no')],
    cite: grounds.open(
      text(
        '本条未写参保；默认同一次性吸纳就业补贴。',
        'The clause does not name insurance; asked for by default, as for the other hiring subsidy.',
      ),
    ),
  },
  {
    key: 'hiredDuringControl',
    label: text('限疫情防控期间吸纳', 'hired during epidemic control only'),
    value: true,
    oneOf: [onlyIn(true, '限', 'yes'), onlyIn(false, '不限', 'no')],
    cite: grounds.open(
      text(
        '本条未写吸纳时间；默认限疫情防控期间。',
        'The clause does not say when people must be hired; during epidemic control by default.',
      ),
    ),
  },
];

export const rulesOf = (grounds: Grounds): Rule[] => [
  {
    id: 'enterprise',
    when: "payeeKind == 'enterprise'",
    reason: text('申报人应为企业', 'the applicant must be an enterprise'),
    cite: grounds.stated(firms),
  },
  {
    id: 'urgent-supplies',
    when: 'urgentSupplies',
    reason: text('应生产或配送疫情防控急需物资', 'the firm must have produced or delivered urgent supplies'),
    cite: grounds.stated(firms),
  },
  overTheFestival(grounds, firms),
  listedOnce('hires', grounds.inferred(hired, text('补贴按人计算。', 'The subsidy is counted by person.'))),
  {
    id: 'unemployed-long-enough',
    when: 'hires.all(h, h.unemployedMonths >= p.minUnemployedMonths)',
    reason: text('应为登记失业半年以上人员', 'everybody must have been registered as unemployed for half a year'),
    cite: grounds.stated(hired),
  },
  {
    id: 'contract-long-enough',
    when: 'hires.all(h, h.contractMonths >= p.minContractMonths)',
    reason: text('劳动合同应达到规定月数', 'every contract must last as long as required'),
    cite: grounds.open(text('本条未写，默认要求1年以上合同。', 'Not in the clause; a contract of a year by default.')),
  },
  {
    id: 'insured',
    when: '!p.insuranceRequired || hires.all(h, h.insured)',
    reason: text('吸纳人员应已参保（含依法减免）', 'everybody must be insured, relief from contributions included'),
    cite: grounds.open(text('本条未写，默认要求参保。', 'Not in the clause; asked for by default.')),
  },
  {
    id: 'hired-during-control',
    when: "!p.hiredDuringControl || hires.all(h, p.epidemicFrom <= h.hiredOn && (p.epidemicTo == '' || h.hiredOn <= p.epidemicTo))",
    reason: text('应在疫情防控期间吸纳', 'everybody must be hired during epidemic control'),
    cite: grounds.open(text('本条未写吸纳时间，默认限疫情防控期间。', 'Not in the clause; during epidemic control by default.')),
  },
];

export const amountsOf = (grounds: Grounds): Record<string, AmountRule> => ({
  total: {
    fen: 'size(hires) * p.hiringStandardFen',
    label: text('一次性吸纳就业补贴', 'subsidy for hiring'),
    cite: grounds.inferred(hired, text('按吸纳人数乘以标准计算。', 'People hired times the standard.')),
  },
});
