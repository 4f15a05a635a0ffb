// Dates and instants as people read them, always in Asia/Shanghai, wherever the browser stands.

import type { Language } from '../text/text.js';

const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const weekdays = { zh: ['日', '一', '二', '三', '四', '五', '六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const;

/** `2020-12-09` → `2020-12-09（周三）` or `2020-12-09 (Wed)`. */
export function day(date: string, language: Language): string {
  const weekday = weekdays[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return language === 'zh' ? `${date}（周${weekday}）` : `${date} (${weekday})`;
}

/** An ISO instant → `2020-12-09 14:05` in Shanghai. */
export function moment(instant: string): string {
  const told = Object.fromEntries(parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${told['year']}-${told['month']}-${told['day']} ${told['hour']}:${told['minute']}`;
}

/** The day in Shanghai on which this instant lies. */
export const dayOf = (instant: string): string => moment(instant).slice(0, 10);

/** The day so many calendar days later. */
export const daysAfter = (date: string, count: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
