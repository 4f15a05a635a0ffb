import { type Grounds, text } from '../documents/document.js';
import type { AmountRule, Fact, Parameter, Rule } from '../policy.js';
import type { Allocation } from '../tables/allocation.js';

export const quotes = {
  reward: '督查考核排名前三名的市，中央转移支付就业补助资金分别给予500万元、300万元和100万元的奖励支持',
  use: '奖励资金并入当地就业补助资金，按照《关于印发辽宁省就业补助资金管理使用暂行管理办法的通知》（辽财社〔2019〕276号）有关规定统筹使用',
  plan: '落实《2020年全省各市落实就业创业政策措施和重点群体就业创业任务完成情况考核方案》',
  cities: '对14个市全年政策落实和目标任务完成情况进行考核',
} as const;

export const factsOf = ({ facts }: Allocation): Record<string, Fact> => ({
  ...facts,
  assessedYear: { type: 'string', label: text('考核年度（如 2020）', 'year assessed, such as 2020'), from: 'form' },
  assessed: { type: 'bool', label: text('属省就业工作领导小组办公室考核的市', 'a city assessed by the provincial office'), from: 'data' },
  rank: { type: 'int', label: text('考核名次', 'rank'), from: 'form' },
  tied: { type: 'bool', label: text('名次并列', 'the rank is tied'), from: 'form' },
  tieDecided: { type: 'bool', label: text('并列名次已由省就业工作领导小组办公室决定', 'the tie has been decided'), from: 'form' },
});

const reward = (key: string, zh: string, en: string, value: string, { stated }: Grounds): Parameter => ({
  key,
  label: text(zh, en),
  value,
  cite: stated(quotes.reward),
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  reward('firstFen', '第一名奖励', 'reward of the first', '500000000', grounds),
  reward('secondFen', '第二名奖励', 'reward of the second', '300000000', grounds),
  reward('thirdFen', '第三名奖励', 'reward of the third', '100000000', grounds),
  {
    key: 'assessmentYear',
    label: text('考核年度', 'year assessed'),
    value: '2020',
    cite: grounds
      .clause('（十六）')
      .inferred(quotes.plan, text('年度由考核方案名称推定。', 'The year is inferred from the name of the assessment plan.')),
  },
];

export const rulesOf = (grounds: Grounds, { city }: Allocation): Rule[] => [
  city,
  {
    id: 'assessed-city',
    when: 'assessed',
    reason: text('应为参加全省考核的市', 'the city must be among those assessed'),
    cite: grounds.clause('（十六）').stated(quotes.cities),
  },
  {
    id: 'year-assessed',
    when: 'assessedYear == p.assessmentYear',
    reason: text('应为本次考核的年度', 'the year must be the one assessed'),
    cite: grounds.clause('（十六）').inferred(quotes.plan, text('奖励对应该方案的年度。', 'The reward belongs to the year of that plan.')),
  },
  {
    id: 'top-three',
    when: 'rank >= 1 && rank <= 3',
    reason: text('名次应在前三名', 'the rank must be among the first three'),
    cite: grounds.stated(quotes.reward),
  },
  {
    id: 'tie-decided',
    when: '!tied || tieDecided',
    reason: text('名次并列的须先作出决定，不自动平分', 'a tie must be decided first; the reward is not split by itself'),
    cite: grounds.open(
      text('文件未规定并列的处理；由省就业工作领导小组办公室决定。', 'The document does not speak of ties; the provincial office decides.'),
    ),
  },
];

export const amountsOf = ({ stated }: Grounds): Record<string, AmountRule> => ({
  reward: {
    fen: 'rank == 1 ? p.firstFen : rank == 2 ? p.secondFen : rank == 3 ? p.thirdFen : 0',
    label: text('奖励资金', 'reward'),
    cite: stated(quotes.reward),
  },
});
