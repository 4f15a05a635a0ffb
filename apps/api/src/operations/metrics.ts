import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** The numbers of this process, in a registry of its own (several may live in one test process). */
export type Metrics = {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly problems: Counter<'code'>;
};

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tranche_api_' });
  const requests = new Histogram({
    name: 'tranche_api_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'tranche_api_problems_total',
    help: 'Refusals, by code',
    labelNames: ['code'],
    registers: [registry],
  });
  return { registry, requests, problems };
}
