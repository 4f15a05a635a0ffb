import type { Cite, Evidence, Exclusion, Fund, Policy, Text } from '../policy.js';
import { exclusionSwitches, switched } from '../tables/exclusion-switches.js';
import { parametersOf } from './parameters.js';
import { planOf } from './plan.js';
import { amountsOf, facts, rulesOf } from './rules.js';
import { dalian, type Grounds, groundsOf, liaoning, type Source } from './sources.js';

type Version = Pick<Policy, 'version' | 'jurisdiction' | 'issuedOn'> & { readonly source: Source; readonly office: Text };

/** Both documents say the same in the same words; they differ in place, date and offices. */
function trainingSubsidy({ source, office, ...version }: Version): Policy {
  const grounds = groundsOf(source);
  return {
    id: 'training-subsidy-staged',
    ...version,
    title: { zh: '职业培训补贴（优化拨付模式）', en: 'Vocational training subsidy, paid in stages' },
    cite: grounds.stated('first'),
    window: { from: version.issuedOn, anchor: 'received' },
    payee: ['institution'],
    office,
    officeCite: grounds.inferred('office', {
      zh: '受理机构由文件所列责任单位推定。',
      en: 'The accepting office is inferred from the bodies the document names.',
    }),
    timeLimit: {
      zh: '开展培训后10个工作日内预拨50%；公示无异议后5个工作日内拨付剩余资金',
      en: '50 % within 10 working days after training starts; the remainder within 5 working days after the notice passes without objection',
    },
    timeLimitCite: timeLimitCite(grounds, source),
    funds: fundsOf(grounds),
    facts,
    parameters: [...parametersOf(grounds), ...exclusionSwitches(grounds, 'training-subsidy')],
    rules: rulesOf(grounds),
    amounts: amountsOf(grounds),
    plan: planOf(grounds),
    exclusions: exclusionsOf(grounds),
    evidence: evidenceOf(grounds),
  };
}

const timeLimitCite = ({ stated }: Grounds, { quotes }: Source): Cite => ({
  ...stated('first'),
  quote: `${quotes.first}，${quotes.second}，${quotes.remainder}`,
});

const fundsOf = ({ inferred, open }: Grounds): Fund[] => {
  const next = open({ zh: '文件未规定资金来源的先后，可调整。', en: 'The document does not order the funds; adjustable.' });
  return [
    {
      code: 'F4',
      name: { zh: '职业技能提升行动专账资金', en: 'special account for the skills upgrading action' },
      cite: inferred('action', { zh: '由“职业技能提升行动”推定。', en: 'Inferred from the action the clause serves.' }),
    },
    { code: 'F1', name: { zh: '就业补助资金', en: 'employment subsidy fund' }, cite: next },
    { code: 'F2', name: { zh: '失业保险基金', en: 'unemployment insurance fund' }, cite: next },
  ];
};

const exclusionsOf = ({ open }: Grounds): Exclusion[] => [
  {
    ...switched('training-subsidy'),
    subject: 'trainee',
    reason: { zh: '同一人在重叠期间只能享受一个补贴培训班', en: 'one person cannot be subsidised for two overlapping classes' },
    cite: open({
      zh: '文件未规定重复享受；默认同一人同一期间不重复补贴。',
      en: 'The document is silent; by default one person is not subsidised twice for the same period.',
    }),
  },
];

const evidenceOf = ({ open }: Grounds): Evidence[] => {
  const cite = open({ zh: '文件未列材料清单。', en: 'The document lists no papers.' });
  const upload = (id: string, zh: string, en: string): Evidence => ({ id, label: { zh, en }, obtainBy: 'upload', cite });
  return [
    upload('class-filing', '开班申请及备案', 'class application and filing'),
    upload('roster', '学员花名册（实名）', 'roster of trainees'),
    upload('teaching-plan', '教学计划', 'teaching plan'),
    upload('attendance', '签到考勤', 'attendance lists'),
    upload('inspections', '过程检查记录', 'inspection records'),
    upload('results', '结业及证书名册', 'list of results and certificates'),
    upload('acceptance', '验收报告', 'acceptance report'),
    { id: 'notice', label: { zh: '公示记录', en: 'record of the public notice' }, obtainBy: 'data', cite },
    upload('payment-application', '补贴资金申请表', 'application for payment'),
    { id: 'payee-account', label: { zh: '收款账户', en: 'payee account' }, obtainBy: 'data', cite },
  ];
};

export { examples } from './examples.js';

/** Liaoning from 2020-11-01; Dalian's own version from 2020-11-24. Neither document states an end. */
export const versions: readonly Policy[] = [
  trainingSubsidy({
    version: '2020-11-01',
    jurisdiction: 'CN-21',
    issuedOn: '2020-11-01',
    source: liaoning,
    office: { zh: '各市、县（市、区）人力资源社会保障部门', en: 'human resources and social security offices of cities and counties' },
  }),
  trainingSubsidy({
    version: '2020-11-24',
    jurisdiction: 'CN-2102',
    issuedOn: '2020-11-24',
    source: dalian,
    office: {
      zh: '大连市各区市县、先导区人力资源和社会保障局',
      en: 'human resources and social security bureaus of the districts and counties of Dalian',
    },
  }),
];
