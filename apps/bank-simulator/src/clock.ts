const SHANGHAI_MS = 8 * 3_600_000;

/** The bank's own clock: the system clock plus an offset, so that a sandbox can live in another year. */
export class BankClock {
  constructor(public offsetMs: number) {}

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }
}

/** The calendar day in Shanghai of an instant, `YYYY-MM-DD`. */
export function dayOf(atMs: number): string {
  return new Date(atMs + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** The first instant of a day in Shanghai. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000+08:00`);
}

/** ISO 8601 with Shanghai's offset. */
export function isoOf(atMs: number): string {
  return `${new Date(atMs + SHANGHAI_MS).toISOString().slice(0, -1)}+08:00`;
}
