import { type Landmarks, lastDay, type Policy, windowEnd } from '@tranche/policies';
import { z } from 'zod';
import { cite, date, text } from '../fields/fields.js';

const version = {
  id: z.string(),
  version: z.string(),
  jurisdiction: z.string(),
  title: text,
  cite,
  issuedOn: date,
  from: date,
  /** null: no last day, or one that waits for an event */
  until: date.nullable(),
  /** the event a window without a last day waits for */
  untilEvent: z.object({ landmark: z.string(), plusMonths: z.int(), label: text }).nullable(),
  payee: z.array(z.string()),
  office: text,
  timeLimit: text,
};
export const summary = z.object(version).meta({ id: 'PolicySummary' });
export const summaries = z.object({ items: z.array(summary), nextCursor: z.null() });

const paper = z.object({
  id: z.string(),
  label: text,
  /** `data`: the office asks a register; `upload`: the applicant hands it in */
  obtainBy: z.enum(['data', 'upload']),
  how: text,
  cite,
});
/** A published version: who accepts it, within what time, with which papers, on which grounds. */
export const published = z
  .object({
    ...version,
    officeCite: cite,
    timeLimitCite: cite,
    anchor: z.enum(['received', 'period', 'fact']),
    papers: z.array(paper),
    funds: z.array(z.object({ code: z.string(), name: text, cite })),
    /** every document and clause the version stands on */
    sources: z.array(z.object({ doc: z.string(), clauses: z.array(z.string()) })),
  })
  .meta({ id: 'PublishedPolicy' });
export const registry = z.object({ on: date, items: z.array(published), nextCursor: z.null() });

/** `landmarks`: what is recorded, so that a window that ended at an event shows its day. */
export function policySummary(policy: Policy, landmarks: Landmarks = () => undefined): z.infer<typeof summary> {
  const { id, version: name, jurisdiction, title, cite: source, issuedOn, window, payee, office, timeLimit } = policy;
  const until = lastDay(window.until, landmarks) ?? null;
  return {
    id,
    version: name,
    jurisdiction,
    title,
    cite: source,
    issuedOn,
    from: window.from,
    until,
    untilEvent: until === null ? waitsFor(policy) : null,
    payee: [...payee],
    office,
    timeLimit,
  };
}

function waitsFor(policy: Policy): z.infer<typeof summary>['untilEvent'] {
  const { until } = policy.window;
  if (typeof until !== 'object') return null;
  const label = windowEnd(policy);
  return typeof label === 'object' && label !== null ? { landmark: until.landmark, plusMonths: until.plusMonths ?? 0, label } : null;
}

const HOW = {
  data: { zh: '由受理机构通过数据核验取得，无需提交', en: 'the office asks the registers; nothing need be handed in' },
  upload: { zh: '由申报人上传', en: 'uploaded by the applicant' },
} as const;

export function publishedPolicy(policy: Policy, landmarks: Landmarks): z.infer<typeof published> {
  const { officeCite, timeLimitCite, window, evidence, funds } = policy;
  return {
    ...policySummary(policy, landmarks),
    officeCite,
    timeLimitCite,
    anchor: typeof window.anchor === 'object' ? 'fact' : window.anchor,
    papers: evidence.map((each) => ({ ...each, how: HOW[each.obtainBy] })),
    funds: funds.map(({ code, name, cite: ground }) => ({ code, name, cite: ground })),
    sources: sourcesOf(policy),
  };
}

/** Where the version stands, document by document; what is left open cites the clause that is silent. */
function sourcesOf(policy: Policy): { doc: string; clauses: string[] }[] {
  const clauses = new Map<string, Set<string>>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isCite(value)) clauses.set(value.doc, (clauses.get(value.doc) ?? new Set()).add(value.clause));
    else for (const inner of Object.values(value)) visit(inner);
  };
  visit(policy);
  return [...clauses].map(([doc, found]) => ({ doc, clauses: [...found].sort() }));
}

const isCite = (value: object): value is { doc: string; clause: string } => 'doc' in value && 'clause' in value && 'basis' in value;
