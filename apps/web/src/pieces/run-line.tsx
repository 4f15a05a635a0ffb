// A line of a run without application, as the office and the firm itself see it.

import type { Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';
import { Clause } from './clause.js';
import { StateTag, type Tone } from './state-tag.js';

export type Outcome = Schemas['RunLine']['outcome'];

export const outcomes: Readonly<Record<Outcome, readonly [Tone, Text]>> = {
  included: ['good', { zh: '列入', en: 'included' }],
  excluded: ['calm', { zh: '不列入', en: 'excluded' }],
  pending: ['warn', { zh: '待确认账户', en: 'account awaited' }],
  optedOut: ['calm', { zh: '放弃享受', en: 'opted out' }],
  new: ['busy', { zh: '未筛查', en: 'not screened' }],
};

export function OutcomeTag({ outcome }: { readonly outcome: Outcome }) {
  const [tone, label] = outcomes[outcome];
  return <StateTag tone={tone} label={label} />;
}

/** Why, with the clause of each rule that does not hold. */
export function Why({ reason }: { readonly reason: Schemas['RunReason'] | null }) {
  const { say } = useLanguage();
  if (reason === null) return '—';
  return (
    <>
      {say(reason.text)}{' '}
      {reason.rules.map((rule) => (
        <Clause key={rule.id} cite={rule.cite} />
      ))}
    </>
  );
}

/** Not on a case yet and not out of it either: it may still be left. */
export const mayLeave = ({ outcome, caseId }: Pick<Schemas['RunLine'], 'outcome' | 'caseId'>): boolean =>
  caseId === null && (outcome === 'included' || outcome === 'pending');
