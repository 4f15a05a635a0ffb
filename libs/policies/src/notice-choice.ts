import type { PolicyProblem } from './compile.js';
import { noticeChosen } from './conditions.js';
import {
  type Cite,
  type Due,
  type NoticeMode,
  noticeModes,
  type Parameter,
  type ParameterValue,
  type Policy,
  type Terms,
} from './policy.js';

/** What a jurisdiction chose about its notice: where it stands, and whether clocks of payments stand still while one before payment runs. */
export type NoticeChoice = { readonly mode: NoticeMode; readonly pauses: boolean };

/** The choice these terms hold; null where the plan leaves none. Throws where they lack it: a case must not be opened then. */
export function noticeChoice(policy: Policy, terms: Terms): NoticeChoice | null {
  const notice = noticeChosen(policy.plan);
  return notice ? choiceOf(policy, (key) => terms[key]?.value) : null;
}

type Read = (key: string) => ParameterValue | undefined;

function choiceOf({ id, plan }: Policy, read: Read): NoticeChoice {
  const notice = noticeChosen(plan);
  const [mode, pauses] = [read(notice?.mode ?? ''), read(notice?.pauses ?? '')];
  if (!isMode(mode) || typeof pauses !== 'boolean') throw new Error(`${id}: the terms do not say where the notice stands`);
  return { mode, pauses };
}

const isMode = (value: unknown): value is NoticeMode => noticeModes.some((mode) => mode === value);

/** A notice of `days` working days before payment, and a limit for payment of no more than that. */
export type NoticeConflict = { readonly days: number; readonly limit: number; readonly cite: Cite };

/**
 * Do a notice before payment and a limit for payment exclude one another under these terms? They do when the notice takes as many
 * working days as the whole limit, or more, and the clock does not stand still meanwhile. Null: both can be kept.
 */
export const noticeConflict = (policy: Policy, terms: Terms): NoticeConflict | null => conflictOf(policy, (key) => terms[key]?.value);

function conflictOf(policy: Policy, read: Read): NoticeConflict | null {
  const notice = noticeChosen(policy.plan);
  if (!notice) return null;
  const { mode, pauses } = choiceOf(policy, read);
  if (mode !== 'before' || pauses) return null;
  const days = daysOf(notice.days, read);
  const tight = paymentDues(policy).find((due) => due.unit === 'workingDays' && daysOf(due, read) <= days);
  return tight ? { days, limit: daysOf(tight, read), cite: tight.cite } : null;
}

const daysOf = ({ count }: Due, read: Read): number => Number(typeof count === 'number' ? count : read(count.parameter));

/** Limits of payments, with what binds otherwise. */
function paymentDues({ plan }: Policy): readonly Due[] {
  const dues = [...plan.advances, ...(plan.claims ?? []), ...plan.entitlement].flatMap(({ due }) => (due ? [due] : []));
  return dues.flatMap(withOtherwise);
}

const withOtherwise = (due: Due): readonly Due[] => [due, ...(due.otherwise ? withOtherwise(due.otherwise) : [])];

/** Both choices must be parameters of the right kind, and the defaults must not exclude one another. */
export function noticeProblems(policy: Policy): PolicyProblem[] {
  const notice = noticeChosen(policy.plan);
  if (!notice) return [];
  const declared = (key: string): readonly Parameter[] => policy.parameters.filter((item) => item.key === key);
  const wrong = [
    ...(isChoice(declared(notice.mode)) ? [] : [notice.mode]),
    ...(declared(notice.pauses).length > 0 && declared(notice.pauses).every(({ value }) => typeof value === 'boolean')
      ? []
      : [notice.pauses]),
  ];
  if (wrong.length > 0)
    return wrong.map((key) => ({ path: 'plan.notice', message: `'${key}' must be a parameter that offers the choice and no other` }));
  return conflictOf(policy, (key) => declared(key)[0]?.value)
    ? [{ path: 'plan.notice', message: 'a notice before payment takes as long as the limit for payment, and the clock runs on' }]
    : [];
}

/** Every mode is offered, and nothing else. */
const isChoice = (items: readonly Parameter[]): boolean =>
  items.length > 0 &&
  items.every(({ value, oneOf = [] }) => isMode(value) && oneOf.length === noticeModes.length && oneOf.every((each) => isMode(each.value)));
