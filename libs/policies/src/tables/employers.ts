import { text } from '../documents/document.js';
import type { Cite, PayeeKind, Rule } from '../policy.js';

/** Who counts as an employing unit (用人单位). */
export const employers: readonly PayeeKind[] = ['enterprise', 'unit', 'institution'];

/** The applicant is an employing unit. Needs the fact `payeeKind`. */
export const employingUnit = (cite: Cite): Rule => ({
  id: 'employing-unit',
  when: "payeeKind in ['enterprise', 'unit', 'institution']",
  reason: text('申报人应为用人单位', 'the applicant must be an employer'),
  cite,
});

/** The list of people is not empty and names nobody twice; its rows have a `person`. */
export const listedOnce = (list: string, cite: Cite, per?: 'period'): Rule => ({
  id: `${list}-listed-once`,
  when: `size(${list}) > 0 && distinct(${list}.map(w, w.person))`,
  reason: text('名单不能为空，同一人只能列一次', 'the list must not be empty, and nobody may be on it twice'),
  cite,
  ...(per ? { per } : {}),
});
