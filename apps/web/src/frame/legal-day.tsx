import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import { Refused } from '../api/problem.js';
import { day } from '../pieces/day.js';
import { useLanguage } from '../text/language.js';

export const legalClockKey = ['legal-clock'] as const;

/** The sandbox's legal clock as an instant; null in production, where the clock on the wall is the legal one. */
export const useLegalClock = () =>
  useQuery({
    queryKey: legalClockKey,
    queryFn: async () => {
      try {
        return (await good(api.GET('/api/v1/sandbox/clock'))).now;
      } catch (refused) {
        if (refused instanceof Refused && refused.status === 404) return null;
        throw refused;
      }
    },
    staleTime: 60_000,
  });

/** Says which day the sandbox lives in, so that nobody reads its dates as today's. */
export function LegalDay() {
  const { say, language } = useLanguage();
  const { data } = useLegalClock();
  if (typeof data !== 'string') return null;
  return (
    <span className="legal-day">
      {say({ zh: '沙箱', en: 'Sandbox' })}
      <span className="only-wide">{say({ zh: '业务日期', en: ' day' })}</span> <span className="day">{data.slice(0, 10)}</span>
      <span className="only-wide">{day(data.slice(0, 10), language).slice(10)}</span>
    </span>
  );
}
