import type { Schemas } from '../api/client.js';
import { StateTag, type Tone } from '../pieces/state-tag.js';
import type { Text } from '../text/text.js';

export type Outcome = Schemas['PolicyCheck']['outcome'];

const said = {
  holds: ['good', { zh: '各条规则均成立', en: 'every rule holds' }],
  partly: ['warn', { zh: '只检查了一部分', en: 'checked in part' }],
  broken: ['bad', { zh: '有规则不成立', en: 'a rule is broken' }],
  stale: ['warn', { zh: '状态机已变动，需重新检查', en: 'the machine has changed: check again' }],
  none: ['calm', { zh: '尚未检查', en: 'not checked yet' }],
} as const satisfies Readonly<Record<Outcome, readonly [Tone, Text]>>;

/** What the last check found. */
export function CheckTag({ outcome }: { readonly outcome: Outcome }) {
  const [tone, label] = said[outcome];
  return <StateTag tone={tone} label={label} />;
}
