import { Tag } from 'antd';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Tone = 'calm' | 'good' | 'busy' | 'warn' | 'bad';

/** A state in words; the colour only repeats them. */
export function StateTag({ tone, label }: { readonly tone: Tone; readonly label: Text }) {
  const { say } = useLanguage();
  return <Tag className={`tone tone-${tone}`}>{say(label)}</Tag>;
}

const standings = {
  active: ['busy', { zh: '办理中', en: 'active' }],
  held: ['warn', { zh: '已暂停', en: 'on hold' }],
  closed: ['calm', { zh: '已办结', en: 'closed' }],
} as const satisfies Readonly<Record<string, readonly [Tone, Text]>>;

export function StandingTag({ standing }: { readonly standing: keyof typeof standings }) {
  const [tone, label] = standings[standing];
  return <StateTag tone={tone} label={label} />;
}

/** Which colour a payment's state has; its words come from the case itself. */
export const trancheTone = {
  locked: 'calm',
  due: 'warn',
  requested: 'busy',
  sent: 'busy',
  paid: 'good',
  cancelled: 'calm',
} as const satisfies Readonly<Record<string, Tone>>;

const clockStates: Readonly<Record<string, readonly [Tone, Text]>> = {
  running: ['busy', { zh: '计时中', en: 'running' }],
  met: ['good', { zh: '按时完成', en: 'met' }],
  cancelled: ['calm', { zh: '已取消', en: 'cancelled' }],
  passed: ['bad', { zh: '已到期', en: 'passed' }],
  suspected: ['warn', { zh: '疑似逾期', en: 'suspected late' }],
  confirmed: ['bad', { zh: '已逾期', en: 'late' }],
  cleared: ['good', { zh: '核实未逾期', en: 'found in time' }],
};

export function ClockTag({ status }: { readonly status: string }) {
  const [tone, label] = clockStates[status] ?? (['calm', { zh: status, en: status }] as const);
  return <StateTag tone={tone} label={label} />;
}
