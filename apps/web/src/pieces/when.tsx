import { useLanguage } from '../text/language.js';
import { day, moment } from './day.js';

/** A date with its weekday; a dash where there is none yet. */
export function Day({ date }: { readonly date: string | null | undefined }) {
  const { language } = useLanguage();
  if (date === null || date === undefined) return <span className="soft">—</span>;
  return (
    <time className="day" dateTime={date}>
      {day(date, language)}
    </time>
  );
}

/** An instant, to the minute, in Shanghai. */
export function Moment({ at }: { readonly at: string }) {
  return (
    <time className="day" dateTime={at}>
      {moment(at)}
    </time>
  );
}
