import { type Grounds, text } from '../documents/document.js';
import type { Parameter } from '../policy.js';

export const immersed =
  '赴省内基层和农村中小学校开展体育、音乐、美术等课程教学实践“浸润行动”的2021届相关专业高校毕业生，可纳入就业见习政策范围';

/** The province’s graduates of 2021 who teach in village schools; its rules are still to come. */
export const immersionParameters = (grounds: Grounds): Parameter[] => [
  {
    key: 'immersionEnabled',
    label: text('纳入“浸润行动”毕业生', 'graduates teaching in village schools are taken in'),
    value: false,
    cite: grounds.inferred(
      immersed,
      text('“可纳入”，实施细则另行制定；细则出台前默认不纳入。', '"May be taken in", by rules still to come; not before them, by default.'),
    ),
  },
  {
    key: 'immersionYear',
    label: text('“浸润行动”毕业生届别', 'year of graduation of those graduates'),
    value: 2021,
    cite: grounds.stated(immersed),
  },
];

export const isImmersed = "(i.kind == 'immersion' && p.immersionEnabled && i.graduationYear == p.immersionYear)";
