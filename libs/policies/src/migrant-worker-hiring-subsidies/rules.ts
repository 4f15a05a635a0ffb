import { choice, type Grounds, groundsIn, text } from '../documents/document.js';
import { dalian391 } from '../documents/texts.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import { employingUnit, listedOnce } from '../tables/employers.js';
import type { PaymentLimits } from '../tables/payment-limits.js';

export const quotes = {
  who: '对招用或提供公益性岗位安置农民工并缴纳社会保险的单位，按规定给予社会保险补贴和岗位补贴',
  posts: '确有困难的，可按规定通过3至6个月的短期公益性岗位托底安置',
} as const;

export const factsOf = ({ facts }: PaymentLimits): Record<string, Fact> => ({
  ...facts,
  workers: {
    type: {
      list: {
        person: 'person',
        migrant: 'bool',
        placement: 'string',
        difficulty: 'string',
        startedOn: 'date',
        plannedMonths: 'int',
        daysOnPost: 'int',
        contributionsPaid: 'bool',
        employerPaidFen: 'int',
      },
    },
    label: text(
      '本月在岗农民工（方式、困难情形、上岗日、约定月数、在岗天数、缴费）',
      'migrant workers in the month (how placed, difficulty, start, months agreed, days, contributions)',
    ),
    columns: {
      placement: {
        oneOf: [
          choice('HIRED', '招用', 'hired'),
          choice('PUBLIC_POST', '公益性岗位', 'on a public post'),
          choice('OTHER', '其他', 'other'),
        ],
      },
      difficulty: {
        oneOf: [choice('CERTIFIED', '已认定', 'certified'), choice('DECLARED', '本人承诺', 'declared'), choice('NONE', '无', 'none')],
      },
    },
    from: 'upload',
    per: 'period',
  },
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  {
    key: 'hiredRate',
    label: text('招用的岗位补贴占月最低工资的比例', 'post subsidy for people hired, share of the monthly minimum wage'),
    value: '50%',
    cite: groundsIn(dalian391, '三').inferred(
      '按当地最低工资标准的50%给予吸纳就业岗位补贴',
      text('本文件未写标准，默认参照吸纳就业岗位补贴。', 'The document of February gives no figure; by default that of the post subsidy.'),
    ),
  },
  {
    key: 'postRate',
    label: text('公益性岗位的岗位补贴占月最低工资的比例', 'post subsidy on a public post, share of the monthly minimum wage'),
    value: '100%',
    cite: groundsIn(dalian391, '九').inferred(
      '全日制岗位补贴不超过当地月最低工资标准',
      text(
        '本文件未写标准，默认参照临时性公益性岗位的上限。',
        'The document of February gives no figure; by default the ceiling of temporary posts.',
      ),
    ),
  },
  {
    key: 'postRule',
    label: text('公益性岗位的岗位补贴口径', 'post subsidy on a public post'),
    value: 'POST_CEILING',
    oneOf: [
      { value: 'POST_CEILING', label: text('按公益性岗位标准，按在岗天数', 'that of public posts, by days') },
      { value: 'AS_HIRED', label: text('与招用相同，按月', 'the same as for people hired, by month') },
    ],
    cite: grounds.open(text('“按规定”未写标准，可改设。', 'No figure is stated; adjustable.')),
  },
  {
    key: 'siRate',
    label: text('社会保险补贴占单位实缴的比例', 'social insurance subsidy, share of what the unit paid'),
    value: '100%',
    cite: grounds.open(text('“按规定”未写比例；默认单位实缴部分全额。', 'No share is stated; by default all that the unit paid.')),
  },
  {
    key: 'difficultyTest',
    label: text('“确有困难”的认定方式', 'how real difficulty is shown'),
    value: 'CERTIFIED',
    oneOf: [
      { value: 'CERTIFIED', label: text('区市县认定', 'certified by the district') },
      { value: 'DECLARED', label: text('本人承诺亦可', 'a declaration will do') },
    ],
    cite: grounds.open(
      text('文件未写认定方式；默认由区市县认定。', 'The document does not say how; by default the district certifies it.'),
    ),
  },
  {
    key: 'postMonthsLeast',
    label: text('公益性岗位最短月数', 'fewest months on a public post'),
    value: 3,
    cite: grounds.stated(quotes.posts),
  },
  {
    key: 'postMonthsMost',
    label: text('公益性岗位最长月数', 'most months on a public post'),
    value: 6,
    cite: grounds.stated(quotes.posts),
  },
];

const onPost = "w.placement == 'PUBLIC_POST'";
const start = 'w.startedOn > periodFrom ? w.startedOn : periodFrom';
const end = 'addMonths(w.startedOn, w.plannedMonths)';

/** A condition on everybody listed in a month, of both claims. */
const everybody = (id: string, when: string, zh: string, en: string, cite: Rule['cite']): Rule => ({
  id,
  when: `workers.all(w, ${when})`,
  reason: text(zh, en),
  cite,
  per: 'period',
});

export const rulesOf = (grounds: Grounds): Rule[] => {
  const { stated, inferred } = grounds;
  const byMonth = text('按人按月计算，只计实际在岗时间。', 'Counted by person and month, for time actually on the post.');
  return [
    employingUnit(stated(quotes.who)),
    listedOnce('workers', inferred(quotes.who, byMonth), 'period'),
    everybody('migrant-worker', 'w.migrant', '名单人员均应为农民工', 'everybody listed must be a migrant worker', stated(quotes.who)),
    everybody(
      'hired-or-placed',
      "w.placement in ['HIRED', 'PUBLIC_POST']",
      '应为招用或公益性岗位安置',
      'everybody listed must be hired or placed on a public post',
      stated(quotes.who),
    ),
    everybody(
      'contributions-paid',
      'w.contributionsPaid',
      '本月社会保险均应已缴纳',
      'social insurance of the month must be paid',
      stated(quotes.who),
    ),
    everybody(
      'in-difficulty',
      `w.placement != 'PUBLIC_POST' || w.difficulty == 'CERTIFIED' || (p.difficultyTest == 'DECLARED' && w.difficulty == 'DECLARED')`,
      '公益性岗位只安置确有困难的人员',
      'public posts are for people in real difficulty',
      inferred(quotes.posts, text('“确有困难的”限于公益性岗位。', 'Real difficulty is asked for public posts only.')),
    ),
    everybody(
      'three-to-six-months',
      `w.placement != 'PUBLIC_POST' || (w.plannedMonths >= p.postMonthsLeast && w.plannedMonths <= p.postMonthsMost)`,
      '公益性岗位约定期限应为3至6个月',
      'a public post is agreed for three to six months',
      stated(quotes.posts),
    ),
    everybody(
      'at-work',
      `periodTo >= w.startedOn && (w.placement != 'PUBLIC_POST' || periodFrom < ${end})`,
      '本月应在上岗之后、公益性岗位期满之前',
      'the month must lie after the start and before a public post ends',
      inferred(quotes.posts, text('期满即止。', 'A post ends with its term.')),
    ),
    everybody(
      'days-on-post',
      `w.placement != 'PUBLIC_POST' || periodTo < w.startedOn || periodFrom >= ${end} || (w.daysOnPost > 0 && w.daysOnPost <= days(${start}, periodTo) && (${end} > periodTo || w.daysOnPost < days(${start}, ${end})))`,
      '公益性岗位在岗天数应至少1天，且不超出本月上岗至期满之间的天数',
      'days on a public post: at least one, and no more than lie between its start and its end in the month',
      inferred(quotes.posts, byMonth),
    ),
    {
      ...everybody(
        'employer-paid',
        'w.employerPaidFen > 0',
        '单位本月均应有实缴金额',
        'the unit must have paid contributions for everybody listed',
        inferred(quotes.who, text('补贴的是单位已缴的社会保险费。', 'What is subsidised are contributions the unit paid.')),
      ),
      claim: 'insurance',
    },
  ];
};

const hired = 'least(p.minimumWageFen, halfUp(p.minimumWageFen, p.hiredRate))';
const wholePost = 'portion(p.minimumWageFen, w.daysOnPost, days(periodFrom, periodTo))';
const placed = `least(${wholePost}, share(${wholePost}, p.postRate))`;

export const amountsOf = ({ inferred }: Grounds): Record<string, AmountRule> => ({
  postFen: {
    fen: `sum(workers.map(w, ${onPost} && p.postRule == 'POST_CEILING' ? ${placed} : ${hired}))`,
    label: text('本月岗位补贴', 'post subsidy of the month'),
    per: 'period',
    cite: inferred(
      quotes.who,
      text(
        '招用的按月最低工资比例，公益性岗位的按在岗天数折算。',
        'For people hired a share of the monthly minimum wage, on public posts by days.',
      ),
    ),
  },
  insuranceFen: {
    fen: 'sum(workers.map(w, least(w.employerPaidFen, halfUp(w.employerPaidFen, p.siRate))))',
    label: text('本月社会保险补贴', 'social insurance subsidy of the month'),
    per: 'period',
    cite: inferred(quotes.who, text('按单位实缴部分计发，不超过实缴额。', 'From what the unit actually paid, never more.')),
  },
});
