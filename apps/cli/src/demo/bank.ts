import { text } from '../terminal/language.js';
import { DemoProblem } from './client.js';

type Booking = { readonly endToEndId: string; readonly status: string };

/** The simulated bank's own interface: its faults and its own book. */
export class SimulatedBank {
  constructor(private readonly address: string) {}

  /** The payment with this reference will be booked, the line cut before the answer, and its settlement kept out of the feed: only asking finds it. */
  async loseTheAnswerTo(endToEndId: string): Promise<void> {
    for (const kind of ['accept-then-drop-connection', 'no-news'])
      await this.call('POST', 'faults', { kind, match: { reference: endToEndId }, times: 1 });
  }

  /** How many payments with this reference the bank has booked, by its own book. */
  async timesPaid(endToEndId: string): Promise<number> {
    const { bookings } = (await this.call('GET', 'book')) as { bookings: readonly Booking[] };
    return bookings.filter((booking) => booking.endToEndId === endToEndId && booking.status === 'settled').length;
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${this.address}/${path}`, init).catch(() => null);
    if (response?.ok) return response.json();
    throw new DemoProblem(
      text(
        `模拟银行 ${this.address} 没有应答（${method} /${path}）：请确认沙箱仍在运行，或用 --bank 指明地址。`,
        `The simulated bank at ${this.address} did not answer (${method} /${path}): check that the sandbox still runs, or name its address with --bank.`,
      ),
    );
  }
}
