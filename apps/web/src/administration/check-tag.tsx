import { Tag } from 'antd';
import type { Schemas } from '../api/client.js';
import { useLanguage } from '../text/language.js';
import type { Text } from '../text/text.js';

export type Outcome = Schemas['PolicyCheck']['outcome'];

const said: Readonly<Record<Outcome, { readonly text: Text; readonly color: string }>> = {
  holds: { text: { zh: '各条规则均成立', en: 'every rule holds' }, color: 'green' },
  partly: { text: { zh: '只检查了一部分', en: 'checked in part' }, color: 'gold' },
  broken: { text: { zh: '有规则不成立', en: 'a rule is broken' }, color: 'red' },
  stale: { text: { zh: '状态机已变动，需重新检查', en: 'the machine has changed: check again' }, color: 'gold' },
  none: { text: { zh: '尚未检查', en: 'not checked yet' }, color: 'default' },
};

/** What the last check found, in words beside its colour. */
export function CheckTag({ outcome }: { readonly outcome: Outcome }) {
  const { say } = useLanguage();
  return <Tag color={said[outcome].color}>{say(said[outcome].text)}</Tag>;
}
