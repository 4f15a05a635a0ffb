import { choice, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { caseFacts } from '../tables/case-facts.js';
import type { PaymentLimits } from '../tables/payment-limits.js';
import type { Version } from './index.js';

export const months = '按规定相应给予不超过24个月的创业场地补贴';
export const half = '返乡入乡创业农民工正常经营6个月以上的可先行申领预计补贴资金总额的50%';
const who = '高校毕业生及出国（境）留学回国人员、退役军人、返乡入乡农民工、就业困难人员、贫困劳动力';

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  payeeKey: caseFacts.payeeKey,
  group: {
    type: 'string',
    label: text('创业者类别', 'group of the founder'),
    oneOf: [
      choice('graduate', '高校毕业生', 'university graduate'),
      choice('returnedStudent', '出国（境）留学回国人员', 'returned from study abroad'),
      choice('veteran', '退役军人', 'veteran'),
      choice('returningMigrant', '返乡入乡农民工', 'migrant worker who came home'),
      choice('hardToEmploy', '就业困难人员', 'hard to employ'),
      choice('poorLabour', '贫困劳动力', 'from a poor household'),
      choice('other', '其他', 'other'),
    ],
    from: 'data',
  },
  licensed: { type: 'bool', label: text('已办理营业执照', 'has a business licence'), from: 'data' },
  licenceNotNeeded: { type: 'bool', label: text('依法无须营业执照', 'its trade needs no licence'), from: 'form' },
  venueMonths: { type: 'int', label: text('核定补贴月数', 'months of premises applied for'), from: 'form' },
  advanceWanted: {
    type: 'string',
    label: text('申请预拨方式', 'advance asked for'),
    oneOf: [
      choice('none', '不申请预拨', 'none'),
      choice('months', '预拨若干个月', 'some months ahead'),
      choice('half', '预拨一半', 'half of it'),
      choice('both', '两种都申请', 'both'),
    ],
    from: 'form',
  },
  operatedMonths: { type: 'int', label: text('已正常经营月数', 'months operated so far'), from: 'form' },
  operating: { type: 'bool', label: text('本月正常经营', 'operated in the month'), from: 'form', per: 'period' },
  leased: { type: 'bool', label: text('本月租用该场地', 'the premises were leased in the month'), from: 'upload', per: 'period' },
});

export const parametersOf = ({ grounds, ahead }: Version): Parameter[] => [
  {
    key: 'monthlyFen',
    label: text('每月场地补贴标准（样例）', 'monthly standard (sample)'),
    value: '100000',
    sample: true,
    cite: grounds.open(
      text(
        '文件写“按规定”，未载标准；1000元为演示样例，由各地设定。',
        'The document says "as laid down" and gives no amount; 1,000 yuan is a sample, to be set by each area.',
      ),
    ),
  },
  { key: 'maxMonths', label: text('最长补贴月数', 'most months'), value: 24, cite: grounds.stated(months) },
  {
    key: 'advanceEnabled',
    label: text('本地有条件实行预拨', 'advances are paid here'),
    value: false,
    cite: grounds.inferred(ahead, text('仅“有条件的”地方可预拨，由当地设定。', 'Only where there are the means: each place decides.')),
  },
  {
    key: 'advanceMonths',
    label: text('预拨月数', 'months advanced'),
    value: 6,
    range: { least: 1, most: 6 },
    cite: grounds.inferred(ahead, text('不超过6个月，默认按上限。', 'Up to six months; the limit by default.')),
  },
  { key: 'halfRate', label: text('先行申领比例', 'share asked for in advance'), value: '50%', cite: grounds.stated(half) },
  { key: 'minOperatedMonths', label: text('先行申领前最短经营月数', 'months operated before that'), value: 6, cite: grounds.stated(half) },
  {
    key: 'advanceBNeedsRegion',
    label: text('先行申领50%是否也限有条件的地方', 'does the half need a place that pays advances'),
    value: false,
    oneOf: [choice(false, '不限', 'no'), choice(true, '限', 'yes')],
    cite: grounds.inferred(
      half,
      text(
        '同句另起，未再写“有条件的”，默认不限。',
        'The second half of the sentence does not repeat the condition: not needed by default.',
      ),
    ),
  },
  {
    key: 'allowBoth',
    label: text('同一申请人可否兼用两种预拨', 'may one applicant have both advances'),
    value: false,
    oneOf: [choice(false, '不可', 'no'), choice(true, '可以', 'yes')],
    cite: grounds.open(text('文件未规定，默认不可兼用。', 'The document is silent; not both by default.')),
  },
  {
    key: 'recoverUnearned',
    label: text('收回未实际经营月份的预拨', 'what was advanced for months not operated comes back'),
    value: true,
    oneOf: [
      choice(true, '收回', 'yes'),
      {
        ...choice(false, '不收回', 'no'),
        unsupported: text('本版本一律据实结算，不能改设。', 'This version settles by the months operated; this cannot be set.'),
      },
    ],
    cite: grounds.open(text('文件未规定提前停业的处理。', 'The document does not say what follows when a business stops early.')),
  },
];

export const rulesOf = ({ grounds }: Version): Rule[] => [
  {
    id: 'founder-pays',
    when: "payeeKind in ['citizen', 'enterprise']",
    reason: text('申报人应为创业者本人或其创办的企业', 'the applicant must be the founder or the founder’s firm'),
    cite: grounds.inferred(who, text('补贴给创业者，可由其企业申领。', 'The subsidy is the founder’s; the firm may apply.')),
  },
  {
    id: 'founder-group',
    when: "group in ['graduate', 'returnedStudent', 'veteran', 'returningMigrant', 'hardToEmploy', 'poorLabour']",
    reason: text('创业者应属于文件所列类别', 'the founder must belong to a group the document names'),
    cite: grounds.stated(who),
  },
  {
    id: 'registered',
    when: 'licensed || licenceNotNeeded',
    reason: text('应已办理营业执照，依法无须办理的除外', 'the business must have a licence unless its trade needs none'),
    cite: grounds.open(
      text('文件未列经营条件；默认须合法经营。', 'The document names no condition of business; by default it must be lawful.'),
    ),
  },
  {
    id: 'months-applied',
    when: 'venueMonths > 0',
    reason: text('补贴月数应大于零', 'at least one month must be applied for'),
    cite: grounds.inferred(months, text('补贴按月计算。', 'The subsidy is counted by month.')),
  },
  {
    id: 'operating',
    when: 'operating',
    reason: text('当月应正常经营', 'the business must have operated in the month'),
    cite: grounds.inferred(months, text('按实际经营月份给付。', 'Paid for the months operated.')),
    per: 'period',
  },
  {
    id: 'leased',
    when: 'leased',
    reason: text('当月应租用该场地', 'the premises must have been leased in the month'),
    cite: grounds.inferred(months, text('补贴的是创业场地。', 'It is the premises that are subsidised.')),
    per: 'period',
  },
];

export const amountsOf = ({ grounds, ahead }: Version): Record<string, AmountRule> => ({
  total: {
    fen: 'least(venueMonths, p.maxMonths) * p.monthlyFen',
    label: text('预计补贴资金总额', 'estimated total'),
    cite: grounds.inferred(months, text('月标准乘以核定月数，最多24个月。', 'The monthly standard times the months, 24 at most.')),
  },
  monthsAhead: {
    fen: 'least(least(venueMonths, p.maxMonths), p.advanceMonths) * p.monthlyFen',
    label: text('按月预拨数额', 'months in advance'),
    cite: grounds.stated(ahead),
  },
  halfAhead: { fen: 'share(total, p.halfRate)', label: text('先行申领数额', 'half in advance'), cite: grounds.stated(half) },
  ahead: {
    fen: 'least(total, (regionAdvance ? monthsAhead : 0) + (migrantAdvance ? halfAhead : 0))',
    label: text('预拨合计', 'paid in advance'),
    cite: grounds.inferred(half, text('预拨合计不超过总额。', 'What is advanced never exceeds the whole.')),
  },
  monthly: {
    fen: 'p.monthlyFen',
    label: text('本月补贴', 'subsidy of the month'),
    per: 'period',
    cite: grounds.inferred(months, text('每月按标准给付。', 'Paid by the monthly standard.')),
  },
});
