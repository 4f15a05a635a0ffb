import { useLanguage } from '../text/language.js';

const states = {
  posted: { zh: '公示中，可提出异议', en: 'running, objections are taken' },
  clear: { zh: '公示已结束', en: 'over' },
} as const;

export function NoticeState({ state }: { readonly state: keyof typeof states }) {
  const { say } = useLanguage();
  return <span className={`plain-tag ${state}`}>{say(states[state])}</span>;
}
