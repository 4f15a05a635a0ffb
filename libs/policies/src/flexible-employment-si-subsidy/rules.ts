import { external, type Grounds, text } from '../documents/document.js';
import type { AmountRule, Cel, Cite, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

export const quotes = {
  who: '对就业困难人员、离校2年内未就业高校毕业生从事非全日制等工作的，按规定给予社会保险补贴',
  twoYears: '离校2年内未就业高校毕业生',
  deferral: '2020年缴纳基本养老保险费确有困难的灵活就业人员，可按规定自愿暂缓缴费',
} as const;

/** What the documents leave to the national rules; those were read at second hand, in a later text. */
const practice = (zh: string, en: string): Cite =>
  external(
    '财社〔2023〕181号（国家就业补助资金管理规定）及各地办理指南',
    '社会保险补贴',
    text(
      `文件只写“按规定”；${zh}。据公开转引，2020年施行的文本未核对，可改设。`,
      `The document only says "as laid down"; ${en}. Read at second hand from a later text, not checked for 2020; adjustable.`,
    ),
  );

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  payeeKey: caseFacts.payeeKey,
  hardToEmploy: { type: 'bool', label: text('已认定为就业困难人员', 'certified as hard to employ'), from: 'data' },
  graduate: { type: 'bool', label: text('高校毕业生', 'college graduate'), from: 'data' },
  leftSchoolOn: { type: 'date', label: text('离校日期（高校毕业生）', 'day of leaving school (graduates)'), from: 'data', optional: true },
  employed: { type: 'bool', label: text('初次申请时已在单位就业', 'employed by a unit when first applying'), from: 'data' },
  flexibleRegistered: { type: 'bool', label: text('已办理灵活就业登记', 'registered as flexibly employed'), from: 'data' },
  retiresOn: { type: 'date', label: text('法定退休日期', 'day of statutory retirement'), from: 'data' },
  stillFlexible: { type: 'bool', label: text('本月仍从事灵活就业', 'still flexibly employed in the month'), from: 'data', per: 'period' },
  deferred: { type: 'bool', label: text('本月缴费已申请暂缓', 'contributions of the month deferred'), from: 'data', per: 'period' },
  paidFen: {
    type: 'int',
    label: text('本人本月实缴社会保险费', 'contributions the person paid for the month'),
    from: 'data',
    per: 'period',
  },
  extensionGranted: {
    type: 'bool',
    label: text('已批准延长享受期限（满期后的月份须填）', 'the term was extended (told of months beyond it)'),
    from: 'data',
    per: 'period',
    optional: true,
  },
  monthsBefore: {
    type: 'int',
    label: text('此前在系统外享受的月数', 'months drawn before, not on our books'),
    from: 'data',
    per: 'period',
    optional: true,
    otherwise: 0,
  },
  monthsBooked: {
    type: 'int',
    label: text('此前享受的月数（本系统记账）', 'months drawn before, on our books'),
    from: 'ledger',
    per: 'period',
    optional: true,
    otherwise: 0,
    booked: { group: 'flexible-employment-months', person: 'payeeKey' },
  },
});

export const parametersOf = ({ grounds, extension }: Version): Parameter[] => [
  {
    key: 'siRate',
    label: text('补贴占实缴的比例', 'share of the contributions'),
    value: '2/3',
    cite: practice('默认按原则上不超过实际缴费的2/3', 'by default two thirds of what was paid, the usual ceiling'),
  },
  {
    key: 'graduateWithinMonths',
    label: text('高校毕业生离校后最长月数', 'most months since a graduate left school'),
    value: 24,
    range: { least: 1, most: 120 },
    cite: grounds.stated(quotes.twoYears),
  },
  {
    key: 'hardToEmployMonths',
    label: text('就业困难人员最长补贴月数', 'most months for people hard to employ'),
    value: 36,
    range: { least: 1, most: 120 },
    cite: practice('默认最长3年', 'by default three years at most'),
  },
  {
    key: 'nearRetirementMonths',
    label: text('距退休不足此月数的，可享受至退休', 'less than so many months before retirement: until then'),
    value: 60,
    range: { least: 1, most: 120 },
    cite: practice('默认距法定退休年龄不足5年的可至退休', 'by default those within five years of retirement draw it until then'),
  },
  {
    key: 'graduateMonths',
    label: text('高校毕业生最长补贴月数', 'most months for graduates'),
    value: 24,
    range: { least: 1, most: 120 },
    cite: practice('默认最长2年', 'by default two years at most'),
  },
  {
    key: 'extensionEnabled',
    label: text('期满后可否延长', 'may it be extended'),
    value: true,
    cite: grounds.open(text('文件写“可”延长；默认开通。', 'The document says "may"; open by default.')),
  },
  {
    key: 'extensionMonths',
    label: text('延长月数', 'months of extension'),
    value: 6,
    range: { least: 0, most: 6 },
    cite: extension.cite,
  },
];

/** The months a case may draw. */
export const term: Cel = 'hardToEmploy ? (nearRetirement ? p.nearRetirementMonths : p.hardToEmployMonths) : p.graduateMonths';
const drawn: Cel = 'monthsBefore + monthsBooked';
/** Within the term; beyond it only what an extension adds that was granted to the person, in this case or in an earlier one. */
const withinTerm: Cel = `${drawn} < (${term}) || (extendable && ${drawn} < (${term}) + p.extensionMonths && extensionGranted)`;

export const monthsAddUp = ({ open }: Grounds): Cite =>
  open(
    text(
      '文件未写再次申请如何计算；默认同一人各次申请的月数累计，本系统记账的与申报的系统外月数相加。',
      'The document does not speak of a second application; by default all months of a person add up, those on our books and those told from elsewhere.',
    ),
  );

export const rulesOf = ({ grounds }: Version): Rule[] => {
  const firstApplication = text(
    '“2年内”“未就业”按初次申请时认定；不逐月认定，否则期满延长无从适用。',
    'The two years and being without a job are tested at the first application, not month by month: else the extension could never be reached.',
  );
  return [
    {
      id: 'a-person',
      when: "payeeKind == 'citizen'",
      reason: text('由本人申请', 'the person applies'),
      cite: grounds.inferred(quotes.who, text('补贴给从事灵活就业的本人。', 'Granted to the person who works.')),
    },
    {
      id: 'group',
      when: 'hardToEmploy || (graduate && receivedOn <= addMonths(leftSchoolOn, p.graduateWithinMonths))',
      reason: text('应为就业困难人员，或离校2年内的高校毕业生', 'either hard to employ, or a graduate who left school within two years'),
      cite: grounds.inferred(quotes.who, firstApplication),
    },
    {
      id: 'without-a-job',
      when: 'hardToEmploy || !employed',
      reason: text('高校毕业生申请时应未在单位就业', 'a graduate must have no job with a unit when applying'),
      cite: grounds.inferred(quotes.twoYears, firstApplication),
    },
    {
      id: 'flexible-work',
      when: 'flexibleRegistered',
      reason: text('应从事非全日制等灵活就业并已登记', 'the work must be part-time or the like, and registered'),
      cite: grounds.inferred(
        quotes.who,
        text('“从事非全日制等工作”以灵活就业登记证明。', 'Shown by the registration as flexibly employed.'),
      ),
    },
    {
      id: 'still-flexible',
      when: 'stillFlexible',
      reason: text('本月应仍从事灵活就业', 'the person must still be flexibly employed in the month'),
      cite: grounds.inferred(quotes.who, text('被单位录用后停止。', 'It ends when a unit employs the person.')),
      per: 'period',
    },
    {
      id: 'not-retired',
      when: 'periodFrom <= retiresOn',
      reason: text('达到法定退休年龄的次月起停止', 'it ends with the month after retirement'),
      cite: practice('达到退休年龄即停止', 'it ends at retirement'),
      per: 'period',
    },
    {
      id: 'not-deferred',
      when: '!deferred',
      reason: text('暂缓缴费的月份不补', 'a month whose contributions are deferred is not subsidised'),
      cite: grounds
        .clause(grounds.document.jurisdiction === 'CN-21' ? '（十五）' : '十')
        .inferred(quotes.deferral, text('暂缓即未缴，补缴后可申领。', 'Deferred is not paid; once paid, it can be claimed.')),
      per: 'period',
    },
    {
      id: 'within-term',
      when: withinTerm,
      reason: text(
        '各次享受的月数累计不超过最长期限；期满后须已批准延长',
        'the months of all applications together stay within the longest term; beyond the term an extension must have been granted',
      ),
      cite: monthsAddUp(grounds),
      per: 'period',
    },
    {
      id: 'contributions-paid',
      when: 'paidFen > 0',
      reason: text('本月社会保险费应已由本人缴纳', 'the person must have paid contributions for the month'),
      cite: grounds.inferred(quotes.who, text('补贴的是本人已缴的社会保险费。', 'What is subsidised are contributions the person paid.')),
      per: 'period',
    },
  ];
};

export const amountsOf = (): Record<string, AmountRule> => ({
  monthly: {
    fen: 'least(paidFen, share(paidFen, p.siRate))',
    label: text('本月社会保险补贴', 'social insurance subsidy of the month'),
    per: 'period',
    cite: practice('按本人实缴和比例计发，舍去不足一分的部分', 'a share of what the person paid, rounded down to the fen'),
  },
});
