import { useQuery } from '@tanstack/react-query';
import { api, good } from '../api/client.js';
import type { Reports } from './figures.js';

/** Everything the overview and its districts speak of, read together. */
export const useReports = () =>
  useQuery({
    queryKey: ['reports'],
    queryFn: async (): Promise<Reports> => {
      const [onTime, advances, forecast, execution] = await Promise.all([
        good(api.GET('/api/v1/reports/on-time', {})),
        good(api.GET('/api/v1/reports/advances')),
        good(api.GET('/api/v1/reports/forecast')),
        good(api.GET('/api/v1/reports/fund-execution', {})),
      ]);
      return { onTime: onTime.items, advances: advances.items, forecast: forecast.items, execution: execution.items };
    },
  });
