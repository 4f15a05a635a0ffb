import { type Grounds, text } from '../documents/document.js';
import type { Cite, Due, Parameter, Text } from '../policy.js';
import { metBy } from './met-by.js';

/** What a policy takes over whose payees are no enterprises: the documents set no limit, the office sets its own. */
export type OfficeLimit = {
  readonly parameters: readonly Parameter[];
  /** the limit, counted from `received`, `filed`, `approved` … */
  readonly due: (from: string) => Due;
  readonly timeLimit: Text;
  readonly timeLimitCite: Cite;
};

/** The office's own limit in working days; `cite` where the document at least says that payment is to be prompt. */
export function officeLimit(grounds: Grounds, days: number, cite?: Cite): OfficeLimit {
  const { open } = grounds;
  const own =
    cite ??
    open(
      text(
        '文件只规定企业的拨付时限；对其他申报人未作规定，为内部时限。',
        'The documents bind payments to enterprises only; for others the limit is internal.',
      ),
    );
  return {
    parameters: [
      {
        key: 'officeSla',
        label: text('内部拨付时限（工作日）', 'internal limit for payment (working days)'),
        value: days,
        range: { least: 1, most: 60 },
        cite: own,
      },
      metBy(grounds),
    ],
    due: (from) => ({ count: { parameter: 'officeSla' }, unit: 'workingDays', from, kind: 'service', cite: own }),
    timeLimit: text(`${days}个工作日内拨付（内部时限）`, `paid within ${days} working days (internal limit)`),
    timeLimitCite: own,
  };
}
