import { external, text } from '../documents/document.js';
import { dalian38 } from '../documents/texts.js';
import type { AmountRule, Cite, Fact, Parameter, Rule, Text } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';
import { firmSizes } from '../tables/firm-size.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

const data = (type: 'int' | 'bool' | 'string', zh: string, en: string): Fact => ({ type, label: text(zh, en), from: 'data' });

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  payeeKey: caseFacts.payeeKey,
  insured: data('bool', '已参加失业保险', 'insured against unemployment'),
  firmSize: { ...data('string', '企业规模', 'size of the firm'), oneOf: firmSizes },
  affectedByEpidemic: data('bool', '受疫情影响', 'affected by the epidemic'),
  insuredHeadcount: data('int', '上年度平均参保人数', 'average insured staff of the previous year'),
  staff: data('int', '上年度平均职工总数', 'average staff of the previous year'),
  benefitClaimants: data('int', '上年度领取失业保险金人数', 'people who drew benefit in the previous year'),
  netDecrease: data('int', '上年度参保人数净减少数', 'net decrease of insured staff in the previous year'),
  employerPremiumsFen: data('int', '上年度单位实缴失业保险费', 'premiums the firm paid in the previous year'),
  employeePremiumsFen: data('int', '上年度职工实缴失业保险费', 'premiums its staff paid in the previous year'),
});

const quotes = {
  small: '对30人（含）以下的参保企业，裁员率放宽至不超过企业职工总数的20%',
  sme: '裁员率标准放宽到不高于5.5%',
  other: '其他不裁员或少裁员的参保企业申请稳岗返还时，裁员率标准放宽至低于3.62%',
  refund: '提高至返还其上年度实际缴纳失业保险费的80%',
} as const;

/** The figures stand in the Dalian document; the provincial one takes them as a default. */
const figure = ({ grounds, rates }: Version, quote: keyof typeof quotes): Cite =>
  rates === 'stated'
    ? grounds.stated(quotes[quote])
    : external(
        dalian38.doc,
        '（四）',
        text(
          '省文件只说加大返还力度，未载数值；默认取大连市标准。',
          'The provincial document gives no figure; Dalian’s is taken by default.',
        ),
      );

const choice = (value: string, label: Text) => ({ value, label });

export function parametersOf(version: Version): Parameter[] {
  const { open } = version.grounds;
  return [
    {
      key: 'smallFirmHeadcount',
      label: text('小型参保企业人数上限', 'most staff of a small insured firm'),
      value: 30,
      range: { least: 1, most: 1000 },
      cite: figure(version, 'small'),
    },
    {
      key: 'smallFirmRate',
      label: text('30人以下企业裁员率上限', 'highest rate of lay-offs, up to 30 staff'),
      value: '20%',
      cite: figure(version, 'small'),
    },
    {
      key: 'smeRate',
      label: text('中小微及受影响企业裁员率上限', 'highest rate of lay-offs, small and affected firms'),
      value: '5.5%',
      cite: figure(version, 'sme'),
    },
    {
      key: 'otherRate',
      label: text('其他企业裁员率应低于', 'rate of lay-offs to stay below, other firms'),
      value: '3.62%',
      cite: figure(version, 'other'),
    },
    { key: 'refundRate', label: text('返还比例', 'share refunded'), value: '80%', cite: figure(version, 'refund') },
    {
      key: 'layoffRateMethod',
      label: text('裁员率计算口径', 'how lay-offs are counted'),
      value: 'CLAIMANTS',
      oneOf: [
        choice('CLAIMANTS', text('领取失业保险金人数', 'people who drew benefit')),
        choice('NET_DECREASE', text('参保人数净减少数', 'net decrease of insured staff')),
      ],
      cite: open(text('文件未定义裁员率。', 'The document does not define the rate.')),
    },
    {
      key: 'headcountBase',
      label: text('职工人数口径', 'which staff is counted'),
      value: 'INSURED',
      oneOf: [choice('INSURED', text('参保职工', 'insured staff')), choice('ALL_STAFF', text('全部职工', 'all staff'))],
      cite: open(text('“企业职工总数”是否仅指参保职工，文件未明。', 'Whether "all staff" means insured staff only is left open.')),
    },
    {
      key: 'premiumBase',
      label: text('返还基数', 'premiums that are refunded'),
      value: 'EMPLOYER_AND_EMPLOYEE',
      oneOf: [
        choice('EMPLOYER_AND_EMPLOYEE', text('单位和职工缴纳部分', 'those of the firm and its staff')),
        choice('EMPLOYER', text('单位缴纳部分', 'those of the firm')),
      ],
      cite: open(text('“实际缴纳失业保险费”是否含职工部分，文件未明。', 'Whether the share of the staff is included is left open.')),
    },
  ];
}

const headcount = "(p.headcountBase == 'INSURED' ? insuredHeadcount : staff)";
const layoffs = "(p.layoffRateMethod == 'CLAIMANTS' ? benefitClaimants : netDecrease)";
const isSmall = `${headcount} <= p.smallFirmHeadcount && atMost(${layoffs}, ${headcount}, p.smallFirmRate)`;
const isSme = `(firmSize in ['MEDIUM', 'SMALL', 'MICRO'] || affectedByEpidemic) && atMost(${layoffs}, ${headcount}, p.smeRate)`;

export const rulesOf = (version: Version): Rule[] => [
  {
    id: 'insured-enterprise',
    when: "payeeKind == 'enterprise' && insured",
    reason: text('应为参加失业保险的企业', 'the applicant must be a firm insured against unemployment'),
    cite: figure(version, 'other'),
  },
  {
    id: 'few-layoffs',
    when: `(${isSmall}) || (${isSme}) || below(${layoffs}, ${headcount}, p.otherRate)`,
    reason: text('裁员率应在所属类别的标准之内', 'the rate of lay-offs must keep to the limit of the firm’s class'),
    cite: figure(version, 'other'),
  },
];

export const amountsOf = (version: Version): Record<string, AmountRule> => ({
  refund: {
    fen: "share(employerPremiumsFen + (p.premiumBase == 'EMPLOYER' ? 0 : employeePremiumsFen), p.refundRate)",
    label: text('稳岗返还金额', 'refund'),
    cite: figure(version, 'refund'),
  },
});
