import { external, type Grounds, text } from '../documents/document.js';
import type { Cite, Parameter, Text } from '../policy.js';

export const half = '可预拨最多50%就业见习补贴';

/** Dalian’s scheme as public reprints tell it; none of the documents gives its figures. */
export const scheme = (note: Text): Cite => external('大连市就业见习补贴办法', '据公开转载', note);
const reprint = scheme(
  text(
    '文件未载；据公开转载的大连市见习政策，使用前应核对。',
    'Not in the document; from a public reprint of Dalian’s scheme, to be checked before use.',
  ),
);
const count = (key: string, zh: string, en: string, value: number, most: number): Parameter => ({
  key,
  label: text(zh, en),
  value,
  range: { least: 1, most },
  cite: reprint,
});

export const parametersOf = (grounds: Grounds): Parameter[] => [
  { key: 'advanceLimit', label: text('预拨比例上限', 'most that may be advanced'), value: '50%', cite: grounds.stated(half) },
  {
    key: 'advanceRate',
    label: text('预拨比例（不超过上限）', 'share advanced (up to the limit)'),
    value: '50%',
    cite: grounds.inferred(half, text('“最多”50%：默认按上限。', '"At most" 50 %: the limit by default.')),
  },
  {
    key: 'advanceEnabled',
    label: text('实行预拨', 'advances are paid'),
    value: true,
    cite: grounds.inferred(half, text('“可”预拨：由主管部门决定，默认实行。', '"May": for the authority to decide; paid by default.')),
  },
  {
    key: 'baseRequired',
    label: text('要求列入见习基地', 'the host must be on the list'),
    value: true,
    cite: grounds.open(
      text(
        '文件未写见习单位条件；默认须列入见习基地。',
        'The document names no condition for hosts; being on the list is asked for by default.',
      ),
    ),
  },
  {
    key: 'lowRate',
    label: text('留用率不超过一半时的补贴比例', 'share of the minimum wage, up to half kept'),
    value: '2/3',
    cite: reprint,
  },
  {
    key: 'highRate',
    label: text('留用率超过一半时的补贴比例', 'share of the minimum wage, more than half kept'),
    value: '100%',
    cite: reprint,
  },
  { key: 'retentionShare', label: text('留用率界限', 'share kept that decides'), value: '50%', cite: reprint },
  { key: 'insuranceFen', label: text('人身意外伤害保险补贴（每人）', 'accident insurance (each person)'), value: '50000', cite: reprint },
  { key: 'guidanceFen', label: text('指导管理费（每人每月）', 'guidance fee (person and month)'), value: '10000', cite: reprint },
  count('minMonths', '见习最短月数', 'shortest internship (months)', 3, 24),
  count('maxMonths', '见习最长月数', 'longest internship (months)', 12, 24),
  count('graduateMonths', '高校毕业生离校月数上限', 'most months since a graduate left school', 24, 120),
  count('youthFromAge', '失业青年年龄下限', 'youngest age of the unemployed', 16, 60),
  count('youthToAge', '失业青年年龄上限', 'oldest age of the unemployed', 24, 60),
  {
    key: 'maxCalendarMonths',
    label: text('含中断在内的最长月数', 'longest time with interruptions (months)'),
    value: 24,
    range: { least: 1, most: 60 },
    cite: grounds.inferred(
      '因疫情见习中断的，相应延长补贴期限',
      text('文件未限延长的总长，默认合计不超过24个月。', 'The document sets no limit to the extension; 24 months in all by default.'),
    ),
  },
];
